"""In the room, after it and in the hall: notes, their wording, and the door."""

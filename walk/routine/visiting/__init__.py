"""In the room, after it and in the hall: notes, and the door before they go further."""

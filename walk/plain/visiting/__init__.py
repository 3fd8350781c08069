"""In the room, after it and in the hall, in lines."""

"""Tables of notes taken in: what their columns mean, and the rows."""

"""The debrief: its steps, the table of notes and themes, trends."""

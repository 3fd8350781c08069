"""The debrief, in lines."""

"""What Home shows: how the walk in hand stands, what comes next, and what waits."""

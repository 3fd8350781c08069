"""What Home shows of the walk in hand."""

"""Next steps, their small tests, measures and endings."""

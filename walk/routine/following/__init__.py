"""Next steps, their small tests and measures, and the cycle they belong to."""

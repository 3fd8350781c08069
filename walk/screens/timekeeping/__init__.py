"""The board and what a timekeeper enters."""

"""The board: where a team is, what comes, and what a timekeeper enters."""

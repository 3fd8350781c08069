"""Rotation: which team is at which visit when; the plan, and the rest of a day that runs otherwise."""

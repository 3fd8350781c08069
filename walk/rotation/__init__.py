"""Rotation: which team is at which visit when; the plan, and a day that runs otherwise."""

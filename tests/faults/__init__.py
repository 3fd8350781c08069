"""Faults: what befalls a laptop on a bad day, done to walk on purpose."""

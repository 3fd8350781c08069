"""A walk before its day, in lines."""

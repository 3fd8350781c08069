"""Reports: looked at, asked at the door, saved."""

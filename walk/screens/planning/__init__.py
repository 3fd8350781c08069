"""A walk before its day: focus, classrooms, roster, readiness, rotation."""

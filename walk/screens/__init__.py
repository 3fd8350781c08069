"""The screens: one a file, its arrangement beside it; they know the routine and never the store."""

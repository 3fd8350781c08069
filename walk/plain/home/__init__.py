"""Home, in lines."""

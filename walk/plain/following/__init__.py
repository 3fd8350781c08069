"""Next steps, in lines."""

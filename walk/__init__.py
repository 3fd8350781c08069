"""walk: an offline terminal app for the Learning Walk routine."""

__version__ = "0.1.0"

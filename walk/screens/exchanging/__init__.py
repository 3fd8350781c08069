"""Packs between laptops: shared, found, collected, joined by."""

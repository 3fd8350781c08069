"""Packs between laptops, in lines."""

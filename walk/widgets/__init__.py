"""Reusable parts of screens: they know records and pure rules, never the routine or the store."""

"""Across walks: history, search, trends that recur."""

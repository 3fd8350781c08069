"""Wording help as a person has set it, and their practice."""

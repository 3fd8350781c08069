"""The trademark notice that every report carries."""

from __future__ import annotations

TRADEMARK_NOTICE = (
    "Learning Walk is a registered trademark of the University of Pittsburgh. The name is used "
    "here only to describe the routine; no endorsement by the University is claimed."
)
"""One line for the end of a report."""

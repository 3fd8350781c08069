"""The laptops of tests of packs, for whichever test asks for them."""

from __future__ import annotations

from tests.routine.laptops import laptops

__all__ = ["laptops"]

"""What hostile input does at every door: a text, a file, an argument, the environment, a store.

It is told in plain words or does nothing; it never crashes walk, hangs it, acts on a terminal,
writes where it was not asked to, or fills the memory.
"""

from __future__ import annotations

from tests.hostile.texts import LONG as LONG
from tests.hostile.texts import PAYLOADS as PAYLOADS
from tests.hostile.texts import fill as fill
from tests.hostile.texts import hostile as hostile
from tests.hostile.texts import hostile_store as hostile_store

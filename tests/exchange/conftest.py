"""What the tests of packs share: reading bytes as a pack that lies in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.forge import Read
from walk.exchange.pack import Pack, read_pack


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Read bytes as a pack in an otherwise empty folder, and see that nothing else comes there."""
    path = tmp_path / "ana.walk"

    def read_bytes(data: bytes) -> Pack:
        path.write_bytes(data)
        try:
            return read_pack(path)
        finally:
            assert list(tmp_path.iterdir()) == [path]

    return read_bytes

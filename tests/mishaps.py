"""What may befall a program, for tests: a disk without room, and being killed in the middle."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest


def no_room(*_: object, **__: object) -> NoReturn:
    """A disk that is full."""
    raise OSError(errno.ENOSPC, "No space left on device")


def killed(*_: object, **__: object) -> NoReturn:
    """The end of a program: nothing of ours runs any more."""
    raise KeyboardInterrupt


@contextmanager
def full_at(where: str) -> Iterator[None]:
    """Inside, the disk is full whenever this function is called ("walk.storage.copies.sync")."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, no_room)
        yield


@contextmanager
def killed_at(where: str) -> Iterator[None]:
    """What is done inside ends where it calls this function."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(where, killed)
        with pytest.raises(KeyboardInterrupt):
            yield

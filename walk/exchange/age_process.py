"""Run as a program of its own: locks or opens what comes in, with the passphrase that comes first.

In: the letter L (lock) or O (open), four bytes that say how long the passphrase is (low byte
first), the passphrase, and the data as the rest. Out: a plus and the result, or a minus and why
there is none.
"""

from __future__ import annotations

import struct
import sys
from typing import BinaryIO

ALONE = "--locks-a-pack"
"""The only argument by which the one-folder build knows that it is to be this program."""


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Do the one piece of work that `source` asks for."""
    import pyrage  # type: ignore[import-untyped]  # an extra: only where it is needed

    work, size = source.read(1), struct.unpack("<L", source.read(4))[0]
    typed, data = source.read(size).decode(), source.read()
    do = pyrage.passphrase.encrypt if work == b"L" else pyrage.passphrase.decrypt
    try:
        result = do(data, typed)
    except (pyrage.EncryptError, pyrage.DecryptError) as problem:
        target.write(b"-" + str(problem).encode())
    else:
        target.write(b"+" + result)


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)

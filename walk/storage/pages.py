"""Pages of a store's file: which of them say what tables there are, and lending those to another.

By the format that SQLite documents (https://sqlite.org/fileformat2.html). Pure: bytes in, bytes
out. What tables there are never changes between two migrations, so a sound backup's pages fit.
"""

from __future__ import annotations

PAGE = 4096
_HEADER = 100
_INTERIOR, _LEAF = 0x05, 0x0D
_LOCAL_MOST = PAGE - 35
"""Bytes of a row that stand in its own page at most; what is longer goes on elsewhere."""
_LOCAL_LEAST = (PAGE - 12) * 32 // 255 - 23


def lend(own: bytes, sound: bytes) -> bytes:
    """A damaged file with the pages of a sound one that say what tables there are.

    Where it is cut off, the sound one's further pages stand at its end.
    """
    whole = bytearray(own[: len(own) // PAGE * PAGE])
    whole += sound[len(whole) :]
    for number in schema_pages(sound):
        start = (number - 1) * PAGE
        whole[start : start + PAGE] = sound[start : start + PAGE]
    # The header says how many pages there are, and that this is so since the last change.
    whole[28:32] = (len(whole) // PAGE).to_bytes(4, "big")
    whole[92:96] = whole[24:28]
    return bytes(whole)


def schema_pages(content: bytes) -> set[int]:
    """The numbers of a sound file's pages that hold its schema; the first page is 1."""
    found: set[int] = set()
    todo = [1]
    while todo:
        number = todo.pop()
        page = content[(number - 1) * PAGE : number * PAGE]
        if number in found or len(page) < PAGE:
            continue
        found.add(number)
        head = _HEADER if number == 1 else 0
        count = _number(page, head + 3, 2)
        if page[head] == _INTERIOR:
            cells = [_number(page, head + 12 + 2 * place, 2) for place in range(count)]
            todo += [_number(page, cell, 4) for cell in cells]
            todo.append(_number(page, head + 8, 4))
        elif page[head] == _LEAF:
            for place in range(count):
                found |= _overflow(content, page, _number(page, head + 8 + 2 * place, 2))
    return found


def _overflow(content: bytes, page: bytes, cell: int) -> set[int]:
    """The pages on which a row goes on that is too long for its own."""
    size, after = _varint(page, cell)
    _, start = _varint(page, after)
    if size <= _LOCAL_MOST:
        return set()
    local = _LOCAL_LEAST + (size - _LOCAL_LEAST) % (PAGE - 4)
    local = local if local <= _LOCAL_MOST else _LOCAL_LEAST
    found: set[int] = set()
    following = _number(page, start + local, 4)
    while following and following not in found and following * PAGE <= len(content):
        found.add(following)
        following = _number(content, (following - 1) * PAGE, 4)
    return found


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "big")


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where what follows it begins."""
    value = 0
    for place in range(8):
        byte = content[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | content[at + 8], at + 9

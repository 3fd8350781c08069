"""Changing keys and tables of a TOML file while its comments, order and style stay.

A file is cut into blocks: a header with its keys and the comments that stand right above and below
it, and what stands apart after it. Only a block in which something changes is written anew, by
tomlkit; blocks are put in, taken out and moved as they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from walk.errors import PlanError
from walk.intake.toml_tables import STRING_OR_COMMENT

Keys = Mapping[str, Any]
"""The keys of a table with their values; None, "", 0 and () stand for a key that is not there."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table, or all the tables of a repeated name: as the file has it, and as it is to be."""

    table: str
    many: bool
    """Whether it is written [[table]]."""
    unique: str
    """The key that two tables of the name are told apart by."""
    old: Sequence[Keys]
    """In the order of the file."""
    new: Sequence[Keys]
    there: bool
    """Whether the file says it at all, in whatever form."""
    usual: Keys
    """What a key means that is left out; a new table leaves out what is usual."""


@dataclass(slots=True)
class _Block:
    """A piece of the file."""

    table: str
    """The name in its header; empty for what stands above all headers."""
    text: str
    after: str = ""
    """Blank lines, and comments with a blank line before them."""


def edited(text: str, sections: Sequence[Section], name: str) -> str:
    """The text with the sections as they are to be; `sections` are in the order of a new file.

    PlanError, telling the file's `name`, for a table that is written within another or in a line.
    """
    windows = "\r\n" in text and "\n" not in text.replace("\r\n", "")
    blocks = _blocks(text.replace("\r\n", "\n") if windows else text)
    order = [section.table for section in sections]
    for section in sections:
        if section.many:
            _edit_many(blocks, section, order, name)
        else:
            _edit_one(blocks, section, order, name)
    made = "".join(block.text + block.after for block in blocks)
    return made.replace("\n", "\r\n") if windows else made


def _edit_one(blocks: list[_Block], section: Section, order: list[str], name: str) -> None:
    old, new = section.old[0], section.new[0]
    if old == new:
        return
    block = next((one for one in blocks if one.table == section.table), None)
    if block is not None:
        block.text = _rewritten(block.text, section, old, new)
    elif section.there:
        raise _elsewhere(section, name)
    else:
        made = _fresh(section, new)
        _insert(blocks, _home(blocks, section.table, order), made)


def _edit_many(blocks: list[_Block], section: Section, order: list[str], name: str) -> None:
    if list(section.old) == list(section.new):
        return
    held = [one for one in blocks if one.table == section.table]
    if len(held) != len(section.old) or (section.there and not held):
        raise _elsewhere(section, name)
    pairs = _paired(section)
    kept = sorted(number for number in pairs if number is not None)
    for number, block in enumerate(held):
        if number not in kept:
            _remove(blocks, block)
    # What stays moves among its own places, and each new table comes after the one before it.
    texts = [
        None
        if number is None
        else _rewritten(held[number].text, section, section.old[number], keys)
        for number, keys in zip(pairs, section.new, strict=True)
    ]
    places = iter([held[number] for number in kept])
    last: _Block | None = None
    for text, keys in zip(texts, section.new, strict=True):
        if text is None:
            made = _fresh(section, keys)
            if last is None and kept:
                made.after = "\n"
                blocks.insert(_at(blocks, held[kept[0]]), made)
            else:
                at = _at(blocks, last) + 1 if last else _home(blocks, section.table, order)
                _insert(blocks, at, made)
            last = made
        else:
            last = next(places)
            last.text = text


def _at(blocks: list[_Block], block: _Block) -> int:
    return next(number for number, one in enumerate(blocks) if one is block)


def _paired(section: Section) -> list[int | None]:
    """For each table that is to be, the number of the old one that it is; None for a new one.

    The same in every key comes first: days and bells may share the one they are told apart by.
    """
    free: dict[str, list[int]] = {}
    for number, keys in enumerate(section.old):
        free.setdefault(_name(keys, section), []).append(number)
    found: list[int | None] = [None] * len(section.new)
    for exactly in (True, False):
        for place, keys in enumerate(section.new):
            numbers = free.get(_name(keys, section), [])
            fit = [one for one in numbers if not exactly or section.old[one] == keys]
            if found[place] is None and fit:
                found[place] = fit[0]
                numbers.remove(fit[0])
    return found


def _name(keys: Keys, section: Section) -> str:
    return str(keys[section.unique]).casefold()


def _elsewhere(section: Section, name: str) -> PlanError:
    header = f"[[{section.table}]]" if section.many else f"[{section.table}]"
    return PlanError(
        f"{name}: {section.table} is not written under {header}, so it cannot be changed here.",
        f"Write {header} on a line of its own, and its keys below it.",
    )


# Blocks


def _blocks(text: str) -> list[_Block]:
    """The text cut up; put together again it is the same text."""
    lines = list(_lines(text))
    starts = [number for number, (_, kind) in enumerate(lines) if kind == "header"]
    heads = []
    for start in starts:
        while start and lines[start - 1][1] == "comment":
            start -= 1
        heads.append(start)
    cuts = [*heads, len(lines)]
    blocks = [_Block("", "".join(line for line, _ in lines[: cuts[0]]))]
    for header, start, end in zip(starts, cuts, cuts[1:], strict=False):
        core = max(n for n in range(header, end) if lines[n][1] in ("header", "keys")) + 1
        while core < end and lines[core][1] == "comment":
            core += 1
        named = _HEADER_NAME.match(lines[header][0])
        blocks.append(
            _Block(
                named[1] if named else "",
                "".join(line for line, _ in lines[start:core]),
                "".join(line for line, _ in lines[core:end]),
            )
        )
    return blocks


_HEADER_NAME = re.compile(r"""\s*\[{1,2}\s*["']?([A-Za-z0-9_-]+)["']?\s*\]""")


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line with what it is: header, keys, comment or blank; one of many lines is one."""
    masked = STRING_OR_COMMENT.sub(_masked, text)
    begin = at = depth = 0
    kind = ""
    while at < len(masked):
        end = masked.find("\n", at) + 1 or len(masked)
        line = masked[at:end].strip()
        kind = kind or _kind(line)
        depth += sum(line.count(one) for one in "[{") - sum(line.count(one) for one in "]}")
        if depth <= 0:
            yield text[begin:end], kind
            begin, depth, kind = end, 0, ""
        at = end
    if begin < len(text):
        yield text[begin:], kind


def _kind(line: str) -> str:
    if not line:
        return "blank"
    return {"[": "header", "#": "comment"}.get(line[0], "keys")


def _masked(match: re.Match[str]) -> str:
    """As long as what it stands for, without brackets and line ends."""
    whole = match[0]
    return ("#" if whole[0] == "#" else "s") * len(whole)


def _home(blocks: list[_Block], table: str, order: list[str]) -> int:
    """Where the first table of a name goes: after those that come before it in a new file."""
    before = order[: order.index(table) + 1]
    places = [number for number, one in enumerate(blocks) if not one.table or one.table in before]
    return max(places) + 1


def _insert(blocks: list[_Block], at: int, block: _Block) -> None:
    before = blocks[at - 1]
    if before.text and not before.text.endswith("\n"):
        before.text += "\n"
    apart = not before.text or before.text.endswith("\n\n")
    block.after = before.after or ("\n" if at < len(blocks) else "")
    before.after = "" if apart else "\n"
    blocks.insert(at, block)


def _remove(blocks: list[_Block], block: _Block) -> None:
    """Take a block out; comments that stand apart after it stay."""
    at = _at(blocks, block)
    before = blocks[at - 1]
    if block.after.strip():
        before.after = (before.after or "\n") + block.after.lstrip("\r\n")
    elif at == len(blocks) - 1 and not before.after.strip():
        before.after = ""
    del blocks[at]


# One table


def _fresh(section: Section, keys: Keys) -> _Block:
    """A new table with all that is not usual."""
    said = {key: value for key, value in keys.items() if value != section.usual.get(key)}
    header = f"[[{section.table}]]\n" if section.many else f"[{section.table}]\n"
    return _Block(section.table, _rewritten(header, section, {}, said))


def _rewritten(text: str, section: Section, old: Keys, new: Keys) -> str:
    """A block with other values; what is the same in both is not touched."""
    changes = {key: value for key, value in new.items() if old.get(key) != value}
    if not changes:
        return text
    import tomlkit

    if not text.endswith("\n"):
        text += "\n"
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(text)
        table = document[section.table][0] if section.many else document[section.table]
        for key, value in changes.items():
            _put(table, key, value, usual=section.usual.get(key))
        return tomlkit.dumps(document)
    except TOMLKitError as error:
        raise ValueError(str(error)) from None


def _put(table: Any, key: str, value: Any, usual: Any) -> None:
    """Give a key another value, in the style of the one that stands there; or take it out."""
    if value is None or (not value and value == usual and type(value) is not bool):
        if key in table:
            del table[key]
    elif isinstance(value, tuple):
        _put_list(table, key, value)
    else:
        table[key] = _in_style(value, table.get(key))


def _in_style(value: Any, held: Any) -> Any:
    """The value as it is to be written where `held` stands: a date may be bare or be words."""
    quoted = isinstance(held, str)
    if type(value) is dt.time:
        return _clock(value) if quoted else value
    return value.isoformat() if type(value) is dt.date and quoted else value


def _clock(value: dt.time) -> Any:
    if value.microsecond:
        return value
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")


def _put_list(table: Any, key: str, values: tuple[Any, ...]) -> None:
    """Change a list entry by entry, so that comments between them stay."""
    held = table.get(key)
    if isinstance(held, str) and len(values) == 1 and isinstance(values[0], str):
        table[key] = values[0]
        return
    if not isinstance(held, list):
        table[key] = [_entry(value, None) for value in values]
        return
    was = [_plain(one) for one in held]
    style = held[0] if len(held) else None
    parts = SequenceMatcher(None, was, list(values), autojunk=False).get_opcodes()
    for _, start, end, first, last in reversed([one for one in parts if one[0] != "equal"]):
        same = min(end - start, last - first)
        for number in range(same):
            held[start + number] = _entry(values[first + number], style)
        for number in reversed(range(start + same, end)):
            del held[number]
        for value in reversed(values[first + same : last]):
            held.insert(start + same, _entry(value, style))
    if [_plain(one) for one in held] != list(values):
        table[key] = [_entry(value, style) for value in values]


def _plain(entry: Any) -> Any:
    """An entry of a list as the plan's values say it: words, or a span of two times."""
    if isinstance(entry, list):
        return tuple(map(_time, entry))
    return str(entry).strip() if isinstance(entry, str) else entry


def _time(entry: Any) -> Any:
    if isinstance(entry, str):
        hour, minute, second, *_ = *map(int, entry.split(":")), 0
        return dt.time(hour, minute, second)
    return dt.time(entry.hour, entry.minute, entry.second, entry.microsecond)


def _entry(value: Any, style: Any) -> Any:
    """An entry as it is written; times of a span are words unless those beside it are bare."""
    if not isinstance(value, tuple):
        return value
    bare = isinstance(style, list) and len(style) > 0 and not isinstance(style[0], str)
    return [time if bare else _clock(time) for time in value]

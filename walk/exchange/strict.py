"""A stranger's JSON: one plain object, each of its fields of the kind and size that was agreed.

Everything here raises Unfit, whose words are ours: nothing of the file is repeated in them, so they
are safe to show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from math import isfinite
from typing import Any

from walk.clock import EPOCH

DEEPEST = 8
"""Levels of lists and objects in a field that only a newer walk knows."""
LATEST = 253_339_228_800_000
"""UTC milliseconds: the start of 9998, so that a zone added to it still ends on a calendar."""
LONGEST_NUMBER = 20
"""Characters of a whole number: a little more than 64 bits need."""

Fields = dict[str, Any]

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


class Unfit(ValueError):
    """What a stranger wrote is not as agreed; the cause is a short phrase in our own words."""


class NotAPack(Unfit):
    """It was never a pack, so no other copy of it helps."""

    def __init__(self) -> None:
        super().__init__("it is not a pack of walk")


def json_object(raw: bytes) -> Fields:
    """The JSON object in UTF-8 that `raw` is.

    Refuses, beside what is not JSON at all: bytes that are not UTF-8, a key told twice, NaN,
    infinities and huge numbers.
    """
    try:
        found = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise Unfit("it is not UTF-8") from None
    except json.JSONDecodeError:
        raise Unfit("it is not JSON") from None
    except RecursionError:
        raise Unfit("it is nested too deeply") from None
    if type(found) is not dict:
        raise Unfit("it is not a JSON object")
    return found


def check_keys(fields: Fields, known: frozenset[str], *, newer: bool) -> None:
    """Every known key has to be there; others are passed over only from a newer walk."""
    if fields.keys() == known:
        return
    missing = sorted(known - fields.keys())
    if missing:
        raise Unfit(f"it has no “{missing[0]}”")
    if not newer:
        raise Unfit("it has a field that does not belong there")
    _check_depth([fields[name] for name in fields.keys() - known])


def whole(fields: Fields, name: str, least: int, most: int) -> int:
    """A whole number from `least` to `most`; true and false are none."""
    value = fields[name]
    if type(value) is not int or not least <= value <= most:
        raise Unfit(f"“{name}” is not a whole number from {least} to {most}")
    return value


def flag(fields: Fields, name: str) -> bool:
    """True or false."""
    value = fields[name]
    if type(value) is not bool:
        raise Unfit(f"“{name}” is neither true nor false")
    return value


def text(fields: Fields, name: str, longest: int) -> str:
    """A text of at most `longest` bytes in UTF-8, without NUL and without half characters."""
    value = fields[name]
    if type(value) is not str:
        raise Unfit(f"“{name}” is not a text")
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise Unfit(f"“{name}” holds half a character") from None
    if size > longest:
        raise Unfit(f"“{name}” is longer than {longest} bytes")
    if "\0" in value:
        raise Unfit(f"“{name}” holds a NUL")
    return value


def word(fields: Fields, name: str, allowed: re.Pattern[str]) -> str:
    """A text that matches `allowed` from end to end."""
    value = fields[name]
    if type(value) is not str or not allowed.fullmatch(value):
        raise Unfit(f"“{name}” is not as it has to be")
    return value


def an_id(fields: Fields, name: str, size: int, *, may_be_empty: bool = False) -> bytes:
    """An id of `size` bytes, written as lower-case hex; perhaps an empty one."""
    value = fields[name]
    if may_be_empty and value == "":
        return b""
    return _from_hex(value, name, size)


def ids(fields: Fields, name: str, size: int, most: int) -> tuple[bytes, ...]:
    """At most `most` ids of `size` bytes, in rising order and none twice."""
    values = fields[name]
    if type(values) is not list or len(values) > most:
        raise Unfit(f"“{name}” is not a list of at most {most} ids")
    found = tuple(_from_hex(value, name, size) for value in values)
    if any(one >= two for one, two in pairwise(found)):
        raise Unfit(f"“{name}” is not in order")
    return found


def moment(fields: Fields, name: str) -> int:
    """A time written like 2025-10-14T09:22:01.250Z, as UTC milliseconds since 1970."""
    # Not by utc_ms: what it reads with takes as long as all the rest of a line.
    value = word(fields, name, _TIME)
    try:
        at_ms = (datetime.fromisoformat(value) - EPOCH) // timedelta(milliseconds=1)
    except (ValueError, OverflowError):
        raise Unfit(f"“{name}” is not a time") from None
    if at_ms < 0:
        raise Unfit(f"“{name}” is before 1970")
    if at_ms >= LATEST:
        raise Unfit(f"“{name}” is beyond the calendar")
    return at_ms


def _from_hex(value: object, name: str, size: int) -> bytes:
    try:
        found = bytes.fromhex(value) if type(value) is str else b""
    except ValueError:
        found = b""
    # Python also reads upper case and spaces; an id is written in one way alone.
    if len(found) != size or found.hex() != value:
        raise Unfit(f"“{name}” is not an id of {2 * size} hex digits")
    return found


def _without_twins(pairs: list[tuple[str, Any]]) -> Fields:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Unfit("it has a field twice")
    return fields


def _whole_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise Unfit("it has a number that is too large")
    return int(digits)


def _real_number(digits: str) -> float:
    value = float(digits)
    if not isfinite(value):
        raise Unfit("it has a number that is too large")
    return value


def _no_number(name: str) -> float:
    raise Unfit(f"it has {name} for a number")


def _check_depth(values: list[Any]) -> None:
    level = values
    for _ in range(DEEPEST):
        level = [inside for one in level for inside in _inside(one)]
        if not level:
            return
    raise Unfit("it is nested too deeply")


def _inside(value: Any) -> Iterable[Any]:
    if type(value) is dict:
        return value.values()
    return value if type(value) is list else ()


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_twins,
    parse_int=_whole_number,
    parse_float=_real_number,
    parse_constant=_no_number,
)

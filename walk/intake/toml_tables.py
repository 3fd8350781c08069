"""The tables of a TOML file written by hand, with every mistake told by file, line, table and key.

It knows what a date, a count or a list of words looks like; what they mean is for plan.py.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from walk.disk import open_plain, why_unread
from walk.errors import PlanError
from walk.text import one_line

LONGEST_FILE = 1_000_000
"""Bytes of a file; a plan for forty teams and two hundred visits needs a tenth."""
LONGEST_WORDS = 2_000
"""Characters of a sentence or two."""
LONGEST_PASSAGE = 20_000
"""Characters of a passage, which may have several lines."""
LONGEST_LABEL = 200
"""Characters of a name."""
MOST_DOTS = 5
"""Dots of one line outside quotation marks: no table here lies in another, and the parser takes
hours for a key of ten thousand parts."""
MOST = 10_000
"""The greatest count of anything."""

Span = tuple[dt.time, dt.time]
"""From and to, local times of day."""
T = TypeVar("T")

_PLACE_WORDS = {"place", "room", "classroom", "teacher", "location"}
_PLACES_APART = (
    "a plan travels to every laptop and names no place and no teacher",
    "Places go into PLACES.toml, which stays with the lead; here a visit has only its code.",
)

_MEND = "Correct it there and read the file again."

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NO_PASSAGE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What a passage may not hold: it has line breaks and tabs."""
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")
_HEADER = re.compile(r"""\s*\[{1,2}\s*["']?([^\[\]"']+?)["']?\s*\]{1,2}\s*$""")
_KEY = re.compile(r"""\s*["']?([^\[\]"'=.\s]+)["']?\s*[=.]""")
STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"""' r"|'''.*?'''" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'|#[^\n]*", re.DOTALL
)

_SAID = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)'
    r"|'''.*?(?:'''|\Z)"
    r'|"(?:\\.|[^"\\\n])*+"?'
    r"|'[^'\n]*+'?|#[^\n]*",
    re.DOTALL,
)
"""The same, and what is never closed too, so that it takes no longer the longer a file is bad."""


def _check_dots(name: str, text: str) -> None:
    """PlanError for a key of very many parts; lines count from 1."""
    bare = _SAID.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise PlanError(
                f"{name}, line {number}: a key has too many parts.", "Take the dots out of it."
            )


def text_of(path: Path) -> str:
    """The text of a small UTF-8 file; PlanError when it is anything else."""
    name = one_line(path.name or str(path))
    try:
        with open_plain(path) as stream:
            data = stream.read(LONGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = why_unread(error)
        raise PlanError(f"{name} cannot be read: {why}.", "Check its name and folder.") from None
    if len(data) > LONGEST_FILE:
        raise PlanError(f"{name} is larger than {LONGEST_FILE:,} bytes.", "A plan is far smaller.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PlanError(
            f"{name}, line {line}: this is not UTF-8 text.", "Save it as UTF-8."
        ) from None


class Tables:
    """The tables of one file. `keys` says which tables it may have, and the keys of each.

    The keys of the table "" stand above all tables.
    """

    def __init__(self, name: str, text: str, keys: Mapping[str, Sequence[str]]) -> None:
        self.keys = keys
        self._name = one_line(name)
        self._text = text
        self._data = self._parsed()
        known = (*keys.get("", ()), *filter(None, keys))
        for table in self._data:
            if table not in known:
                raise self.unknown(table, known)

    def one(self, table: str) -> Table:
        """The table that is there once at most; without values when it is not there."""
        values = self._data.get(table, {}) if table else self._above()
        if not isinstance(values, dict):
            raise self.wrong(f"{table} is there once and is written [{table}]", key=table)
        return Table(self, table, 0, values)

    def each(self, table: str, build: Callable[[Table], T], unique: str = "") -> tuple[T, ...]:
        """What `build` makes of each table of a repeated name; none may share its `unique`."""
        rows = self._data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(values, dict) for values in rows):
            why = f"{table} may be there often and is written [[{table}]]"
            raise self.wrong(why, key=table)
        built: list[T] = []
        numbers: dict[str, int] = {}
        for number, values in enumerate(rows, 1):
            row = Table(self, table, number, values)
            built.append(build(row))
            if unique:
                said = row.needed(unique)
                first = numbers.setdefault(said.casefold(), number)
                if first != number:
                    why = f'"{one_line(said)}" is already that of [[{table}]] {first}'
                    raise row.wrong(unique, why, f"Give each its own {unique}.")
        return tuple(built)

    def wrong(
        self, why: str, mend: str = "", table: str = "", number: int = 0, key: str = ""
    ) -> PlanError:
        """The error to raise. `number` counts tables of a repeated name, from 1."""
        line = _line_of(self._text, table, number, key)
        heading = f"[[{table}]] {number}" if number else f"[{table}]"
        parts = [self._name, f"line {line}" if line else "", heading if table else ""]
        return PlanError(f"{', '.join(filter(None, parts))}: {why}.", mend or _MEND)

    def unknown(
        self, name: str, known: Iterable[str], table: str = "", number: int = 0
    ) -> PlanError:
        """The error for a table or a key that has no meaning here."""
        words = {word.rstrip("s") for word in re.split(r"[^a-z]+", name.casefold())}
        if words & _PLACE_WORDS and "visit" in self.keys:
            why, mend = _PLACES_APART
        else:
            near = difflib.get_close_matches(name.casefold(), known, n=1)
            why = "not known here" + (f"; the nearest is {near[0]}" if near else "")
            mend = f"Known here: {', '.join(known)}."
        return self.wrong(f"{one_line(name, 40)}: {why}", mend, table, number, name)

    def _above(self) -> dict[str, Any]:
        """The keys that stand above all tables."""
        return {key: self._data[key] for key in self.keys[""] if key in self._data}

    def _parsed(self) -> dict[str, Any]:
        import tomllib

        _check_dots(self._name, self._text)
        try:
            return tomllib.loads(self._text)
        except RecursionError:
            raise PlanError(
                f"{self._name}: too many brackets stand in each other.", _MEND
            ) from None
        except ValueError as error:
            # The parser names the place in words; none means the end, or a number too long.
            reason, _, place = str(error).partition(" (at ")
            named = re.match(r"line ([0-9]+)", place)
            line = named[1] if named else str(self._text.rstrip().count("\n") + 1)
            raise PlanError(
                f"{self._name}, line {line}: this cannot be read ({one_line(reason)}).",
                "Look for a missing quotation mark, bracket or equals sign there or just before.",
            ) from None


class Table:
    """One table. Each method reads a key and checks its value; PlanError when it does not hold up.

    A key that is left out gives the default, or "", 0, () or None.
    """

    def __init__(self, tables: Tables, name: str, number: int, values: dict[str, Any]) -> None:
        self._tables = tables
        self._name = name
        self._number = number
        self._values = values
        known = tables.keys[name]
        for key in values:
            if key not in known:
                raise tables.unknown(key, known, name, number)

    def wrong(self, key: str, why: str, mend: str = "") -> PlanError:
        """The error to raise for this key; `why` goes on from its name."""
        return self._tables.wrong(f"{key} {why}", mend, self._name, self._number, key)

    def says(self, key: str) -> bool:
        """True when the key is there, be it empty."""
        return key in self._values

    def label(self, key: str, longest: int = LONGEST_LABEL) -> str:
        """A short text of at most `longest` characters."""
        value = self._values.get(key)
        return "" if value is None else self._text(key, value, longest)

    def needed(self, key: str, longest: int = LONGEST_LABEL) -> str:
        """A short text that may not be left out."""
        label = self.label(key, longest)
        if not label:
            raise self.wrong(key, "is missing" if key not in self._values else "is empty")
        return label

    def words(self, key: str) -> str:
        """A sentence or two."""
        return self.label(key, LONGEST_WORDS)

    def passage(self, key: str) -> str:
        """Words of one or several lines."""
        value = self._values.get(key)
        return "" if value is None else self._text(key, value, LONGEST_PASSAGE, lines=True)

    def yes_or_no(self, key: str) -> bool | None:
        """true or false; None when the key is left out."""
        value = self._values.get(key)
        if value is not None and type(value) is not bool:
            raise self.wrong(key, "must be true or false", "Write it without quotation marks.")
        return value

    def list_of_words(self, key: str, longest: int = LONGEST_WORDS) -> tuple[str, ...]:
        """Texts in brackets, at most `longest` characters each; a single one may stand bare."""
        value = self._values.get(key, [])
        items = value if isinstance(value, list) else [value]
        texts = (self._text(key, item, longest) for item in items)
        return tuple(text for text in texts if text)

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        """One of the choices, with spaces, hyphens or underscores between its words."""
        said = self.label(key)
        chosen = re.sub(r"[\s_-]+", "_", said.casefold()) or default
        if chosen not in choices:
            raise self.wrong(key, f"must be one of {', '.join(choices)}, not {one_line(said, 40)}")
        return chosen

    def count(self, key: str, default: int = 0, least: int = 0, most: int = MOST) -> int:
        """A whole number between `least` and `most`."""
        value = self._values.get(key)
        if value is None:
            return default
        if type(value) is not int or not least <= value <= most:
            raise self.wrong(key, f"must be a whole number from {least} to {most}")
        return value

    def day(self, key: str) -> dt.date | None:
        """A date, bare or in quotation marks."""
        value = self._values.get(key)
        if value is None or type(value) is dt.date:
            return value
        try:
            return dt.datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            raise self.wrong(key, "must be a date such as 2026-10-14") from None

    def day_or_words(self, key: str) -> str:
        """A date, as ISO, or a short text."""
        value = self._values.get(key)
        return value.isoformat() if type(value) is dt.date else self.label(key)

    def moment(self, key: str) -> dt.time | None:
        """A local time of day, bare or in quotation marks."""
        value = self._values.get(key)
        return None if value is None else self._moment(key, value)

    def spans(self, key: str) -> tuple[Span, ...]:
        """Pairs of times of day, each from and to."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(
            isinstance(pair, list) and len(pair) == 2 for pair in value
        ):
            raise self.wrong(key, 'must be pairs of times such as [["08:50", "09:40"]]')
        return tuple(self._span(key, start, end) for start, end in value)

    def _span(self, key: str, start: object, end: object) -> Span:
        span = self._moment(key, start), self._moment(key, end)
        if span[1] <= span[0]:
            raise self.wrong(key, f"end before they start: {span[0]:%H:%M} to {span[1]:%H:%M}")
        return span

    def _moment(self, key: str, value: object) -> dt.time:
        if type(value) is dt.time:
            return value
        parts = _TIME.fullmatch(value) if isinstance(value, str) else None
        if parts is None:
            raise self.wrong(key, "must be a time of day such as 08:50")
        hour, minute, second = map(int, parts.groups(default="0"))
        return dt.time(hour, minute, second)

    def _text(self, key: str, value: object, longest: int, *, lines: bool = False) -> str:
        if not isinstance(value, str):
            raise self.wrong(key, "must be words in quotation marks")
        if lines and _NO_PASSAGE.search(value):
            raise self.wrong(key, "holds a control character", "Take it out.")
        if not lines and _CONTROL.search(value):
            raise self.wrong(
                key, "holds a line break, a tab or another control character", "Use one line."
            )
        text = value.strip()
        if len(text) > longest:
            raise self.wrong(key, f"is longer than {longest} characters")
        return text


def _line_of(text: str, table: str, number: int, key: str) -> int:
    """The line where a key of a table stands, or its table; 0 when neither can be seen.

    A plain look at the lines of a file that has been parsed already; only an error asks. Without
    `table` it is the line of the table, or the first key, named `key`.
    """
    heading, at_top, here, found, seen = table or key, True, False, 0, 0
    for line_number, line in enumerate(STRING_OR_COMMENT.sub(_hidden, text).split("\n"), 1):
        header, named = _HEADER.match(line), _KEY.match(line)
        if header:
            seen += header[1] == heading
            here = header[1] == heading and seen == max(number, 1)
            found = line_number if here else found
            at_top = False
        elif named and here and table and named[1] == key:
            return line_number
        elif named and at_top and named[1] == heading:
            found = line_number
    return found


def _hidden(match: re.Match[str]) -> str:
    """A comment or a text over many lines without its words, which could look like a header."""
    whole = match[0]
    many = whole.startswith(('"""', "'''"))
    return "\n" * whole.count("\n") if many or whole.startswith("#") else whole

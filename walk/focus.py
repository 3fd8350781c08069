"""Focus templates read from their folder.

A template is one TOML file; focus_templates/README.md states its shape. The name of the file
gives its id, so that a template can be found without opening the others: a file that cannot be
read never stands in the way of one that can. Nothing is kept between calls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from walk.disk import open_plain
from walk.errors import TemplateError

About = Literal["students", "teacher", "task"]

ABOUT: tuple[About, ...] = ("students", "teacher", "task")
"""Where a look-for can point the eyes."""
LOOK_FORS_FEWEST, LOOK_FORS_MOST = 3, 6
LOOK_FOR_NAME_LONGEST = 28
"""In characters: what the look-for column of the visit screen can hold."""
NAME_LONGEST = 48
"""In characters, for a template's name and for one content area."""
TEXT_LONGEST = 400
"""In characters, for a focus, an inquiry, a caution and the text of a look-for."""
FILE_LARGEST = 64 * 1024
"""In bytes."""

_KEYS = ("name", "focus", "inquiry", "fits", "caution", "look_for")
_LOOK_FOR_KEYS = ("name", "text", "about")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_README = "focus_templates/README.md shows what a template looks like."


@dataclass(frozen=True, slots=True)
class LookForTemplate:
    """A prompt for where evidence might show; it points the eyes and is never ticked."""

    name: str
    """One line of at most LOOK_FOR_NAME_LONGEST characters."""
    text: str
    about: About


class Template(NamedTuple):
    """A focus that host teachers can start from. Its texts stand as they stand in the file."""

    id: str
    """The file name without number and ending, such as press_for_evidence."""
    name: str
    focus: str
    inquiry: str
    fits: tuple[str, ...]
    """Content areas; "any content" where it fits them all."""
    look_fors: tuple[LookForTemplate, ...]
    caution: str = ""
    """What cannot be seen or should stay out of notes; empty where nothing needs saying."""


def template_paths(extra: Path | None = None) -> dict[str, Path]:
    """The file of every template by id, in order: shipped ones, then those only in `extra`.

    A file in `extra` takes the place of a shipped one with its id. A folder that is not there is
    an empty one. No file is opened. TemplateError: a folder cannot be listed, a file name gives
    no id, or two files in one folder give the same.
    """
    shipped = _list(_shipped_folder(Path(__file__).resolve().parent))
    return {**shipped, **(_list(extra) if extra else {})}


def load_templates(extra: Path | None = None) -> tuple[Template, ...]:
    """Every template in the order of `template_paths`; TemplateError at the first unreadable."""
    return tuple(read_template(path) for path in template_paths(extra).values())


def load_template(id: str, extra: Path | None = None) -> Template:
    """The template with this id; TemplateError names the ids there are, or what ails its file."""
    paths = template_paths(extra)
    if id not in paths:
        raise TemplateError(
            f'There is no focus template "{_plain(id)}".', f"There are: {', '.join(paths)}."
        )
    return read_template(paths[id])


def _shipped_folder(package: Path) -> Path:
    """In the package, as a wheel has it, else beside it, as an editable install has it."""
    for parent in (package, package.parent):
        folder = parent / "focus_templates"
        if folder.is_dir():
            return folder
    raise TemplateError("The focus templates that come with walk are missing.", "Install it again.")


def _list(folder: Path) -> dict[str, Path]:
    """The templates of one folder by id, in the order of their numbers, then by id."""
    try:
        paths = list(folder.iterdir())
    except FileNotFoundError:
        return {}
    except OSError as problem:
        mend = "Check that it is a folder and that you may open it."
        raise _error(folder, f"cannot be read ({problem.strerror})", mend) from problem
    found: dict[str, Path] = {}
    # Names with a dot in front are what file managers leave behind, not templates.
    own = [path for path in paths if path.suffix.lower() == ".toml" and path.name[0] != "."]
    for path in sorted(own, key=_number_and_id):
        id = _number_and_id(path)[1]
        if id in found:
            taken = f"{_plain(found[id].name)} is the template {id} already"
            raise _error(path, taken, "Give one of the two files another name.")
        found[id] = path
    return found


def _number_and_id(path: Path) -> tuple[float, str]:
    """What a file name says of a template: its place, the last where it has none, and its id."""
    parts = re.fullmatch(r"(?:(\d+)[_ -])?(\w[\w -]*)", path.stem)
    if parts is None:
        mend = "Use letters, digits and _ only, as in 13_our_focus.toml."
        raise _error(path, "this file name gives no template id", mend)
    number = float(parts[1]) if parts[1] else float("inf")
    return number, re.sub(r"[ -]", "_", parts[2]).lower()


def read_template(path: Path) -> Template:
    """Read and check one template file; UTF-8, at most FILE_LARGEST bytes.

    TemplateError names the file, the line where it is known, and the key.
    """
    source = _Source(path, _read(path))
    table = _parse(source)
    _refuse_other_keys(source, table, _KEYS)
    return Template(
        id=_number_and_id(path)[1],
        name=_text(source, "name", table.get("name"), NAME_LONGEST, rows=False),
        focus=_text(source, "focus", table.get("focus"), TEXT_LONGEST),
        inquiry=_text(source, "inquiry", table.get("inquiry"), TEXT_LONGEST),
        fits=_fits(source, table.get("fits")),
        look_fors=_look_fors(source, table.get("look_for", [])),
        caution=_text(source, "caution", table["caution"], TEXT_LONGEST)
        if "caution" in table
        else "",
    )


class _Source(NamedTuple):
    """A template file and its text, able to say where in it a problem lies."""

    path: Path
    text: str

    def wrong(self, key: str, problem: str, look_for: int = 0) -> TemplateError:
        """The error for a key at the top of the file, or in a look-for counted from 1."""
        inside = f"look_for {look_for}: " if look_for else ""
        line = self._line_of(key, look_for)
        return _error(self.path, f"{inside}{_plain(key)} {problem}", _README, line)

    def _line_of(self, key: str, look_for: int) -> int | None:
        """The line of the key, of its look-for's heading where it is missing, or None if unsure."""
        if '"""' in self.text or "'''" in self.text:
            return None  # text over several lines could look like a key
        heading, found, tables = None, [], 0
        for number, line in enumerate(self.text.split("\n"), start=1):
            if re.match(r"\s*\[\[\s*look_for\s*\]\]", line):
                tables += 1
                heading = number if tables == look_for else heading
            elif tables == look_for and re.match(rf"\s*{re.escape(key)}\s*=", line):
                found.append(number)
        return found[0] if len(found) == 1 else heading


def _read(path: Path) -> str:
    """The file as text; a byte order mark, which some editors put in front, is left out."""
    try:
        with open_plain(path) as file:
            data = file.read(FILE_LARGEST + 1)
    except OSError as problem:
        mend = "Check that the file is there and that you may open it."
        raise _error(path, f"cannot be read ({problem.strerror})", mend) from problem
    if len(data) > FILE_LARGEST:
        mend = f"A template has at most {FILE_LARGEST // 1024} kilobytes."
        raise _error(path, "larger than a template can be", mend)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise _error(path, "not UTF-8 text", "Save the file as UTF-8.", line) from problem


def _parse(source: _Source) -> dict[str, Any]:
    import tomllib

    # Besides its own error, the parser lets out ValueError for a number of thousands of digits
    # and RecursionError for thousands of brackets.
    try:
        return tomllib.loads(source.text)
    except (ValueError, RecursionError) as problem:
        reason, _, place = str(problem).partition(" (at ")
        told = re.match(r"line (\d+)", place)
        last = len(source.text.rstrip().split("\n")) if place else None
        mend = "Often a quotation mark, a bracket or a = is missing there or just above."
        what = f"this cannot be read as TOML: {_plain(reason)}"
        raise _error(source.path, what, mend, int(told[1]) if told else last) from problem


def _refuse_other_keys(
    source: _Source, table: dict[str, Any], known: tuple[str, ...], look_for: int = 0
) -> None:
    for key in table:
        if key not in known:
            raise source.wrong(key, f"is no key here; the keys are {', '.join(known)}", look_for)


def _text(
    source: _Source, key: str, value: object, longest: int, look_for: int = 0, rows: bool = True
) -> str:
    """The value, unchanged, if it is harmless text of a fitting length; rows: it may have several.

    `longest` is in characters; a value of None is a key that is not there.
    """
    if value is None:
        problem = "is missing"
    elif not isinstance(value, str):
        problem = "must be text in quotation marks"
    elif not value.strip():
        problem = "is empty"
    elif len(value) > longest:
        problem = f"must have at most {longest} characters and has {len(value)}"
    elif _CONTROL.search(value):
        problem = "holds a control character"
    elif not rows and value.splitlines() != [value]:
        problem = "must stand on one line"
    else:
        return value
    raise source.wrong(key, problem, look_for)


def _fits(source: _Source, areas: object) -> tuple[str, ...]:
    if not isinstance(areas, list) or not areas:
        raise source.wrong("fits", 'must be a list of content areas, such as ["mathematics"]')
    return tuple(_text(source, "fits", area, NAME_LONGEST, rows=False) for area in areas)


def _look_fors(source: _Source, tables: object) -> tuple[LookForTemplate, ...]:
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        raise source.wrong("look_for", "must be written as [[look_for]] above its keys")
    if not LOOK_FORS_FEWEST <= len(tables) <= LOOK_FORS_MOST:
        wanted = f"{LOOK_FORS_FEWEST} to {LOOK_FORS_MOST} times"
        raise source.wrong("look_for", f"must stand {wanted} and stands {len(tables)}")
    found: dict[str, LookForTemplate] = {}
    for number, table in enumerate(tables, start=1):
        look_for = _look_for(source, table, number)
        if look_for.name.casefold() in found:
            raise source.wrong("name", "is the name of an earlier look-for too", number)
        found[look_for.name.casefold()] = look_for
    return tuple(found.values())


def _look_for(source: _Source, table: dict[str, Any], number: int) -> LookForTemplate:
    _refuse_other_keys(source, table, _LOOK_FOR_KEYS, number)
    name = _text(source, "name", table.get("name"), LOOK_FOR_NAME_LONGEST, number, rows=False)
    text = _text(source, "text", table.get("text"), TEXT_LONGEST, number)
    said = _text(source, "about", table.get("about"), TEXT_LONGEST, number)
    for about in ABOUT:
        if said == about:
            return LookForTemplate(name, text, about)
    raise source.wrong("about", "must be students, teacher or task", number)


def _error(path: Path, problem: str, mend: str, line: int | None = None) -> TemplateError:
    where = _plain(path.name) + (f", line {line}" if line else "")
    return TemplateError(f"{where}: {problem}.", mend)


def _plain(text: str) -> str:
    """A name or key from outside, cut and cleaned so that it can stand in a message."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)[:80]

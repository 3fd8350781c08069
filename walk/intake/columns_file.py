"""MAP.toml: what each column of a form export is, in a file that goes with the form.

    visit = "V3"

    [[column]]
    header = "What did you notice?"
    is = "noticing"

docs/import.md has the whole schema. The file may have been written by anyone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from walk.errors import IntakeError, PlanError, Refused
from walk.intake import cells as cell_of
from walk.intake.column_map import ONCE, ROLES, Column, ColumnMap, Role, Unit, folded, one_header
from walk.intake.moments import Order
from walk.intake.toml_tables import Table, Tables, text_of

KEYS = {
    "": ("visit", "kind", "walker", "times", "dates", "only_on", "look_fors"),
    "column": ("header", "is", "look_for", "one_note_a_line"),
    "classroom": ("code", "called"),
}
"""The tables of the file and the keys of each."""

HEAD = """\
# What the columns of a form are. Use it with: walk import FILE.csv --columns THIS_FILE
# The kinds of column and all other keys: docs/import.md
"""
_ORDERS: dict[str, Order] = {"day_first": "day first", "month_first": "month first"}
_UNITS: dict[str, Unit] = {"seconds": "seconds", "minutes": "minutes"}


def read_columns(path: Path) -> ColumnMap:
    """The map in a file; IntakeError names its line, key, cause and mend."""
    try:
        return _parsed(text_of(path), path.name)
    except PlanError as error:
        raise IntakeError(error.message, error.mend) from None


def _parsed(text: str, name: str) -> ColumnMap:
    tables = Tables(name, text, KEYS)
    above = tables.one("")
    columns = tables.each("column", _column)
    visits: dict[str, str] = {}
    for code, called in tables.each("classroom", _classroom, unique="code"):
        visits.update(dict.fromkeys(called, code))
    day = above.day("only_on")
    found = ColumnMap(
        columns,
        visit=_checked(above, "visit", cell_of.LONGEST_VISIT),
        kind=above.choice("kind", ("", "noticing", "wondering"), ""),
        walker=_checked(above, "walker", cell_of.LONGEST_LABEL),
        times=_UNITS[above.choice("times", tuple(_UNITS), "seconds")],
        dates=_ORDERS.get(above.choice("dates", ("", *_ORDERS), ""), ""),
        only_on=day.isoformat() if day else "",
        look_fors=above.list_of_words("look_fors", cell_of.LONGEST_LABEL),
        visits=visits,
    )
    for role in ONCE:
        if len(found.places(role)) > 1:
            raise tables.wrong(
                f"more than one column is {role}", "Only one can be.", "column", 1, "is"
            )
    return found


def _column(table: Table) -> Column:
    said = table.needed("is")
    if said not in ROLES:
        raise table.wrong("is", f"must be one of {', '.join(ROLES)}")
    role: Role = next(one for one in ROLES if one == said)
    return Column(
        _header(table),
        role,
        table.label("look_for"),
        bool(table.yes_or_no("one_note_a_line")),
    )


def _header(table: Table) -> str:
    header = table.words("header")
    if not folded(header):
        raise table.wrong("header", "is missing or empty")
    return header


def _classroom(table: Table) -> tuple[str, tuple[str, ...]]:
    code = _checked(table, "code", cell_of.LONGEST_VISIT)
    if not code:
        raise table.wrong("code", "is missing or empty")
    return code, table.list_of_words("called")


def _checked(table: Table, key: str, longest: int) -> str:
    try:
        return cell_of.label(table.label(key, longest), key, longest)
    except Refused as refused:
        raise table.wrong(key, f"cannot be used: {refused.message}") from None


def columns_text(columns: ColumnMap) -> str:
    """The text of a file that says this map, with all its columns."""
    return "\n".join((HEAD, *_lines(columns))) + "\n"


def _lines(columns: ColumnMap) -> Iterator[str]:
    above = {
        "visit": columns.visit,
        "kind": columns.kind,
        "walker": columns.walker,
        "times": columns.times if columns.places("at") else "",
        "dates": columns.dates,
        "only_on": columns.only_on,
    }
    yield from (f"{key} = {_quoted(value)}" for key, value in above.items() if value)
    if columns.look_fors:
        yield f"look_fors = [{', '.join(map(_quoted, columns.look_fors))}]"
    for column in columns.columns:
        if not folded(column.header):
            continue
        yield "\n[[column]]"
        yield f"header = {_quoted(one_header(column.header))}"
        yield f'is = "{column.role}"'
        if column.look_for:
            yield f"look_for = {_quoted(column.look_for)}"
        if column.lines:
            yield "one_note_a_line = true"
    for code in dict.fromkeys(columns.visits.values()):
        called = [name for name, one in columns.visits.items() if one == code]
        yield "\n[[classroom]]"
        yield f"code = {_quoted(code)}"
        yield f"called = [{', '.join(map(_quoted, called))}]"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")

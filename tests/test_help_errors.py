"""Every error a person can meet, read once as a teacher would: it has a cause and a mend."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

import walk
from walk import errors

HOME = Path(walk.__file__).parent
ROWS = {"cells.py", "mapped.py"}
"""They tell why a row of a table is refused, behind its line; the words there say what to write."""
SAID_ELSEWHERE = {
    "cli.py",
    "commands/backup.py",
    "commands/desk.py",
    "commands/language.py",
    "plain/timekeeping/board.py",
}
"""There words are put together before, and hold their own mend."""
MADE = re.compile(r"(Refused|Error|Store|Disk|Pack|Extra|File)\(")
"""How the names of our errors end."""
JARGON = (
    "journal", "revision", "schema", "sqlite", "exception", "traceback", "null", "none type",
    "uuid", "hash", "payload", "parse", "invalid", "error", "dialog", "widget", "boolean",
    "transaction", "database", "pragma", "keyerror", "regex",
)  # fmt: skip


@cache
def _nodes() -> tuple[tuple[Path, ast.ClassDef | ast.Call], ...]:
    """Every class and every call in walk."""
    texts = {file: file.read_text("utf-8") for file in sorted(HOME.rglob("*.py"))}
    return tuple(
        (file, node)
        for file, text in texts.items()
        if MADE.search(text)  # most files make none, and reading a file takes its time
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ClassDef | ast.Call)
    )


def _kinds() -> set[str]:
    """The names of all our errors, also of those declared beside their room."""
    found = {"WalkError"}
    classes = [node for _, node in _nodes() if isinstance(node, ast.ClassDef)]
    while True:
        more = {
            node.name
            for node in classes
            if any(isinstance(base, ast.Name) and base.id in found for base in node.bases)
        }
        if more <= found:
            assert all(MADE.search(f"{name}(") for name in found), found
            return found
        found |= more


def _said() -> list[tuple[str, ast.Call]]:
    """Where each is made, and how."""
    kinds = _kinds()
    return [
        (f"{file.relative_to(HOME)}:{node.lineno}", node)
        for file, node in _nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds
    ]


def _words(node: ast.expr) -> str:
    """The words of a text as far as they stand there; what is put in becomes "…"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "…"
    if isinstance(node, ast.BinOp):
        return _words(node.left) + _words(node.right)
    if isinstance(node, ast.IfExp):
        return _words(node.body)
    if isinstance(node, ast.BoolOp):
        return _words(node.values[-1])
    return "…"


@pytest.fixture(scope="module")
def said() -> list[tuple[str, ast.Call]]:
    found = _said()
    assert len(found) > 350
    return found


def test_every_error_names_its_mend(said: list[tuple[str, ast.Call]]) -> None:
    bare = [
        where
        for where, call in said
        if len(call.args) < 2
        and not call.keywords
        and where.split(":")[0].split("/")[-1] not in ROWS
    ]
    assert {where.split(":")[0] for where in bare} <= SAID_ELSEWHERE
    empty = [where for where, call in said if len(call.args) > 1 and not _words(call.args[1])]
    assert not empty


def test_cause_and_mend_are_sentences(said: list[tuple[str, ast.Call]]) -> None:
    for where, call in said:
        if len(call.args) < 2:
            continue
        cause, mend = _words(call.args[0]), _words(call.args[1])
        if not cause or not mend:
            continue  # put together elsewhere
        assert cause.rstrip()[-1] in ".?…)", f"{where}: {cause}"
        # What is to be typed ends without a stop, which somebody might type too.
        typed = any(sign in mend for sign in ("walk ", "pip ", "…"))
        assert typed or mend.rstrip()[-1] in ".?…`)", f"{where}: {mend}"
        assert cause[0] == "…" or not cause[0].islower() or cause[0] in "[“", f"{where}: {cause}"


def test_no_word_of_ours_stands_in_them(said: list[tuple[str, ast.Call]]) -> None:
    for where, call in said:
        told = " ".join(_words(one) for one in call.args).casefold()
        assert not [word for word in JARGON if word in told.split()], f"{where}: {told}"


def test_what_a_person_reads_is_cause_then_mend() -> None:
    assert str(errors.Refused("A walk needs a focus.", "One line is enough.")) == (
        "A walk needs a focus. One line is enough."
    )
    assert str(errors.Refused("Only a cause.")) == "Only a cause."

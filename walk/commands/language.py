"""The command about wording, which words are not evidence yet; and practice without a screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from walk.commands.desk import at_terminal, complain, named_store, say
from walk.errors import WalkError
from walk.text import LIMIT

if TYPE_CHECKING:
    from walk.language.flags import Flag, NoteKind, Own

LONGEST_LINE = 1_000_000
"""Bytes of one line that is read."""
_TOO_LONG = "The text is longer than a note can be, so it was not looked at."
HOW = (
    "Type a sentence and press Enter; ? first makes it a wondering. "
    "Ctrl+D ends (on Windows Ctrl+Z, then Enter)."
)
HOW_JSON = (
    'Type lines such as {"id": 1, "kind": "noticing", "text": "5 of 7 pairs wrote"}. '
    "Ctrl+D ends (on Windows Ctrl+Z, then Enter)."
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Read and write a JSON object a line.")
@click.option(
    "--words",
    "words",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your school's own words; left out, wording.toml beside the store.",
)
@click.pass_context
def language(ctx: click.Context, as_json: bool, words: Path | None) -> None:
    """Say which words of a sentence are not evidence yet.

    Reads sentences from the input, one a line; ? first makes it a wondering. With --json each line
    is {"id", "kind", "text"}, and the answer {"id", "flags": [{"start", "end", "category",
    "message", "suggestion"}]}, with places in characters.
    """
    own = _own(ctx, words)
    if sys.stdin is None:
        raise WalkError(
            "The standard input is closed.",
            "Start it in a terminal, or give it a file: walk language < notes.txt",
        )
    if at_terminal(sys.stdin):
        say(HOW_JSON if as_json else HOW, err=True)
    lines = _lines(sys.stdin.buffer)
    if not as_json:
        for line in lines:
            _tell(line, own)
    elif not _answer_all(lines, own):
        ctx.exit(1)


def _own(ctx: click.Context, words: Path | None) -> Own | None:
    """The own words in the file that was named, else in the usual one, whose faults are told."""
    from walk.routine.wording.own_words import own_words, read_own, trouble

    if words is not None:
        return read_own(words)
    store = named_store(ctx.find_root().obj)
    own, wrong = own_words(store), trouble(store)
    if wrong:
        complain(WalkError(wrong))
    return own


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines that are not blank, without their ends; one that is too long is cut."""
    first = True
    while line := stream.readline(LONGEST_LINE + 1):
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE + 1)
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if line := line.strip():
            yield line


# In words


def _tell(line: bytes, own: Own | None) -> None:
    """Print a sentence, and beneath it what is open in it."""
    from walk.jotting import understand
    from walk.language.check import check
    from walk.text import one_line

    jot = understand(line[:LONGEST_LINE].decode("utf-8", "replace"), 0)
    if len(jot.text) > LIMIT:
        say(one_line(jot.text, 76), f"  {_TOO_LONG}")
        return
    flags = check(jot.text, jot.kind, own)
    say(one_line(f"? {jot.text}" if jot.kind == "wondering" else jot.text))
    for flag in flags:
        say(f"  {one_line(flag.message)}", f"    {one_line(flag.suggestion)}")
    if not flags:
        say("  Nothing caught the eye.")
    sys.stdout.flush()


# For programs


class _Unread(ValueError):
    """A line that cannot be answered; the message says why."""


def _answer_all(lines: Iterator[bytes], own: Own | None) -> bool:
    """Answer every line as it comes; False where one could not be read."""
    fine = True
    for line in lines:
        answer, read = _answer(line, own)
        fine = fine and read
        # A program that waits for each answer gets it at once.
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    return fine


def _answer(line: bytes, own: Own | None) -> tuple[str, bool]:
    """The answer to a line, and whether the line could be read."""
    from walk.language.check import check

    id_: Any = None
    try:
        asked = _object(line)
        id_ = asked.get("id")
        text, kind = _text_and_kind(asked)
        flags = [_shape(flag) for flag in check(text, kind, own)]
        # ASCII only, so that no terminal obeys what stands in it.
        return json.dumps({"id": id_, "flags": flags}), True
    except RecursionError:
        return json.dumps({"id": None, "error": "Too many brackets stand in each other."}), False
    except _Unread as error:
        return json.dumps({"id": id_, "error": str(error)}), False


def _shape(flag: Flag) -> dict[str, Any]:
    return {
        "start": flag.start,
        "end": flag.end,
        "category": flag.category,
        "message": flag.message,
        "suggestion": flag.suggestion,
    }


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise _Unread(f"The line is longer than {LONGEST_LINE:,} bytes.")
    try:
        found = _JSON.decode(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise _Unread("The line is not UTF-8 text.") from None
    except _Unread:
        raise
    except ValueError as error:
        raise _Unread(f"The line cannot be read as JSON: {error}.") from None
    if not isinstance(found, dict):
        raise _Unread('The line is no JSON object such as {"id": 1, "text": "5 of 7 wrote"}.')
    return found


def _finite(number: str) -> float:
    found = float(number)
    if not isfinite(found):
        raise _Unread(f"{number} is no JSON number.")
    return found


_JSON = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)


def _text_and_kind(asked: dict[str, Any]) -> tuple[str, NoteKind]:
    text, kind = asked.get("text"), asked.get("kind", "noticing")
    if not isinstance(text, str):
        raise _Unread('"text" must be there, in quotation marks.')
    if len(text) > LIMIT:
        raise _Unread(_TOO_LONG)
    if kind not in ("noticing", "wondering"):
        raise _Unread('"kind" must be "noticing" or "wondering".')
    return text, kind


# Practice


def print_first_item() -> None:
    """Print the first sentence to practise on, and how it could be written."""
    from walk.language.practice import items

    item = items()[0]
    say(
        f"{item.where} · a {item.kind}", item.text, "", f"One way: {item.model}", f"Why: {item.why}"
    )

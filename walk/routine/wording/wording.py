"""Wording help: when it speaks, what is open in a text, and what a person chose to keep.

It advises. It blocks nothing, asks for no reason, counts nothing, and what was kept is remembered
on this laptop alone, as digests from which nobody can read words or walker.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal, cast

from walk.errors import WalkError
from walk.jotting import understand
from walk.language.flags import Flag, Own
from walk.model import Note, NoteKind
from walk.routine.desk import Desk

Setting = Literal["room and writing", "writing", "off"]
Place = Literal["room", "writing"]
SETTINGS: dict[Setting, str] = {
    "room and writing": "in the room and while writing",
    "writing": "while writing only",
    "off": "off",
}
"""What a person may choose, and how it is said."""
AT_ONCE = 300
"""Characters up to which the check is ready within a frame; more is looked at beside the typing."""

_SENTENCE_END = re.compile(r"[.!?…]+[\"”'’»)]*(?=\s)|\n")
_BLANK = "__"
_engine_is_loaded = False


# When it speaks


def setting(desk: Desk) -> Setting:
    """What the person at this laptop chose; while writing only, unless they chose."""
    found = desk.store.setting("wording", "writing")
    return cast("Setting", found) if found in SETTINGS else "writing"


def choose(desk: Desk, wanted: Setting) -> None:
    """From now on it speaks there."""
    desk.store.set("wording", wanted)


def speaks(desk: Desk, place: Place) -> bool:
    """Whether it speaks in the room, or in the silent write."""
    return place in setting(desk)


# What is looked at


@dataclass(frozen=True, slots=True)
class Words:
    """Words to look at: those of a note, or those in a line as it is typed."""

    words: str
    kind: NoteKind = "noticing"
    note: str = ""
    """The note's id; empty for a line."""
    line: str = ""
    """All that stands there, with the marks that are no words, such as ? and #2."""
    start: int = 0
    """Where in the line the words begin."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is open in words; places are characters of the words."""

    of: Words
    flags: tuple[Flag, ...] = ()

    def quoted(self, flag: Flag) -> str:
        """The words a flag is about."""
        return self.of.words[flag.start : flag.end]


def of_note(note: Note) -> Words:
    """The words of a saved note."""
    start = max(0, note.text.find(note.words))
    return Words(note.words, note.note_kind, note.id, note.text, start)


def of_line(
    line: str, look_for_count: int, *, recorded: bool = False, kind: NoteKind | None = None
) -> Words:
    """The words in a line as it is typed; `kind` is given where it was chosen by a key."""
    jot = understand(line, look_for_count, recorded)
    # Marks are taken off the front, so the text as kept is the end of the line.
    start = len(line.rstrip()) - len(jot.text)
    if jot.mark == "first":
        start += len(jot.text) - len(jot.words)
    return Words(jot.words, kind or jot.kind, "", line, start)


# Looking


def ready() -> bool:
    """Whether the rules are loaded; the first look takes longer."""
    return _engine_is_loaded


def look(words: Words, own: Own | None = None) -> Looked:
    """What the rules say of these words. Pure; may run in any thread.

    Raises WalkError where the rules themselves fail: advice must never end somebody's typing.
    """
    global _engine_is_loaded
    # The rules take their time to load, and a start must not wait for them.
    from walk.language.check import check

    try:
        flags = check(words.words, words.kind, own)
    except Exception as error:
        raise WalkError(
            "Wording help has failed; all else goes on.", "Esc, then 9, then 3 turns it off."
        ) from error
    _engine_is_loaded = True
    return Looked(words, flags)


def still(looked: Looked, line: str) -> Looked:
    """What still applies after the line was edited, without looking anew.

    A flag stays where its own words do: in their place, or moved by as much as the line grew.
    """
    before, moved = looked.of, len(line) - len(looked.of.line)
    flags = []
    for flag in looked.flags:
        start, end = before.start + flag.start, before.start + flag.end
        for by in (0, moved):
            if start + by >= 0 and _same(before.line, start, end, line, by):
                flags.append(flag._replace(start=start + by, end=end + by))
                break
    return Looked(Words(line, before.kind, before.note, line), tuple(flags))


def _same(old: str, start: int, end: int, new: str, by: int) -> bool:
    """Whether a stretch stands `by` characters further on, and its first and last word are whole.

    The signs beside it may only become the inside of a word where they were that before.
    """
    beside = [
        (old[max(0, start - 1) : start], new[max(0, start + by - 1) : start + by]),
        (old[end : end + 1], new[end + by : end + by + 1]),
    ]
    return new[start + by : end + by] == old[start:end] and not any(
        after.isalnum() and after != before for before, after in beside
    )


# What a person keeps


def keep(desk: Desk, looked: Looked, flags: Iterable[Flag]) -> None:
    """Remember for this walk that these words are meant to stay, while their sentence does."""
    known = set(_kept(desk))
    wanted = known | {_digest(desk, looked, flag) for flag in flags}
    if wanted != known:
        desk.store.set(_kept_key(desk), sorted(wanted))


def without_kept(desk: Desk, looked: Looked) -> Looked:
    """What is open, without what was kept."""
    if not looked.flags:
        return looked
    known = _kept(desk)
    flags = tuple(one for one in looked.flags if _digest(desk, looked, one) not in known)
    return replace(looked, flags=flags)


def keep_again(desk: Desk, looked: Looked, words: Collection[str]) -> Looked:
    """Carry on what was kept in a line whose sentence has grown since; what is open else.

    `words` are flagged words that were kept in this line, as `plain` gives them.
    """
    again = [one for one in looked.flags if plain(looked.quoted(one)) in words]
    keep(desk, looked, again)
    return replace(looked, flags=tuple(one for one in looked.flags if one not in again))


def forget(desk: Desk, note: Note) -> None:
    """Forget what was kept in a wording of a note that is erased."""
    known = set(_kept(desk))
    if not known:
        return
    # Imported here, as wording help itself does not wait for a school's own words.
    from walk.routine.wording.own_words import own_words

    looked = look(of_note(note), own_words(desk.store.path))
    left = known - {_digest(desk, looked, flag) for flag in looked.flags}
    if left != known:
        desk.store.set(_kept_key(desk), sorted(left) or None)


def plain(words: str) -> str:
    """Words without what does not count when they are compared: case, spaces, last signs."""
    return " ".join(words.casefold().split()).rstrip(".!?… ")


def _kept_key(desk: Desk) -> str:
    return f"wording kept:{desk.walk_id}"


def _kept(desk: Desk) -> frozenset[str]:
    return frozenset(desk.store.setting(_kept_key(desk), []))


def _digest(desk: Desk, looked: Looked, flag: Flag) -> str:
    """A digest, as an erased note must leave no words behind here."""
    start, end = sentence(looked.of.words, flag)
    said = (desk.walk_id, plain(looked.of.words[start:end]), plain(looked.quoted(flag)))
    return sha256("\n".join(said).encode()).hexdigest()[:24]


# Stems


@dataclass(frozen=True, slots=True)
class Stem:
    """A stem and the stretch of a line that it takes the place of."""

    start: int
    end: int
    text: str
    blank: tuple[int, int]
    """The stretch of the stem to write in first; its end, twice, where it has no blank."""


def sentence(words: str, flag: Flag) -> tuple[int, int]:
    """The stretch of the sentence that holds a flag; what somebody said breaks no sentence."""
    jot = understand(words, 0)
    said = jot.speech if jot.words == words else ()
    start, end = 0, len(words)
    for found in _SENTENCE_END.finditer(words):
        if any(first <= found.start() and found.end() < last for first, last in said):
            continue
        if found.end() <= flag.start:
            start = found.end()
        elif found.end() >= flag.end:
            end = found.end()
            break
    stretch = words[start:end]
    return start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())


def stem(looked: Looked, flag: Flag) -> Stem:
    """The flag's stem in place of the sentence that holds its words; marks in the line stay."""
    words = looked.of.words
    start, end = sentence(words, flag)
    follows = words[end:].lstrip(" \t")
    # A full stop goes with its sentence, unless it parts it from the next one.
    stop = "." if follows and not follows.startswith("\n") else ""
    text = flag.suggestion
    place = text.find(_BLANK)
    blank = (place, place + len(_BLANK)) if place >= 0 else (len(text), len(text))
    if text.rstrip().endswith((".", "?", "!", "…")):
        stop = ""
    return Stem(looked.of.start + start, looked.of.start + end, text + stop, blank)


# The silent write's list


def was_listed(desk: Desk, form: str) -> bool:
    """Whether the list of a form was looked at; it does not come again by itself."""
    return form in desk.store.setting(_listed_key(desk), [])


def listed(desk: Desk, form: str) -> None:
    """Remember that the list of a form was looked at."""
    before: Sequence[str] = desk.store.setting(_listed_key(desk), [])
    if form not in before:
        desk.store.set(_listed_key(desk), [*before, form])


def _listed_key(desk: Desk) -> str:
    return f"wording listed:{desk.walk_id}"

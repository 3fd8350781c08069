"""Debrief: the pool with authors hidden, notes into themes, themes stated as trends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from walk.debrief import Spread, code_mask, spread
from walk.errors import Refused
from walk.model import Form, Note, Placing, Record, Theme, Trend, placing_id, trend_id
from walk.model.theme import odd_id
from walk.routine import purged
from walk.routine.debriefing import stating
from walk.routine.desk import Desk
from walk.storage.store import Held
from walk.text import accept, one_line

STAGE = "debrief"
TABLE_MOST = 4_000
"""Notes that are laid on the table at once. Of a larger pool it is a part from all its classrooms,
and search looks through the rest."""
Lay = Literal["every note", "wonderings", "what was placed"]
"""What is laid on the table where the pool is too large for all: a part of every note or of the
wonderings, or nothing beside the notes that were placed, which are always there."""
NAME_MOST = 40
"""Cells of a theme's name in the words of an act."""


@dataclass(frozen=True, slots=True)
class PoolNote:
    """A note as the team sees it: no author, no clock time, no visit code."""

    note: Note
    words: str
    """Its words, with visit codes masked: a code would point to a room."""
    themes: tuple[str, ...]
    """The ids of the themes it stands in."""
    contrary_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme with its spread, its notes and its trend, if it was stated."""

    theme: Theme
    spread: Spread
    notes: tuple[PoolNote, ...]
    trend: Trend | None

    @property
    def name(self) -> str:
        """Its name, or that it has none yet."""
        return self.theme.name or "(unnamed)"


@dataclass(frozen=True, slots=True)
class Table:
    """Everything on the debrief's table at one moment."""

    pool: tuple[PoolNote, ...]
    """Noticings that stand nowhere yet, in an order that says nothing of rooms or people."""
    wonderings: tuple[PoolNote, ...]
    """Wonderings wait in a list of their own."""
    themes: tuple[ThemeView, ...]
    notes: Mapping[str, tuple[Note, str]] = field(default_factory=dict)
    """Every note of the pool with its masked words, by id, in the order in which all are shown."""
    purged: bool = False
    """The raw notes are gone for good."""
    not_laid: int = 0
    """Notes of a very large pool that are not on the table."""
    odd: tuple[PoolNote, ...] = ()
    """Noticings that were set aside, as they fit nowhere yet, and stand in no theme."""

    def theme(self, id_: str) -> ThemeView | None:
        """The theme of that id, if it is there."""
        return next((one for one in self.themes if one.theme.id == id_), None)


def table(
    desk: Desk, before: Table | None = None, wanted: str = "", lay: Lay = "every note"
) -> Table:
    """Read the walk's pool, themes and trends.

    Grouping changes no note: with the table from `before` an act of this laptop, the notes are
    taken from there, which makes the answer to a key twice as quick. `wanted` is the id of a note
    (or of anything else) that is to be on the table where the pool is too large for all; of such a
    pool `lay` says what is laid beside the notes that were placed.
    """
    said = before.notes if before else _notes(desk, wanted, lay)
    notes = {id_: note for id_, (note, _) in said.items()}
    placings = [one.record for one in desk.store.all(Placing, desk.walk_id)]
    themes = sorted(
        (one.record for one in desk.store.all(Theme, desk.walk_id)),
        key=lambda one: (one.place, one.id),
    )
    trends = {one.record.theme: one.record for one in desk.store.all(Trend, desk.walk_id)}
    inside: dict[str, list[Placing]] = {theme.id: [] for theme in themes}
    seen: dict[str, list[Placing]] = {}
    for placing in placings:
        if placing.theme in inside:
            inside[placing.theme].append(placing)
            seen.setdefault(placing.note, []).append(placing)
    ordered = [_view(note, words, seen.get(id_)) for id_, (note, words) in said.items()]
    odd_place = odd_id(desk.walk_id)
    set_aside = {one.note for one in placings if one.theme == odd_place}
    loose = [one for one in ordered if one.note.note_kind == "noticing" and not one.themes]
    gone = purged.of(desk) is not None
    # Without a theme nobody asks where it was not seen.
    visited = stating.visited(desk) if themes and not gone else ()
    gathered: dict[str, list[PoolNote]] = {theme.id: [] for theme in themes}
    for view in ordered:
        for theme_id in view.themes:
            gathered[theme_id].append(view)
    return Table(
        pool=tuple(one for one in loose if one.note.id not in set_aside),
        wonderings=tuple(one for one in ordered if one.note.note_kind == "wondering"),
        themes=tuple(
            ThemeView(
                theme=theme,
                spread=_shown_spread(inside[theme.id], notes, visited, trends.get(theme.id), gone),
                notes=tuple(gathered[theme.id]),
                trend=trends.get(theme.id),
            )
            for theme in themes
        ),
        notes=said,
        not_laid=_not_laid(desk, len(said)) if lay == "every note" else 0,
        purged=gone,
        odd=tuple(one for one in loose if one.note.id in set_aside),
    )


def _view(note: Note, words: str, placings: Iterable[Placing] | None) -> PoolNote:
    if placings is None:
        return PoolNote(note, words, ())
    return PoolNote(
        note,
        words,
        tuple(sorted(one.theme for one in placings)),
        tuple(sorted(one.theme for one in placings if one.contrary)),
    )


def _shown_spread(
    placings: Iterable[Placing],
    notes: Mapping[str, Note],
    visited: Collection[str],
    trend: Trend | None,
    gone: bool,
) -> Spread:
    """The spread of a theme; as it was stated, once the raw notes are gone."""
    if gone and trend:
        counts = trend.counts
        return Spread(
            counts.visits, counts.contrary_visits, counts.noticings, 0, counts.none_visits or 0
        )
    return spread(placings, notes, visited)


def _notes(desk: Desk, wanted: str, lay: Lay) -> dict[str, tuple[Note, str]]:
    """The notes that are laid on the table; with `wanted`, a note that is to be among them."""
    # On a shared laptop another walker's form stays theirs until they have finished it.
    typed_here = {one.record.id for one in desk.store.all(Form, desk.walk_id)}
    mine = desk.records_of(desk.me)
    held = [
        one.record
        for one in _laid(desk, wanted, lay)
        if one.shared or one.author in mine or one.record.form not in typed_here
    ]
    # A walk may have thousands of codes.
    mask = code_mask(desk.store.codes(desk.walk_id) if held else ())
    return {one.id: (one, mask(one.words)) for one in sorted(held, key=_shuffle_key)}


def _laid(desk: Desk, wanted: str, lay: Lay) -> list[Held[Note]]:
    """All notes of the pool; of a very large one a part, and every note that was placed."""
    store, walk = desk.store, desk.walk_id
    size = _pool_size(desk)
    if size <= TABLE_MOST:
        return store.all(Note, walk, pool=True)
    some: list[Held[Note]] = []
    if lay != "what was placed":
        only = lay == "wonderings"
        some = store.some_of_pool(walk, TABLE_MOST, size, wonderings=only)
    more = {one.record.note for one in store.all(Placing, walk)} | ({wanted} if wanted else set())
    return [*some, *store.these(Note, more - {one.record.id for one in some}, pool=True)]


def _not_laid(desk: Desk, laid: int) -> int:
    """How many notes of a pool that is too large are not on the table."""
    size = _pool_size(desk)
    return size - laid if size > TABLE_MOST else 0


def _pool_size(desk: Desk) -> int:
    return desk.as_read("pool size", lambda: desk.store.pool_size(desk.walk_id))


def _shuffle_key(note: Note) -> str:
    # The last part of an id is random: the same order on every laptop, and none that would let
    # anyone read rooms or authors off neighbouring notes.
    return note.id[::-1]


# Themes


def make_theme(desk: Desk, name: str = "") -> Theme:
    """A new theme at the end of the list."""
    theme = new_theme(desk, name)
    desk.save(STAGE, "theme made", theme)
    return theme


def new_theme(desk: Desk, name: str) -> Theme:
    """A theme behind all others, not yet saved."""
    place = 1 + max((one.record.place for one in desk.store.all(Theme, desk.walk_id)), default=0)
    return Theme(id=desk.new_id(), walk=desk.walk_id, name=accept(name.strip()), place=place)


def placed(desk: Desk, note: str, theme: str, *, contrary: bool = False) -> Placing:
    """A note's place in a theme, not yet saved."""
    return Placing(
        id=placing_id(note, theme), walk=desk.walk_id, theme=theme, note=note, contrary=contrary
    )


def put(desk: Desk, notes: Iterable[Note], theme: Theme, *, contrary: bool = False) -> int:
    """Put notes into a theme, and how many that were; they stay in the themes they are in.

    A note that is in this theme already is left as it is there: supporting or contrary.
    """
    here = {one.note for one in stating.placings_of(desk, theme)}
    placings = [
        placed(desk, note.id, theme.id, contrary=contrary) for note in notes if note.id not in here
    ]
    if placings:
        desk.save(
            STAGE,
            act_words(len(placings), "put into", theme),
            *placings,
            *stating.recounted(desk, theme, add=placings),
        )
    return len(placings)


def put_in_new(desk: Desk, notes: Iterable[Note], name: str) -> Theme:
    """Put notes into a theme that is made for them, as one act."""
    theme = new_theme(desk, name)
    placings = [placed(desk, note.id, theme.id) for note in notes]
    desk.save(STAGE, act_words(len(placings), "put into", theme), theme, *placings)
    return theme


def take_out(desk: Desk, notes: Iterable[Note], theme: Theme) -> None:
    """Take notes out of a theme; those in no other theme are in the pool again."""
    ids = {placing_id(note.id, theme.id) for note in notes}
    gone = [one for one in stating.placings_of(desk, theme) if one.id in ids]
    desk.save(
        STAGE,
        act_words(len(gone), "taken out of", theme),
        *stating.recounted(desk, theme, drop=gone),
        withdraw=gone,
    )


def turn_contrary(desk: Desk, note: Note, theme: Theme) -> bool:
    """Mark a note as running against its theme, or no longer; how it stands now."""
    placing = desk.store.get(Placing, placing_id(note.id, theme.id))
    if placing is None:
        raise Refused("This note is not in the theme.", "Put it there first.")
    if note.note_kind == "wondering":
        raise Refused("A wondering runs neither with a theme nor against it.", "Noticings do.")
    changed = placing.changed(contrary=not placing.contrary)
    words = "contrary evidence" if changed.contrary else "supporting evidence"
    desk.save(STAGE, f"marked {words}", changed, *stating.recounted(desk, theme, add=[changed]))
    return changed.contrary


def rename(desk: Desk, theme: Theme, name: str) -> None:
    """Name a theme in plain descriptive words."""
    shown = desk.store.get(Theme, theme.id)
    if shown is None:
        raise Refused("This theme was taken apart meanwhile.", "Undo (u) brings it back.")
    desk.save(STAGE, "theme renamed", shown.changed(name=accept(name.strip())))


def drop_theme(desk: Desk, theme: Theme) -> None:
    """Undo a grouping: the theme and its trend go, its notes are in the pool again."""
    gone: list[Record] = [theme, *stating.placings_of(desk, theme)]
    trend = desk.store.get(Trend, trend_id(theme.id))
    if trend:
        gone.append(trend)
    desk.save(STAGE, "theme taken apart", withdraw=gone)


def act_words(count: int, verb: str, theme: Theme) -> str:
    """An act with notes, named for undo: "3 notes put into Waiting"."""
    notes = "1 note" if count == 1 else f"{count} notes"
    return f"{notes} {verb} {called(theme)}"


def called(theme: Theme) -> str:
    """A theme in the words of an act."""
    return one_line(theme.name, NAME_MOST) or "a theme"

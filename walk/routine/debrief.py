"""Debrief: the pool with authors hidden, notes into themes, themes stated as trends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from walk.debrief import VISITS_FOR_A_TREND, Spread, code_mask, spread
from walk.errors import Refused
from walk.model import Form, Note, Placing, Polarity, Record, Theme, Trend, placing_id, trend_id
from walk.routine import prepare, purged
from walk.routine.desk import Desk
from walk.text import accept

STAGE = "debrief"
EXAMPLES_MOST = 3


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
    """Noticings that stand in no theme yet, in an order that says nothing of rooms or people."""
    wonderings: tuple[PoolNote, ...]
    """Wonderings wait in a list of their own."""
    themes: tuple[ThemeView, ...]
    visits_without_notes: int
    notes: Mapping[str, tuple[Note, str]] = field(default_factory=dict)
    """Every note of the pool with its masked words, by id, in the order in which all are shown."""
    purged: bool = False
    """The raw notes are gone for good."""


def table(desk: Desk, before: Table | None = None) -> Table:
    """Read the walk's pool, themes and trends.

    Grouping changes no note: with the table from `before` an act of this laptop, the notes are
    taken from there, which makes the answer to a key twice as quick.
    """
    said = before.notes if before else _notes(desk)
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
    views = {
        id_: PoolNote(
            note,
            words,
            tuple(sorted(one.theme for one in seen.get(id_, ()))),
            tuple(sorted(one.theme for one in seen.get(id_, ()) if one.contrary)),
        )
        for id_, (note, words) in said.items()
    }
    ordered = list(views.values())
    gone = purged.of(desk) is not None
    gathered: dict[str, list[PoolNote]] = {theme.id: [] for theme in themes}
    for view in ordered:
        for theme_id in view.themes:
            gathered[theme_id].append(view)
    return Table(
        pool=tuple(one for one in ordered if one.note.note_kind == "noticing" and not one.themes),
        wonderings=tuple(one for one in ordered if one.note.note_kind == "wondering"),
        themes=tuple(
            ThemeView(
                theme=theme,
                spread=_shown_spread(inside[theme.id], notes, trends.get(theme.id), gone),
                notes=tuple(gathered[theme.id]),
                trend=trends.get(theme.id),
            )
            for theme in themes
        ),
        visits_without_notes=0 if gone else _visits_without_notes(desk, notes.values()),
        notes=said,
        purged=gone,
    )


def _shown_spread(
    placings: Iterable[Placing], notes: Mapping[str, Note], trend: Trend | None, gone: bool
) -> Spread:
    """The spread of a theme; as it was stated, once the raw notes are gone."""
    if gone and trend:
        counts = trend.counts
        return Spread(counts.visits, counts.contrary_visits, counts.noticings, 0)
    return spread(placings, notes)


def _notes(desk: Desk) -> dict[str, tuple[Note, str]]:
    mask = code_mask(one.code for one in prepare.visits(desk))
    # On a shared laptop another walker's form stays theirs until they have finished it.
    typed_here = {one.record.id for one in desk.store.all(Form, desk.walk_id)}
    held = [
        one.record
        for one in desk.store.all(Note, desk.walk_id, pool=True)
        if one.shared or one.author == desk.me or one.record.form not in typed_here
    ]
    return {one.id: (one, mask(one.words)) for one in sorted(held, key=_shuffle_key)}


def _shuffle_key(note: Note) -> str:
    # The last part of an id is random: the same order on every laptop, and none that would let
    # anyone read rooms or authors off neighbouring notes.
    return note.id[::-1]


def _visits_without_notes(desk: Desk, notes: Iterable[Note]) -> int:
    with_notes = {note.visit for note in notes}
    return sum(not one.withdrawn and one.id not in with_notes for one in prepare.visits(desk))


# Themes


def make_theme(desk: Desk, name: str = "") -> Theme:
    """A new theme at the end of the list."""
    place = 1 + max((one.record.place for one in desk.store.all(Theme, desk.walk_id)), default=0)
    theme = Theme(id=desk.new_id(), walk=desk.walk_id, name=accept(name.strip()), place=place)
    desk.save(STAGE, "theme made", theme)
    return theme


def put(desk: Desk, notes: Iterable[Note], theme: Theme, *, contrary: bool = False) -> int:
    """Put notes into a theme, and how many that were; they stay in the themes they are in.

    A note that is in this theme already is left as it is there: supporting or contrary.
    """
    here = {one.note for one in _placings(desk, theme)}
    placings = [
        Placing(
            id=placing_id(note.id, theme.id),
            walk=desk.walk_id,
            theme=theme.id,
            note=note.id,
            contrary=contrary,
        )
        for note in notes
        if note.id not in here
    ]
    if placings:
        desk.save(
            STAGE,
            _words(len(placings), "put", theme),
            *placings,
            *_recounted(desk, theme, add=placings),
        )
    return len(placings)


def put_in_new(desk: Desk, notes: Iterable[Note], name: str) -> Theme:
    """Put notes into a theme that is made for them, as one act."""
    place = 1 + max((one.record.place for one in desk.store.all(Theme, desk.walk_id)), default=0)
    theme = Theme(id=desk.new_id(), walk=desk.walk_id, name=accept(name.strip()), place=place)
    placings = [
        Placing(id=placing_id(note.id, theme.id), walk=desk.walk_id, theme=theme.id, note=note.id)
        for note in notes
    ]
    desk.save(STAGE, _words(len(placings), "put", theme), theme, *placings)
    return theme


def take_out(desk: Desk, notes: Iterable[Note], theme: Theme) -> None:
    """Take notes out of a theme; those in no other theme are in the pool again."""
    ids = {placing_id(note.id, theme.id) for note in notes}
    gone = [one for one in _placings(desk, theme) if one.id in ids]
    desk.save(
        STAGE,
        _words(len(gone), "taken out", theme),
        *_recounted(desk, theme, drop=gone),
        withdraw=gone,
    )


def turn_contrary(desk: Desk, note: Note, theme: Theme) -> bool:
    """Mark a note as running against its theme, or no longer; how it stands now."""
    placing = desk.store.get(Placing, placing_id(note.id, theme.id))
    if placing is None:
        raise Refused("This note is not in the theme.", "Put it there first.")
    changed = placing.changed(contrary=not placing.contrary)
    words = "contrary evidence" if changed.contrary else "supporting evidence"
    desk.save(STAGE, f"marked {words}", changed, *_recounted(desk, theme, add=[changed]))
    return changed.contrary


def rename(desk: Desk, theme: Theme, name: str) -> None:
    """Name a theme in plain descriptive words."""
    desk.save(STAGE, "theme renamed", theme.changed(name=accept(name.strip())))


def drop_theme(desk: Desk, theme: Theme) -> None:
    """Undo a grouping: the theme and its trend go, its notes are in the pool again."""
    gone: list[Record] = [theme, *_placings(desk, theme)]
    trend = desk.store.get(Trend, trend_id(theme.id))
    if trend:
        gone.append(trend)
    desk.save(STAGE, "theme taken apart", withdraw=gone)


def _placings(desk: Desk, theme: Theme) -> list[Placing]:
    return [one.record for one in desk.store.all(Placing, desk.walk_id, parent=theme.id)]


def _words(count: int, verb: str, theme: Theme) -> str:
    notes = "1 note" if count == 1 else f"{count} notes"
    return f"{notes} {verb} {'into' if verb == 'put' else 'of'} {theme.name or 'a theme'}"


# Trends


def state_trend(desk: Desk, theme: Theme, statement: str) -> Trend:
    """State a theme as a trend, in descriptive words; below two classrooms it is parked."""
    statement = accept(statement.strip())
    if not statement:
        raise Refused("A trend needs a sentence.", "Say plainly what was seen across rooms.")
    known = desk.store.get(Trend, trend_id(theme.id))
    if known and purged.of(desk):  # its counts outlive the raw notes
        trend = known.changed(statement=statement)
        desk.save(STAGE, "trend reworded", trend)
        return trend
    found = _spread_of(desk, theme)
    if not found.noticings and not found.contrary_visits:
        raise Refused("This theme holds no noticing.", "A trend rests on what was seen or heard.")
    base = known or Trend(id=trend_id(theme.id), walk=desk.walk_id, theme=theme.id)
    trend = _weighed(base.changed(statement=statement), found)
    desk.save(STAGE, "parked" if trend.parked else "trend stated", trend)
    return trend


def decide(desk: Desk, trend: Trend, polarity: Polarity) -> Trend:
    """Asset or need, in light of the inquiry: only for a trend of at least two classrooms.

    It is weighed anew: a note may have been withdrawn since the trend was stated.
    """
    theme = desk.store.get(Theme, trend.theme)
    if theme is None:
        raise Refused("This trend's theme was taken apart.", "Undo brings it back.")
    if not purged.of(desk):  # its counts outlive the raw notes
        trend = _weighed(trend, _spread_of(desk, theme))
    if trend.parked and polarity:
        raise Refused(
            "This pattern was seen in one classroom only, so it is parked.",
            f"A trend rests on at least {VISITS_FOR_A_TREND} classrooms.",
        )
    changed = trend.changed(polarity=polarity)
    desk.save(STAGE, polarity or "not yet asset or need", changed)
    return changed


def choose_example(desk: Desk, trend: Trend, note: Note) -> Trend:
    """Choose a note as an example for the staff summary, or choose it no longer."""
    if note.note_kind != "noticing":
        raise Refused("An example is a noticing.", "Wonderings are chosen under next steps.")
    if note.id in trend.examples:
        chosen = tuple(one for one in trend.examples if one != note.id)
    elif len(examples(desk, trend)) >= EXAMPLES_MOST:
        raise Refused(
            f"A trend is shown with {EXAMPLES_MOST} examples at most.",
            "Take one of them out first.",
        )
    else:
        chosen = (*examples(desk, trend), note.id)
    changed = trend.changed(examples=chosen)
    desk.save(STAGE, "examples chosen", changed)
    return changed


def examples(desk: Desk, trend: Trend) -> tuple[str, ...]:
    """The ids of a trend's examples, without those that were erased."""
    if not trend.examples:
        return ()
    gone = desk.store.forgotten(desk.walk_id)
    return tuple(one for one in trend.examples if one not in gone)


def take_back(desk: Desk, trend: Trend) -> None:
    """Take a statement back; its theme stays, to be stated anew."""
    desk.save(STAGE, "statement taken back", withdraw=[trend])


def trends(desk: Desk) -> list[Trend]:
    """Every stated trend, parked ones last, in the order of their themes."""
    order = {one.record.id: one.record.place for one in desk.store.all(Theme, desk.walk_id)}
    held = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    return sorted(held, key=lambda one: (one.parked, order.get(one.theme, 0), one.id))


def _spread_of(
    desk: Desk, theme: Theme, add: Iterable[Placing] = (), drop: Iterable[Placing] = ()
) -> Spread:
    notes = {one.record.id: one.record for one in desk.store.all(Note, desk.walk_id, pool=True)}
    placings = {one.id: one for one in _placings(desk, theme)}
    placings.update({one.id: one for one in add})
    for one in drop:
        placings.pop(one.id, None)
    return spread(placings.values(), notes)


def _weighed(trend: Trend, found: Spread) -> Trend:
    """The trend with its present counts; parked, and without polarity, below two classrooms."""
    parked = not found.states_a_trend
    return trend.changed(
        counts=found.counts(), parked=parked, polarity="" if parked else trend.polarity
    )


def weighed_anew(desk: Desk, trend: Trend) -> Trend:
    """The trend by the notes that are in its theme now; as it stands where there are none."""
    theme = desk.store.get(Theme, trend.theme)
    found = _spread_of(desk, theme) if theme is not None else None
    if found is None or not (found.noticings or found.contrary_visits):
        return trend  # its raw notes may be purged; what was counted then stands
    return _weighed(trend, found)


def _recounted(
    desk: Desk, theme: Theme, *, add: Sequence[Placing] = (), drop: Sequence[Placing] = ()
) -> list[Trend]:
    """The theme's trend, if stated, as it will be once placings have changed.

    A note that leaves the theme is no example of its trend any longer.
    """
    trend = desk.store.get(Trend, trend_id(theme.id))
    if trend is None:
        return []
    gone = {one.note for one in drop}
    left = tuple(one for one in trend.examples if one not in gone)
    return [_weighed(trend.changed(examples=left), _spread_of(desk, theme, add, drop))]

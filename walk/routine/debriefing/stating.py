"""Stating trends: a theme in one plain sentence, then asset or need, examples, a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from walk import protocol
from walk.debrief import VISITS_FOR_A_TREND, Spread, spread
from walk.errors import Refused
from walk.model import Decision, Form, Note, Placing, Polarity, Theme, Trend, trend_id
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.wording import own_words, wording
from walk.text import accept

STAGE = "debrief"
EXAMPLES_MOST = 3


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
    found = spread_of(desk, theme)
    if not found.noticings and not found.contrary_visits:
        raise Refused("This theme holds no noticing.", "A trend rests on what was seen or heard.")
    base = known or Trend(id=trend_id(theme.id), walk=desk.walk_id, theme=theme.id)
    trend = weighed(base.changed(statement=statement), found)
    desk.save(STAGE, "parked" if trend.parked else "trend stated", trend)
    return trend


def decide(desk: Desk, trend: Trend, polarity: Polarity) -> Trend:
    """Asset or need, in light of the inquiry: only for a trend of at least two classrooms.

    It is weighed anew: a note may have been withdrawn since the trend was stated.
    """
    theme = desk.store.get(Theme, trend.theme)
    if theme is None:
        raise Refused("This trend's theme was taken apart.", "Undo brings it back.")
    trend = _as_it_is(desk, trend)
    if not purged.of(desk):  # its counts outlive the raw notes
        trend = weighed(trend, spread_of(desk, theme))
    if trend.parked and polarity:
        raise Refused(
            "This pattern was seen in one classroom only, so it is parked.",
            f"A trend rests on at least {VISITS_FOR_A_TREND} classrooms.",
        )
    changed = trend.changed(polarity=polarity)
    desk.save(STAGE, polarity or "not yet asset or need", changed)
    return changed


def advice(desk: Desk, words: str, *, typing: bool) -> list[tuple[bool, str, str]]:
    """What wording help says of a statement: (stands well, point, words) of each open point.

    While somebody is typing, the word that is being typed is not looked at, and nothing is said
    before the rules are loaded: `wording.look` once, in a thread.
    """
    if wording.setting(desk) == "off" or (typing and not wording.ready()):
        return []
    whole = words if not typing else words[: len(words) - len(words.split(" ")[-1])]
    looked = wording.look(wording.Words(whole), own_words.own_words(desk.store.path))
    said = [(False, "wording", flag.message) for flag in looked.flags]
    stop = protocol.stop_words(whole)
    # Wording help asks about "because" as well; two questions about one word are one too many.
    if stop and not any(flag.category == "causal" for flag in looked.flags):
        said.append((False, "stop", stop))
    return said


def say_more(
    desk: Desk, trend: Trend, *, lens_remarks: str, to_know: str, decision: Decision
) -> Trend:
    """What a lens adds, what we would need to know, and what becomes of the practice."""
    trend = _as_it_is(desk, trend)
    if trend.parked and decision:
        raise Refused(
            "This pattern was seen in one classroom only, so it is parked.",
            "What is seen once decides nothing about a practice.",
        )
    changed = trend.changed(
        lens_remarks=accept(lens_remarks.strip()),
        to_know=accept(to_know.strip()),
        decision=decision,
    )
    desk.save(STAGE, "trend told more of", changed)
    return changed


def choose_example(desk: Desk, trend: Trend, note: Note) -> Trend:
    """Choose a note as an example for the staff summary, or choose it no longer."""
    if note.note_kind != "noticing":
        raise Refused("An example is a noticing.", "Wonderings are chosen under next steps.")
    trend = _as_it_is(desk, trend)
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


def _as_it_is(desk: Desk, trend: Trend) -> Trend:
    """A trend as it is by now: somebody may have written since it was shown."""
    found = desk.store.get(Trend, trend.id)
    if found is None:
        raise Refused("The statement was taken back meanwhile.", "State the theme again first.")
    return found


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


def visited(desk: Desk) -> set[str]:
    """The ids of the classrooms that somebody was in: a form or a note says so."""
    return entered(desk) | noted(desk)


def entered(desk: Desk) -> set[str]:
    """The ids of the classrooms of which there is a form."""
    return {one.record.visit for one in desk.store.all(Form, desk.walk_id, pool=True)}


def noted(desk: Desk) -> set[str]:
    """The ids of the classrooms of which there is a note that all here may see."""

    def read() -> set[str]:
        return desk.store.noted(desk.walk_id, desk.mine())

    return set(desk.as_read("classrooms noted", read))


def spread_of(
    desk: Desk, theme: Theme, add: Iterable[Placing] = (), drop: Iterable[Placing] = ()
) -> Spread:
    """Where a theme's evidence comes from, once these placings have come and those have gone."""
    placings = {one.id: one for one in placings_of(desk, theme)}
    placings.update({one.id: one for one in add})
    for one in drop:
        placings.pop(one.id, None)
    placed = desk.store.these(Note, (one.note for one in placings.values()), pool=True)
    notes = {one.record.id: one.record for one in placed}
    return spread(placings.values(), notes, visited(desk))


def weighed(trend: Trend, found: Spread) -> Trend:
    """The trend with its present counts; parked, and without polarity, below two classrooms."""
    parked = not found.states_a_trend
    return trend.changed(
        counts=found.counts(),
        parked=parked,
        polarity="" if parked else trend.polarity,
        decision="" if parked else trend.decision,
    )


def weighed_anew(desk: Desk, trend: Trend) -> Trend:
    """The trend by the notes that are in its theme now; as it stands where there are none."""
    theme = desk.store.get(Theme, trend.theme)
    found = spread_of(desk, theme) if theme is not None else None
    if found is None or not (found.noticings or found.contrary_visits):
        return trend  # its raw notes may be purged; what was counted then stands
    return weighed(trend, found)


def recounted(
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
    return [weighed(trend.changed(examples=left), spread_of(desk, theme, add, drop))]


def placings_of(desk: Desk, theme: Theme) -> list[Placing]:
    """What was placed in a theme, for it and against it."""
    return [one.record for one in desk.store.all(Placing, desk.walk_id, parent=theme.id)]

"""A form whose words are kept as a draft while they are typed, for the pages that ask in one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from walk.routine.desk import Desk
from walk.screens.ask import Ask, Values, values_of
from walk.screens.dialogs import FieldsDialog


def kept_form(
    desk: Desk,
    title: str,
    asks: Sequence[Ask],
    save: Callable[[Values], str],
    saved: Callable[[str], None],
    *,
    place: str,
    note: str = "",
) -> FieldsDialog:
    """The form. `save` stores what was typed, or refuses; `saved` tells what it says was done.

    What is typed is a draft under `place` of that desk's walk until it is saved.
    """

    def keep(values: Values) -> None:
        unchanged = values == tuple(one.words for one in asks)
        # What Home shows of it are words: an option's value may be an id.
        words = (one for ask, one in zip(asks, values, strict=True) if one and not ask.options)
        text = "\n".join(words) or title
        desk.keep_draft(place, "" if unchanged else text, json.dumps(values))

    def done(values: Values) -> None:
        told = save(values)
        desk.keep_draft(place, "")
        saved(told)

    return FieldsDialog(title, asks, done, keep, note=note, typed=_typed(desk, place, asks))


def _typed(desk: Desk, place: str, asks: Sequence[Ask]) -> Values:
    """What was typed before, a value a field; nothing where there is no draft."""
    draft = desk.draft(place)
    if draft is None:
        return ()
    before = values_of(draft.extra)
    if len(before) == len(asks):
        return before
    # Kept as words alone, such as by the plain mode.
    return (draft.text, *(one.words for one in asks[1:]))

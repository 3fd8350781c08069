"""Which part of the lesson a walker says they saw, from a table, kept on that walker's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from walk.model import Form, form_id
from walk.model.form import LessonPart
from walk.routine.desk import Desk
from walk.routine.importing.table_names import Ids


def keep_parts(
    desk: Desk, stage: str, parts: Mapping[tuple[str, str], str], ids: Ids, *, run: str
) -> None:
    """Keep what walkers say they saw: by (visit code, walker label). A form that is here stays.

    When the form was finished is not known, and that it is finished is: the same table on another
    laptop has to make the same form. `run` is the table's name: its import goes on behind this.
    """
    forms = list(_forms(desk.walk_id, parts, ids))
    words = "parts of the lesson of a table kept"
    for _ in desk.store.add_all(desk.by(), stage, words, forms, about=run, more=True):
        pass


def _forms(walk: str, parts: Mapping[tuple[str, str], str], ids: Ids) -> Iterator[tuple[str, Form]]:
    for (visit, walker), part in sorted(parts.items()):
        if walker not in ids.walkers or visit not in ids.visits:
            continue
        visit_id, walker_id = ids.visits[visit], ids.walkers[walker]
        form = Form(
            id=form_id(walk, visit_id, walker_id),
            walk=walk,
            visit=visit_id,
            walker=walker_id,
            part=cast(LessonPart, part),
            finished_at=0,
        )
        yield walker_id, form

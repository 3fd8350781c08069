"""Notes put together without the model say exactly what the model says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from walk.intake.rows import NoteRow
from walk.model import Note, derived, form_id
from walk.routine.importing.row_notes import fresh_notes
from walk.routine.importing.table_names import Ids

WALK = derived("walk")
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
names = st.sampled_from(["", "Ana", "é “b”", "10"])
rows = st.builds(
    NoteRow,
    st.integers(2, 99),
    st.sampled_from(["V1", "V10", "é"]),
    st.none() | st.integers(0, 86_399),
    st.sampled_from(["noticing", "wondering"]),
    names,
    words,
    names,
    st.integers(0, 12),
)
IDS = Ids(
    visits={code: derived("visit", code) for code in ("V1", "V10", "é")},
    look_fors={name: derived("look_for", name) for name in ("Ana", "é “b”", "10")},
    walkers={name: derived("walker", name) for name in ("Ana", "é “b”", "10")},
)


@given(st.lists(rows, max_size=4))
def test_a_note_put_together_is_what_the_model_says(said: list[NoteRow]) -> None:
    made = list(fresh_notes(WALK, said, IDS))
    assert len(made) == len(said)
    for row, one in zip(said, made, strict=True):
        walker = IDS.walkers.get(row.walker, "")
        note = Note.from_dict(
            {
                "id": derived("import", WALK, *map(str, row[1:])),
                "walk": WALK,
                "note_kind": row.kind,
                "text": row.text,
                "visit": IDS.visits[row.visit],
                "form": form_id(WALK, IDS.visits[row.visit], walker) if walker else "",
                "look_for": IDS.look_fors.get(row.look_for, ""),
                "at_s": row.at_s,
            }
        )
        assert one.body == note.body()
        assert Note.from_body(one.record, bytes.fromhex(WALK), one.body) == note
        assert (one.record.hex(), one.author.hex()) == (note.id, walker)
        assert (one.form.hex(), one.visit.hex(), one.look_for.hex()) == (
            note.form,
            note.visit,
            note.look_for,
        )
        assert one.wondering == (row.kind == "wondering")
        assert (one.kind, one.schema) == (Note.kind, Note.schema_version)

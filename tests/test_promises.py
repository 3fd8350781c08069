"""The promises of walk, a test each, to be read by someone who must decide whether to trust it.

A promise is the docstring of its test. The first six are here, the others follow in
`test_promises_7_to_15.py`. What is promised of screens is tested beside the screens.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests import promise_desks
from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from tests.routine.forgetting import says
from tests.routine.three import give, meet, three_laptops, wrote
from walk.commands.plan import PAGES
from walk.errors import Refused
from walk.model import RECORDS, Confirmation
from walk.reports import pages
from walk.routine.debriefing import debrief, silent_read, stating, themes
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import join as joining
from walk.routine.exchanging import share as sharing
from walk.routine.following import steps
from walk.routine.keeping import erase
from walk.routine.papers import notice
from walk.routine.planning import places, prepare, rotation, times
from walk.routine.reporting import letters
from walk.routine.summary import FORMATS, facts, render
from walk.routine.visiting import door, visit, write
from walk.storage import backup

desk = promise_desks.desk
demo = promise_desks.demo


def fields() -> Iterator[tuple[str, str]]:
    """Every (kind of record, field) that can be stored."""
    for kind, noun in RECORDS.items():
        for field in noun.field_names():
            yield kind, field


def test_1_nothing_scores_or_rates() -> None:
    """No score, rating, rubric, star, colour grade or "percentage met" can be stored of anyone."""
    banned = re.compile(
        r"score|rating|rate|rubric|star$|stars|percent|met$|proficien|mark_of|colour"
    )
    assert [(kind, field) for kind, field in fields() if banned.search(field)] == []
    # The only levels there are say who owns a next step.
    assert [one for one in fields() if "level" in one[1]] == [("step", "level")]


def test_1_look_fors_are_not_counted_in_the_letter(demo: Desk) -> None:
    """Look-fors point the eyes: the staff summary does not print them, least of all with counts."""
    for form in ("text", "md", "html"):
        letter = render(facts(demo), form)
        for one in prepare.look_fors(demo):
            assert one.name not in letter


def test_2_no_teacher_and_no_student_can_be_stored() -> None:
    """There is no teacher or student record, and no field for a teacher's or student's name."""
    assert not {"teacher", "student", "person", "room", "place"} & RECORDS.keys()
    named = {one for one in fields() if "name" in one[1] or "teacher" in one[1]}
    # A look-for's and a theme's name; and how many host teachers there are.
    assert named == {("look_for", "name"), ("theme", "name"), ("focus", "teachers")}
    assert set(RECORDS["visit"].field_names()) == {
        "id", "walk", "code", "place", "mode", "windows", "grade_band", "subject_band", "inquiry",
        "received_on", "withdrawn",
    }  # fmt: skip


def test_2_which_room_a_code_stands_for_travels_with_nothing(desk: Desk, tmp_path: Path) -> None:
    """Places are no record: no store, pack, notice, slip or calendar holds them unless asked."""
    places.set_place(desk, "V1", "Room Zanzibar 9")
    times.set_start(desk, "08:50")
    made = rotation.make(desk)
    sharing.share(desk, tmp_path / "plan.walk", plan_only=True)
    sharing.share(desk, tmp_path / "own.walk")
    found = [render(facts(desk), form).encode() for form in FORMATS]
    for what in PAGES:
        found.append(pages.render(notice.page_of(desk, what), "html").encode())
    found.append(notice.calendar_of(desk, made))
    for name in ("plan.walk", "own.walk"):
        with zipfile.ZipFile(tmp_path / name) as pack:
            found += [pack.read(one) for one in pack.namelist()]
    found += [(tmp_path / f"own.walkdb{end}").read_bytes() for end in ("", "-wal")]
    assert not [one for one in found if b"zanzibar" in one.lower()]
    assert "Zanzibar" in pages.render(notice.page_of(desk, "slips", where=True), "text")


@pytest.mark.parametrize("form", FORMATS)
def test_3_no_export_says_a_visit_code_a_clock_time_or_a_walker(demo: Desk, form: str) -> None:
    """Exports carry no visit code, no clock time and no walker."""
    said = render(facts(demo), form)
    if form == "html":
        said = re.sub(r"<style.*?</style>|<[^>]*>", " ", said, flags=re.DOTALL)
    assert not re.search(r"\bV[1-4]\b", said)
    assert not re.search(r"\b\d{1,2}:\d\d\b", said)
    assert not re.search(r"\b(Ana|Ben)\b", said)


def test_3_the_data_for_a_spreadsheet_say_no_code_no_clock_time_and_no_walker(demo: Desk) -> None:
    """A workbook or CSV of the walk's data has rows of trends, steps and notes, and no person."""
    raw = letters.data(demo, "data", "xlsx")
    with zipfile.ZipFile(BytesIO(raw)) as book:
        cells = b" ".join(book.read(one) for one in book.namelist() if "worksheets" in one)
        cells += book.read("xl/sharedStrings.xml")
    said = re.sub(r"<[^>]*>", " ", cells.decode()) + letters.data(demo, "data", "csv").decode()
    assert "Students point to" in said
    assert not re.search(r"\bV[1-4]\b", said)
    assert not re.search(r"\b\d{1,2}:\d\d\b", said)
    assert not re.search(r"\b(Ana|Ben)\b", said)


def test_3_the_debrief_shows_no_author_no_code_and_no_time(demo: Desk) -> None:
    """What the team reads together is shuffled, and says neither who wrote it nor in which room."""
    read = silent_read.reading(demo)
    said = " ".join(one.words for one in read.notes)
    assert not re.search(r"\bV[1-4]\b", said)
    assert [one.id for one in read.notes] != sorted(one.id for one in read.notes)


def test_3_a_lens_that_one_walker_carries_is_not_read_alone(demo: Desk) -> None:
    """Reading one lens on its own must not say who wrote: it takes two who carry it and wrote."""
    ana, ben = demo.walkers()
    for lens_of_ben, alone in (("content", {"early years", "content"}), ("early years", set())):
        demo.save(
            "roster", "lenses", ana.changed(lens="early years"), ben.changed(lens=lens_of_ben)
        )
        read = silent_read.reading(demo)
        assert set(read.alone) == alone
        assert not alone & set(read.lenses)


def test_4_a_likely_name_is_saved_and_stops_at_the_door(desk: Desk, tmp_path: Path) -> None:
    """A note with a likely name is saved like any other, and stays here until that is cleared."""
    named = "Ms Ortiz waits in rm 214, ask ortiz@school.org"
    form = write_form(desk, "V1", named, "S1 points to line 4")
    assert [one.record.text for one in visit.notes(desk, form)] == [named, "S1 points to line 4"]
    assert form.finished_at is not None

    def taken_in() -> list[str]:
        sharing.share(desk, tmp_path / "own.walk")
        with desk_at(tmp_path / f"{desk.new_id()}.walkdb") as other:
            collect.collect(other, [tmp_path / "own.walk"])
            return texts(other)

    assert taken_in() == ["S1 points to line 4"]
    (waiting,) = write.at_door(desk, form)
    assert {find.words for find in waiting.finds} >= {"Ms Ortiz", "rm 214", "ortiz@school.org"}
    door.no_person(desk, *(find.words for find in waiting.finds))
    assert taken_in() == [named, "S1 points to line 4"]
    write_form(desk, "V2", "Ms Ortiz is in the story")  # remembered for the walk
    assert "Ms Ortiz is in the story" in taken_in()


def test_4_a_likely_name_is_not_printed(desk: Desk) -> None:
    """Trends, examples and next steps with a likely name in them stay out of every letter."""
    for code in ("V1", "V2", "V3"):
        write_form(desk, code, "Ms Ortiz waits 5 s")
    notes = [one.note for one in debrief.table(desk).pool]
    theme = debrief.put_in_new(desk, notes, "Waiting")
    trend = stating.decide(desk, stating.state_trend(desk, theme, "Students think."), "asset")
    stating.choose_example(desk, trend, notes[0])
    steps.add(desk, "Ms Ortiz plans with the team")
    for form in FORMATS:
        assert "Students think" in render(facts(desk), form)
        assert "Ortiz" not in render(facts(desk), form)
    door.no_person(desk, "Ms Ortiz")
    assert "Ms Ortiz plans with the team" in render(facts(desk), "text")


def test_4_no_text_claims_that_every_name_is_caught() -> None:
    """Wherever walk speaks of every name, it says that not every one is caught."""
    root = Path(__file__).parents[1]
    pages = [*root.glob("*.md"), *root.glob("docs/*.md"), *root.glob("walk/**/*.py")]
    said = [" ".join(re.sub(r'["\n]', " ", page.read_text("utf-8")).split()) for page in pages]
    claims = [
        sentence
        for text in said
        for sentence in re.split(r"(?<=[.?!:;]) ", text)
        if re.search(r"(every|all|any) (likely )?names?\b.*(caught|catch|found|find)", sentence)
        or re.search(r"(catch|find|caught|found)\w* (every|all|any) (likely )?names?\b", sentence)
    ]
    assert claims
    assert [one for one in claims if not re.search(r"\b(not|no)\b", one, re.IGNORECASE)] == []


def test_4_erasing_takes_every_wording_of_a_note_out_of_every_file(tmp_path: Path) -> None:
    """Erase takes one note's every wording out of journal, drafts and backups: the bytes say so."""
    path = tmp_path / "one.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        form = visit.enter(desk, the_visit(desk, "V1"))
        note = visit.add_note(desk, form, "T zanzibar asked", before="T kestrel was great").note
        desk.keep_draft(visit.edit_place(note.id), "T narwhal asked")
        backup.make(path, desk.now().wall_ms, "daily")
        assert says(path, "zanzibar", "kestrel", "narwhal") == ["zanzibar", "kestrel", "narwhal"]
        erase.erase(desk, note.id)
        assert says(path, "zanzibar", "kestrel", "narwhal") == []
        assert desk.undo("form") is None


def test_4_a_note_goes_from_other_laptops_only_where_somebody_confirms(tmp_path: Path) -> None:
    """The next pack asks the other laptops; there the note goes when a person says so, for good."""
    with three_laptops(tmp_path) as here:
        note = wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        erase.erase(here.ana, note.id)
        give(here.ana, here.lead)
        assert says(here.lead.store.path, "zanzibar") == ["zanzibar"]
        (asked,) = erase.waiting(here.lead)
        erase.erase(here.lead, asked.note)
        assert says(here.lead.store.path, "zanzibar") == []
        give(here.ben, here.lead)  # Ben was not asked yet, and still has it
        assert says(here.lead.store.path, "zanzibar") == []


def test_5_a_trend_rests_on_two_classrooms(desk: Desk) -> None:
    """Asset and need exist only on a trend of two classrooms; a pattern of one is parked."""
    write_form(desk, "V1", "S1 points to line 4", "S2 points to line 9")
    theme = debrief.put_in_new(desk, [one.note for one in debrief.table(desk).pool], "Pointing")
    parked = stating.state_trend(desk, theme, "Students point to lines.")
    assert parked.parked
    with pytest.raises(Refused):
        stating.decide(desk, parked, "asset")
    write_form(desk, "V2", "S5 points to row 3")
    debrief.put(desk, [debrief.table(desk).pool[0].note], theme)
    stated = stating.trends(desk)[0]
    assert not stated.parked
    assert stated.counts.visits == 2
    assert stating.decide(desk, stated, "asset").polarity == "asset"


def test_5_two_teams_in_one_classroom_count_once(desk: Desk) -> None:
    """Two walkers or teams in one classroom are evidence from one classroom."""
    write_form(desk, "V1", "S1 points to line 4")
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    write_form(desk, "V1", "S1 reads line 4 aloud")
    theme = debrief.put_in_new(desk, [one.note for one in debrief.table(desk).pool], "Pointing")
    assert stating.state_trend(desk, theme, "Students point to lines.").parked


def test_5_merging_themes_makes_no_classroom_count_twice(desk: Desk) -> None:
    """Two themes of one classroom, put together, are still evidence from one classroom."""
    for words in ("S reads line 4", "S points to line 7"):
        write_form(desk, "V1", words)
    one, two = (
        debrief.put_in_new(desk, [note.note], str(number))
        for number, note in enumerate(debrief.table(desk).pool)
    )
    themes.merge(desk, one, two)
    assert stating.state_trend(desk, two, "Students point to lines.").parked


def test_5_what_is_parked_is_never_printed(demo: Desk) -> None:
    """A pattern seen in one classroom is never printed in the staff summary."""
    parked = [one for one in stating.trends(demo) if one.parked]
    assert parked
    for form in FORMATS:
        assert parked[0].statement not in render(facts(demo), form)


def test_6_an_unconfirmed_focus_is_said_to_be_so(desk: Desk) -> None:
    """Until the host teachers confirm, every report says "not yet confirmed"."""
    for form in FORMATS:
        assert "not yet confirmed by the host teachers" in " ".join(
            render(facts(desk), form).split()
        )


def test_6_a_change_after_confirming_reopens_it_and_leaves_a_trace(desk: Desk) -> None:
    """A confirmed focus that is changed has to be confirmed again, and the change is printed."""
    before = prepare.focus(desk).statement
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", 4)
    assert prepare.focus(desk).confirmation == Confirmation(
        how="in the team meeting", on="2025-10-01", how_many=4
    )
    prepare.change_focus(desk, statement="Another focus altogether.")
    assert not prepare.focus(desk).confirmed
    letter = " ".join(render(facts(desk), "text").replace("|", " ").split())
    assert before in letter
    assert "not yet confirmed by the host teachers" in letter


def test_6_once_confirmed_only_the_leads_laptop_offers_a_change(desk: Desk, tmp_path: Path) -> None:
    """Once confirmed, only the laptop that made the plan can offer a change."""
    prepare.confirm_focus(desk, "in the team meeting", "2025-10-01", None)
    sharing.share(desk, tmp_path / "plan.walk", plan_only=True)
    with desk_at(tmp_path / "ana.walkdb") as ana:
        joining.join(ana, tmp_path / "plan.walk", "Ana")
        assert prepare.focus(ana).confirmed
        with pytest.raises(Refused):
            prepare.change_focus(ana, statement="What I would rather see.")


def test_6_no_professional_learning_is_a_loud_warning(desk: Desk) -> None:
    """A walk without professional learning says so loudly, with the reason, in the letter."""
    prepare.name_learning(desk, "", reason="the sessions start in spring")
    letter = render(facts(desk), "text")
    assert "PLEASE NOTE" in letter
    assert "the sessions start in spring" in " ".join(letter.split())


def test_6_imported_look_fors_never_join_the_confirmed_ones(desk: Desk, tmp_path: Path) -> None:
    """Look-fors that come with imported notes are kept apart from those the teachers confirmed."""
    from walk.routine.importing.take_in import import_table

    own = [one.name for one in prepare.look_fors(desk)]
    table = tmp_path / "notes.csv"
    table.write_text("visit,at,kind,look_for,text\nV1,60,noticing,Compliance,S reads\n", "utf-8")
    import_table(desk, table, into=desk.walk_id)
    assert [one.name for one in prepare.look_fors(desk, imported=False)] == own
    assert [one.name for one in prepare.look_fors(desk)] == [*own, "Compliance"]

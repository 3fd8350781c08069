"""The promises of walk, a test each, to be read by someone who must decide whether to trust it.

A promise is the docstring of its test. What is promised of screens is tested beside the screens.
"""

from __future__ import annotations

import json
import re
import socket
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.desks import begin_small, desk_at, texts, the_visit, write_form
from tests.routine.forgetting import says
from tests.routine.three import give, meet, three_laptops, wrote
from walk import protocol
from walk.cli import walk
from walk.clock import FixedClock
from walk.errors import Refused
from walk.model import RECORDS, Confirmation, Note, StopLog
from walk.reports import pages
from walk.routine import (
    board,
    collect,
    debrief,
    door,
    erase,
    hall,
    letters,
    notice,
    places,
    prepare,
    purge,
    rotation,
    silent_read,
    stating,
    steps,
    summary,
    teacher_note,
    themes,
    times,
    visit,
    wording,
    write,
)
from walk.routine import join as joining
from walk.routine import share as sharing
from walk.routine.demo import make_demo
from walk.routine.desk import Desk
from walk.routine.summary import FORMATS, facts, render
from walk.storage import backup


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with a small walk of three classrooms on it."""
    with desk_at(tmp_path / "own.walkdb") as own:
        begin_small(own, visits=3)
        yield own


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Desk]:
    """A desk with the finished sample walk on it."""
    with desk_at(tmp_path / "demo.walkdb") as own:
        make_demo(own)
        yield own


def fields() -> Iterator[tuple[str, str]]:
    """Every (kind of record, field) that can be stored."""
    for kind, noun in RECORDS.items():
        for field in noun.model_fields:
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
    assert set(RECORDS["visit"].model_fields) == {
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
    for what in notice.PAGES:
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
        assert "Students think." in render(facts(desk), form)
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
    from walk.routine.take_in import import_table

    own = [one.name for one in prepare.look_fors(desk)]
    table = tmp_path / "notes.csv"
    table.write_text("visit,at,kind,look_for,text\nV1,60,noticing,Compliance,S reads\n", "utf-8")
    import_table(desk, table, into=desk.walk_id)
    assert [one.name for one in prepare.look_fors(desk, imported=False)] == own
    assert [one.name for one in prepare.look_fors(desk)] == [*own, "Compliance"]


def test_7_the_own_form_comes_before_talk(desk: Desk) -> None:
    """The hall talk opens only after one's own form is finished."""
    first = the_visit(desk, "V1")
    visit.enter(desk, first)
    with pytest.raises(Refused):
        hall.begin(desk, first)
    write_form(desk, "V1", "S1 points to line 4")
    assert hall.begin(desk, first).visit == first.id


def test_7_description_comes_before_asset_and_need(desk: Desk) -> None:
    """Nothing is an asset or a need before it has been stated in a descriptive sentence."""
    write_form(desk, "V1", "S1 points to line 4")
    theme = debrief.put_in_new(desk, [debrief.table(desk).pool[0].note], "Pointing")
    with pytest.raises(Refused):
        stating.state_trend(desk, theme, "   ")
    assert debrief.table(desk).themes[0].trend is None


def test_8_nothing_seen_is_a_full_answer(desk: Desk) -> None:
    """A form with "nothing seen on this inquiry" is finished like any other."""
    form = visit.enter(desk, the_visit(desk, "V1"))
    with pytest.raises(Refused):
        write.finish(desk, form)
    done = write.finish(desk, write.describe(desk, form, nothing_seen=True))
    assert done.finished_at is not None


def test_8_a_short_debrief_cuts_neither_the_silent_read_nor_the_describing() -> None:
    """In thirty minutes each still reads alone and the team still describes, as long as in 45."""
    minutes = protocol.shorten(30)
    for step in ("read", "describe"):
        assert minutes[step] == protocol.USUAL[step]
    assert sum(minutes.values()) == 30


def test_8_when_time_runs_short_the_silent_write_is_cut_last(desk: Desk) -> None:
    """A late team is offered shorter visits and fewer of them; the three minutes alone stay."""
    times.set_start(desk, "09:00")
    rotation.make(desk)
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(minutes=4)
    board.next_phase(desk)
    clock.advance(minutes=15)
    board.next_phase(desk)  # into the first room, four minutes late
    assert board.view(desk).behind_min == 4
    later, *offers = board.offers(desk)
    assert later.id == "later"  # which changes nothing
    assert offers
    for offer in offers:
        board.accept(desk, offer.id)
        write, talk = (times.minutes_of(at) for _, at in board.view(desk).then[:2])
        assert talk - write == 3
        desk.undo(board.STAGE)


def test_9_a_walk_closes_with_two_kinds_of_step_or_a_printed_reason(desk: Desk) -> None:
    """A walk closes with a step above the teacher and one designed with hosts, or with a reason."""
    steps.add(desk, "Try a second question", level="teacher")
    with pytest.raises(Refused):
        steps.close(desk)
    steps.close(desk, reason="the principal is new and starts in March")
    letter = " ".join(render(facts(desk), "text").split())
    assert "the principal is new and starts in March" in letter
    steps.reopen(desk)
    steps.add(desk, "Free Tuesday's team time", level="school leader")
    steps.add(desk, "Plan one question together", level="teacher team", design="proposed")
    assert steps.close(desk).reason == ""


def test_9_waiving_what_is_missing_closes_no_walk(desk: Desk) -> None:
    """A plan may do without a step for a reason; closing the walk asks for that reason again."""
    for one in steps.missing(desk):
        steps.waive(desk, one, "not this time")
    with pytest.raises(Refused):
        steps.close(desk)


def test_9_a_walk_that_did_not_take_place_is_called_off(desk: Desk) -> None:
    """A walk that did not take place is called off, and its letter says so."""
    assert steps.call_off(desk, "snow").how == "called off"
    assert "called off" in render(facts(desk), "text")


@pytest.mark.parametrize(("visits", "counts"), [(2, False), (3, True)])
def test_10_small_walks_print_no_counts_and_no_examples(
    tmp_path: Path, visits: int, counts: bool
) -> None:
    """Below three classrooms counts and examples are left out, and the letter says why."""
    with desk_at(tmp_path / "small.walkdb") as desk:
        begin_small(desk, visits=visits)
        for code in ("V1", "V2", "V3")[:visits]:
            write_form(desk, code, f"S points to line 4 in {code}")
        notes = [one.note for one in debrief.table(desk).pool]
        theme = debrief.put_in_new(desk, notes, "Pointing")
        trend = stating.state_trend(desk, theme, "Students point to lines.")
        trend = stating.decide(desk, trend, "asset")
        stating.choose_example(desk, trend, notes[0])
        letter = " ".join(render(facts(desk), "text").split())
        assert "Students point to lines." in letter
        assert ("evidence in" in letter) is counts
        assert ("points to line 4" in letter) is counts
        assert "left out" in letter


@pytest.mark.parametrize("form", FORMATS)
def test_10_every_summary_carries_the_snapshot_caution(demo: Desk, form: str) -> None:
    """Every summary says how many classrooms, how long, in which modes, and what was not seen."""
    said = " ".join(re.sub(r"<[^>]*>", " ", render(facts(demo), form)).split())
    assert "4 classrooms" in said
    assert "11 to 13 minutes" in said
    assert "could not be seen" in said


def test_11_a_teacher_may_withdraw_and_no_reason_is_kept(desk: Desk) -> None:
    """A visit is taken back in Prepare or on the board; nothing asks why, nothing could hold it."""
    board.next_phase(desk)
    board.withdraw(desk, "V2")
    assert the_visit(desk, "V2").withdrawn
    logs = [one.record for one in desk.store.all(StopLog, desk.walk_id)]
    (entry,) = [one for log in logs for one in log.changes if one.do == "withdraw"]
    assert entry.reason == ""
    with pytest.raises(TypeError):
        board.withdraw(desk, "V3", reason="late")  # type: ignore[call-arg]


def test_11_a_visit_sheet_holds_one_code_and_no_author_and_only_the_lead_makes_it(
    demo: Desk, tmp_path: Path
) -> None:
    """A teacher may see what was written about their own visit, and nothing of any other."""
    said = letters.preview(demo, "visit:V1")
    assert "V1" in said
    assert not re.search(r"\bV[2-4]\b|\b(Ana|Ben)\b", said)
    assert "asset" not in said.casefold()
    pack = tmp_path / "all.walk"
    sharing.share(demo, pack)
    with desk_at(tmp_path / "ben.walkdb") as other:
        collect.collect(other, [pack])
        sheets = [one for one in letters.reports(other) if one.key.startswith("visit")]
        assert all(one.why_not for one in sheets)


def test_11_a_teacher_note_is_only_made_where_asked_for_and_never_travels(
    demo: Desk, tmp_path: Path
) -> None:
    """Without the teacher's wish there is no note; with it, no pack holds a word of it."""
    room = the_visit(demo, "V1")
    with pytest.raises(Refused):
        teacher_note.change(demo, teacher_note.of_visit(demo, room), move_1="zanzibar")
    asked = teacher_note.ask(demo, room, asked=True)
    assert asked is not None
    teacher_note.change(demo, asked, move_1="zanzibar", effect_1="S adds a line")
    sharing.share(demo, tmp_path / "all.walk")
    with zipfile.ZipFile(tmp_path / "all.walk") as pack:
        assert not [one for one in pack.namelist() if b"zanzibar" in pack.read(one)]


def test_12_nothing_is_sent_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole walk, import, pack and letter run where no socket can be opened."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    store = str(tmp_path / "demo.walkdb")
    run = CliRunner().invoke
    made = run(walk, ["--store", store, "demo", "--json"])
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["notes"] > 20
    pack = str(tmp_path / "all.walk")
    assert run(walk, ["--store", store, "share", "-o", pack]).exit_code == 0
    other = str(tmp_path / "other.walkdb")
    assert run(walk, ["--store", other, "collect", pack]).exit_code == 0
    assert run(walk, ["--store", other, "summary", "--format", "html"]).exit_code == 0


def test_13_a_keep_until_date_is_set_at_the_start(desk: Desk) -> None:
    """Every walk begins with a date until which raw notes are kept: 60 days, and it is printed."""
    assert isinstance(desk.clock, FixedClock)
    assert desk.walk.keep_until == "2025-12-13"
    assert "13 December 2025" in render(facts(desk), "text")


def test_13_a_purge_works_is_confirmed_and_leaves_a_receipt(tmp_path: Path) -> None:
    """After a purge no file holds a raw note; counts and a receipt stay; one key does not do it."""
    path = tmp_path / "one.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        write_form(desk, "V1", "T zanzibar asked", "? what does kestrel see")
        places.set_place(desk, "V1", "Room 4711")
        backup.make(path, desk.now().wall_ms, "daily")
        with pytest.raises(Refused, match="Nothing was purged"):
            purge.confirmed(desk, "y")
        purge.purge(desk)
        assert says(path, "zanzibar", "kestrel", "Room 4711") == []
        assert summary.facts(desk).noticings == 1
        (receipt,) = purge.receipts(desk)
        assert "nothing of them is left" in "\n".join(receipt)


def test_13_a_walker_s_purge_clears_that_laptop_and_the_lead_s_asks_the_others(
    tmp_path: Path,
) -> None:
    """A walker's purge asks nobody; the lead's travels, and acts where a person confirms it."""
    with three_laptops(tmp_path) as here:
        wrote(here.ana, "S2 zanzibar read page four")
        meet(here.lead, here.ana, here.ben)
        purge.purge(here.ben)
        give(here.ben, here.lead)
        assert purge.waiting(here.lead) == []
        with pytest.raises(Refused, match="lead's laptop"):
            purge.purge(here.ana, ask=True)
        purge.purge(here.lead, ask=True)
        give(here.lead, here.ana)
        assert len(purge.waiting(here.ana)) == 1
        assert says(here.ana.store.path, "zanzibar") == ["zanzibar"]
        purge.purge(here.ana)
        assert says(here.ana.store.path, "zanzibar") == []


def test_14_what_was_saved_is_there_again(tmp_path: Path) -> None:
    """Nothing saved is lost: a note, a draft and a withdrawn note are there after a new start."""
    store = tmp_path / "own.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        form = visit.enter(desk, the_visit(desk, "V1"))
        visit.add_note(desk, form, "S1 reads line 4")
        gone = visit.add_note(desk, form, "typed by mistake").note
        visit.withdraw(desk, gone)
        desk.keep_draft(f"visit:{form.id}", "half a sen")
    with desk_at(store) as desk:
        assert [one.record.text for one in desk.store.all(Note, desk.walk_id)] == [
            "S1 reads line 4"
        ]
        draft = desk.draft(f"visit:{form.id}")
        assert draft is not None
        assert draft.text == "half a sen"
        assert desk.undo(visit.STAGE) == "noticing withdrawn"
        assert desk.store.get(Note, gone.id) == gone


def test_15_wording_help_holds_nothing_back_and_is_told_to_nobody(
    desk: Desk, tmp_path: Path
) -> None:
    """Wording help advises. It blocks nothing, asks for no reason, is never counted per walker,
    never reported.
    """
    praise = "T did a great job and ss seemed bored"
    form = visit.enter(desk, the_visit(desk, "V1"))
    note = visit.add_note(desk, form, praise).note
    flags = wording.open_flags(desk, note.words, note.note_kind)
    assert len(flags) == 2
    wording.keep(desk, wording.look(wording.of_note(note)), flags[:1])
    write.finish(desk, form)
    assert praise in {one.record.text for one in desk.store.all(Note, desk.walk_id, pool=True)}
    prepare.give_label(desk, desk.walkers()[0], "Ana")
    sharing.share(desk, tmp_path / "ana.walk")
    told = [render(facts(desk), name) for name in FORMATS]
    told += [one.body for one in desk.store.published(desk.walk_id)]
    asked = {flag.message.split(" · ")[1] for flag in flags}
    for text in told:
        assert not any(question in text for question in asked)
        assert not any(flag.category in text for flag in flags)
    # What is remembered of kept words names neither words nor walker.
    kept = desk.store.setting(f"wording kept:{desk.walk_id}")
    assert "great" not in json.dumps(kept)
    assert desk.me not in json.dumps(kept)

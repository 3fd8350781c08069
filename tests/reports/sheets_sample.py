"""Every report as a page, of a usual walk or with one text wherever people's words can stand."""

from __future__ import annotations

from tests.reports.sample import USUAL
from tests.reports.test_summary_safety import planted
from walk.reports.agenda import agenda
from walk.reports.blocks import Page
from walk.reports.debrief_sheet import DebriefSheetFacts, StepFact, debrief_sheet
from walk.reports.letter import letter
from walk.reports.summary import ConfirmationFact, WalkFacts, caution
from walk.reports.teacher_note import TeacherNoteFacts, teacher_note
from walk.reports.visit_sheet import VisitFacts, VisitSheetFacts, visit_sheet

VISIT = VisitFacts(
    code="V3",
    title="Explaining solutions",
    host_school="Lincoln",
    date="2025-10-14",
    mode="recorded",
    minutes=(12,),
    parts=("opening", "middle"),
    inquiries=("In what ways am I pressing students for evidence?",),
    focus="Reasons and sources in discussion",
    confirmation=ConfirmationFact("in the team meeting", "2025-09-30", 5),
    who_sees_raw="the walkers of this walk",
    keep_until="2025-12-13",
    contact="the coach",
)
SHEET = VisitSheetFacts(VISIT, ("S1 points to line 4", "T waits 6 s"), ("Who answers first?",))
NOTE = TeacherNoteFacts(
    visit=VISIT,
    progress=(("Asked for the line", "S1 read two lines aloud"),),
    noticings=("T waits 6 s",),
    wonderings=("What helps a partner disagree?",),
    response="",
    wants_next="to see a colleague do it",
    talked_on="2025-10-20",
    talked_with="the coach",
    shown_on="2025-10-17",
    copies="host",
)
DEBRIEF = DebriefSheetFacts(
    title="Explaining solutions",
    host_school="Lincoln",
    date="2025-10-14",
    caution=caution(USUAL),
    focus="Reasons and sources in discussion",
    inquiries=("In what ways am I pressing students for evidence?",),
    confirmed=False,
    norms=("Description first.", "Notes have no authors here."),
    steps=(StepFact("Silent read", 7), StepFact("What do we expect?", 0)),
    told=("“What do we expect?” is left out (usually 3 min)",),
    noticings=("S1 points to line 4", "T waits 6 s"),
    wonderings=("Who answers first?",),
    outstanding=("the notes of 1 walker",),
)


def every_page(text: str = "", facts: WalkFacts = USUAL) -> list[Page]:
    """All reports of a usual walk; with `text`, that text stands wherever people write."""
    if not text:
        return [
            letter(facts),
            agenda(facts),
            debrief_sheet(DEBRIEF),
            visit_sheet(SHEET),
            teacher_note(NOTE),
        ]
    walk = planted(text)
    asked = ConfirmationFact(text, text, None)
    visit = VisitFacts(
        text, text, text, text, text, (12,), (), (text,), text, asked, text, text, text
    )
    note = TeacherNoteFacts(
        visit, ((text, text),), (text,), (text,), text, text, text, text, text, ""
    )
    debrief = DebriefSheetFacts(
        text, text, text, text, text, (text,), False, (text,), (StepFact(text, 1),), (text,),
        (text,), (text,), (text,),
    )  # fmt: skip
    return [
        letter(walk),
        agenda(walk),
        debrief_sheet(debrief),
        visit_sheet(VisitSheetFacts(visit, (text,), (text,))),
        teacher_note(note),
    ]

"""A finished sample walk, made through the same routine that people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from walk.focus import load_template
from walk.model import Theme, Trend, Visit
from walk.model.form import LessonPart, Structure
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.following import step_test, steps
from walk.routine.planning import prepare
from walk.routine.visiting import hall, visit, write


@dataclass(frozen=True, slots=True)
class _Stop:
    """One sample form: what a walker typed in a room."""

    code: str
    minutes: int
    part: LessonPart
    structure: Structure
    lines: tuple[str, ...]


ANA = (
    _Stop(
        "V1",
        12,
        "middle",
        "whole class",
        (
            'T: "What in the text makes you say that?" #1',
            "S1 reads two lines aloud from page 4, finger under the words #2",
            'T: "Say more." waits 6 s, S1 adds a second sentence #3',
            "14 of 22 students wrote a line before talk began #2",
            "? How do students decide which line counts as evidence? #2",
        ),
    ),
    _Stop(
        "V2",
        13,
        "opening",
        "pairs or trios",
        (
            "5/7 pairs have the map and the letter side by side #4",
            'S2: "it says on page four that the river was already low" #2',
            'T at table 3: "And how do you know?" #1',
            "Sources on table: letter 1862, map, photo; dictionary on the shelf by the door #4",
            "? What do pairs do with a source that disagrees with their first idea? #4",
        ),
    ),
    _Stop(
        "V3",
        11,
        "middle",
        "small group",
        (
            "3 of 6 groups went back to the data table after T's question #2",
            'T: "Which row are you looking at?" #1',
            "S4 measured the ramp again and changed 41 to 44 cm #3",
        ),
    ),
)
BEN = (
    _Stop(
        "V1",
        12,
        "middle",
        "whole class",
        (
            'T: "Who can add to that?" 4 hands, then 9 after 5 s #1',
            'S3 says "I think because" and stops; T waits, S5 goes on with line 12 #3',
            "Four of the five speakers sat in the front two rows (seating chart in view)",
        ),
    ),
    _Stop(
        "V3",
        12,
        "middle",
        "small group",
        (
            'S6: "our graph says the opposite" shows it to group 2 #2',
            "T moves on after the first answer at tables 1, 4 and 5 #3",
            "? What happens to an answer that nobody has pressed on? #3",
        ),
    ),
    _Stop(
        "V4",
        12,
        "closing",
        "whole class",
        (
            "Exit slip asks: what is your claim, which line supports it? #4",
            "17 of 24 slips collected name a page or a line #2",
            'T: "Read me the sentence that made you think so." #1',
            "2 students with translated text pointed to the line in both languages #2",
            "? In what ways could slips come back into tomorrow's talk?",
        ),
    ),
)

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Students point to the source",
        (
            "reads two lines",
            "page four",
            "back to the data",
            "our graph",
            "name a page",
            "both languages",
        ),
    ),
    (
        "A question asks for the line",
        ("makes you say", "how do you know", "Which row", "Read me the sentence"),
    ),
    (
        "Waiting, then a longer answer",
        ("Say more", "hands, then 9", "line 12", "measured the ramp"),
    ),
    ("Sources within reach", ("side by side", "Sources on table")),
    ("Who speaks first", ("front two rows",)),
)


def make_demo(desk: Desk) -> str:
    """Make the sample walk in the desk's store; its id."""
    template = load_template("press_for_evidence")
    small = prepare.SmallWalk.of_template(template, visits=4)
    walk = prepare.begin(desk, small)
    _prepare(desk)
    ana = desk.walkers()[0]
    prepare.give_label(desk, ana, "Ana")
    ben = prepare.add_walker(desk, "Ben")
    for walker, stops in ((ana, ANA), (ben, BEN)):
        desk.become(walker.id)
        for stop in stops:
            _visit(desk, stop)
    desk.become(ana.id)
    _hall_talk(desk)
    _debrief(desk)
    _next_steps(desk)
    return walk


def _prepare(desk: Desk) -> None:
    today = desk.today().isoformat()
    prepare.describe_walk(
        desk, host_school="Lincoln (sample)", date=today, keep_until=desk.walk.keep_until
    )
    prepare.name_learning(
        desk, "Three sessions on questions that ask for a source, this autumn (sample)"
    )
    prepare.confirm_focus(desk, "agreed in the team meeting (sample)", today, 4)


def _visit(desk: Desk, stop: _Stop) -> None:
    found = next(one for one in prepare.visits(desk) if one.code == stop.code)
    form = visit.enter(desk, found)
    # The sample was not seen just now: it is entered as a stop that took its minutes already.
    form = visit.started_earlier(desk, form, stop.minutes)
    for place, line in enumerate(stop.lines, start=1):
        saved = visit.add_note(desk, form, line)
        at = 60 * stop.minutes * place // (len(stop.lines) + 1)
        desk.save(visit.STAGE, "sample time", saved.note.changed(at_s=at))
    form = visit.leave(desk, form)
    form = write.describe(desk, form, part=stop.part, structure=stop.structure)
    write.finish(desk, form)


def _hall_talk(desk: Desk) -> None:
    first: Visit = prepare.visits(desk)[0]
    talk = hall.begin(desk, first)
    hall.add_note(desk, talk, 'Two of us heard the same pause after "say more": 5 to 6 s')
    talk = hall.say(desk, talk, look_next="what students do in the seconds after a question")
    hall.finish(desk, talk)


def _debrief(desk: Desk) -> None:
    for name, starts in THEMES:
        notes = [
            one.note
            for one in debrief.table(desk).pool
            if any(start in one.note.text for start in starts)
        ]
        debrief.put_in_new(desk, notes, name)
    themes = {view.theme.name: view for view in debrief.table(desk).themes}
    _against(desk, themes["Waiting, then a longer answer"].theme, "moves on after the first")
    asset = _state(
        desk,
        themes["Students point to the source"],
        "Students point to, read aloud or re-measure a source when they answer.",
    )
    stating.decide(desk, asset, "asset")
    asked = _state(
        desk,
        themes["A question asks for the line"],
        "Teachers' questions ask students for the line, row or page behind an answer.",
    )
    stating.decide(desk, asked, "asset")
    need = _state(
        desk,
        themes["Waiting, then a longer answer"],
        "After a wait or a second question answers grow; at some tables talk moves on at once.",
    )
    stating.decide(desk, need, "need")
    _state(desk, themes["Sources within reach"], "Several sources lie open on the tables.")


def _against(desk: Desk, theme: Theme, start: str) -> None:
    found = next(one.note for one in debrief.table(desk).pool if start in one.note.text)
    debrief.put(desk, [found], theme, contrary=True)


def _state(desk: Desk, view: debrief.ThemeView, statement: str) -> Trend:
    trend = stating.state_trend(desk, view.theme, statement)
    # By their words: the notes are made in one moment, so their ids say nothing of their order.
    for one in sorted(view.notes, key=lambda one: one.note.text)[:2]:
        if not trend.parked:
            trend = stating.choose_example(desk, trend, one.note)
    return trend


def _next_steps(desk: Desk) -> None:
    trends = stating.trends(desk)
    need = next(one for one in trends if one.polarity == "need")
    today = desk.today()
    steps.add(
        desk,
        "Keep Tuesday's team time free of notices for four weeks, for planning second questions",
        level="school leader",
        owner="principal",
        by_when=(today + timedelta(days=7)).isoformat(),
        rests_on=need.id,
        support_type="materials or time",
        support="four meetings of team time",
        horizon="quick win",
    )
    tried = steps.add(
        desk,
        "Try one planned second question a lesson and bring two student answers to team time",
        level="teacher team",
        owner="grade 6 team",
        by_when=(today + timedelta(days=21)).isoformat(),
        design="agreed",
        rests_on=need.id,
        support_type="planning together",
        horizon="this term",
        evidence="Answers of more than one sentence that name a line or a number",
    )
    step_test.plan_test(
        desk,
        tried,
        change="One second question, planned before the lesson, in two lessons of the week",
        prediction="After it, answers name a line or a number more often",
        study_on=(today + timedelta(days=14)).isoformat(),
    )
    step_test.name_measure(desk, tried, "second questions planned", "a week")
    steps.add(
        desk,
        "Ask our own teams “what in the notes makes you say that?” in every meeting this month",
        level="walkers",
        owner="all walkers",
        by_when=(today + timedelta(days=28)).isoformat(),
    )
    asked = sorted(debrief.table(desk).wonderings, key=lambda one: one.note.text)
    wonderings = tuple(one.note.id for one in asked[:2])
    steps.close(
        desk,
        wonderings_for_staff=wonderings,
        next_look="in six weeks, with the same inquiry",
        contact="the coach, room open on Thursdays",
    )

"""A usual walk for the report tests, and what a reader finds in each form of its summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from walk.reports import pages
from walk.reports.jsonform import summary_json
from walk.reports.letter import letter
from walk.reports.summary import ConfirmationFact, LookForFact, StepFact, TrendFact, WalkFacts


def plain(facts: WalkFacts) -> str:
    """The staff summary as text."""
    return pages.plain([letter(facts)])


def markdown(facts: WalkFacts) -> str:
    """The staff summary as Markdown."""
    return pages.markdown([letter(facts)])


def html(facts: WalkFacts) -> str:
    """The staff summary as a web page."""
    return pages.html([letter(facts)])


LETTERS = (plain, markdown, html)
FORMS: tuple[Callable[[WalkFacts], str], ...] = (*LETTERS, summary_json)

POINT = TrendFact(
    "Students point to the page", "asset", 4, 1, 11, ("5 of 7 pairs pointed", "S2 read aloud")
)
PRESS = TrendFact("Follow-ups ask for the answer", "need", 3, 0, 7, ('T: "So what is it?"',))
ONCE = TrendFact("Graphs drawn twice", "asset", 1, 0, 2, ("S1 drew it again",), parked=True)

LEADER = StepFact("One planning hour a week", "school leader", "principal", "2025-10-24")
TOGETHER = StepFact(
    "Try one follow-up question", "teacher team", "grade 6", "", "agreed", basis=PRESS.statement
)

USUAL = WalkFacts(
    walk_id="0199a1b2",
    title="Explaining solutions",
    host_school="Lincoln",
    date="2025-10-14",
    called_off=False,
    closed=True,
    closing_reason="",
    keep_until="2025-12-13",
    focus="Reasons and sources in discussion",
    inquiries=("In what ways am I pressing students for evidence?",),
    set_by="the grade 6 team",
    confirmation=ConfirmationFact("in the team meeting", "2025-09-30", 5),
    changes_after_confirmation=(),
    professional_learning="two sessions on talk moves",
    no_learning_reason="",
    look_fors=(LookForFact("Point, read, measure", 9, 2, 4),),
    visits=5,
    stops_minutes=(12, 10, 14),
    modes=(("in_person", 4), ("recorded", 1)),
    grade_bands=("grades 6-8",),
    subject_bands=("English", "science"),
    noticings=44,
    wonderings=17,
    trends=(PRESS, POINT, ONCE),
    open_wonderings=("What do students reach for when nobody names a page?",),
    steps=(LEADER, TOGETHER),
    typing_in_room=True,
    who_sees_raw="the walkers of this walk",
    next_look="2026-02-10",
    contact="the school office",
    lead="Ottilie",
    missing_walkers=("Brunhilde", "Casimir"),
    codes=("V1", "V2", "V3", "V4", "V5", "V12"),
    unshared_notes=3,
)
EMPTY = replace(
    USUAL,
    closed=False,
    visits=0,
    stops_minutes=(),
    modes=(),
    trends=(),
    open_wonderings=(),
    steps=(),
    look_fors=(),
    keep_until="",
    next_look="",
)


class Page(HTMLParser):
    """What a browser would find in a page: tags with attributes, and the text between them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A full sheet is set close, an empty one open: so much may hang on how long a text is.
        kept = [one for one in attrs if one not in {("class", "close"), ("class", "open")}]
        self.tags.append((tag, tuple(kept)))

    def handle_data(self, data: str) -> None:
        self.text += data


def tokens_of(source: str) -> list[str]:
    """The kinds of things that a Markdown reader finds, text merged."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    return [part.type for token in found for part in (token, *(token.children or ()))]


def rendered(source: str) -> str:
    """The words that a Markdown reader shows."""
    found = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    return "".join(part.content for token in found for part in token.children or ())


def words(source: str) -> str:
    """A text with its line ends gone, so that wrapping hides no sentence."""
    return " ".join(source.split())


def read(form: Callable[[WalkFacts], str], facts: WalkFacts) -> str:
    """What a person reads in a form of the report."""
    source = form(facts)
    if form is html:
        return words(Page(source).text)
    if form is markdown:
        return words(rendered(source) + source)
    return words(source)

"""The fixed lines, the head of a walk and prose, as wide and as narrow as windows are."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widget import Widget

from tests.frames import rows
from walk.text import cell_width, headline
from walk.widgets.asking import Question
from walk.widgets.guide import Inquiry
from walk.widgets.lines import KeyLine, StateLine, TitleLine
from walk.widgets.menu_line import MenuLine
from walk.widgets.note_list import LINE_MOST
from walk.widgets.prose import PROSE_MOST, prose_width
from walk.widgets.rule_line import RuleLine
from walk.widgets.walk_head import WalkHead

INQUIRY = (
    "In what ways am I pressing for evidence and fuller explanation so that students' claims gain "
    "support as a discussion goes on?"
)
SCHOOL = "Host school: Friedrich-Wilhelm-Raiffeisen-Gemeinschaftsschule am Donauufer"


class Alone(App[None]):
    """One part, alone on a screen."""

    def __init__(self, part: Widget) -> None:
        super().__init__()
        self.part = part

    def compose(self) -> ComposeResult:
        yield self.part


async def drawn(part: Widget, size: tuple[int, int]) -> list[str]:
    """The rows of a part that hold something."""
    app = Alone(part)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        return [row for row in rows(app) if row.strip()]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Reasons and sources in discussion.", "Reasons and sources in discussion"),
        ("Reasons and sources in discussion. ", "Reasons and sources in discussion"),
        ("Who presses for reasons?", "Who presses for reasons?"),
        ("Waiting ...", "Waiting ..."),
        (".", ""),
        ("", ""),
    ],
)
def test_a_headline_ends_in_no_full_stop(words: str, shown: str) -> None:
    assert headline(words) == shown


async def test_a_title_ends_in_no_full_stop() -> None:
    title = TitleLine()
    title.left = "walk · Reasons and sources in discussion."
    assert await drawn(title, (80, 24)) == [" walk · Reasons and sources in discussion"]


@pytest.mark.parametrize("label", ["Ana K.", "Ana v.d.B."])
async def test_a_title_keeps_the_full_stop_of_a_label(label: str) -> None:
    title = TitleLine()
    title.left = f"V1 · Writing: {label}"
    assert await drawn(title, (80, 24)) == [f" V1 · Writing: {label}"]


@pytest.mark.parametrize("width", [60, 80])
async def test_that_it_is_saved_and_when_is_told_however_long_the_words_are(width: int) -> None:
    state = StateLine()
    state.standing = "not yet confirmed by the host teachers"
    state.say(f"Dealt: {'Ana, Ben, Cleo and Dev on A, ' * 3}· u undoes it · saved 09:00")
    (row,) = await drawn(state, (width, 24))
    assert row.startswith(" Dealt: Ana, Ben")
    assert "… · saved 09:00 " in row
    assert row.endswith("not yet confirmed")
    assert cell_width(row) < width


@pytest.mark.parametrize(("window", "room"), [(240, PROSE_MOST), (80, 78), (60, 58), (4, 20)])
def test_prose_is_held_to_lines_that_can_be_read(window: int, room: int) -> None:
    assert prose_width(window) == room


@pytest.mark.parametrize("width", [60, 80, 120, 240])
async def test_the_inquiry_never_runs_across_a_wide_window(width: int) -> None:
    inquiry = Inquiry()
    inquiry.words = INQUIRY
    found = await drawn(inquiry, (width, 24))
    assert " ".join(row.strip() for row in found) == INQUIRY
    assert max(map(cell_width, found)) <= min(width, PROSE_MOST + 1)


@pytest.mark.parametrize("width", [60, 80, 120, 240])
async def test_the_head_always_says_who_writes(width: int) -> None:
    head = WalkHead()
    head.show((SCHOOL, "Writing: Ana"), INQUIRY)
    found = "\n".join(await drawn(head, (width, 24)))
    assert "Host school: " in found
    assert "Writing: Ana" in found


async def test_the_head_gives_a_long_name_a_second_row() -> None:
    head = WalkHead()
    head.show(("Host school: Lincoln (sample)", "Writing: Ana"), INQUIRY)
    facts = [row[:30].rstrip() for row in await drawn(head, (80, 24))]
    assert facts == [" Host school: Lincoln", "   (sample)", " Writing: Ana"]


MENU = Question(
    "menu",
    (("1", "leave the room"), ("2", "longer"), ("3", "undo"), ("4", "earlier"), ("5", "help")),
    further=(("7", "redo"), ("0", "home")),
)


@pytest.mark.parametrize(
    ("width", "found"),
    [
        (
            90,
            [
                " 1 leave the room  2 longer  3 undo  4 earlier  5 help  Esc back  7 redo  0 home",
            ],
        ),
        (
            72,
            [
                " 1 leave the room  2 longer  3 undo  4 earlier  5 help  Esc back",
                " 7 redo  0 home",
            ],
        ),
    ],
)
async def test_what_is_rarely_wanted_stands_together(width: int, found: list[str]) -> None:
    menu = MenuLine()
    menu.question = MENU
    assert await drawn(menu, (width, 24)) == found


class ManyKeys(App[None]):
    """More keys than a row holds, the way out last."""

    BINDINGS = [
        *(Binding(key, "bell", f"does {key} well") for key in "abcdefg"),
        Binding("escape", "bell", "back", id="keys.out"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield KeyLine()


@pytest.mark.parametrize("width", [80, 120])
async def test_the_way_out_is_not_what_is_left_out(width: int) -> None:
    app = ManyKeys()
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        (keys,) = [row for row in rows(app) if row.strip()]
    assert keys.endswith("Esc back")
    assert "a does a well" in keys


async def test_what_stands_at_the_right_of_a_rule_ends_where_lines_of_notes_end() -> None:
    for width, ends in ((80, 80), (100, 100), (190, LINE_MOST)):
        rule = RuleLine()
        rule.words, rule.right = "Noticings", "N notice  W wonder"
        (line,) = await drawn(rule, (width, 2))
        assert len(line) == width, "the rule goes on to the edge"
        assert line.index("W wonder ─") + len("W wonder ─") == ends

"""The list of rows: marker, terminal cursor, headings, narrow windows and texts from people."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS
from walk.text import one_line
from walk.widgets import choice_list
from walk.widgets.choice_list import Choice, ChoiceList, heading

VISITS = [
    heading("Visits"),
    Choice("v1", "in person", label="V1", side="done"),
    Choice("v2", "recorded", label="V2", side="not yet"),
    heading(),
    heading("Walks"),
    *(Choice(f"w{number}", f"Walk {number}", label="21 Sep") for number in range(12)),
]


class ListApp(App[None]):
    def __init__(self, choices: list[Choice], lines_most: int = 1) -> None:
        super().__init__()
        self.list = ChoiceList(choices, lines_most=lines_most)
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        self.chosen.append(event.choice.id)


def marked(app: App[None]) -> str:
    (found,) = [row for row in rows(app) if "▸" in row]
    return found


async def test_rows_stand_in_columns_under_their_headings() -> None:
    app = ListApp(VISITS[:3])
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert rows(app)[:3] == [
            " Visits",
            " ▸ V1  in person                   done",
            "   V2  recorded                 not yet",
        ]


async def test_blocks_of_one_form_line_up_and_signs_keep_close() -> None:
    app = ListApp(
        [
            heading("Pages"),
            Choice("a", "not yet", label="Focus meeting"),
            heading("Ready"),
            Choice("b", "students were told", label="○"),
            heading("The plan"),
            Choice("c", "14 Oct", label="Date"),
        ]
    )
    app.list.lines_up = True
    async with app.run_test(size=(60, 6)) as pilot:
        await pilot.pause()
        assert rows(app)[1:6:2] == [
            " ▸ Focus meeting  not yet",
            "   ○  students were told",
            "   Date           14 Oct",
        ]


async def test_a_long_row_without_a_label_is_set_in_from_its_second_line() -> None:
    app = ListApp([Choice("a", "one two three four"), Choice("b", "five")], lines_most=2)
    async with app.run_test(size=(17, 6)) as pilot:
        await pilot.pause()
        assert rows(app)[:3] == [" ▸ one two", "     three four", "   five"]


async def test_what_stands_above_the_first_row_is_seen_once_there_is_room() -> None:
    app = ListApp([heading("First"), heading("Second"), *VISITS[1:3]])
    async with app.run_test(size=(40, 1)) as pilot:
        await pilot.pause()
        assert "▸ V1" in marked(app)
        await pilot.resize_terminal(40, 4)
        await pilot.pause()
        assert rows(app)[:3] == [" First", " Second", " ▸ V1  in person                   done"]


async def test_on_a_wide_screen_the_side_words_stay_near_and_long_rows_are_not_cut() -> None:
    long = "word " * 40
    app = ListApp([Choice("a", "Near", side="done"), Choice("b", long.strip())])
    async with app.run_test(size=(240, 6)) as pilot:
        await pilot.pause()
        first, second = rows(app)[:2]
        assert first.rstrip().endswith("done")
        assert len(first.rstrip()) < choice_list.LINE_MOST
        assert second.rstrip() == f"   {long.strip()}"


async def test_on_a_wide_screen_what_may_take_more_lines_is_wrapped() -> None:
    app = ListApp([heading("word " * 40), Choice("a", "word " * 40)], lines_most=4)
    async with app.run_test(size=(240, 8)) as pilot:
        await pilot.pause()
        shown = [row.rstrip() for row in rows(app)]
        assert max(len(row) for row in shown) <= choice_list.LINE_MOST
        assert sum(row.count("word") for row in shown) == 80


async def test_words_and_side_words_stand_two_cells_apart() -> None:
    app = ListApp([Choice("a", "word " * 20, side="done")])
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.pause()
        assert rows(app)[0].endswith("…  done")


async def test_arrows_pass_headings_and_stop_at_the_ends() -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("up", "down", "down")
        assert "Walk 0" in marked(app)
        await pilot.press("up")
        assert "V2" in marked(app)
        await pilot.press("end", "down")
        assert "Walk 11" in marked(app)
        await pilot.press("home")
        assert "V1" in marked(app)
        assert rows(app)[0] == " Visits"


async def test_enter_chooses_the_marked_row_and_headings_never() -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("enter", "down", "enter", "down", "enter")
        assert app.chosen == ["v1", "v2", "w0"]


async def test_more_counts_rows_and_not_their_lines() -> None:
    app = ListApp([Choice(f"c{n}", "word " * 12) for n in range(20)], lines_most=2)
    async with app.run_test(size=(40, 9)) as pilot:
        await pilot.pause()
        assert rows(app)[-1] == "   ↓ 16 more"


async def test_of_a_text_that_cannot_be_chosen_more_counts_lines() -> None:
    app = ListApp([heading("word " * 60)])
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.pause()
        assert "↓ " in rows(app)[-1]
        assert "enter" not in app.active_bindings


async def test_enter_is_promised_as_soon_as_a_row_can_be_chosen() -> None:
    app = ListApp([heading("Nothing yet")])
    async with app.run_test(size=(40, 4)) as pilot:
        assert "enter" not in app.active_bindings
        app.list.show(VISITS)
        await pilot.pause()
        assert "enter" in app.active_bindings
        await pilot.press("enter")
        assert app.chosen == ["v1"]


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (20, 3), (12, 1)])
async def test_the_terminal_cursor_stands_on_the_marked_row(size: tuple[int, int]) -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=size) as pilot:
        for _ in range(len(VISITS)):
            await pilot.press("down")
            assert cursor_cell(app).character == "▸"


async def test_what_does_not_fit_is_counted_and_paged_through() -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert rows(app)[-1] == "   ↓ 8 more"
        await pilot.press("pagedown")
        assert "↑" in rows(app)[-1]
        assert "↓" in rows(app)[-1]
        await pilot.press("end")
        assert rows(app)[-1] == "   ↑ 5 more"  # rows, though there are three headings


async def test_a_smaller_window_keeps_the_marked_row_in_view() -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=(40, 40)) as pilot:
        await pilot.press("end", "up")
        for size in ((40, 6), (9, 4), (80, 24), (30, 2)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            marked(app)
            assert cursor_cell(app).character == "▸"


async def test_new_rows_keep_the_marker_where_it_was() -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "down", "down")
        app.list.show(VISITS[3:])
        await pilot.pause()
        assert "Walk 1" in marked(app)
        app.list.show([one for one in VISITS if one.id != "w1"])
        await pilot.pause()
        assert app.list.choice is not None
        app.list.show(VISITS, mark="v2")
        await pilot.pause()
        assert "V2" in marked(app)


async def test_an_empty_list_takes_every_key() -> None:
    app = ListApp([])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("up", "down", "home", "end", "pageup", "pagedown", "enter")
        app.list.show([heading("Nothing here")])
        await pilot.press("enter", "down")
        assert app.chosen == []
        assert app.list.choice is None
        app.list.show(VISITS)
        await pilot.pause()
        assert "V1" in marked(app)


@pytest.mark.parametrize("lines_most", [1, 3])
@pytest.mark.parametrize("width", [80, 23])
async def test_texts_from_people_are_shown_and_act_on_nothing(lines_most: int, width: int) -> None:
    texts = [*PAYLOADS, LONG]
    choices = [Choice(str(place), text, label=text, side=text) for place, text in enumerate(texts)]
    app = ListApp([*choices, heading(PAYLOADS[4])], lines_most=lines_most)
    async with app.run_test(size=(width, 30)) as pilot:
        for _ in texts:
            await pilot.press("down")
            shown = frame(app)
            assert not {sign for sign in shown if sign < " " and sign != "\n"}
            assert not set(shown) & set("\x7f\x9b\x9d\x9c\u202e\u2066")
        await pilot.press("home")
        assert "[/x]" in frame(app)


async def test_words_take_as_many_lines_as_they_may() -> None:
    words = "In what ways am I pressing students for evidence and fuller explanation?"
    app = ListApp([Choice("one", words, label="Inquiry"), Choice("two", "short")], lines_most=2)
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert rows(app)[:3] == [
            " ▸ Inquiry  In what ways am I pressing",
            "            students for evidence and…",
            "            short",
        ]


async def test_a_click_marks_and_a_second_one_chooses() -> None:
    app = ListApp(VISITS)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(app.list, offset=(5, 2))
        assert "V2" in marked(app)
        assert app.chosen == []
        await pilot.click(app.list, offset=(5, 2))
        assert app.chosen == ["v2"]
        await pilot.click(app.list, offset=(5, 0))
        assert app.chosen == ["v2"]


async def test_rows_stand_apart_to_be_read_from_afar() -> None:
    app = ListApp([heading("Walks"), *VISITS[5:]])
    async with app.run_test(size=(40, 8)) as pilot:
        app.list.gap = 1
        await pilot.pause()
        assert rows(app) == [
            " Walks",
            " ▸ 21 Sep  Walk 0",
            "",
            "   21 Sep  Walk 1",
            "",
            "   21 Sep  Walk 2",
            "",
            "   ↓ 9 more",
        ]
        await pilot.press("end")
        assert "Walk 11" in marked(app)
        assert "↑" in rows(app)[-1]
        assert "↓" not in rows(app)[-1]
        for number in reversed(range(11)):
            await pilot.press("up")
            assert f"Walk {number}" in marked(app)
            assert rows(app)[cursor_cell(app).row] == marked(app)


async def test_rows_take_more_lines_or_fewer_from_one_moment_to_the_next() -> None:
    words = "In what ways am I pressing students for evidence and fuller explanation?"
    app = ListApp([Choice("one", words), Choice("two", "short")])
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert "short" in rows(app)[1]
        app.list.lines_most = 2
        await pilot.pause()
        assert "short" in rows(app)[2]
        app.list.lines_most = 1
        await pilot.pause()
        assert "short" in rows(app)[1]


async def test_only_what_is_in_view_is_cut_to_the_width(monkeypatch: pytest.MonkeyPatch) -> None:
    cut: list[str] = []

    def counted(text: str, width: int | None = None) -> str:
        cut.append(text)
        return one_line(text, width)

    monkeypatch.setattr(choice_list, "one_line", counted)
    app = ListApp([Choice(str(number), f"Walk {number}") for number in range(20_000)])
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        assert "Walk 19999" in marked(app)
        assert rows(app)[-1].strip() == "↑ 19991 more"
        assert len([text for text in cut if text]) < 100


async def test_a_blank_line_sets_blocks_off_only_where_all_fits_with_it() -> None:
    app = ListApp([*VISITS[:3], heading("Walks"), VISITS[5]])
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.pause()
        assert [row[:8] for row in rows(app)] == [
            " Visits",
            " ▸ V1  i",
            "   V2  r",
            "",
            " Walks",
            "   21 Se",
        ]
        await pilot.resize_terminal(40, 5)
        await pilot.pause()
        assert [row[:8] for row in rows(app)] == [
            " Visits",
            " ▸ V1  i",
            "   V2  r",
            " Walks",
            "   21 Se",
        ]

"""Fields: words wrap, keys keep their order, Enter goes on, and nothing typed is lost."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from tests.burst import paste, type_keys
from tests.frames import cursor_cell, frame, rows
from tests.hostile import LONG, PAYLOADS
from walk.widgets.field import Answer, Field, Options

MODES = (("in_person", "in person"), ("recorded", "recorded"))


class FieldApp(App[None]):
    def __init__(self, *fields: Answer) -> None:
        super().__init__()
        self.fields = fields
        self.done = 0
        self.edited = 0
        for field in fields[:-1]:
            field.last = False

    def compose(self) -> ComposeResult:
        yield from self.fields

    def on_answer_done(self) -> None:
        self.done += 1

    def on_answer_edited(self) -> None:
        self.edited += 1


async def test_what_is_typed_is_what_it_says() -> None:
    field = Field("Talk moves")
    app = FieldApp(field)
    async with app.run_test(size=(40, 8)) as pilot:
        await type_keys(pilot, ", in Spetember\b\b\b\b\b\b\b\beptember")
        assert field.words == "Talk moves, in September"
        assert rows(app)[0].strip() == "Talk moves, in September"
        assert app.edited


async def test_a_burst_of_keys_keeps_its_order() -> None:
    field = Field()
    app = FieldApp(field)
    async with app.run_test(size=(40, 8)) as pilot:
        await type_keys(pilot, "teh\b\bhe\r", apart=0.02)
        assert field.words == "the"
        assert app.done == 1


async def test_enter_goes_from_field_to_field_and_is_done_with_the_last() -> None:
    first, turn, last = Field(), Options(MODES), Field()
    app = FieldApp(first, turn, last)
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("a", "enter")
        assert turn.has_focus
        await pilot.press("right", "enter")
        assert last.has_focus
        assert app.done == 0
        await pilot.press("b", "enter")
        assert app.done == 1
        assert [field.words for field in app.fields] == ["a", "recorded", "b"]


async def test_arrows_leave_a_field_only_at_its_edge() -> None:
    words = "In what ways am I pressing students for evidence and fuller explanation?"
    first, last = Field(words), Field()
    app = FieldApp(first, last)
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        await pilot.press("up")
        assert app.focused is first
        await pilot.press("down", "down")
        assert app.focused is last
        await pilot.press("up")
        assert app.focused is first


async def test_long_words_wrap_and_the_cursor_is_where_the_next_letter_goes() -> None:
    field = Field("In what ways am I pressing students")
    app = FieldApp(field)
    async with app.run_test(size=(24, 8)) as pilot:
        await pilot.press("?")
        await pilot.pause()
        assert [row.strip() for row in rows(app)[:2]] == ["In what ways am I", "pressing students?"]
        assert (cursor_cell(app).row, cursor_cell(app).column) == (1, 19)


@pytest.mark.parametrize("text", [*PAYLOADS, LONG], ids=range(len(PAYLOADS) + 1))
async def test_words_that_nobody_edits_come_back_as_they_were(text: str) -> None:
    field = Field(text)
    app = FieldApp(field)
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.press("left", "right", "home")
        assert field.words == text
        shown = frame(app).replace("\n", "")
        assert not {sign for sign in shown if sign < " "}
        assert not set(shown) & set("\x7f\x9b\x9d\x9c\u202e\u2066")


async def test_a_paste_keeps_its_lines_and_none_of_its_codes() -> None:
    field = Field()
    app = FieldApp(field)
    async with app.run_test(size=(40, 8)) as pilot:
        await paste(pilot, "one\r\ntwo \x1b[31mred\x07\0")
        assert field.words == "one\ntwo ␛[31mred␇"
        assert app.done == 0


async def test_a_paste_into_one_row_is_one_row() -> None:
    field = Field(one_row=True)
    app = FieldApp(field)
    async with app.run_test(size=(40, 8)) as pilot:
        await paste(pilot, "2025-\n10-14")
        assert field.words == "2025- 10-14"


async def test_rewritten_words_come_back_by_undo() -> None:
    field = Field("before")
    app = FieldApp(field)
    async with app.run_test(size=(40, 8)) as pilot:
        field.rewrite("after")
        assert field.words == "after"
        await pilot.press("ctrl+z")
        assert field.words == "before"


async def test_options_turn_by_arrows_and_say_the_others() -> None:
    turn = Options(MODES, "recorded")
    app = FieldApp(turn)
    async with app.run_test(size=(40, 4)) as pilot:
        await pilot.pause()
        assert rows(app)[0].split() == ["‹", "recorded", "›", "in", "person"]
        assert cursor_cell(app).character == "‹"
        await pilot.press("left")
        assert turn.words == "in_person"
        await pilot.press("space", "x")
        assert turn.words == "recorded"
        turn.rewrite("no such option")
        assert turn.words == "recorded"


@pytest.mark.parametrize(
    ("width", "others"),
    [(80, "recorded · watched remotely"), (40, "recorded · …"), (26, "…"), (19, "")],
)
async def test_options_name_others_in_full_or_not_at_all(width: int, others: str) -> None:
    options = (("a", "in person"), ("b", "recorded"), ("c", "watched remotely"))
    app = FieldApp(Options(options))
    async with app.run_test(size=(width, 4)) as pilot:
        await pilot.pause()
        assert rows(app)[0].split("›")[1].strip() == others

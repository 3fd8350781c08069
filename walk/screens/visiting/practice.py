"""Practice: a sentence, a line to reword it in, and what is still open in the rewording."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from walk.language.flags import Flag
from walk.language.practice import LONGEST, Answer, Item, items, look
from walk.routine.desk import Desk
from walk.routine.wording import practice
from walk.screens.base import WalkScreen
from walk.screens.dialogs import KeyDialog
from walk.screens.helping import Menu
from walk.text import one_line, safe
from walk.widgets.asking import OrderedKeys, Question
from walk.widgets.choice_list import Choice, ChoiceList
from walk.widgets.composer import MENU_HELP, Composer
from walk.widgets.drafts import Line
from walk.widgets.menu_line import MenuLine
from walk.widgets.rule_line import RuleLine

BEGIN = (
    "Reword it so that a camera could have caught it, and press Enter. Where nothing has to be "
    "changed, press Enter in the empty line."
)
BEGIN_ASKING = (
    "Reword it so that any answer would be news, and press Enter. Where nothing has to be changed, "
    "press Enter in the empty line."
)
AGAIN = "Reword it, or press Enter once more to see one way to write it."
ON = "Enter goes on."
MOST = 2
"""Questions asked at once; what is mended first often mends the others."""
LOW = 22
"""Rows below which nothing stands apart."""

LOOK_HELP = "Look at what you wrote; once more, and it goes on"
LEAVE_HELP = "Leave practice for Home; where you are is remembered"


MENU = Question("menu", (("1", "leave"), ("3", "start over"), ("5", "help")))


def _asked(flag: Flag) -> tuple[str, str]:
    return f"  {one_line(flag.message)}", f"    such as: {one_line(flag.suggestion)}"


class PracticeLine(Composer, inherit_bindings=False):
    """The line to reword in; it is neither noticing nor wondering by a key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", "look", id="practice.look", tooltip=LOOK_HELP),
        Binding("pageup", "turn_to(-1)", "before", id="practice.before", tooltip="One before"),
        Binding("pagedown", "turn_to(1)", "next", id="practice.next", tooltip="The next one"),
        Binding("escape", "menu", "menu", id="practice.menu", tooltip=MENU_HELP),
        Binding(
            "up",
            "cursor_up",
            "up",
            id="practice.up",
            show=False,
            tooltip="A row up; from the first one to the sentence before",
        ),
        Binding(
            "down",
            "cursor_down",
            "down",
            id="practice.down",
            show=False,
            tooltip="A row down; from the last one to the next sentence",
        ),
    ]
    kinds = False
    menu = MENU

    def action_cursor_up(self, select: bool = False) -> None:
        """A row up; from the first row to the sentence before."""
        if select or not self.navigator.is_first_wrapped_line(self.cursor_location):
            super().action_cursor_up(select)
        else:
            self.post_message(self.Up())

    def action_turn_to(self, step: int) -> None:
        """Another sentence."""
        self.post_message(self.Up() if step < 0 else self.Down())


class PracticeScreen(WalkScreen):
    """One sentence at a time."""

    CSS_PATH = "practice.tcss"
    AUTO_FOCUS = "PracticeLine"
    name_in_app = "practice"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = (
        "Thirty short notes to practise on. Write in the line how you would put it so that "
        "a camera could have caught it, or so that any answer would be news; Enter looks at it, "
        "and once more goes on. Some need no change: Enter in the empty line keeps them. PgUp and "
        "PgDn, or ↑ and ↓, go from one to the other. Esc offers leaving, starting over and this "
        "help. This is yours alone: nothing is scored, told or shared."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", id="practice.leave", tooltip=LEAVE_HELP),
        Binding(
            "ctrl+r",
            "start_over",
            "start over",
            id="practice.again",
            show=False,
            tooltip="Start practice over; it asks first",
        ),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is not used: where the person is, is remembered."""
        super().__init__(desk, at, say)
        self.item: Item | None = None
        self.answer: Answer | None = None
        """What was said last of the line as it stands; None once it was typed in."""
        self._shown_way = False
        self._of = ""  # the line that was looked at

    def work(self) -> ComposeResult:
        """Where it was, the sentence, what is said of the rewording, and the line."""
        yield Static(id="practice-where")
        yield Static(id="practice-text")
        with VerticalScroll(id="practice-answer", can_focus=False):
            yield Static(id="practice-said")
            yield ChoiceList(id="practice-end")
        yield RuleLine()
        yield PracticeLine(self.enter, self.keep, id="practice-line")
        yield MenuLine()

    @property
    def line(self) -> PracticeLine:
        """The line to reword in."""
        return self.query_one(PracticeLine)

    def on_resize(self, event: Resize) -> None:
        """Leave out the empty rows in a low window."""
        self.set_class(event.size.height < LOW, "-low")

    def reload(self) -> None:
        """Show the sentence at hand, unless it is shown already."""
        now = practice.progress(self.desk)
        self.title_line.left = "Practice"
        self.title_line.right = now.in_words()
        if self.item is not None and now.item == self.item:
            return
        self.item, self.answer, self._shown_way = now.item, None, False
        self.set_class(now.item is None, "-end")
        if now.item is None:
            self._show_end(now)
            return
        item = now.item
        kind = "a wondering" if item.kind == "wondering" else "a noticing"
        self._put("where", f"{now.place + 1} of {len(items())} · {item.where} · {kind}")
        self._put("text", item.text)
        self._put("said", BEGIN_ASKING if item.kind == "wondering" else BEGIN)
        self.query_one(RuleLine).words = "your words"
        self.line.begin(now.words.get(item.id, ""))
        self.line.focus()

    def _put(self, part: str, words: str) -> None:
        self.query_one(f"#practice-{part}", Static).update(Content(safe(words)))

    # The end

    def _show_end(self, now: practice.Progress) -> None:
        self._put("where", "That was the last one")
        self._put("said", f"{now.in_words()}. Your rewordings stay here until you start over.")
        rows = [
            Choice("home", "To Home"),
            Choice("back", "Back to the last one"),
            Choice("again", "Start over"),
        ]
        if practice.unlooked(self.desk) is not None:
            rows.insert(0, Choice("unlooked", "To the first one not looked at yet"))
        ends = self.query_one("#practice-end", ChoiceList)
        ends.show(rows, mark=rows[0].id)
        ends.focus()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Home, over again, or to what was passed over."""
        match event.choice.id:
            case "home":
                self.action_leave()
            case "again":
                self.action_start_over()
            case "back":
                self._turn(-1)
            case _:
                self._go_to(practice.unlooked(self.desk) or 0)

    # Looking

    def keep(self, text: str, extra: str) -> bool:
        """Keep what is being typed, with the item; never a draft of a walk."""
        with self.told():
            if self.item is not None:
                practice.keep_words(self.desk, self.item, text)
            return True
        return False

    def enter(self, line: Line) -> bool:
        """Look at the line; it stays where it is, to be worked on."""
        with self.told():
            self._look(line.text)
        return False

    def on_composer_blank(self) -> None:
        """Enter in the empty line keeps the sentence as it is."""
        with self.told():
            self._look("")

    def _look(self, text: str) -> None:
        item, before = self.item, self.answer
        if item is None:
            return
        if before is None or self._of != text:
            practice.keep_words(self.desk, item, text)
            now = practice.looked_at(self.desk, item)
            self.title_line.right = now.in_words()
            self.answer, self._of = look(item, text), text
            self._shown_way = self.answer.reads
            self._show_answer(item, self.answer)
        elif not self._shown_way:
            self._shown_way = True
            self._show_answer(item, before)
        else:
            self._turn(1)

    def _show_answer(self, item: Item, answer: Answer) -> None:
        rows = [answer.says, ""] if answer.reads or not self._shown_way else []
        if self._shown_way:
            rows += [f"One way: {item.model}"] if item.model else []
            rows += [f"Why: {item.why}", "", ON]
        else:
            rows[1:] = [row for flag in answer.flags[:MOST] for row in _asked(flag)]
            if len(answer.flags) > MOST:
                rows.append(f"  and {len(answer.flags) - MOST} more")
            rows += ["", AGAIN]
        self._put("said", "\n".join(rows))
        self.query_one("#practice-answer").scroll_home(animate=False)

    def on_composer_told(self, event: Composer.Told) -> None:
        """What a person should know of what they typed or pasted."""
        if event.problem:
            self.say(event.words)

    # The menu

    def menus(self) -> list[Menu]:
        """What Esc offers, while there is a line."""
        return [Menu("Esc", MENU, self.line)] if self.item is not None else []

    def on_ordered_keys_asked(self, event: OrderedKeys.Asked) -> None:
        """Show the menu in place of the state line."""
        self.query_one(MenuLine).question = event.question
        self.set_class(event.question is not None, "-asking")

    def on_ordered_keys_answered(self, event: OrderedKeys.Answered) -> None:
        """Do what the menu offers."""
        if event.key == "1":
            self.action_leave()
        elif event.key == "3":
            self.action_start_over()
        elif event.key == "5":
            self.action_help()

    @on(Composer.Up)
    def _before(self) -> None:
        self._turn(-1)

    @on(Composer.Down)
    def _after(self) -> None:
        self._turn(1)

    def _turn(self, step: int) -> None:
        self._go_to(practice.progress(self.desk).place + step)

    def _go_to(self, place: int) -> None:
        with self.told():
            if self.item is not None:
                practice.keep_words(self.desk, self.item, self.line.text)
            cut = len(self.line.text) > LONGEST
            practice.go_to(self.desk, place)
            self.reload()
            self.say(f"Kept: the first {LONGEST:,} characters" if cut else "")

    def action_leave(self) -> None:
        """Back to Home."""
        self.line.flush()
        self.go("home")

    def action_start_over(self) -> None:
        """Forget where they are and what they wrote, once they have said so."""
        self.app.push_screen(
            KeyDialog(
                "Start practice over?",
                (("y", "yes, from the first one"), ("n", "no, go on")),
                "Your rewordings are forgotten, and nothing else is.",
            ),
            self._over,
        )

    def _over(self, answer: str | None) -> None:
        if answer != "y":
            return
        with self.told():
            self.line.begin("")
            practice.start_over(self.desk)
            self.item = None
            self.reload()
            self.say("From the first one again")

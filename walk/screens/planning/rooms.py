"""Classrooms: the visits in their order, each with its mode, its times and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from walk.errors import Refused, WalkError
from walk.exchange.receipt import counted
from walk.model import MODE_WORDS, Visit
from walk.routine.planning import hours, prepare, rooms, times
from walk.screens.ask import Ask, AskScreen, Values
from walk.screens.over import open_over
from walk.screens.planning.plan_list import NOT_SAVED, PlanListScreen
from walk.screens.planning.rooms_asks import visit_asks
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import short_date

if TYPE_CHECKING:
    from walk.intake.plan import Place

BROUGHT = "is open again"
PLACES_SHOWN = "Places are shown on this laptop alone; p hides them"
PLACES_HIDDEN = "Places are hidden"


class RoomsScreen(PlanListScreen):
    """The classrooms by code; where a room is, and whose, only while p shows it."""

    CSS_PATH = "rooms.tcss"
    name_in_app = "rooms"
    stage = rooms.STAGE
    heading = "Classrooms"
    HELP_WORDS = (
        "A visit is one host teacher's classroom, known by a code. Times are typed as people "
        "write them; how they are read is shown at once. Grade and subject stay coarse, so that "
        "they point to nobody. A visit is withdrawn without a reason, and brought back with the "
        "same key. Where a room is and whose it is stays in a file of this laptop alone: p shows "
        "it here, o changes it, and it is in no pack, report or backup."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "go('prepare', 'rooms')", "back", id="rooms.back", tooltip="Back to Prepare"
        ),
        Binding("a", "add", "add", id="rooms.add", tooltip="Add one classroom"),
        Binding("m", "mode", "mode", id="rooms.mode", tooltip="See this classroom otherwise"),
        Binding(
            "x",
            "withdraw(False)",
            "withdraw",
            id="rooms.withdraw",
            tooltip="Withdraw a visit, or drop words that are not saved",
        ),
        Binding(
            "x",
            "withdraw(True)",
            "bring back",
            id="rooms.bring_back",
            tooltip="Bring a withdrawn visit back",
        ),
        Binding("k", "check", "checklist", id="rooms.check", tooltip="What to see to beforehand"),
        Binding(
            "left",
            "move(-1)",
            "order",
            key_display="← →",
            id="rooms.earlier",
            tooltip="← puts the visit one place earlier, → one place later",
        ),
        Binding(
            "right",
            "move(1)",
            "later",
            id="rooms.later",
            show=False,
            tooltip="The visit one place later",
        ),
        Binding("n", "several", "several", id="rooms.several", tooltip="Add several classrooms"),
        Binding("o", "place", "place", id="rooms.place", tooltip="Where this room is, and whose"),
        Binding("p", "places", "places", id="rooms.places", tooltip="Show places, or hide them"),
        Binding("u", "undo", "undo", id="rooms.undo", tooltip="Undo the last change of the plan"),
        Binding("z,r", "redo", "redo", id="rooms.redo", tooltip="Do again what was undone"),
    ]

    visits: Sequence[Visit] = ()
    shows_places = False
    """Where the rooms are is hidden until p is pressed."""
    _places: Mapping[str, Place] = {}  # by code, only while it is shown or changed
    _place_before: tuple[str, str, tuple[str, ...]] | None = None
    """What u brings back: code, place and owners before the last change here, if a place was it."""
    _place_undone: tuple[str, str, tuple[str, ...]] | None = None
    """What z does again, if the last thing undone here was a place."""

    # Reading

    def read_rows(self) -> Sequence[Choice]:
        """The classrooms in their order."""
        self.visits = prepare.listed_visits(self.desk)
        held = prepare.rooms(self.desk)
        self._places = {}
        if self.shows_places:
            self._read_places()
        unsaved = self.unsaved()
        rows = [heading(self._summary(held))]
        rows += [self._row(one, unsaved) for one in self.visits]
        if more := held.every - len(self.visits):
            rows.append(heading(f"and {more:,} more, which count like these and are not listed"))
        return [*rows, Choice("visit new", "add a classroom", label="a")]

    def _summary(self, held: prepare.Rooms) -> str:
        if not held.every:
            return "No classrooms yet: a adds one, n several."
        words = counted(held.every, "classroom", "classrooms")
        words += f", {held.withdrawn} withdrawn" if held.withdrawn else ""
        return f"{words} · where they are: {'shown' if self.shows_places else 'hidden'} (p)"

    def _row(self, visit: Visit, unsaved: set[str]) -> Choice:
        parts = [MODE_WORDS[visit.mode]]
        if visit.windows:
            parts.append(f"open {hours.windows_words(visit.windows)}")
        parts += [visit.grade_band, visit.subject_band, *self._place_words(visit)]
        if visit.inquiry:
            parts.append(f"its own inquiry: {visit.inquiry}")
        side = self._standing(visit)
        id_ = f"visit {visit.id}"
        return Choice(
            id_,
            " · ".join(part for part in parts if part),
            visit.code,
            NOT_SAVED if id_ in unsaved else side,
        )

    def _standing(self, visit: Visit) -> str:
        if visit.withdrawn:
            return "withdrawn"
        if visit.mode != "recorded":
            return ""
        if visit.received_on:
            return f"received {short_date(visit.received_on, self.desk.today())}"
        return "not received yet"

    def _place_words(self, visit: Visit) -> list[str]:
        if not self.shows_places:
            return []
        place, own = self._place(visit)
        return [place or "place not given", f"own room of {own}" if own else ""]

    def _place(self, visit: Visit) -> tuple[str, str]:
        """Where a room is, and whose own, in words."""
        kept = self._places.get(visit.code.casefold())
        return (kept.place, ", ".join(kept.own_room_of)) if kept else ("", "")

    def _read_places(self) -> None:
        """Read the file once for all rows; Refused where it cannot be read."""
        from walk.routine.planning import places

        held = places.read(self.desk).places
        self._places = {one.code.strip().casefold(): one for one in held}

    @property
    def in_hand(self) -> Visit:
        """The marked visit; Refused where another row is marked."""
        _, id_ = self.marked()
        found = next((one for one in self.visits if one.id == id_), None)
        if found is None:
            raise Refused("No classroom is marked.", "Move to one with the arrows.")
        return found

    # Changing

    def change(self, kind: str, id: str) -> None:
        """A classroom in all fields, or one more."""
        if id == "new":
            self._add(1)
        else:
            self._ask_visit(self.in_hand)

    def _ask_visit(self, visit: Visit) -> None:
        recorded = visit.mode == "recorded"

        def save(values: Values) -> None:
            rooms.describe(
                self.desk,
                visit,
                windows=values[0],
                grade_band=values[1],
                subject_band=values[2],
                received_on=values[3] if recorded else None,
                inquiry=values[-1],
            )

        self.ask(f"visit {visit.id}", visit.code, visit_asks(visit, self.desk.today()), save)

    def _add(self, count: int) -> None:
        self._show_new(rooms.add(self.desk, count))

    def _show_new(self, new: Sequence[Visit]) -> None:
        self.reload(f"visit {new[0].id}")
        words = new[0].code if len(new) == 1 else f"{new[0].code} to {new[-1].code}"
        self.say_saved(f"{words} added")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key that withdraws says on a withdrawn visit that it brings it back."""
        if action == "withdraw" and self.is_mounted:
            _, id_ = self.marked()
            return any(one.id == id_ and one.withdrawn for one in self.visits) is parameters[0]
        return super().check_action(action, parameters)

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    def _told(self, act: Callable[[Visit], str]) -> None:
        """Do something to the marked visit and tell it."""
        with self.told():
            words = act(self.in_hand)
            self.reload()
            self.say_saved(words)

    def action_add(self) -> None:
        """Add one classroom."""
        with self.told():
            if self.desk.walk:
                self._add(1)

    def action_several(self) -> None:
        """Add several classrooms at once."""
        with self.told():
            most = prepare.VISITS_MOST - prepare.rooms(self.desk).every
            added: list[Visit] = []

            def save(values: Values) -> None:
                words = values[0].casefold().replace("add", "").strip()
                added[:] = rooms.add(self.desk, times.number_of(words, "Classrooms", most, 1))

            ask = Ask("How many more classrooms", "", "such as 5", one_row=True)
            self.ask(
                "several",
                f"More classrooms, as {MODE_WORDS[self.desk.walk.mode]}",
                [ask],
                save,
                saved=lambda: self._show_new(added),
                draft=False,
            )

    def action_mode(self) -> None:
        """Turn the marked visit to the next mode."""

        def turn(visit: Visit) -> str:
            mode = rooms.next_mode(visit.mode)
            rooms.change_mode(self.desk, visit, mode)
            return f"{visit.code}: {MODE_WORDS[mode]}"

        self._told(turn)

    def action_withdraw(self, back: bool) -> None:
        """Drop unsaved words, else withdraw the marked visit or bring it back."""

        def turn(visit: Visit) -> str:
            if back:
                rooms.bring_back(self.desk, visit)
                return f"{visit.code} {BROUGHT}"
            rooms.withdraw(self.desk, visit)
            return f"{visit.code} withdrawn, no reason kept"

        with self.told():
            if not self.drop_unsaved():
                self._told(turn)

    def action_move(self, by: int) -> None:
        """Put the marked visit one place earlier or later."""
        with self.told():
            visit = self.in_hand
            if rooms.move(self.desk, visit, by):
                self.reload()
                self.say_saved(f"{visit.code} moved {'up' if by < 0 else 'down'}")
            else:
                self.say(f"{visit.code} is {'first' if by < 0 else 'last'} already")

    def action_check(self) -> None:
        """Open the checklist of the marked visit."""
        with self.told():
            self.go("checklist", f"{self.in_hand.id} {self.name_in_app}")

    # Where the rooms are: on this laptop alone

    def action_places(self) -> None:
        """Show where the rooms are, or hide it again."""
        with self.told():
            self.shows_places = not self.shows_places
            try:
                self.reload()
            except WalkError:
                self.shows_places = False
                raise
            self.say(PLACES_SHOWN if self.shows_places else PLACES_HIDDEN)

    def action_place(self) -> None:
        """Ask where the marked room is, and whose own it is. Nothing typed here is a draft."""
        with self.told():
            visit = self.in_hand
            self._read_places()
            place, own = self._place(visit)
            asks = [
                Ask("Where it is", place, "such as: second floor, by the library", one_row=True),
                Ask(
                    "Own room of (labels of walkers, with commas); they never enter it",
                    own,
                    "empty where it is no walker's own room",
                    one_row=True,
                ),
            ]

            def save(values: Values) -> None:
                from walk.routine.planning import places

                owners = tuple(one.strip() for one in values[1].split(",") if one.strip())
                before = self._entry(visit.code)
                places.set_place(self.desk, visit.code, values[0], owners)
                self._place_before, self._place_undone = before, None

            def closed(done: bool | None) -> None:
                with self.told():
                    self.shows_places = self.shows_places or bool(done)
                    self.reload()
                    if done:
                        self.say(f"{visit.code}: kept on this laptop alone; p hides places")

            note = "Kept in a file on this laptop alone: in no pack, report or backup."
            open_over(self, AskScreen(f"{visit.code}: the room", asks, save, note=note), closed)

    # A place is no part of the plan, and is taken back all the same

    def say_saved(self, words: str = "") -> None:
        """Tell that the plan is saved; that change is then what u takes back."""
        self._place_before = self._place_undone = None
        super().say_saved(words)

    def action_undo(self) -> None:
        """Take back the last change of the plan, or of a place where that came last."""
        before, self._place_before = self._place_before, None
        if before is None:
            self._place_undone = None
            super().action_undo()
        else:
            self._place_undone = self._put_place(before, "Undone")

    def action_redo(self) -> None:
        """Do again what was undone last."""
        undone, self._place_undone = self._place_undone, None
        if undone is None:
            super().action_redo()
        else:
            self._place_before = self._put_place(undone, "Done again")

    def _entry(self, code: str) -> tuple[str, str, tuple[str, ...]]:
        from walk.routine.planning import places

        held = places.entry_of(self.desk, code)
        return (code, held.place, held.own_room_of) if held else (code, "", ())

    def _put_place(
        self, wanted: tuple[str, str, tuple[str, ...]], words: str
    ) -> tuple[str, str, tuple[str, ...]] | None:
        """Keep these words on a place; what stood there before, or None where that is refused."""
        from walk.routine.planning import places

        found = None
        with self.told():
            held = self._entry(wanted[0])
            places.set_place(self.desk, *wanted)
            found = held
            self.reload()
            self.say(f"{words}: the place of {wanted[0]}")
        return found

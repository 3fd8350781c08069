"""Who in lines: who writes on this laptop, which several may share."""

from __future__ import annotations

from collections.abc import Sequence

from walk.plain.room import Room, Word
from walk.routine.planning import prepare

NOT_SHOWN = "What another walker wrote is not shown."


class WhoRoom(Room):
    """Choose a walker; what another walker wrote is not shown. `at` is where to go on."""

    name = "who"
    title = "Who"
    about = (
        f"Choose who is writing on this laptop now. {NOT_SHOWN} new, with a label of their own "
        "choice, adds somebody: initials or a word; no name is needed."
    )

    def open(self) -> None:
        """Ask, then go on."""
        walkers = self.desk.walkers()
        rows = [f"{one.label}, {', '.join(one.roles) or 'walker'}" for one in walkers]
        self.say(f"Writing: {self.desk.label or 'nobody yet'}.", NOT_SHOWN)
        self.say(*(f"{place}. {row}" for place, row in enumerate(rows, 1)))
        labels = {str(place): one.label for place, one in enumerate(walkers, 1)}
        while (
            said := self.ask("Who writes, number or label, or new LABEL", self.about)
        ) is not None:
            first, _, rest = said.partition(" ")
            with self.told():
                if first.casefold() == "new" and rest.strip():
                    self._become(prepare.add_walker(self.desk, rest.strip()).id)
                    break
                wanted = labels.get(said, said).casefold()
                found = [one for one in walkers if one.label.casefold() == wanted]
                if found:
                    self._become(found[0].id)
                    break
                self.not_known(said)
        room, _, at = self.at.partition(" ")
        if self.desk.me and room in ("visit", "write", "hall"):
            self.go(room, at)
        self.go("home")

    def words(self) -> Sequence[Word]:
        """Nothing but the list."""
        return ()

    def _become(self, walker: str) -> None:
        if self.desk.own_walker():
            self.desk.write_as(walker)
        else:
            self.desk.become(walker)
        self.say(f"Writing: {self.desk.label}.")

"""What does not fit what was agreed: its rows, and a page that says it as soon as it is so."""

from __future__ import annotations

from collections.abc import Iterable

from walk.routine.planning import ready
from walk.routine.planning.ready import Concern
from walk.screens.planning.plan_list import PlanListScreen
from walk.widgets.choice_list import Choice, heading

LOOK_AGAIN = "Look at this again; nothing of it stops a walk"


def look_again(concerns: Iterable[Concern]) -> list[Choice]:
    """What does not fit what was agreed, under a heading of its own; nothing where all fits."""
    told = [
        Choice(f"again{place} {one.at}", one.words, label="!") for place, one in enumerate(concerns)
    ]
    return [heading(LOOK_AGAIN), *told] if told else []


class ConcernedScreen(PlanListScreen):
    """A page of the plan. What a change makes unfit is said with the word that it is saved."""

    concerns: tuple[Concern, ...] | None = None
    """What does not fit, as it was read last; None before that."""
    arisen = ""
    """What came to it since the reading before: the row may lie out of view."""

    def read_concerns(self) -> tuple[Concern, ...]:
        """Read what does not fit; called once a reading of the page."""
        found = ready.concerns(self.desk)
        known = found if self.concerns is None else self.concerns
        self.arisen = " · ".join(one.words for one in found if one not in known)
        self.concerns = found
        return found

    def say_saved(self, words: str = "") -> None:
        """Tell that it is saved, or rather what does not fit since."""
        super().say_saved(self.arisen or words)

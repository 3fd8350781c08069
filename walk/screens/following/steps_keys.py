"""The keys of next steps, those that are wanted most first."""

from __future__ import annotations

from textual.binding import Binding

from walk.screens.team import LAST_KEYS, STEP_KEYS

KEYS: tuple[Binding, ...] = (
    Binding("n", "add", "new", id="steps.new", tooltip="A new next step"),
    STEP_KEYS[0],
    Binding(
        "p",
        "agree",
        "proposed or agreed",
        id="steps.agree",
        tooltip="Not the hosts' step, proposed to them, agreed with them: turns through these",
    ),
    Binding(
        "t",
        "test",
        "test",
        id="steps.test",
        tooltip="The step in hand in full: what to look for, small test, measure by date",
    ),
    Binding(
        "d",
        "finish",
        "done",
        id="steps.done",
        tooltip="Closed, with what was learned; on a closed step: open again",
    ),
    Binding(
        "m",
        "missing",
        "missing",
        id="steps.missing",
        tooltip="What the plan lacks until it is there or waived; again: the steps",
    ),
    Binding(
        "space",
        "waive",
        "do without",
        id="steps.waive",
        tooltip="Do without it, for a reason; once more: it is wanted after all",
    ),
    Binding(
        "delete,backspace",
        "withdraw",
        "take back",
        id="steps.withdraw",
        show=False,
        tooltip="Take the step back",
    ),
    Binding(
        "space",
        "choose",
        "for the staff",
        id="steps.choose",
        tooltip="The staff summary holds this wondering, or no longer",
    ),
    Binding(
        "w",
        "wonderings",
        "wonderings",
        id="steps.wonderings",
        tooltip="The wonderings, to choose some for the staff; again: the steps",
    ),
    Binding(
        "c",
        "close_walk",
        "close",
        id="steps.close",
        tooltip="Close the walk; on a closed one: change next look and contact",
    ),
    Binding(
        "o",
        "call_off",
        "call off",
        id="steps.call_off",
        show=False,
        tooltip="The walk did not take place",
    ),
    Binding("r", "reopen", "open again", id="steps.reopen", tooltip="Open a closed walk again"),
    Binding(
        "e",
        "earlier",
        "earlier",
        id="steps.earlier",
        tooltip="Open next steps of earlier walks of this host school",
    ),
    Binding(
        "y",
        "go('cycle')",
        "cycle",
        id="steps.cycle",
        tooltip="Walks, steps and measures of your inquiry cycle, by date",
    ),
    *STEP_KEYS[1:],
    *LAST_KEYS,
)

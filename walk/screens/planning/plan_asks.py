"""The fields that ask for parts of a plan; the wizard and Prepare ask alike."""

from __future__ import annotations

from walk.screens.ask import Ask, Points

LEARNING_NOTE = (
    "What the teachers studied before the walk. A walk can start without it; the summary then "
    "prints that none was named, and why."
)


def statement_ask(words: str) -> Ask:
    """The focus in one line."""
    return Ask("The focus, in one line", words, hint="such as: Reasons and sources in discussion")


def inquiry_ask(words: str) -> Ask:
    """The inquiry, with advice on its form while it is typed."""
    hint = "In what ways am I … so that students …?"
    return Ask("The teachers' own question", words, hint=hint, advise=_on_inquiry)


def _on_inquiry(words: str) -> Points:
    from walk.language.inquiry import inquiry_advice  # its rules would slow the start

    # Only its beginning is looked at: an inquiry is a sentence or two.
    return [(one.ok, one.point, one.words) for one in inquiry_advice(words[:2000])]


def learning_asks(learning: str, reason: str) -> list[Ask]:
    """What was studied, or why nothing is named."""
    return [
        Ask("What was studied, and when", learning, hint="such as: talk moves, in September"),
        Ask("Or: why none is named (this is printed)", reason, hint="may stay empty"),
    ]


def confirmation_asks(how: str, on: str, how_many: str) -> list[Ask]:
    """How, when and how many."""
    return [
        Ask("How was it done?", how, hint="such as: agreed in the team meeting"),
        Ask("When (a date)", on, one_row=True),
        Ask("How many teachers (may stay empty)", how_many, one_row=True),
    ]

"""How the planner says times and lists to a lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from walk.rotation.problem import DAY, Span

_LISTED = 8
"""Names that are written out; of more, the rest is counted."""


def clock(minute: int) -> str:
    """A time of day, such as 09:05; after midnight it says so."""
    days, rest = divmod(minute, DAY)
    later = "" if not days else " the next day" if days == 1 else f" {days} days later"
    return f"{rest // 60:02}:{rest % 60:02}{later}"


def spans(found: Iterable[Span]) -> str:
    """Spans of time, such as 08:50–09:00 and 10:00–10:20."""
    return listed([f"{clock(begin)}–{clock(end)}" for begin, end in found])


def listed(names: Sequence[str]) -> str:
    """Names in one phrase: V1, V2 and V3; a long list ends with a count."""
    if len(names) > _LISTED:
        names = [*names[: _LISTED - 1], f"{len(names) - _LISTED + 1} more"]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 stop, 2 stops."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def teams(labels: Sequence[str]) -> str:
    """Teams by label: Team A; Teams A and B."""
    return f"Team{'s' if len(labels) != 1 else ''} {listed(labels)}"


def slots(numbers: Sequence[int]) -> str:
    """Slots by number: slot 2; slots 1, 2 and 4."""
    return f"slot{'s' if len(numbers) != 1 else ''} {listed([str(each) for each in numbers])}"

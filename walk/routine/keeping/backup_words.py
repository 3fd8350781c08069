"""What is told of backups: what one holds, what would go or come back, when it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from walk.clock import Moment, day_words, short_day
from walk.routine import zone
from walk.storage.aside import Saved
from walk.storage.copies import Holding
from walk.text import headline, one_line


def notes_in(holding: Holding | None, walk: str) -> int:
    """How many notes of a walk are shown there."""
    return _notes(holding.shown.get(walk, {})) if holding else 0


def _notes(shown: Mapping[bytes, tuple[str, bytes]]) -> int:
    return sum(kind == "note" for kind, _ in shown.values())


def changes(now: Holding | None, then: Holding | None) -> list[str]:
    """What a backup holds, walk by walk, and what of the store as it is would go or come back."""
    lines: list[str] = []
    if then is None:
        return lines
    nothing: Mapping[bytes, tuple[str, bytes]] = {}
    for walk, about in then.walks.items():
        before = now.shown.get(walk, nothing) if now else nothing
        lines.append(about_walk(about, then.shown.get(walk, nothing)))
        if now:
            lines.append(f"  {_difference(before, then.shown.get(walk, nothing))}")
    for walk, about in now.walks.items() if now else ():
        if now and walk not in then.walks:
            lines.append(f"{about_walk(about, now.shown.get(walk, nothing))}")
            lines.append("  not in this backup: all of it would go")
    if then.drafts:
        lines.append(f"{_count(then.drafts, 'text')} not saved yet")
    return lines or ["Nothing: no walk is in it."]


def about_walk(about: tuple[str, str], shown: Mapping[bytes, tuple[str, bytes]]) -> str:
    """A walk on one line: date, title and how many notes."""
    day, title = about
    named = one_line(headline(title), 40) or "no title"
    return f"{_date_words(day)}  {named}  {_count(_notes(shown), 'note')}"


def _difference(
    now: Mapping[bytes, tuple[str, bytes]], then: Mapping[bytes, tuple[str, bytes]]
) -> str:
    goes = _by_kind(now[one][0] for one in now.keys() - then.keys())
    comes = _by_kind(then[one][0] for one in then.keys() - now.keys())
    other = _by_kind(now[one][0] for one in now.keys() & then.keys() if now[one] != then[one])
    parts = [
        *([f"{goes} would go"] if goes else []),
        *([f"{comes} would come back"] if comes else []),
        *([f"{other} would read as then"] if other else []),
    ]
    return "; ".join(parts) or "as it is now"


def _by_kind(kinds: Iterable[str]) -> str:
    every_ = list(kinds)
    notes = sum(kind == "note" for kind in every_)
    rest = len(every_) - notes
    parts = [_count(notes, "note")] * bool(notes)
    if rest:
        parts.append(_count(rest, "other entry", "other entries"))
    return " and ".join(parts)


def saved_words(saved: Saved, after_backup: bool) -> list[str]:
    """What was saved from a damaged store, in words."""
    rest = saved.entries - saved.notes
    parts = [_count(saved.notes, "note")] * bool(saved.notes)
    if not parts and rest:
        parts = [_count(rest, "entry", "entries")]
    if saved.drafts:
        parts.append(f"{_count(saved.drafts, 'text')} not saved yet")
    if not parts:
        return []
    made = " made after the backup" if after_backup else ""
    were = "was" if parts == ["1 note"] else "were"
    return [f"{' and '.join(parts)}{made} {were} saved from the damaged store."]


def when(at: int, now: Moment) -> str:
    """A moment (UTC milliseconds) as people say it: "today 10:12", "Mon 23 Nov 10:12"."""
    local = zone.local(at, "")
    time = f"{local.hour:02}:{local.minute:02}"
    if local.date() == now.local_date:
        return f"today {time}"
    if local.date() == now.local_date - timedelta(days=1):
        return f"yesterday {time}"
    year = "" if local.year == now.local_date.year else f" {local.year}"
    return f"{day_words(local.date())}{year} {time}"


def size_words(size: int) -> str:
    """Bytes as people say them: "240 kB", "1.2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def day_of(at: int) -> date:
    """The local day of a moment (UTC milliseconds)."""
    return zone.local(at, "").date()


def _date_words(iso: str) -> str:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return "no date"
    return f"{short_day(day)} {day.year}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"

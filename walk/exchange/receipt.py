"""A receipt: what a collect reports, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from walk.text import one_line

_NAME_WIDTH = 60


@dataclass(frozen=True, slots=True)
class PackReceipt:
    """What one pack brought. Counts of entries (revisions); `conflicts` and such of records."""

    file: str
    """The file's name, without its folder."""
    walker: str = ""
    """The label of who shared it, or nothing."""
    added: int = 0
    already_here: int = 0
    conflicts: int = 0
    """Records that are told in two ways since."""
    refused: str = ""
    """Why nothing of it was taken in; empty when it was."""
    withdrawn: int = 0
    """Records that are withdrawn since."""
    unread: int = 0
    """Records of a newer walk: kept, but not shown here."""

    def as_json(self) -> dict[str, Any]:
        """The fields by name, as another program reads them."""
        return asdict(self)

    def in_words(self) -> list[str]:
        """A line for the pack, and one for each thing to know of it."""
        name = one_line(self.file, _NAME_WIDTH)
        if self.refused:
            return [f"{name}: not taken in.", f"  {one_line(self.refused)}"]
        walker = f" ({one_line(self.walker, _NAME_WIDTH)})" if self.walker.strip() else ""
        new = counted(self.added, "new entry", "new entries") if self.added else "nothing new"
        here = f", {self.already_here} here already" if self.already_here else ""
        return [f"{name}{walker}: {new}{here}.", *(f"  {line}" for line in self._to_know())]

    def _to_know(self) -> list[str]:
        lines = []
        if self.conflicts:
            told = counted(self.conflicts, "record is", "records are")
            lines.append(f"{told} told in two ways; both are kept, for you to settle.")
        if self.withdrawn:
            gone = counted(self.withdrawn, "record was", "records were")
            lines.append(f"{gone} withdrawn.")
        if self.unread:
            kept = counted(self.unread, "record comes", "records come")
            lines.append(f"{kept} from a newer walk: kept and passed on, not shown here.")
        return lines


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one collect brought, pack by pack, and what is still missing."""

    packs: tuple[PackReceipt, ...]
    missing_walkers: tuple[str, ...] = ()
    """Labels of walkers of whom no note is here yet."""
    missing_numbers: tuple[str, ...] = ()
    """Runs of entries that must exist and are not here, in words: "Ana's laptop: 41 to 43"."""

    def as_json(self) -> dict[str, Any]:
        """The receipt in the shape of `walk collect --json`: extended at times, never changed."""
        return {
            "packs": [pack.as_json() for pack in self.packs],
            "missing_walkers": list(self.missing_walkers),
            "missing_numbers": list(self.missing_numbers),
        }

    def in_words(self) -> list[str]:
        """The receipt as plain lines for a terminal; nothing in them can act on it."""
        lines = [line for pack in self.packs for line in pack.in_words()]
        if not self.packs:
            lines.append("No packs were found.")
        return lines + self.missing_in_words()

    def missing_in_words(self) -> list[str]:
        """What is still missing, as plain lines."""
        lines = []
        if self.missing_walkers:
            labels = ", ".join(one_line(label, _NAME_WIDTH) for label in self.missing_walkers)
            lines.append(f"Nothing yet from: {labels}.")
        lines += [f"Not here yet: {one_line(run)}" for run in self.missing_numbers]
        return lines


def counted(number: int, one: str, more: str) -> str:
    """The number with the words for one or for more: "1 record", "2 records"."""
    return f"{number} {one if number == 1 else more}"

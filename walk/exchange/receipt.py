"""A receipt: what a collect reports, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

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
    forgotten: int = 0
    """Entries that were erased or purged here, and so stayed out."""
    same_as: str = ""
    """The file whose copy it is; it was not read twice."""
    own_walk: str = ""
    """The title of a walk that came with it and was not on this laptop before."""
    copies: int = 0
    """Entries from laptops of which one is a copy of another."""
    kind: str = ""
    """What it is: "plan", "share" or "archive"; nothing where that is not known."""
    focus_before: str = ""
    """The confirmed focus, where it reads otherwise since."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """From its fields by name; those not known here are passed over."""
        kinds: dict[str, type] = {one.name: int for one in fields(cls) if one.default == 0}
        kinds |= {one.name: str for one in fields(cls) if one.name not in kinds}
        read: dict[str, Any] = {
            name: found for name, found in said.items() if type(found) is kinds.get(name)
        }
        return cls(**read)

    def as_json(self) -> dict[str, Any]:
        """The fields by name, as another program reads them."""
        return {name: getattr(self, name) for name in _FIELDS}

    def in_words(self) -> list[str]:
        """A line for the pack, and one for each thing to know of it."""
        name = one_line(self.file, _NAME_WIDTH)
        if self.refused:
            return [f"{name}: not taken in.", f"  {one_line(self.refused)}"]
        if self.same_as:
            return [f"{name}: the same file as {one_line(self.same_as, _NAME_WIDTH)}."]
        walker = f" ({one_line(self.walker, _NAME_WIDTH)})" if self.walker.strip() else ""
        return [f"{name}{walker}: {self.came()}.", *(f"  {line}" for line in self.to_know())]

    def came(self) -> str:
        """What came of a pack that was taken in: "12 new entries, 3 here already"."""
        new = counted(self.added, "new entry", "new entries") if self.added else "nothing new"
        return f"{new}, {self.already_here:,} here already" if self.already_here else new

    def to_know(self) -> list[str]:
        """What else there is to know of a pack that came in, a line each."""
        lines = []
        if self.own_walk:
            title = one_line(self.own_walk, _NAME_WIDTH)
            lines.append(f"It came with a walk of its own: “{title}”; Home lists it.")
        if self.focus_before:
            before = one_line(self.focus_before)
            lines.append(f"The confirmed focus reads otherwise now. Before: “{before}”")
        if self.conflicts:
            told = counted(self.conflicts, "record is", "records are")
            lines.append(f"{told} told in two ways; both are kept, for you to settle.")
        if self.withdrawn:
            gone = counted(self.withdrawn, "record was", "records were")
            lines.append(f"{gone} withdrawn.")
        if self.unread:
            kept = counted(self.unread, "record comes", "records come")
            lines.append(f"{kept} from a newer walk: kept and passed on, not shown here.")
        if self.copies:
            alike = counted(self.copies, "entry bears", "entries bear")
            lines.append(
                f"{alike} numbers of others: a laptop is the copy of another. All is kept."
            )
        if self.forgotten:
            out = counted(self.forgotten, "entry was", "entries were")
            lines.append(f"{out} erased or purged here before, and stayed out.")
        return lines


_FIELDS = tuple(one.name for one in fields(PackReceipt))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one collect brought, pack by pack, and what is still missing."""

    packs: tuple[PackReceipt, ...]
    missing_walkers: tuple[str, ...] = ()
    """Labels of walkers of whom no note is here yet."""
    missing_numbers: tuple[str, ...] = ()
    """What must exist and is not here, in words: "Ana's laptop has 3 more entries …"."""
    walkers_in: tuple[str, ...] = ()
    """Labels of walkers of whom something is here."""
    requests: tuple[str, ...] = ()
    """Requests to erase or purge that wait for a word here, in words."""
    to_know: tuple[str, ...] = ()
    """What else there is to know, such as a laptop that is the copy of another."""
    walk: str = ""
    """The id of the walk that it tells of."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """From the shape of `as_json`; what cannot be read of it is passed over."""

        def words(name: str) -> tuple[str, ...]:
            found = said.get(name)
            return tuple(map(str, found)) if isinstance(found, list) else ()

        packs = said.get("packs")
        return cls(
            packs=tuple(
                PackReceipt.of(one)
                for one in (packs if isinstance(packs, list) else ())
                if isinstance(one, dict) and type(one.get("file")) is str
            ),
            missing_walkers=words("missing_walkers"),
            missing_numbers=words("missing_numbers"),
            walkers_in=words("walkers_in"),
            requests=words("requests"),
            to_know=words("to_know"),
            walk=str(said.get("walk", "")),
        )

    def as_json(self) -> dict[str, Any]:
        """The receipt in the shape of `walk collect --json`: extended at times, never changed."""
        return {
            "packs": [pack.as_json() for pack in self.packs],
            "missing_walkers": list(self.missing_walkers),
            "missing_numbers": list(self.missing_numbers),
            "walkers_in": list(self.walkers_in),
            "requests": list(self.requests),
            "to_know": list(self.to_know),
            "walk": self.walk,
        }

    def total(self, count: str) -> int:
        """A count of all packs together: "added", "already_here", "conflicts" …"""
        return sum(int(getattr(pack, count)) for pack in self.packs)

    def in_words(self) -> list[str]:
        """The receipt as plain lines for a terminal; nothing in them can act on it."""
        lines = [line for pack in self.packs for line in pack.in_words()]
        if not self.packs:
            lines.append("No packs were found.")
        return lines + self.missing_in_words()

    def missing_in_words(self) -> list[str]:
        """What is still missing, as plain lines."""
        lines = []
        if self.walkers_in:
            labels = ", ".join(one_line(label, _NAME_WIDTH) for label in self.walkers_in)
            lines.append(f"Here from: {labels}.")
        if self.missing_walkers:
            labels = ", ".join(one_line(label, _NAME_WIDTH) for label in self.missing_walkers)
            lines.append(f"Nothing yet from: {labels}.")
        lines += [f"Not here yet: {one_line(run)}" for run in self.missing_numbers]
        return lines + [one_line(said) for said in (*self.requests, *self.to_know)]


def counted(number: int, one: str, more: str) -> str:
    """The number with the words for one or for more: "1 record", "2 records"."""
    return f"{number:,} {one if number == 1 else more}"

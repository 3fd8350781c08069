"""A revision: one immutable entry of the journal, named by the hash of all it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

Scope = Literal["private", "team"]

ENVELOPE = "walk revision 1"
"""First line of what is hashed: names the rule, so that a later rule can never collide."""


MOST_GENERATIONS = 2**31
"""No generation is greater, so that one that a stranger made up cannot spoil our own packs."""


def next_generation(parents: Iterable[int]) -> int:
    """1 + the greatest generation of what is replaced.

    At the limit it stays there: what replaces what is said by the parents, and generations only
    rank heads that know nothing of each other.
    """
    return min(1 + max(parents, default=0), MOST_GENERATIONS)


def envelope(
    walk: str,
    record: str,
    kind: str,
    schema: int | str,
    generation: int | str,
    parents: str,
    author: str,
    device: str,
    number: int | str,
    made_at: str,
    zone: int | str,
    scope: str,
    *,
    deleted: bool,
) -> str:
    """What is hashed before the body; ids are hex, parents have a space between them."""
    return (
        f"{ENVELOPE}\n{walk}\n{record}\n{kind}\n{schema}\n{generation}\n{parents}\n{author}\n"
        f"{device}\n{number}\n{made_at}\n{zone}\n{scope}\n{'1' if deleted else '0'}"
    )


class Revision(NamedTuple):
    """One saved change of one record. Ids are bytes; times are UTC milliseconds since 1970.

    A NamedTuple, as hundreds of thousands of them are made at once.
    """

    walk: bytes
    """The walk it belongs to, 16 bytes."""
    record: bytes
    """The record it changes, 16 bytes."""
    kind: str
    """The record's noun: note, form, visit … An unknown one is kept and passed on."""
    schema: int
    """The version of the noun's fields that wrote the body."""
    generation: int
    """1 + the greatest generation of its parents: order that needs no clock."""
    parents: tuple[bytes, ...]
    """The revisions it replaces, sorted; some may be missing here (private ones stay home)."""
    author: bytes
    """The walker whose words these are, 16 bytes, or empty."""
    device: bytes
    """The laptop that wrote it, 16 random bytes."""
    number: int | None
    """The published number, counted per device and walk without gaps; None while private."""
    made_at: int
    """When it was written, by that laptop's clock."""
    zone: int
    """That laptop's offset from UTC in minutes."""
    scope: Scope
    """private stays on this laptop; team travels."""
    deleted: bool
    """True when the record is withdrawn; the body is then empty."""
    body: str
    """The record's fields as JSON text, never re-written."""

    def envelope(self) -> str:
        """The fields that are hashed, one a line, in a fixed order.

        ValueError for a kind of more than one line, which could be read as other fields.
        """
        if "\n" in self.kind:
            raise ValueError("a kind is one word")
        return envelope(
            self.walk.hex(),
            self.record.hex(),
            self.kind,
            self.schema,
            self.generation,
            " ".join([parent.hex() for parent in self.parents]),
            self.author.hex(),
            self.device.hex(),
            "" if self.number is None else self.number,
            utc_text(self.made_at),
            self.zone,
            self.scope,
            deleted=self.deleted,
        )

    def rev_id(self) -> bytes:
        """The sha-256 over the envelope, a line end and the exact body; 32 bytes."""
        return hashlib.sha256(f"{self.envelope()}\n{self.body}".encode()).digest()


class Envelopes:
    """The rev_ids of revisions that differ in their record and their body alone."""

    def __init__(self, like: Revision) -> None:
        """`like` is one of them, whatever its record and its body are."""
        lines = like.envelope().split("\n")
        self._before = "\n".join(lines[:2]).encode() + b"\n"
        self._after = "\n".join(["", *lines[3:], ""]).encode()

    def rev_id(self, record: bytes, body: str) -> bytes:
        """What `Revision.rev_id` gives for that record and body."""
        said = b"".join((self._before, record.hex().encode(), self._after, body.encode()))
        return hashlib.sha256(said).digest()


class Placed(NamedTuple):
    """What heads are found from: a revision's id, its parents and how it ranks.

    And where it lies in a store, for whoever reads it from there.
    """

    rev_id: bytes
    parents: tuple[bytes, ...]
    generation: int
    made_at: int
    team: bool
    deleted: bool
    body: str
    seq: int = 0
    """The order of its arrival there."""
    record: int = 0
    walk: int = 0
    """The numbers that stand there for its record and its walk."""
    kind: str = ""
    schema: int = 1

    @property
    def says(self) -> tuple[bool, str]:
        """Whether the record is withdrawn, and else its wording."""
        return (self.deleted, self.body)

    def rank(self) -> tuple[bool, int, int, bytes]:
        """The greatest rank is displayed; no clock decides before the generations do."""
        return (not self.deleted, self.generation, self.made_at, self.rev_id)


def heads(revisions: Iterable[Placed], *, team_only: bool = False) -> list[Placed]:
    """The revisions that no other present one replaces, the displayed one first.

    With `team_only` both heads and replacing are looked for among team revisions alone, so a
    private step in between never makes a false conflict.
    """
    present = [rev for rev in revisions if rev.team or not team_only]
    replaced = {parent for rev in present for parent in rev.parents}
    found = [rev for rev in present if rev.rev_id not in replaced]
    # Of nearly all records there is one, and this is asked of each that a pack brings.
    return sorted(found, key=Placed.rank, reverse=True) if len(found) > 1 else found


def alike(found: list[Placed]) -> list[list[Placed]]:
    """Heads grouped by what they say, in their order: the displayed one's group first."""
    groups: dict[tuple[bool, str], list[Placed]] = {}
    for head in found:
        groups.setdefault(head.says, []).append(head)
    return list(groups.values())


def unpublished(revisions: Iterable[Placed]) -> list[list[Placed]]:
    """For each wording that only this laptop has: the revisions its published form replaces.

    They are the heads that say it and the latest team revisions these descend from, as
    colleagues never see the private steps in between. The first of them is private.
    """
    every = list(revisions)
    if all(rev.team for rev in every):
        return []  # at once, as this is asked of every record that a pack brings
    found = []
    for group in alike(heads(every)):
        private = [head for head in group if not head.team]
        if not private:
            continue
        line = ancestors([head.rev_id for head in group], every)
        latest = heads([rev for rev in every if rev.rev_id in line], team_only=True)
        never_shared = not latest and group[0].deleted
        unchanged = {rev.says for rev in latest} == {group[0].says}
        if not never_shared and not unchanged:
            found.append(list(dict.fromkeys([*private, *group, *latest])))
    return found


def in_conflict(found: Sequence[Placed]) -> bool:
    """True when heads say different things; equal bodies made twice are no conflict."""
    return len(found) > 1 and len({head.says for head in found}) > 1


def ancestors(start: Iterable[bytes], revisions: Iterable[Placed]) -> set[bytes]:
    """The ids of `start` and all that they descend from, as far as it is present."""
    by_id = {rev.rev_id: rev for rev in revisions}
    seen: set[bytes] = set()
    todo = list(start)
    while todo:
        rev_id = todo.pop()
        if rev_id in seen or rev_id not in by_id:
            continue
        seen.add(rev_id)
        todo.extend(by_id[rev_id].parents)
    return seen


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(256)  # what is written at once bears one time
def utc_text(at_ms: int) -> str:
    """UTC milliseconds as 2025-10-14T09:22:01.250Z, the form that is hashed and exchanged."""
    moment = _EPOCH + timedelta(milliseconds=at_ms)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at_ms % 1000:03d}Z"


def utc_ms(text: str) -> int:
    """The inverse of `utc_text`; ValueError for any other form."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    at_ms = (moment - _EPOCH) // timedelta(milliseconds=1)
    if utc_text(at_ms) != text:
        raise ValueError(f"not a time of a revision: {text!r}")
    return at_ms

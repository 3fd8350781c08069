"""The rules of the journal said a second time, as plainly as can be, to hold the store against.

Nothing of walk is imported here on purpose: a mistake in the model cannot repeat itself.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any

Said = tuple[bool, str]
"""What a revision says: whether the record is withdrawn, and its body."""


@dataclass(frozen=True)
class Rev:
    """One row of the journal."""

    seq: int
    rev_id: bytes
    walk: bytes
    record: bytes
    kind: str
    generation: int
    parents: frozenset[bytes]
    author: bytes
    device: bytes
    number: int | None
    made_at: int
    team: bool
    deleted: bool
    body: str
    local: bool

    @property
    def says(self) -> Said:
        return (self.deleted, self.body)

    def beats(self, other: Rev) -> bool:
        """Whether this one is displayed rather than the other."""
        if self.deleted != other.deleted:
            return not self.deleted
        if self.generation != other.generation:
            return self.generation > other.generation
        if self.made_at != other.made_at:
            return self.made_at > other.made_at
        return self.rev_id > other.rev_id


def journal(look: sqlite3.Connection) -> list[Rev]:
    """Every row, in order of arrival."""
    return [
        Rev(
            seq=row[0],
            rev_id=row[1],
            walk=row[2],
            record=row[3],
            kind=row[4],
            generation=row[5],
            parents=frozenset(row[6][at : at + 32] for at in range(0, len(row[6]), 32)),
            author=row[7],
            device=row[8],
            number=row[9],
            made_at=row[10],
            team=bool(row[11]),
            deleted=bool(row[12]),
            body=row[13],
            local=row[14] is not None,
        )
        for row in look.execute(
            "SELECT seq, rev_id, walk, record, kind, generation, parents, author, device, number, "
            "made_at, team, deleted, body, act FROM revision ORDER BY seq"
        )
    ]


def by_record(revs: list[Rev]) -> dict[bytes, list[Rev]]:
    """The journal, record by record."""
    found: dict[bytes, list[Rev]] = {}
    for rev in revs:
        found.setdefault(rev.record, []).append(rev)
    return found


def heads(revs: list[Rev]) -> list[Rev]:
    """Those that no other one here replaces."""
    return [one for one in revs if not any(one.rev_id in other.parents for other in revs)]


def team_heads(revs: list[Rev]) -> list[Rev]:
    """The same, as someone sees it who knows the team's revisions only."""
    return heads([one for one in revs if one.team])


def greatest(found: list[Rev]) -> Rev | None:
    """The one that is displayed."""
    return next(
        (one for one in found if all(one is other or one.beats(other) for other in found)), None
    )


def shown(revs: list[Rev]) -> dict[bytes, Said]:
    """What is displayed for every record."""
    found = {}
    for record, mine in by_record(revs).items():
        best = greatest(heads(mine))
        assert best is not None
        found[record] = best.says
    return found


def tables(revs: list[Rev]) -> list[tuple[Any, ...]]:
    """What the tables have to say, in the order of `Store.snapshot`, without `unshared`."""
    states: list[tuple[Any, ...]] = []
    notes: list[tuple[Any, ...]] = []
    for record, mine in sorted(by_record(revs).items()):
        found = heads(mine)
        best, team = greatest(found), greatest(team_heads(mine))
        assert best is not None
        states.append(
            (
                record,
                best.walk,
                best.kind,
                _parent(best, mine),
                best.rev_id,
                best.deleted,
                len({head.says for head in found}) > 1,
                team.rev_id if team else None,
                bool(team and team.deleted),
                best.kind not in ("walk", "walker", "note", "theme", "placing")
                and not best.deleted,
            )
        )
        pooled = team or best
        if pooled.kind == "note" and not pooled.deleted:
            said = json.loads(pooled.body)
            wondering = said.get("note_kind") == "wondering"
            visit, look_for = bytes.fromhex(said["visit"]), bytes.fromhex(said.get("look_for", ""))
            notes.append((record, best.walk, visit, look_for, wondering))
    return [*states, *notes]


def _parent(best: Rev, mine: list[Rev]) -> bytes:
    if best.deleted:
        worded = [rev for rev in mine if rev.body]
        found = greatest(worded)
        if found is None:
            return b""
        best = found
    said = json.loads(best.body)
    fields = {"note": ("form", "hall"), "placing": ("theme",)}.get(best.kind, ())
    return next((bytes.fromhex(said[field]) for field in fields if said.get(field)), b"")


def taken_back(
    revs: list[Rev], pack: set[bytes], others: list[set[bytes]]
) -> tuple[set[bytes], set[tuple[str, str]]]:
    """What undoing a pack removes, and the (kind, record) of what stays for a local one's sake.

    `others` are the packs that were not taken back.
    """
    brought = {
        rev.rev_id
        for rev in revs
        if rev.rev_id in pack and not rev.local and not any(rev.rev_id in one for one in others)
    }
    near = {rev.rev_id: _near(rev, revs, brought) for rev in revs}
    needed = set().union(*(_stands_on(rev, revs, near) for rev in revs if rev.local))
    kept = {(rev.kind, rev.record.hex()) for rev in revs if rev.rev_id in brought & needed}
    return brought - needed, kept


def _stands_on(local: Rev, revs: list[Rev], near: dict[bytes, set[bytes]]) -> set[bytes]:
    """All that a local revision reaches among what came before it."""
    earlier = {rev.rev_id for rev in revs if rev.seq < local.seq}
    reached = {local.rev_id}
    while True:
        further = set().union(*(near[rev_id] for rev_id in reached)) & earlier
        if further <= reached:
            return reached
        reached |= further


def _near(one: Rev, revs: list[Rev], brought: set[bytes]) -> set[bytes]:
    """The revisions that one stands on directly."""
    named = set(re.findall("[0-9a-f]{32}", one.body))
    found = {rev.rev_id for rev in revs if rev.record.hex() in named}
    for whole in (one.walk, one.author):
        # Its walk and its author have to be there, in whatever wording.
        here = {rev.rev_id for rev in revs if rev.record == whole}
        if here <= brought:
            found |= here
    return found | one.parents

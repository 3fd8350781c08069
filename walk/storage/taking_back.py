"""Taking back: what packs brought, or an act that was cut off, and nothing else stands on."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from walk.storage import names, search_index, tables
from walk.storage.rows import split_ids


class TakenBack(NamedTuple):
    """What undoing a collect removed, and what stays because something local stands on it."""

    removed: int
    kept: tuple[tuple[str, str], ...]
    """(kind, record id as hex) of each record that stays."""


def take_back(conn: sqlite3.Connection, packs: Sequence[int]) -> TakenBack:
    """Remove what only these packs brought and nothing local stands on.

    A revision stays when another pack that was not taken back holds it, when this laptop wrote
    it, or when a local revision that was written after it came stands on it (see `_Link`).
    """
    for pack in packs:
        conn.execute("UPDATE pack SET status = 'undone' WHERE id = ?", (pack,))
    brought: set[bytes] = set()
    for pack in packs:
        brought |= _brought_only_by(conn, pack)
    links = _links(conn) if brought else {}
    roots = {rev_id for rev_id, link in links.items() if link.act is not None}
    return _remove(conn, links, brought, roots)


def take_back_acts(conn: sqlite3.Connection, acts: Collection[int]) -> TakenBack:
    """Remove the revisions of acts that were cut off, but for those that others stand on.

    An act goes with the last of its revisions; else it can still be undone.
    """
    links = _links(conn)
    mine = {rev_id for rev_id, link in links.items() if link.act in acts}
    back = _remove(conn, links, mine, links.keys() - mine)
    conn.executemany(
        "DELETE FROM act WHERE id = ? AND NOT EXISTS (SELECT 1 FROM rev "
        "WHERE act = act.id AND seq BETWEEN act.first AND act.last)",
        [(act,) for act in acts],
    )
    return back


def _remove(
    conn: sqlite3.Connection, links: dict[bytes, _Link], brought: set[bytes], roots: set[bytes]
) -> TakenBack:
    """Remove the `brought` revisions that none of the roots stands on."""
    held = _stood_on(links, brought, roots)
    gone = brought - held
    conn.executemany("DELETE FROM rev WHERE seq = ?", [(links[rev_id].seq,) for rev_id in gone])
    if gone:
        search_index.empty(conn)
    records = {links[rev_id].record for rev_id in gone}
    tables.refresh(conn, names.known(conn, records).values())
    kept = {(links[rev_id].kind, links[rev_id].record.hex()) for rev_id in held}
    return TakenBack(len(gone), tuple(sorted(kept)))


def _brought_only_by(conn: sqlite3.Connection, pack: int) -> set[bytes]:
    # What this laptop wrote carries an act, and so is never among these.
    rows = conn.execute(
        """SELECT r.rev_id FROM pack_range mine
        JOIN rev r ON r.walk = mine.walk AND r.device = mine.device
            AND r.number BETWEEN mine.first AND mine.last
        WHERE mine.pack = ?1 AND r.clone = 0 AND r.act IS NULL AND NOT EXISTS (
            SELECT 1 FROM pack_range other JOIN pack p ON p.id = other.pack
            WHERE other.pack <> ?1 AND p.status <> 'undone' AND other.walk = r.walk
            AND other.device = r.device AND r.number BETWEEN other.first AND other.last)
        UNION ALL
        SELECT r.rev_id FROM pack_clone mine JOIN rev r ON r.rev_id = mine.rev_id
        WHERE mine.pack = ?1 AND r.clone = 1 AND r.act IS NULL AND NOT EXISTS (
            SELECT 1 FROM pack_clone other JOIN pack p ON p.id = other.pack
            WHERE other.pack <> ?1 AND p.status <> 'undone' AND other.rev_id = r.rev_id)""",
        (pack,),
    )
    return {row[0] for row in rows}


class _Link(NamedTuple):
    """A revision and what it stands on: its parents, and the records it refers to."""

    seq: int
    kind: str
    record: bytes
    act: int | None
    """Of a person here; None for what came by a pack."""
    parents: tuple[bytes, ...]
    refers: frozenset[bytes]
    """Records that its body names."""
    within: tuple[bytes, bytes]
    """Its walk and its author: records that have to be there, in whatever wording."""


_ID = re.compile(r"[0-9a-f]{32}")


def _links(conn: sqlite3.Connection) -> dict[bytes, _Link]:
    links = {}
    for rev_id, seq, kind, record, act, parents, walk, author, body in conn.execute(
        "SELECT rev_id, seq, kind, record, act, parents, walk, author, body FROM revision"
    ):
        refers = frozenset(map(bytes.fromhex, _ID.findall(body)))
        links[rev_id] = _Link(seq, kind, record, act, split_ids(parents), refers, (walk, author))
    return links


def _stood_on(links: dict[bytes, _Link], brought: set[bytes], roots: set[bytes]) -> set[bytes]:
    """Those of the `brought` revisions that one of the roots reaches, at once or by others.

    A root reaches only what came before it: it stood without what came later. So the newest goes
    first, and what it reached needs no second look.
    """
    of_record: dict[bytes, list[bytes]] = defaultdict(list)
    for rev_id, link in links.items():
        of_record[link.record].append(rev_id)
    sole = {record for record, here in of_record.items() if brought.issuperset(here)}
    reached: set[bytes] = set()
    named: set[bytes] = set()
    for root in sorted((links[one] for one in roots), key=lambda link: link.seq, reverse=True):
        todo = [root]
        while todo:
            link = todo.pop()
            # A record is looked at once: many may name one that has many revisions.
            records = (link.refers | sole.intersection(link.within)) - named
            named |= records
            near = [rev_id for record in records for rev_id in of_record.get(record, ())]
            for rev_id in (*link.parents, *near):
                there = links.get(rev_id)
                if there and there.seq < root.seq and rev_id not in reached:
                    reached.add(rev_id)
                    todo.append(there)
    return reached & brought

"""Every wording of a record and where it was written: what conflicts and shared laptops ask for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from walk.model import RECORDS, Record
from walk.model.revision import heads, in_conflict
from walk.storage import names
from walk.storage.database import told
from walk.storage.reading import Reading
from walk.storage.rows import COLUMNS, from_row, placed, placed_all

_NUMBER = "(SELECT id FROM name WHERE key = ?)"
TYPED_FOR = '"typed_by":'
"""In a note's body: another walker than its author typed it. Within words the quotation marks
stand behind a backslash, so that no words are taken for it."""

_FIRST = (
    # With min() the other columns are those of its row. What was said in a hall has no author.
    "SELECT record, author, device, act IS NOT NULL AS here, min(generation), "
    f"instr(body, '{TYPED_FOR}') AS typed FROM rev WHERE walk = {_NUMBER} AND kind = 'note' "
    "AND author > 0 GROUP BY record"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the wordings of a record that nothing replaces."""

    record: Record | None
    """None where it is withdrawn, or where this version cannot read it."""
    kind: str
    body: str
    withdrawn: bool
    author: str
    device: str
    """The laptop that wrote it."""
    at: int
    zone: int
    shared: bool
    """The team has this very wording."""
    here: bool
    """Written on this laptop."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Where a note was first written, as far as it is known here."""

    note: str
    device: str
    here: bool
    """On this laptop, whatever id it had then."""


class Wordings(Reading):
    """Asked of an open store; nothing here writes."""

    def told_as(self, record: str) -> list[Wording]:
        """Every wording that nothing replaces, withdrawn and unread ones too, the displayed first.

        Two laptops may say the same; such wordings stand here each.
        """
        with told(self.path):
            every = placed(self._conn, names.number(self._conn, bytes.fromhex(record)))
            shared = {rev.says for rev in every if rev.team}
            return [self._read_wording(head.seq, head.says in shared) for head in heads(every)]

    def _read_wording(self, seq: int, shared: bool) -> Wording:
        row = self._conn.execute(
            f"SELECT {COLUMNS}, act IS NOT NULL FROM revision WHERE seq = ?", (seq,)
        ).fetchone()
        rev = from_row(row)
        return Wording(
            record=_record(rev.kind, rev.record, rev.walk, rev.body),
            kind=rev.kind,
            body=rev.body,
            withdrawn=rev.deleted,
            author=rev.author.hex(),
            device=rev.device.hex(),
            at=rev.made_at,
            zone=rev.zone,
            shared=shared,
            here=bool(row[-1]),
        )

    def made_on(self, record: str) -> str:
        """The laptop that wrote the earliest revision of a record that is here; or nothing."""
        with told(self.path):
            row = self._conn.execute(
                "SELECT device FROM revision WHERE record = ? ORDER BY generation, seq LIMIT 1",
                (bytes.fromhex(record),),
            ).fetchone()
        return str(row[0].hex()) if row else ""

    def laptops(self, walk: str) -> list[tuple[str, str, bool]]:
        """(walker, laptop, here) for all who wrote notes of forms and typed them themselves."""
        with told(self.path):
            rows = self._conn.execute(
                "SELECT a.key, d.key, here FROM (SELECT DISTINCT author, device, here "
                f"FROM ({_FIRST}) WHERE typed = 0) JOIN name a ON a.id = author "
                "JOIN name d ON d.id = device ORDER BY a.key, d.key",
                (bytes.fromhex(walk),),
            ).fetchall()
        return [(row[0].hex(), row[1].hex(), bool(row[2])) for row in rows]

    def begun(self, walk: str, author: str) -> list[Begun]:
        """Where a walker's notes of forms were first written, without those typed for them."""
        with told(self.path):
            rows = self._conn.execute(
                f"SELECT r.key, d.key, here FROM ({_FIRST}) JOIN name r ON r.id = record "
                f"JOIN name d ON d.id = device WHERE typed = 0 AND author = {_NUMBER}",
                (bytes.fromhex(walk), bytes.fromhex(author)),
            ).fetchall()
        return [Begun(row[0].hex(), row[1].hex(), bool(row[2])) for row in rows]

    def settled_here(self, walk: str, kinds: Collection[str]) -> list[str]:
        """The records of these kinds that the team tells differently and this laptop settled."""
        unshared = self.unshared(walk, kinds)
        with told(self.path):
            known = names.known(self._conn, map(bytes.fromhex, unshared))
            revisions = placed_all(self._conn, known.values())
        found = []
        for record in unshared:
            here = revisions[known[bytes.fromhex(record)]]
            if in_conflict(heads(here, team_only=True)) and not in_conflict(heads(here)):
                found.append(record)
        return found

    def private_counts(self, walk: str, but: Iterable[str]) -> list[tuple[str, str, bool, int]]:
        """Of `note_counts`: the notes on forms of others than `but` that they have not shared.

        A form is somebody's own where its record is here; imported notes have none.
        """
        own: Sequence[bytes] = [b"", *(bytes.fromhex(one) for one in but)]
        with told(self.path):
            rows: list[tuple[Any, ...]] = self._conn.execute(
                "SELECT l.key, v.key, s.wondering, count(*) FROM state s "
                "JOIN rev r ON r.seq = s.shown JOIN name a ON a.id = r.author "
                "JOIN state f ON f.record = s.parent AND f.kind = 'form' AND f.deleted = 0 "
                "JOIN name l ON l.id = s.look_for JOIN name v ON v.id = s.visit "
                f"WHERE s.walk = {_NUMBER} AND s.wondering IS NOT NULL AND s.team IS NULL "
                f"AND s.kind = 'note' AND a.key NOT IN ({names.marks(own)}) "
                "GROUP BY s.look_for, s.wondering, s.visit",
                (bytes.fromhex(walk), *own),
            ).fetchall()
        return [(row[0].hex(), row[1].hex(), bool(row[2]), row[3]) for row in rows]


def _record(kind: str, record: bytes, walk: bytes, body: str) -> Record | None:
    noun = RECORDS.get(kind)
    if noun is None or not body:
        return None
    try:
        return noun.from_body(record, walk, body)
    except (ValueError, RecursionError):
        return None

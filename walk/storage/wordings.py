"""Every wording of a record and where it was written: what conflicts and shared laptops ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from walk.model import RECORDS, Record
from walk.model.revision import heads, in_conflict
from walk.storage import names
from walk.storage.database import damaged, told
from walk.storage.reading import R, Reading
from walk.storage.rows import COLUMNS, Here, from_row, next_seq, placed, placed_all

_NUMBER = "(SELECT id FROM name WHERE key = ?)"
TYPED_FOR = '"typed_by":'
"""In a note's body: another walker than its author typed it. Within words the quotation marks
stand behind a backslash, so that no words are taken for it."""

_OF_OTHERS = (
    "SELECT EXISTS (SELECT 1 FROM pack WHERE walk = ?1) "
    "OR EXISTS (SELECT 1 FROM rev, w WHERE walk = w.id AND number IS NOT NULL AND device < w.own) "
    "OR EXISTS (SELECT 1 FROM rev, w WHERE walk = w.id AND number IS NOT NULL AND device > w.own)"
)
"""Whether a pack of the walk was read, or something of it was published under another id."""

_FIRST = (
    # With min() the other columns are those of its row. What was said in a hall has no author.
    "SELECT rev.record, author, device, act IS NOT NULL AS here, min(generation), "
    f"instr(body, '{TYPED_FOR}') AS typed FROM {{source}} WHERE {{of}}walk = {_NUMBER} "
    "AND {of}kind = 'note' AND author > 0 GROUP BY rev.record"
)
_OF_ALL = _FIRST.format(source="rev", of="rev.")
_OF_MANY = _FIRST.format(source="state AS s CROSS JOIN rev ON rev.record = s.record", of="s.")


_ALL = "rev AS r WHERE r.walk = ? AND r.kind = 'note'"
_MANY = "state AS s CROSS JOIN rev AS r ON r.record = s.record WHERE s.walk = ? AND s.kind = 'note'"
_MET = "SELECT DISTINCT r.author, r.device, r.act IS NOT NULL FROM {notes} AND r.author > 0"
"""All who wrote a wording of a note, and on which laptop."""
_WROTE = "SELECT r.author, r.device, r.act IS NOT NULL, r.seq FROM {notes} AND r.author > 0"
_BEGUN = (
    f"SELECT 1 FROM rev AS r WHERE r.seq = ? AND instr(r.body, '{TYPED_FOR}') = 0 AND NOT EXISTS ("
    "SELECT 1 FROM rev AS b WHERE b.record = r.record AND b.author > 0 "
    "AND (b.generation, b.seq) < (r.generation, r.seq))"
)
"""Whether its author began a note with this entry, and typed it themselves."""


_FEW = 8
"""So many times as long an entry takes that is looked up as one that is read in its turn."""


class Wording(NamedTuple):
    """One of the wordings of a record that nothing replaces."""

    record: Record | None
    """None where it is withdrawn, or where this version cannot read it."""
    kind: str
    body: str
    withdrawn: bool
    author: str
    device: str
    """The laptop that wrote it first, as far as that is known here."""
    at: int
    zone: int
    shared: bool
    """The team has this very wording."""
    here: bool
    """Written on this laptop."""


class Begun(NamedTuple):
    """Where a note was first written, as far as it is known here."""

    note: str
    device: str
    here: bool
    """On this laptop, whatever id it had then."""


class Wordings(Reading):
    """Asked of an open store; nothing here writes."""

    def told_as(self, record: str) -> list[Wording]:
        """Every wording that nothing replaces, withdrawn and unread ones too, the displayed first.

        Two laptops may say the same; such wordings stand here each. The laptop and the time are of
        where a wording came from: an undo of settling says it again, and is not its origin.
        """
        with told(self.path):
            every = placed(self._conn, names.number(self._conn, bytes.fromhex(record)))
            shared = {rev.says for rev in every if rev.team}
            by_id = {rev.rev_id: rev for rev in every}
            return [
                self._read_wording(head.seq, head.says in shared, _origin(head, by_id).seq)
                for head in heads(every)
            ]

    def ever_said(self, noun: type[R], walk: str) -> list[R]:
        """Every wording that the shown records of a kind in a walk have or had, the oldest first.

        What cannot be read is left out.
        """
        with told(self.path):
            rows = self._conn.execute(
                "SELECT n.key, w.key, r.body FROM state AS s CROSS JOIN rev AS r "
                "ON r.record = s.record JOIN name n ON n.id = s.record "
                "JOIN name w ON w.id = s.walk "
                f"WHERE s.walk = {_NUMBER} AND s.kind = ? AND s.deleted = 0 AND r.deleted = 0 "
                "ORDER BY r.seq",
                (bytes.fromhex(walk), noun.kind),
            ).fetchall()
        said = (_record(noun.kind, *row) for row in rows)
        return [one for one in said if isinstance(one, noun)]

    def _read_wording(self, seq: int, shared: bool, origin: int) -> Wording:
        row = self._conn.execute(f"SELECT {COLUMNS} FROM revision WHERE seq = ?", (seq,)).fetchone()
        rev = from_row(row)
        device, at, zone, here = self._conn.execute(
            "SELECT device, made_at, zone, act IS NOT NULL FROM revision WHERE seq = ?", (origin,)
        ).fetchone()
        return Wording(
            record=_record(rev.kind, rev.record, rev.walk, rev.body),
            kind=rev.kind,
            body=rev.body,
            withdrawn=rev.deleted,
            author=rev.author.hex(),
            device=device.hex(),
            at=at,
            zone=zone,
            shared=shared,
            here=bool(here),
        )

    def authors(self, walk: str, enough: Collection[str] = ()) -> set[str]:
        """The walkers whose notes or forms are here, in any wording.

        Where all of `enough` are among them, which is a reason to stop, others may be left out.
        """
        own = f"walk = {_NUMBER} AND kind IN ('note', 'form')"
        with told(self.path):
            found = f"SELECT DISTINCT author FROM rev WHERE {own}"
            if self._is_of_many(walk):
                records = f"SELECT record FROM state WHERE {own}"
                found = f"SELECT DISTINCT author FROM rev WHERE record IN ({records})"
            wanted = names.known(self._conn, map(bytes.fromhex, enough)).values()
            # The first of them are found at once, and mostly these are all there are.
            here = self._authors(found, walk, len(enough))
            if not enough or len(wanted) < len(enough) or not here.issuperset(wanted):
                here = self._authors(found, walk, -1)
            rows = [
                self._conn.execute("SELECT key FROM name WHERE id = ?", (number,)).fetchone()
                for number in here
            ]
        return {row[0].hex() for row in rows}

    def _authors(self, found: str, walk: str, most: int) -> set[int]:
        rows = self._conn.execute(f"{found} LIMIT ?", (bytes.fromhex(walk), most)).fetchall()
        return {row[0] for row in rows}

    def _is_of_many(self, walk: str) -> bool:
        """True for a walk that is a small part of the store: it is quicker to go from one of its
        records to the next than through all entries of the journal.
        """
        enough = -(-next_seq(self._conn) // _FEW) if _FEW else 1  # no more need be counted
        row = self._conn.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM state WHERE walk = {_NUMBER} "
            "AND kind = 'note' LIMIT ?)",
            (bytes.fromhex(walk), enough),
        ).fetchone()
        return _FEW * int(row[0]) < next_seq(self._conn)

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
            number = (names.number(self._conn, bytes.fromhex(walk)),)
            notes = _MANY if self._is_of_many(walk) else _ALL
            met = {tuple(row) for row in self._conn.execute(_MET.format(notes=notes), number)}
            began = []
            # Of each one note that begins there is looked for, all of them in one go.
            for author, device, here, seq in self._conn.execute(_WROTE.format(notes=notes), number):
                one = (author, device, here)
                if one in met and self._conn.execute(_BEGUN, (seq,)).fetchone():
                    met.remove(one)
                    began.append((self._key(author), self._key(device), bool(here)))
                if not met:
                    break
        return sorted(began)

    def _key(self, number: int) -> str:
        row = self._conn.execute("SELECT key FROM name WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise damaged(self.path)  # an entry names an id that is not in it
        return str(row[0].hex())

    def is_of_others(self, walk: str) -> bool:
        """False where all of a walk was written on this laptop, under the id that it has now."""
        own = "WITH w AS (SELECT ?2 AS id, ?3 AS own) "
        with told(self.path):
            number = names.number(self._conn, bytes.fromhex(walk))
            device = names.number(self._conn, bytes.fromhex(self.device))
            values = (bytes.fromhex(walk), number, device)
            return bool(self._conn.execute(own + _OF_OTHERS, values).fetchone()[0])

    def _first(self, walk: str) -> str:
        """The first revision of each note of a form, in SQL, the quicker way."""
        return _OF_MANY if self._is_of_many(walk) else _OF_ALL

    def begun(self, walk: str, author: str) -> list[Begun]:
        """Where a walker's notes of forms were first written, without those typed for them."""
        with told(self.path):
            rows = self._conn.execute(
                f"SELECT r.key, d.key, here FROM ({self._first(walk)}) "
                "JOIN name r ON r.id = record "
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


def _origin(head: Here, by_id: Mapping[bytes, Here]) -> Here:
    """The first revision that the head stands on and that says the same; of the team's, if any."""
    seen = {head.rev_id: head}
    todo = [head]
    while todo:
        for parent in todo.pop().parents:
            if parent in by_id and parent not in seen:
                seen[parent] = by_id[parent]
                todo.append(by_id[parent])
    alike = [rev for rev in seen.values() if rev.says == head.says]
    return min(alike, key=lambda rev: (not rev.team, rev.generation, rev.seq))


def _record(kind: str, record: bytes, walk: bytes, body: str) -> Record | None:
    noun = RECORDS.get(kind)
    if noun is None or not body:
        return None
    try:
        return noun.from_body(record, walk, body)
    except (ValueError, RecursionError):
        return None

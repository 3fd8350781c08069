"""One revision as one line of a pack, and back with nothing taken on trust."""

from __future__ import annotations

import json
import re

from walk.exchange import strict
from walk.model.ids import RECORD_BYTES, REVISION_BYTES
from walk.model.revision import Revision, utc_text

LONGEST_LINE = 200_000
"""Bytes of one line, its end not counted."""
LONGEST_BODY = 150_000
"""Bytes of a body in UTF-8. A note of 20,000 characters fits, whatever they are."""
MOST_PARENTS = 1_000
MOST_GENERATIONS = 2**31
"""Also the greatest version of a noun's fields."""
MOST_NUMBERS = 2**53
"""What every program that reads JSON can still count to."""
MOST_ZONE = 24 * 60
"""Minutes from UTC, east or west."""

KEYS = (
    "rev",
    "walk",
    "record",
    "kind",
    "schema",
    "generation",
    "parents",
    "author",
    "device",
    "number",
    "made_at",
    "zone",
    "scope",
    "deleted",
    "body",
)
"""The fields of a line, in the order in which they are written."""

_KNOWN = frozenset(KEYS)
_KIND = re.compile(r"[a-z_]{1,40}")
_TEAM = re.compile("team")


def to_line(rev_id: bytes, rev: Revision) -> bytes:
    """The revision as JSON in UTF-8, without a line end; ids are hex, the time is UTC text."""
    values = (
        rev_id.hex(),
        rev.walk.hex(),
        rev.record.hex(),
        rev.kind,
        rev.schema,
        rev.generation,
        [parent.hex() for parent in rev.parents],
        rev.author.hex(),
        rev.device.hex(),
        rev.number,
        utc_text(rev.made_at),
        rev.zone,
        rev.scope,
        rev.deleted,
        rev.body,
    )
    fields = dict(zip(KEYS, values, strict=True))
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def from_line(line: bytes, *, newer: bool) -> tuple[bytes, Revision]:
    """The revision that a line tells, with its id, once every field has been checked.

    `newer`: the pack says that a newer walk wrote it, so fields not known here are passed over.
    The hash is computed anew and has to be the one that the line names. Unfit otherwise.
    """
    fields = strict.json_object(line)
    strict.check_keys(fields, _KNOWN, newer=newer)
    rev_id = strict.an_id(fields, "rev", REVISION_BYTES)
    rev = _revision(fields)
    if rev.rev_id() != rev_id:
        raise strict.Unfit("it does not match its hash")
    return rev_id, rev


def _revision(fields: strict.Fields) -> Revision:
    strict.word(fields, "scope", _TEAM)
    rev = Revision(
        walk=strict.an_id(fields, "walk", RECORD_BYTES),
        record=strict.an_id(fields, "record", RECORD_BYTES),
        kind=strict.word(fields, "kind", _KIND),
        schema=strict.whole(fields, "schema", 1, MOST_GENERATIONS),
        generation=strict.whole(fields, "generation", 1, MOST_GENERATIONS),
        parents=strict.ids(fields, "parents", REVISION_BYTES, MOST_PARENTS),
        author=strict.an_id(fields, "author", RECORD_BYTES, may_be_empty=True),
        device=strict.an_id(fields, "device", RECORD_BYTES),
        number=strict.whole(fields, "number", 1, MOST_NUMBERS),
        made_at=strict.moment(fields, "made_at"),
        zone=strict.whole(fields, "zone", -MOST_ZONE, MOST_ZONE),
        scope="team",
        deleted=strict.flag(fields, "deleted"),
        body=strict.text(fields, "body", LONGEST_BODY),
    )
    if rev.deleted == bool(rev.body):
        raise strict.Unfit("“body” is empty exactly when “deleted” is true")
    return rev

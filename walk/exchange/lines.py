"""One revision as one line of a pack, and back with nothing taken on trust."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from json.decoder import scanstring  # type: ignore[attr-defined]

from walk.clock import EPOCH
from walk.exchange import strict
from walk.model.ids import RECORD_BYTES, REVISION_BYTES
from walk.model.revision import ENVELOPE, Revision, utc_text

LONGEST_LINE = 200_000
"""Bytes of one line, its end not counted."""
LONGEST_BODY = 150_000
"""Bytes of a body in UTF-8. A note of 20,000 characters fits, whatever they are."""
MOST_PARENTS = 1_000
MOST_GENERATIONS = 2**31
"""Also the greatest version of a noun's fields."""
MOST_NUMBERS = 2**53
"""What every program that reads JSON can still count to."""
MOST_ZONE = 24 * 60 - 1
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
    quick = _canonical(line)
    if quick is not None:
        return quick
    fields = strict.json_object(line)
    strict.check_keys(fields, _KNOWN, newer=newer)
    rev_id = strict.an_id(fields, "rev", REVISION_BYTES)
    rev = _revision(fields)
    if rev.rev_id() != rev_id:
        raise strict.Unfit("it does not match its hash")
    return rev_id, rev


_ID = "(.{32})"
_CANONICAL = re.compile(
    r'\{"rev":"(.{64})",'
    rf'"walk":"{_ID}","record":"{_ID}","kind":"([a-z_]{{1,40}})",'
    r'"schema":([1-9][0-9]{0,8}),"generation":([1-9][0-9]{0,8}),'
    r'"parents":\[(?:"([0-9a-f]{64}(?:","[0-9a-f]{64})*)")?\],'
    rf'"author":"((?:.{{32}})?)","device":"{_ID}","number":([1-9][0-9]{{0,14}}),'
    r'"made_at":"([0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z)",'
    r'"zone":(0|-?[1-9][0-9]{0,3}),"scope":"team","deleted":(true|false),"body":"',
    re.DOTALL,
)
"""A line as `to_line` writes it, up to the words of its body. Whether what stands in place of an id
is one is not asked here, as that is quicker to see once its digits are read."""


def _canonical(line: bytes) -> tuple[bytes, Revision] | None:
    """The same for a line as walk itself writes it, many times as quick.

    None for any other line and for one with anything wrong: that is then read field by field,
    which says what it is.
    """
    if len(line) > LONGEST_BODY:  # so that no body is too long
        return None
    try:
        said = line.decode()
        found = _CANONICAL.match(said)
        if found is None:
            return None
        body, end = scanstring(said, found.end())
        (
            rev,
            walk,
            record,
            kind,
            schema,
            generation,
            joined,
            author,
            device,
            number,
            at,
            zone,
            gone,
        ) = found.groups("")
        parents = joined.replace('","', " ")
        deleted = gone == "true"
        # The envelope of Revision, with the words of the line as they stand; a test compares them.
        rev_id = sha256(
            f"{ENVELOPE}\n{walk}\n{record}\n{kind}\n{schema}\n{generation}\n{parents}\n{author}\n"
            f"{device}\n{number}\n{at}\n{zone}\nteam\n{'1' if deleted else '0'}\n{body}".encode()
        ).digest()
        ids = walk + record + device + author
        of_ids = bytes.fromhex(ids)
    except ValueError:
        return None
    at_ms, minutes = _moment(at), int(zone)
    replaced = tuple(map(bytes.fromhex, parents.split())) if parents else ()
    if (
        rev_id.hex() != rev
        or of_ids.hex() != ids  # capitals or spaces among the digits
        or said[end:] != "}"
        or "\0" in body
        or deleted == bool(body)
        or at_ms < 0
        or not -MOST_ZONE <= minutes <= MOST_ZONE
        or len(replaced) > MOST_PARENTS
        or (len(replaced) > 1 and any(one >= two for one, two in pairwise(replaced)))
    ):
        return None
    return rev_id, Revision(
        of_ids[:16],
        of_ids[16:32],
        kind,
        int(schema),
        int(generation),
        replaced,
        of_ids[48:],
        of_ids[32:48],
        int(number),
        at_ms,
        minutes,
        "team",
        deleted,
        body,
    )


@lru_cache(1_000)  # what one share gives to the team bears one time
def _moment(text: str) -> int:
    """A time in UTC milliseconds since 1970; -1 where it is none, before, or too late."""
    try:
        at_ms = (datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1)
    except (ValueError, OverflowError):
        return -1
    return at_ms if 0 <= at_ms < strict.LATEST else -1


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

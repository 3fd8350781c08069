"""The manifest of a pack: what it is, whose, and what has to add up before a line is believed."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Literal, Self, get_args

from walk.exchange import strict
from walk.model.ids import RECORD_BYTES

FORMAT = "walk-pack"
MAJOR = 1
"""Raised when an older walk could misread a pack; it then refuses it."""
MINOR = 0
"""Raised when fields are added that an older walk may pass over."""

MANIFEST_NAME = "manifest.json"
REVISIONS_NAME = "revisions.jsonl"

LARGEST_MANIFEST = 64_000
"""Bytes."""
LARGEST_REVISIONS = 200_000_000
"""Bytes of all lines, unpacked."""
MOST_REVISIONS = 1_000_000
LONGEST_LABEL = 800
"""Bytes of a walker's label: at least 200 characters."""
LONGEST_APP = 100
"""Bytes of the words that name the program."""

PackKind = Literal["plan", "share", "archive"]

_KEYS = (
    "format",
    "version",
    "kind",
    "walk",
    "device",
    "walker",
    "walker_id",
    "made_at",
    "app",
    "count",
    "sha256",
    "bytes",
)
_FORMAT = re.compile(FORMAT)
_KIND = re.compile("|".join(get_args(PackKind)))
_SHA256 = re.compile("[0-9a-f]{64}")
_VERSION = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What manifest.json says. Ids are lower-case hex."""

    kind: PackKind
    walk: str
    device: str
    """The laptop that wrote the pack; its lines may come from several."""
    walker: str
    """The label of the walker who shared; may be empty. Never trusted, only shown."""
    walker_id: str
    """That walker's id, or nothing."""
    made_at: str
    """UTC, like 2025-10-14T09:22:01.250Z."""
    app: str
    """The version of walk that wrote it."""
    count: int
    """Lines of revisions.jsonl."""
    sha256: str
    """Of revisions.jsonl, as hex."""
    bytes: int
    """Size of revisions.jsonl."""
    format: str = FORMAT
    version: str = f"{MAJOR}.{MINOR}"

    @property
    def newer(self) -> bool:
        """True when a newer walk wrote it, of the same major version."""
        return version_of({"version": self.version})[1] > MINOR

    @classmethod
    def from_fields(cls, fields: strict.Fields) -> Self:
        """The manifest that the fields make once each is checked; Unfit otherwise.

        Whether its format and major version are ours is asked before: see `version_of`.
        """
        strict.check_keys(fields, frozenset(_KEYS), newer=version_of(fields)[1] > MINOR)
        strict.moment(fields, "made_at")
        return cls(
            kind=strict.word(fields, "kind", _KIND),  # type: ignore[arg-type]
            walk=strict.an_id(fields, "walk", RECORD_BYTES).hex(),
            device=strict.an_id(fields, "device", RECORD_BYTES).hex(),
            walker=strict.text(fields, "walker", LONGEST_LABEL),
            walker_id=strict.an_id(fields, "walker_id", RECORD_BYTES, may_be_empty=True).hex(),
            made_at=fields["made_at"],
            app=strict.text(fields, "app", LONGEST_APP),
            count=strict.whole(fields, "count", 0, MOST_REVISIONS),
            sha256=strict.word(fields, "sha256", _SHA256),
            bytes=strict.whole(fields, "bytes", 0, LARGEST_REVISIONS),
            format=strict.word(fields, "format", _FORMAT),
            version=strict.word(fields, "version", _VERSION),
        )


def to_json(manifest: Manifest) -> bytes:
    """The text of manifest.json, for people too: one field a line, what it is comes first."""
    said = asdict(manifest)
    fields = {name: said[name] for name in _KEYS}
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def version_of(fields: strict.Fields) -> tuple[int, int]:
    """The (major, minor) version that a manifest names; Unfit when it names none."""
    found = fields.get("version")
    match = _VERSION.fullmatch(found) if type(found) is str else None
    if match is None:
        raise strict.Unfit("its version cannot be read")
    return int(match[1]), int(match[2])

"""What every record has: an id, a walk, and fields that an older walk can carry unread."""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

UtcMs = Annotated[int, Field(ge=0, le=253_339_228_800_000)]
"""A moment, UTC milliseconds since 1970: at most the start of 9998, so that the minutes that are
added to it, and any zone, still end on a calendar."""
Minutes = Annotated[int, Field(ge=0, le=100_000)]
"""How long something takes."""
ZoneMin = Annotated[int, Field(gt=-1440, lt=1440)]
"""Local time minus UTC, in minutes."""
RecordId = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
"""The id of a record that has to be one, as it is acted on."""


def _no_number(said: str) -> Any:
    """NaN and the infinities, which Python reads: JSON has none, and SQLite refuses the body."""
    raise ValueError(f"{said} is no number of JSON")


_read_json = json.JSONDecoder(parse_constant=_no_number).decode


class Record(BaseModel):
    """A stored thing, frozen; its JSON text is the body of a revision.

    Fields that this version does not know (from a newer walk) are kept and written back by an
    edit, so nothing that a colleague's laptop recorded is dropped here.
    """

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    kind: ClassVar[str]
    """The noun, as the journal names it."""
    schema_version: ClassVar[int] = 1
    """Raised when an older walk could misread the fields."""
    parent_fields: ClassVar[tuple[str, ...]] = ()
    """The fields that say what this belongs to (a note's form), for quick look-up; the first
    that is filled counts."""

    id: str
    """32 hex digits."""
    walk: str
    """The walk's id, 32 hex digits."""

    def changed(self, **fields: Any) -> Self:
        """A validated copy with other values; ValueError for a field that does not exist.

        `model_copy(update=…)` validates nothing, so it is not used.
        """
        unknown = fields.keys() - type(self).model_fields.keys()
        if unknown:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return type(self).model_validate({**self.model_dump(), **fields})

    def body(self) -> str:
        """The fields as JSON text; id and walk stand in the revision's envelope.

        Defaults are left out, so a default may never change: a new meaning needs a new field.
        """
        fields = self.model_dump(mode="json", exclude={"id", "walk"}, exclude_defaults=True)
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_body(cls, record: bytes, walk: bytes, body: str) -> Self:
        """The record that a body says; ValueError (pydantic's included) when it cannot be read."""
        fields = _read_json(body)
        if not isinstance(fields, dict):
            raise ValueError("a body is a JSON object")
        return cls.model_validate({**fields, "id": record.hex(), "walk": walk.hex()})

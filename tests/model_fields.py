"""The fields of a record, or of a part of one, as tests look at them."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from walk.model import Part


class Known(NamedTuple):
    """One field: its type, its default (msgspec.NODEFAULT: it has to be said), its pattern."""

    annotation: Any
    default: Any
    pattern: str

    @property
    def required(self) -> bool:
        return self.default is msgspec.NODEFAULT


def fields_of(noun: type[Part]) -> dict[str, Known]:
    """Every field that this version knows, in the order of the class."""
    hints = get_type_hints(noun, include_extras=True)
    return {name: _known(hints[name], noun.default(name)) for name in noun.field_names()}


def _known(hint: Any, default: Any) -> Known:
    if get_origin(hint) is not Annotated:
        return Known(hint, default, "")
    plain, *said = get_args(hint)
    patterns = [one.pattern for one in said if isinstance(one, msgspec.Meta) and one.pattern]
    return Known(plain, default, patterns[0] if patterns else "")

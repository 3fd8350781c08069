"""Packs read and written from docs/pack-format.md alone: standard library, nothing of walk.

What is said here a second time is said as the page says it, so that a page which leaves something
out shows itself in a test.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Line = dict[str, Any]

MANIFEST = "manifest.json"
LINES = "revisions.jsonl"
MANIFEST_FIELDS = (
    *("format", "version", "kind", "walk", "device", "walker", "walker_id", "made_at", "app"),
    *("count", "sha256", "bytes"),
)
LINE_FIELDS = (
    *("rev", "walk", "record", "kind", "schema", "generation", "parents", "author", "device"),
    *("number", "made_at", "zone", "scope", "deleted", "body"),
)


class NoPack(Exception):
    """Something is not as the page says."""


# Reading


@dataclass
class Read:
    """A pack that is as the page says."""

    manifest: dict[str, Any]
    lines: list[Line]

    def records(self) -> dict[str, list[Line]]:
        """The revisions of each record."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line["record"], []).append(line)
        return found

    def shown(self) -> dict[str, tuple[str, bool]]:
        """Of each record the revision that is shown, and whether people told it in two ways."""
        return {record: _shown(lines) for record, lines in self.records().items()}


def _shown(lines: list[Line]) -> tuple[str, bool]:
    replaced = {parent for line in lines for parent in line["parents"]}
    left = [line for line in lines if line["rev"] not in replaced]
    best = max(
        left,
        key=lambda one: (not one["deleted"], one["generation"], one["made_at"], one["rev"]),
    )
    return best["rev"], len({(one["deleted"], one["body"]) for one in left}) > 1


def read(path: Path) -> Read:
    """Read a pack and check all that the page lists; NoPack where something is wrong."""
    _need(0 < path.stat().st_size <= 64_000_000, "size of the file")
    data = path.read_bytes()
    _need(data[:4] == b"PK\3\4" and data[-22:-18] == b"PK\5\6", "nothing before or after the zip")
    try:
        with zipfile.ZipFile(path) as opened:
            _check_members(opened)
            manifest = _json(_bytes_of(opened, MANIFEST, 64_000))
            _check_manifest(manifest)
            raw = _bytes_of(opened, LINES, 200_000_000)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, zlib.error) as problem:
        raise NoPack("zip") from problem
    _need(len(raw) == manifest["bytes"], "bytes")
    _need(hashlib.sha256(raw).hexdigest() == manifest["sha256"], "sha256")
    *rows, rest = raw.split(b"\n")
    _need(rest == b"" and len(rows) == manifest["count"], "count")
    newer = int(manifest["version"].partition(".")[2]) > 0
    lines = [_line(row, manifest["walk"], newer) for row in rows]
    _check_together(lines)
    return Read(manifest, lines)


def _need(so: bool, what: str) -> None:
    if not so:
        raise NoPack(what)


def _check_members(opened: zipfile.ZipFile) -> None:
    members = opened.infolist()
    _need(sorted(one.orig_filename for one in members) == [MANIFEST, LINES], "members")
    _need(opened.comment == b"", "comment")
    for one in members:
        _need(one.compress_type in (0, 8) and not one.flag_bits & 0x2041, "packing")
        _need(one.external_attr >> 28 in (0, 8), "a plain file")


def _bytes_of(opened: zipfile.ZipFile, name: str, most: int) -> bytes:
    with opened.open(name) as member:
        data = member.read(most + 1)
    _need(len(data) <= most, "size of a member")
    return data


def _json(raw: bytes) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        _need(len(dict(pairs)) == len(pairs), "a field twice")
        return dict(pairs)

    def whole(digits: str) -> int:
        _need(len(digits) <= 20, "digits")
        return int(digits)

    def none(name: str) -> None:
        raise NoPack(name)

    try:
        found = json.loads(
            raw.decode("utf-8"), object_pairs_hook=once, parse_int=whole, parse_constant=none
        )
    except (ValueError, RecursionError) as problem:
        raise NoPack("JSON") from problem
    _need(type(found) is dict, "an object")
    return dict(found)


def _check_manifest(said: dict[str, Any]) -> None:
    _need(said.get("format") == "walk-pack", "format")
    _need(_is(said.get("version"), r"1\.[0-9]{1,4}"), "version")
    _need(set(said) >= set(MANIFEST_FIELDS), "every field")
    _need(said["version"] != "1.0" or set(said) == set(MANIFEST_FIELDS), "no other field")
    _need(said["kind"] in ("plan", "share", "archive"), "kind")
    _need(_is(said["walk"], "[0-9a-f]{32}") and _is(said["device"], "[0-9a-f]{32}"), "ids")
    _need(_is(said["walker_id"], "([0-9a-f]{32})?"), "walker_id")
    _need(_text(said["walker"], 800) and _text(said["app"], 100), "texts")
    _need(_moment(said["made_at"]), "made_at")
    _need(_whole(said["count"], 0, 1_000_000) and _whole(said["bytes"], 0, 200_000_000), "sums")
    _need(_is(said["sha256"], "[0-9a-f]{64}"), "sha256")


def _is(value: Any, pattern: str) -> bool:
    return type(value) is str and re.fullmatch(pattern, value, re.ASCII) is not None


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _text(value: Any, most: int) -> bool:
    try:
        return type(value) is str and "\0" not in value and len(value.encode()) <= most
    except UnicodeEncodeError:
        return False


def _moment(value: Any) -> bool:
    if not _is(value, r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"):
        return False
    try:
        return 1970 <= datetime.fromisoformat(value).year < 9998
    except ValueError:
        return False


def _line(raw: bytes, walk: str, newer: bool) -> Line:
    _need(len(raw) <= 200_000, "size of a line")
    line = _json(raw)
    _need(set(line) >= set(LINE_FIELDS), "every field")
    _need(newer or set(line) == set(LINE_FIELDS), "no other field")
    _need(line["walk"] == walk and _is(line["record"], "[0-9a-f]{32}"), "ids")
    _need(_is(line["device"], "[0-9a-f]{32}") and _is(line["author"], "([0-9a-f]{32})?"), "ids")
    _need(_is(line["kind"], "[a-z_]{1,40}"), "kind")
    _need((line["kind"] == "walk") == (line["record"] == walk), "the walk itself")
    _need(_whole(line["schema"], 1, 2**31) and _whole(line["generation"], 1, 2**31), "numbers")
    _need(_whole(line["number"], 1, 2**53) and _whole(line["zone"], -1439, 1439), "numbers")
    parents = line["parents"]
    _need(type(parents) is list and len(parents) <= 1_000, "parents")
    _need(all(_is(one, "[0-9a-f]{64}") for one in parents), "parents")
    _need(parents == sorted(set(parents)), "order of parents")
    _need(_moment(line["made_at"]) and line["scope"] == "team", "made_at, scope")
    _need(type(line["deleted"]) is bool and _text(line["body"], 150_000), "body")
    _need(line["deleted"] == (line["body"] == ""), "deleted")
    _need(line["rev"] == rev_of(line), "hash")
    return line


def rev_of(line: Line) -> str:
    """The hash that the page describes."""
    said = ["walk revision 1"]
    said += [str(line[name]) for name in ("walk", "record", "kind", "schema", "generation")]
    said += [" ".join(line["parents"])]
    said += [str(line[name]) for name in ("author", "device", "number", "made_at", "zone")]
    said += [line["scope"], "1" if line["deleted"] else "0", line["body"]]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _check_together(lines: list[Line]) -> None:
    by_rev = {line["rev"]: line for line in lines}
    _need(len(by_rev) == len(lines), "a line twice")
    kinds: dict[str, str] = {}
    counts: dict[str, int] = {}
    for line in lines:
        record = line["record"]
        _need(kinds.setdefault(record, line["kind"]) == line["kind"], "one kind")
        counts[record] = counts.get(record, 0) + 1
        _need(counts[record] <= 10_000, "lines of a record")
        here = [by_rev[one] for one in line["parents"] if one in by_rev]
        _need(all(one["record"] == record for one in here), "parents of one record")
        known = [one["generation"] for one in here]
        if not line["parents"]:
            _need(line["generation"] == 1, "the first generation")
            continue
        least = min(1 + max(known, default=1), 2**31)
        most = least if len(here) == len(line["parents"]) else min(least + 100_000, 2**31)
        _need(least <= line["generation"] <= most, "generation")


# Writing


def derived(*parts: str) -> str:
    """An id that two laptops make alike."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    raw = bytearray(hashlib.sha256(text.encode()).digest()[:16])
    raw[6] = 0x80 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return raw.hex()


@dataclass
class Laptop:
    """A laptop that has this page and no walk."""

    walk: str
    device: str
    lines: list[Line] = field(default_factory=list)
    """All team revisions that it has, its own and those of others."""
    at: int = 1_760_433_721_250
    as_walk: bool = False
    """Lines are laid out as walk does: in its order, without spaces, no sign spelled out."""

    def take(self, found: Read) -> None:
        """Add what is new to it."""
        have = {line["rev"] for line in self.lines}
        self.lines += [line for line in found.lines if line["rev"] not in have]

    def change(
        self, kind: str, record: str, author: str = "", body: dict[str, Any] | None = None
    ) -> str:
        """One change of one record, over all that it knows of it; without a body: withdrawn."""
        known = [line for line in self.lines if line["record"] == record]
        replaced = {parent for line in known for parent in line["parents"]}
        parents = [line for line in known if line["rev"] not in replaced]
        numbers = [line["number"] for line in self.lines if line["device"] == self.device]
        line: Line = {
            "walk": self.walk,
            "record": record,
            "kind": kind,
            "schema": 1,
            "generation": 1 + max((one["generation"] for one in parents), default=0),
            "parents": sorted(one["rev"] for one in parents),
            "author": author,
            "device": self.device,
            "number": 1 + max(numbers, default=0),
            "made_at": _written(self.at),
            "zone": 120,
            "scope": "team",
            "deleted": body is None,
            "body": "" if body is None else json.dumps(body, indent=2),
        }
        line["rev"] = rev_of(line)
        self.lines.append(line)
        return record

    def _written(self, line: Line) -> bytes:
        if not self.as_walk:
            return json.dumps(line).encode()
        fields = {name: line[name] for name in LINE_FIELDS}
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()

    def write(self, path: Path, **said: Any) -> None:
        """Write all that it has as a pack."""
        raw = b"".join(self._written(line) + b"\n" for line in self.lines)
        manifest = {
            "format": "walk-pack",
            "version": "1.0",
            "kind": "share",
            "walk": self.walk,
            "device": self.device,
            "walker": "Someone else",
            "walker_id": "",
            "made_at": _written(self.at),
            "app": "by hand",
            "count": len(self.lines),
            "sha256": hashlib.sha256(raw).hexdigest(),
            "bytes": len(raw),
            **said,
        }
        with zipfile.ZipFile(path, "w") as opened:
            opened.writestr(MANIFEST, json.dumps(manifest))
            opened.writestr(LINES, raw, zipfile.ZIP_DEFLATED)


def _written(at: int) -> str:
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{at % 1000:03d}Z"

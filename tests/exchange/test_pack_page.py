"""The page docs/pack-format.md, by which others read and write packs, says what is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from tests.exchange.forge import revision, write
from tests.model_fields import Known, fields_of
from walk.commands import passphrase as cli_passphrase
from walk.commands.packs import share
from walk.exchange import lineage, lines, locked, manifest, read
from walk.model import NEVER_SHARED, PLAN_KINDS, RECORDS, Part
from walk.storage import misplaced

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "pack-format.md").read_text(encoding="utf-8")
TRAVEL = [kind for kind in RECORDS if kind not in NEVER_SHARED]
KINDS = dict(re.findall(r"^### `([a-z_]+)`\n\n(.*?)(?=^##|\Z)", PAGE, flags=re.M | re.S))
"""What the page says of each kind of record."""


def test_the_program_on_the_page_reads_a_pack(tmp_path: Path) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.M | re.S)
    bodies = ['{"text":"5 of 7 pairs\u2028wrote"}', '{"note_kind":"wondering","text":"Why?"}']
    sent = [revision(number=n, body=body) for n, body in enumerate(bodies, start=1)]
    sent += [
        revision(number=3, deleted=True, body=""),
        revision(kind="visit", record=bytes(16), parents=(), generation=1),
    ]
    write(tmp_path / "ana.walk", sent)
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "ana.walk"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout == 'noticing "5 of 7 pairs\\u2028wrote"\nwondering "Why?"\n'


def test_the_page_names_every_kind_in_its_order() -> None:
    assert list(KINDS) == TRAVEL


@pytest.mark.parametrize("kind", TRAVEL)
def test_the_page_names_every_field_its_type_and_what_leaving_it_out_means(kind: str) -> None:
    """In the order of the record, so that nothing can be missing or left over."""
    rows = re.findall(r"^\| `([a-z_.]+)` \| ([^|]+) \| ([^|]+) \| [^|]+ \|$", KINDS[kind], re.M)
    assert rows == [(name, _type(name, kind, known), _left_out(known)) for name, known in _of(kind)]


def _of(kind: str) -> list[tuple[str, Known]]:
    def inside(noun: type[Part], before: str) -> list[tuple[str, Known]]:
        found = []
        for name, known in fields_of(noun).items():
            if before or name not in ("id", "walk"):
                found.append((before + name, known))
                part = _part(known.annotation)
                found += inside(part, f"{before}{name}.") if part else []
        return found

    return inside(RECORDS[kind], "")


def _part(annotation: Any) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for one in get_args(annotation) if (part := _part(one))), None)


def _type(name: str, kind: str, known: Known) -> str:
    (said,) = re.findall(rf"^\| `{re.escape(name)}` \| ([^|]+) \|", KINDS[kind], re.M)
    fits = {"id": "text", "date": "text", "moment": "number", "list of ids": "list of texts"}
    meant = _plain_type(known.annotation)
    return said if fits.get(said, said) == meant else meant


def _plain_type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return " ".join(f'`"{one}"`' for one in inner)
    if origin in (Union, UnionType):
        return _plain_type(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        if get_origin(inner[0]) is tuple:
            return "list of pairs of texts"
        return f"list of {_plain_type(inner[0])}s"
    if _part(annotation):
        return "object"
    return {str: "text", bool: "true or false"}.get(annotation, "number")


def _left_out(known: Known) -> str:
    if known.required:
        return "needed"
    value = known.default
    if isinstance(value, Part):
        return "all 0"
    if value is None:
        return "none"
    if value in ("", ()):
        return "empty"
    return f"`{json.dumps(value)}`" if isinstance(value, str) else json.dumps(value)


def test_the_page_names_the_kinds_of_a_plan() -> None:
    (said,) = re.findall(r"holds these kinds of record and no other:\n(.*?)\.", PAGE, re.S)
    assert set(re.findall(r"`([a-z_]+)`", said)) == PLAN_KINDS


def test_the_page_names_the_fields_in_the_order_of_the_file(tmp_path: Path) -> None:
    write(tmp_path / "ana.walk", [revision()])
    with zipfile.ZipFile(tmp_path / "ana.walk") as opened:
        said = [json.loads(opened.read(name)) for name in ("manifest.json", "revisions.jsonl")]
    tables = re.findall(r"^\| field \| value \|\n\|---\|---\|\n((?:\|.*\n)+)", PAGE, flags=re.M)
    rows = [re.findall(r"^\| `([a-z_0-9]+)` \|", table, flags=re.M) for table in tables]
    assert rows == [list(fields) for fields in said]


@pytest.mark.parametrize(
    "words",
    [
        f"a file above {read.LARGEST_FILE // 1_000_000} MB",
        f"a manifest above {manifest.LARGEST_MANIFEST // 1_000} kB",
        f"lines above {manifest.LARGEST_REVISIONS // 1_000_000} MB in all",
        f"above {lines.LONGEST_LINE // 1_000} kB each",
        "more than a million of them",
        f"a body above {lines.LONGEST_BODY // 1_000} kB",
        f"more than {lines.MOST_PARENTS:,} parents",
        f"more than {lineage.MOST_OF_A_RECORD:,} lines of one record",
        f"at most {lineage.MOST_STEPS:,} more",
        f"`generation` up to {lines.MOST_GENERATIONS}",
        f"`number` up to {lines.MOST_NUMBERS}",
        f"-{lines.MOST_ZONE} to {lines.MOST_ZONE}",
        f"at most {manifest.LONGEST_LABEL} bytes",
        f"at most {manifest.LONGEST_APP} bytes",
        f"a work factor above {locked.MOST_WORK}",
        f"more than {misplaced.MOST_WORDINGS} wordings",
    ],
)
def test_the_page_names_the_caps(words: str) -> None:
    assert words in " ".join(PAGE.split())
    assert manifest.MOST_REVISIONS == 1_000_000


def test_the_page_on_passphrases_names_what_there_is() -> None:
    page = (ROOT / "docs" / "passphrase.md").read_text(encoding="utf-8")
    assert cli_passphrase.VARIABLE in page
    assert "--passphrase" in [option for one in share.params for option in one.opts]
    assert f"At least {locked.SHORTEST} characters" in page
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"pip install '{said['name']}[passphrase]'" in page
    assert said["optional-dependencies"]["passphrase"]
    assert f"more than {2 ** (locked.MOST_WORK - 20)} GB is refused" in page

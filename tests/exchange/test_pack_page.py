"""The page docs/pack-format.md, by which a pack is read without walk, says what is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from pydantic import BaseModel

from tests.exchange.forge import revision, write
from walk.model import RECORDS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "pack-format.md").read_text(encoding="utf-8")


def test_the_program_on_the_page_reads_a_pack(tmp_path: Path) -> None:
    (program,) = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.M | re.S)
    bodies = ['{"text":"5 of 7 pairs\u2028wrote"}', '{"note_kind":"wondering","text":"Why?"}']
    sent = [revision(number=n, body=body) for n, body in enumerate(bodies, start=1)]
    sent += [revision(number=3, deleted=True, body=""), revision(kind="visit", parents=())]
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


def test_the_page_names_every_kind_and_field() -> None:
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| ([^|]+) \|$", PAGE, flags=re.M))
    assert set(rows) == set(RECORDS)
    for kind, noun in RECORDS.items():
        named = set(re.findall(r"`([a-z_]+)`", rows[kind]))
        assert _field_names(noun) - {"id", "walk"} <= named, kind


def _field_names(model: type[BaseModel]) -> set[str]:
    names = set(model.model_fields)
    for field in model.model_fields.values():
        for part in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                names |= _field_names(part)
    return names


def test_the_page_names_the_fields_in_the_order_of_the_file(tmp_path: Path) -> None:
    write(tmp_path / "ana.walk", [revision()])
    with zipfile.ZipFile(tmp_path / "ana.walk") as opened:
        said = [json.loads(opened.read(name)) for name in ("manifest.json", "revisions.jsonl")]
    tables = re.findall(r"^\| field \| value \|\n\|---\|---\|\n((?:\|.*\n)+)", PAGE, flags=re.M)
    rows = [re.findall(r"^\| `([a-z_0-9]+)` \|", table, flags=re.M) for table in tables]
    assert rows == [list(fields) for fields in said]

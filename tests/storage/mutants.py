"""Break the journal's rules one by one and see which tests notice: a test of the tests.

    python -m tests.storage.mutants [WORD IN A MUTANT'S NAME]

Each mutant is one change in a copy of the source. The tests written case by case run once, the
state machine once a seed. The table that this prints belongs into docs/reliability.md. It takes
some minutes and is no part of the test suite; the exit code is 1 where a mutant went unnoticed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (1, 2, 3)
CASES = (
    "tests/storage/test_merge.py",
    "tests/storage/test_store.py",
    "tests/storage/test_sharing.py",
    "tests/storage/test_taking_back.py",
    "tests/storage/test_undo.py",
    "tests/storage/test_taking.py",
    "tests/storage/test_quick_ways.py",
    "tests/model",
)
MACHINE = "tests/storage/test_machine.py"


@dataclass(frozen=True)
class Mutant:
    """A rule that is broken: `old` becomes `new`, wherever it stands in the file."""

    name: str
    file: str
    old: str
    new: str


_PRESENT = """    present = [rev for rev in revisions if rev.team or not team_only]
    replaced = {parent for rev in present for parent in rev.parents}"""
_EVERY = """    every = list(revisions)
    present = [rev for rev in every if rev.team or not team_only]
    replaced = {parent for rev in every for parent in rev.parents}"""
_REFERS = "link.refers | sole.intersection(link.within)"
_NOWHERE = "FROM pack_range WHERE pack = -?"
_QUICK = "if kind == Note.kind and len(body) < _LONGEST else None"
_MERGED = "{**self.newer_fields(), **shallow(self), **fields}"
_KNOWN = "{**shallow(self), **fields}"

# For each file of the package: what is broken, the words that stand there, the words instead.
_BROKEN: dict[str, list[tuple[str, str, str]]] = {
    "model/revision.py": [
        (
            "winner by order of arrival",
            "(not self.deleted, self.generation, self.made_at, self.rev_id)",
            "(True, 0, 0, b'')",
        ),
        ("no tie-break by rev_id", "self.made_at, self.rev_id)", "self.made_at, b'')"),
        ("clock before generation", "self.generation, self.made_at,", "self.made_at, 0,"),
        ("withdrawn wins over an edit", "(not self.deleted, self.gen", "(self.deleted, self.gen"),
        ("equal words are a conflict", "len({head.says for head in found}) > 1", "len(found) > 1"),
        ("team heads among all revisions", _PRESENT, _EVERY),
        ("publish names no team ancestors", "*group, *latest]", "*group]"),
        ("publish what was never shared and is withdrawn", "not never_shared and", ""),
        ("publish what the team has", "and not unchanged", ""),
    ],
    "model/record.py": [("an edit drops unknown fields", _MERGED, _KNOWN)],
    "storage/reading.py": [
        ("private revisions exported", "walk = ? AND team = 1 ORDER", "walk = ? ORDER")
    ],
    "storage/taking.py": [
        ("a clone keeps its device id", "if merge.has_double(", "if 0 and merge.has_double("),
        (
            "an import that was cut off stays",
            "taking_back.take_back_acts(conn, {act for *_, act in jobs})",
            "pass",
        ),
        ("a pack that was taken back is known", "status = 'finished' AND held", "held"),
    ],
    "storage/store.py": [
        ("an import that is through leaves its job", "if last:", "if False:"),
    ],
    "storage/many.py": [
        ("an imported row is taken twice", "if key not in here]", "]"),
        ("an import brings back what was erased", "not in gone] if gone else new", "]"),
    ],
    "storage/journal.py": [
        ("numbers with gaps", "last + excluded.last", "last + 1 + excluded.last"),
        ("resolve names only one head", "found if change.over_all", "found[:1] if change.over_all"),
        ("an edit replaces all heads", "else next(iter(alike(found)), [])", "else found"),
        ("a new act leaves redo open", "SET status = 'lost'", "SET status = status"),
        ("an act that changed nothing stays", "if not wrote:", "if False:"),
    ],
    "storage/undoing.py": [
        ("undo ignores a newer change", "if _changed_since(conn, record, expected):", "if False:"),
        ("undo ignores a share", "or any(head.team for head in found)", ""),
        ("undo crosses a barrier", "AND status = 'barrier')", "AND status = 'none')"),
        (
            "redo begins at the wrong end",
            "'undone' ORDER BY id LIMIT",
            "'undone' ORDER BY id DESC LIMIT",
        ),
        (
            "undo of settling drops a wording",
            "return tuple(found.values())",
            "return tuple(found.values())[:1]",
        ),
    ],
    "storage/merge.py": [
        ("a clone's number is not looked at", "clone = not places.take(rev)", "clone = False"),
        ("what was erased comes in again", "    if not gone:", "    if True:"),
        ("what was erased is missed", "    forget_numbers(conn, (rev for", "    print((rev for"),
        ("a pack that held what is forgotten is known", "0 if merged.forgotten else ", ""),
        ("a file read again holds nothing", "FROM pack_range WHERE pack = ?", _NOWHERE),
        (
            "a record that is known counts as new",
            "== 1 and rev.record in unknown",
            "== 1",
        ),
    ],
    "storage/taking_back.py": [
        (
            "taking back ignores other packs",
            "WHERE other.pack <> ?1 AND",
            "WHERE other.pack = 0 AND",
        ),
        ("taking back ignores local references", _REFERS, "frozenset[bytes]()"),
        ("taking back ignores walk and author", _REFERS, "link.refers"),
        ("taking back ignores local edits", "(*link.parents, *near)", "near"),
        ("taking back keeps what came later", "there.seq < root.seq and", ""),
        ("taking back leaves the tables", "tables.refresh(conn, names", "print(conn, names"),
        ("what others stand on goes with an import", "links.keys() - mine)", "set())"),
    ],
    "storage/tables.py": [
        ("a shared record counts as unshared", "not (rev.team or rev.deleted)", "not rev.deleted"),
        ("the quick way takes any words", _QUICK, "if kind == Note.kind else None"),
    ],
}
MUTANTS = [
    Mutant(name, file, old, new) for file, all_ in _BROKEN.items() for name, old, new in all_
]


def _copy(mutant: Mutant | None, place: Path) -> None:
    """A copy of the source and its tests, broken as the mutant says."""
    skip = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "walk", place / "walk", ignore=skip)
    shutil.copytree(ROOT / "tests", place / "tests", ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", place)
    if mutant:
        file = place / "walk" / mutant.file
        text = file.read_text(encoding="utf-8")
        if mutant.old not in text:
            raise SystemExit(f"{mutant.file} holds no {mutant.old!r} any more: mend the mutant.")
        file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")


def _failing(place: Path, *arguments: str) -> list[str]:
    """The names of the tests that fail in a copy."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "--tb=no", "-rf", *arguments],
        cwd=place,
        env={**os.environ, "WITHOUT_SHRINKING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"pytest could not run:\n{done.stdout[-3000:]}\n{done.stderr[-1000:]}")
    return re.findall(r"^FAILED \S+::(\w+)", done.stdout, flags=re.MULTILINE)


def _try(mutant: Mutant | None) -> tuple[list[str], list[int]]:
    """Which cases fail, and with which seeds the machine does."""
    with tempfile.TemporaryDirectory(prefix="mutant-") as folder:
        place = Path(folder)
        _copy(mutant, place)
        cases = _failing(place, *CASES)
        seeds = [seed for seed in SEEDS if _failing(place, MACHINE, f"--hypothesis-seed={seed}")]
    return cases, seeds


def main(wanted: str) -> int:
    """Print the table; 0 when every mutant is caught and the source as it is passes."""
    if _try(None) != ([], []):
        raise SystemExit("The tests fail without a mutant.")
    print("| broken rule | cases that notice | machine, of seeds 1 2 3 |")
    print("|---|---|---|")
    unnoticed = 0
    for mutant in MUTANTS:
        if wanted not in mutant.name:
            continue
        cases, seeds = _try(mutant)
        unnoticed += not cases and not seeds
        first = f"{len(cases)}: {cases[0]}" if cases else "none"
        print(f"| {mutant.name} | {first} | {' '.join(map(str, seeds)) or 'none'} |", flush=True)
    print(f"{unnoticed} went unnoticed")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    raise SystemExit(main(" ".join(sys.argv[1:])))

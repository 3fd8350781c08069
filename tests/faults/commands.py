"""Every command as somebody may use it, on a store with a walk in it, and kill -9 in its middle.

`killed_often` runs in a process of its own (see `in_own_process`): it loads everything once and
forks for each kill, as loading takes longer than most commands run. POSIX only.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from tests.desks import desk_at, the_visit, write_form
from tests.faults.after import entries, look_after
from tests.routine.laptops import PLAN
from tests.storage.laptops import folder
from walk.cli import walk as root
from walk.clock import FixedClock
from walk.exchange.read import check_pack
from walk.model import Note
from walk.routine.demo import make_demo
from walk.routine.exchanging import share as sharing
from walk.routine.exchanging.join import join
from walk.routine.planning import places, rotation, times
from walk.routine.planning.plan_file import take_plan
from walk.routine.reporting import teacher_note
from walk.storage import backup

STORE = "my.walkdb"
ROWS = 120


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a command."""

    words: tuple[str, ...]
    typed: str = ""
    """What comes from its input."""
    takes_away: bool = False
    """It may make entries fewer."""
    again: bool = True
    """Doing it once more after a kill ends well, whatever the kill left."""


def _use(words: str, **more: object) -> Use:
    return Use(tuple(words.split()), **more)  # type: ignore[arg-type]


USES: dict[str, Use] = {
    "demo": _use("demo --json"),
    "new": _use("new plan.toml --json"),
    "new --write-back": _use("new own.toml --write-back"),
    "plan": _use("plan -o plan.html"),
    "note": Use(("note", "V2", "S1 reads the fourth line aloud")),
    "import": _use("import table.csv --json"),
    "share": _use("share -o own.walk"),
    "share --plan": _use("share --plan --places -o plan-again.walk"),
    "join": _use("join theirs.walk --as Ana"),
    "collect": _use("collect ana.walk --json"),
    "collect --undo": _use("collect --undo", takes_away=True, again=False),
    "summary": _use("summary -o letter.docx"),
    "summary data": _use("summary -o data.xlsx"),
    "visit-sheet": _use("visit-sheet V1 -o sheet.html"),
    "teacher-note": _use("teacher-note V1 -o note.md"),
    "debrief-sheet": _use("debrief-sheet -o debrief.docx"),
    "agenda": _use("agenda -o agenda.md"),
    "notice": _use("notice -o notice.html"),
    "language": Use(("language",), typed="T did a great job\n" * 20),
    "practice": _use("practice", again=False),
    "steps": _use("steps"),
    "history": _use("history --all"),
    "district": _use("district"),
    "search": _use("search line"),
    "backup": _use("backup"),
    "backup -o": _use("backup -o elsewhere.walkdb", again=False),
    "restore": _use("restore --yes"),
    "erase": _use("erase NOTE --yes", takes_away=True, again=False),
    "purge": _use("purge --yes", takes_away=True),
    "purge --all": _use("purge --all --yes", takes_away=True, again=False),
    "doctor": _use("doctor --rebuild"),
}
"""By a name that begins with the command's."""


def prepare(place: Path) -> None:
    """A folder with a store, a backup of it, and files from elsewhere."""
    (place / "plan.toml").write_text(PLAN.replace("Evidence", "Another"), "utf-8")
    (place / "lead.toml").write_text(PLAN, "utf-8")
    lines = [f"V{n % 3 + 1},{n},n,,row {n} points to the text,Ana" for n in range(ROWS)]
    table = "\n".join(["visit,at,kind,look_for,text,walker", *lines])
    (place / "table.csv").write_text(table, "utf-8")
    _packs(place)
    with desk_at(place / STORE, FixedClock()) as desk:
        make_demo(desk)
        places.set_place(desk, "V1", "the room by the stairs")
        times.set_start(desk, "08:50")
        rotation.make(desk)
        asked = teacher_note.ask(desk, the_visit(desk, "V1"), asked=True)
        assert asked is not None
        noticing = teacher_note.may_pick(desk, the_visit(desk, "V1"))[0]
        teacher_note.pick(desk, asked, noticing)
        backup.make(desk.store.path, desk.now().wall_ms, "asked")


def _packs(place: Path) -> None:
    """A plan of somebody else's walk, and the notes of a colleague on it."""
    with desk_at(place / "lead.walkdb") as lead:
        take_plan(lead, place / "lead.toml")
        sharing.share(lead, place / "theirs.walk", plan_only=True)
    with desk_at(place / "ana.walkdb") as ana:
        join(ana, place / "theirs.walk", "Ana")
        write_form(ana, "V1", *(f"S{n} points to line {n}" for n in range(60)))
        sharing.share(ana, place / "ana.walk")
    for one in place.glob("lead.*"):
        one.unlink()
    for one in place.glob("ana.walkdb*"):
        one.unlink()


def before_it(name: str, place: Path) -> Sequence[str]:
    """Do what has to be done before a command; its words."""
    words = USES[name].words
    if name == "collect --undo":
        assert run(["collect", "ana.walk"], place) == 0
    if name == "erase":
        with desk_at(place / STORE) as desk:
            note = max(one.record.id for one in desk.store.all(Note, desk.walk_id))
        return [note if one == "NOTE" else one for one in words]
    return words


@contextmanager
def in_folder(place: Path) -> Iterator[None]:
    was = Path.cwd()
    os.chdir(place)
    try:
        yield
    finally:
        os.chdir(was)


def run(words: Sequence[str], place: Path, typed: str = "") -> int:
    """Use a command in this process; its exit code. A fault of walk is raised."""
    with in_folder(place):
        done = CliRunner().invoke(
            root, ["--store", STORE, *words], input=typed, catch_exceptions=False
        )
    return done.exit_code


def _in_child(words: Sequence[str], place: Path, typed: str, after_s: float) -> bool:
    """Use a command in a child that is killed after a while; True where that came in time."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            run(words, place, typed)
            os.write(writing, b"done")
        finally:
            os._exit(0)
    os.close(writing)
    ended, _, _ = select.select([reading], [], [], after_s)
    in_time = not ended
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    return in_time


def killed_often(names: Sequence[str], kills: int) -> int:
    """Kill commands at random moments, and look what is left; how many kills came in time."""
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        first = Path(made) / "first"
        first.mkdir()
        prepare(first)
        return sum(_killed_often(name, kills, first) for name in names)


def _killed_often(name: str, kills: int, first: Path) -> int:
    chance, killed, use = random.Random(f"{name} {kills}"), 0, USES[name]
    with tempfile.TemporaryDirectory(dir=folder()) as made:
        whole = Path(made) / "whole"
        shutil.copytree(first, whole)
        words = before_it(name, whole)
        lasts = _undisturbed(words, whole, Path(made) / "now", use)
        had = set() if use.takes_away else entries(whole / STORE)
        for _ in range(kills):
            place = Path(made) / "now"
            shutil.copytree(whole, place)
            killed += _in_child(words, place, use.typed, chance.uniform(0.0, lasts))
            look_after(place / STORE, had)
            _nothing_half(place)
            if use.again:
                assert run(words, place, use.typed) == 0, "doing it once more ends well"
                _nothing_half(place)
            shutil.rmtree(place)
    return killed


def _undisturbed(words: Sequence[str], whole: Path, place: Path, use: Use) -> float:
    """Seconds that a command takes, once all is loaded."""
    lasts = 0.0
    for _ in range(2):
        shutil.copytree(whole, place)
        begun = time.monotonic()
        code = run(words, place, use.typed)
        lasts = time.monotonic() - begun
        assert code == (1 if words[0] == "practice" else 0), code
        shutil.rmtree(place)
    return lasts


def _nothing_half(place: Path) -> None:
    """Every file that bears its name is whole."""
    for one in place.glob("*.walk"):
        check_pack(one)
    for one in (*place.glob("*.docx"), *place.glob("*.xlsx")):
        shutil.unpack_archive(one, place / "unpacked", "zip")
        shutil.rmtree(place / "unpacked")
    for one in place.glob("*.html"):
        assert one.read_text("utf-8").rstrip().endswith("</html>")
    for one in place.glob("elsewhere.walkdb"):
        backup.check(one)


def in_own_process(what: str) -> int:
    """The answer of an expression with the functions here, asked in a process that may fork."""
    code = f"import json\nfrom tests.faults.commands import *\nprint(json.dumps({what}))\n"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=1_200, check=False
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    return int(json.loads(done.stdout.splitlines()[-1]))

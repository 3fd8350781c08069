"""The walls of the house that no linter sees: what loads, who asks the time, keys and words."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from walk import disk

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "walk"
HEAVY = {"textual", "sqlite3", "sqlite_utils", "msgspec", "jinja2"}


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python from the source tree with nothing on its keyboard; a failure shows its words."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}\n{done.stderr[-3000:]}"
    return done


def _loaded(done: subprocess.CompletedProcess[str]) -> set[str]:
    """Return the names of all modules that a run with `-X importtime` loaded."""
    return set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, flags=re.MULTILINE))


def _sources() -> dict[str, ast.Module]:
    """Return every module of the package, parsed, under its path below the package."""
    found = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert found, "no source was found"
    return found


# What is asked of paths that a person typed ---------------------------------------------------


def test_screens_and_plain_mode_never_ask_a_path_itself_what_is_there() -> None:
    """`Path` raises where a folder is closed to its reader; disk.is_folder and is_there say no."""
    asking = [
        f"{name}:{node.lineno}"
        for name, tree in _sources().items()
        if name.startswith(("screens/", "plain/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("is_dir", "is_file", "exists")
    ]
    assert asking == []


def test_what_the_system_refuses_to_say_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    assert disk.is_folder(ROOT)
    assert disk.is_there(ROOT)
    monkeypatch.setattr("os.stat", closed)
    assert not disk.is_folder(ROOT)
    assert not disk.is_there(ROOT)


# What a command loads ------------------------------------------------------------------------


def test_the_command_line_loads_nothing_heavy() -> None:
    """`walk --help` and completion answer at once, as each command imports what it needs."""
    loaded = _loaded(_python("-X", "importtime", "-c", "import walk.__main__, walk.cli"))
    assert "walk.cli" in loaded
    assert loaded & HEAVY == set()


def test_the_demo_printed_loads_no_screen(tmp_path: Path) -> None:
    """Scripts and screen readers get the sample walk's summary without a screen library."""
    store = str(tmp_path / "demo.walkdb")
    done = _python("-X", "importtime", "-m", "walk", "--store", store, "demo", "--json")
    assert json.loads(done.stdout)["notes"] > 0
    assert "walk.cli" in _loaded(done)
    assert "textual" not in _loaded(done)


def test_the_summary_loads_no_screen(tmp_path: Path) -> None:
    """A summary is made on a machine with no terminal, from notes that were only imported."""
    notes = tmp_path / "notes.csv"
    notes.write_text("visit,at,kind,look_for,text\nV1,60,noticing,,5 of 7 pairs wrote\n", "utf-8")
    store = str(tmp_path / "summary.walkdb")
    _python("-m", "walk", "--store", store, "import", str(notes))
    done = _python("-X", "importtime", "-m", "walk", "--store", store, "summary", "--json")
    assert json.loads(done.stdout)["notes"] == 1
    assert "textual" not in _loaded(done)


# Who asks the time ---------------------------------------------------------------------------

CLOCK_READS = {
    *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
    "datetime.date.today",
    *(f"time.{name}" for name in ("time", "monotonic", "perf_counter", "clock_gettime")),
    *(f"time.{name}_ns" for name in ("time", "monotonic", "perf_counter", "clock_gettime")),
}


def _imported_names(tree: ast.AST) -> dict[str, str]:
    """Return what each imported name stands for: {"dt": "datetime.datetime"}, imports anywhere."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                names[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    """Return the full name an expression stands for, or "" if it is no plain name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value, names)
        return f"{before}.{node.attr}" if before else ""
    return ""


def _clock_reads(tree: ast.AST) -> list[str]:
    """Return "line: name" wherever the machine is asked the time, called or handed on."""
    names = _imported_names(tree)
    return [
        f"{node.lineno}: {_dotted(node, names)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and _dotted(node, names) in CLOCK_READS
    ]


def test_only_the_clock_asks_the_time() -> None:
    """A time that is given can be tested; a time that is taken cannot."""
    reads = {
        f"walk/{path}:{read}"
        for path, tree in _sources().items()
        if path != "clock.py"
        for read in _clock_reads(tree)
    }
    assert reads == set()


@pytest.mark.parametrize(
    "code",
    [
        "import time\ntime.time()",
        "import time as t\nt.monotonic()",
        "from time import perf_counter\nperf_counter()",
        "import datetime\ndatetime.datetime.now(datetime.UTC)",
        "from datetime import datetime as dt\nmake(default_factory=dt.now)",
        "def later():\n    from datetime import date\n    return date.today()",
    ],
)
def test_the_search_for_clocks_finds_every_spelling(code: str) -> None:
    assert len(_clock_reads(ast.parse(code))) == 1


def test_the_search_for_clocks_leaves_other_names_alone() -> None:
    code = "from datetime import datetime\nclock.now()\ndatetime.fromisoformat(text)\ntime.time()"
    assert _clock_reads(ast.parse(code)) == []


def test_pure_rooms_are_given_time_chance_and_place() -> None:
    """The timer and the rules about notes give the same answer to the same question, always."""
    pure = (
        *("timer.py", "jotting.py", "debrief.py", "protocol.py", "trends.py"),
        *("likeness/", "language/", "reports/"),
    )
    never = ("time", "random", "secrets", "walk.clock", "walk.paths")
    # A moment is a value, and so is what lies between two; the clock itself is not.
    values = {f"walk.clock.{name}" for name in ("Moment", "elapsed_ms")}
    found = {
        f"walk/{path}: {name}"
        for path, tree in _sources().items()
        if path.startswith(pure)
        for name in set(_imported_names(tree).values()) - values
        if any(f"{name}.".startswith(f"{room}.") for room in never)
    }
    assert found == set()


# Keys ----------------------------------------------------------------------------------------


def _screen_parts() -> Iterator[type[DOMNode]]:
    """Yield every widget, screen and app class defined in the rooms that may use Textual."""
    for room in ("walk.app", "walk.screens", "walk.widgets"):
        module = importlib.import_module(room)
        below = pkgutil.walk_packages(getattr(module, "__path__", []), f"{room}.")
        for name in [room, *(found.name for found in below)]:
            for thing in vars(importlib.import_module(name)).values():
                if not (isinstance(thing, type) and issubclass(thing, DOMNode)):
                    continue
                if thing.__module__ == name:
                    yield thing


def _binding_problems(part: type[DOMNode]) -> list[str]:
    """Return what the bindings declared by this class itself lack."""
    declared = vars(part).get("BINDINGS", [])
    problems = [
        f"{part.__name__}: {binding!r} has no id or no tooltip"
        for binding in declared
        if not (isinstance(binding, Binding) and binding.id and binding.tooltip.strip())
    ]
    ids = [binding.id for binding in declared if isinstance(binding, Binding)]
    problems += [f"{part.__name__}: {name} twice" for name in set(ids) if ids.count(name) > 1]
    return problems


def test_every_key_is_declared_once_with_its_words() -> None:
    """Footer, help and palette all speak from the bindings, so each needs a name and a help."""
    parts = list(_screen_parts())
    assert any(vars(part).get("BINDINGS") for part in parts), "no binding was found at all"
    assert [problem for part in parts for problem in _binding_problems(part)] == []


def test_the_search_for_keys_finds_what_lacks() -> None:
    class Lacking(Screen[None]):
        BINDINGS = [
            ("q", "quit", "Quit"),
            Binding("a", "add", "Add", id="x.add"),
            Binding("b", "back", "Back", id="x.back", tooltip="Go back"),
            Binding("c", "back", "Back", id="x.back", tooltip="Go back"),
        ]

    assert len(_binding_problems(Lacking)) == 3


# Looks ---------------------------------------------------------------------------------------


def _style_sheets() -> dict[Path, set[str]]:
    """Return for each style sheet that a screen names the names of the screens it serves."""
    screens = [part for part in _screen_parts() if issubclass(part, Screen)]
    sheets: dict[Path, set[str]] = {}
    for owner in screens:
        named = vars(owner).get("CSS_PATH") or []
        folder = Path(inspect.getfile(owner)).parent
        for sheet in named if isinstance(named, list) else [named]:
            served = {screen.__name__ for screen in screens if issubclass(screen, owner)}
            sheets.setdefault((folder / sheet).resolve(), set()).update(served)
    return sheets


def _top_names(sheet: str) -> set[str]:
    """Return the first word of every selector of every rule that is not nested in another."""
    text = re.sub(r"/\*.*?\*/|^\s*#\s.*?$|^\s*\$[\w-]+\s*:[^;]*;", "", sheet, flags=re.S | re.M)
    while (flatter := re.sub(r"\{[^{}]*\}", ";", text)) != text:
        text = flatter
    selectors = [part.strip() for rule in text.split(";") for part in rule.split(",")]
    return {re.split(r"[\s.:#>&]", part)[0] or part for part in selectors if part}


def test_every_style_sheet_stays_on_its_screen() -> None:
    """Textual applies a sheet to the whole app for good, so each rule names its own screen."""
    sheets = _style_sheets()
    files = {path.resolve() for path in (PACKAGE / "screens").rglob("*.tcss")}
    assert files == set(sheets), "a sheet that no screen names, or a screen whose sheet is missing"
    strays = {
        f"{path.name}: {name}"
        for path, screens in sheets.items()
        for name in _top_names(path.read_text(encoding="utf-8")) - screens
    }
    assert strays == set()


def test_a_screen_finds_the_sheet_of_what_it_is_made_from() -> None:
    """Textual looks beside the class itself, so a sheet of another folder is named in full."""
    lost = {
        f"{screen.__name__}: {sheet}"
        for screen in _screen_parts()
        for named in [getattr(screen, "CSS_PATH", None) or []]
        for sheet in (named if isinstance(named, list) else [named])
        if not (Path(inspect.getfile(screen)).parent / sheet).is_file()
    }
    assert lost == set()


def test_the_search_for_stray_rules_reads_nesting_and_comments() -> None:
    sheet = """
    /* Label { } */
    # Button { }
    $wide: 4;
    VisitScreen { Label { &:focus { color: $text; } } .notes { width: 1fr; } }
    VisitScreen.-wide, VisitScreen #line { layout: grid; }
    Static, .loud { color: red; }
    """
    assert _top_names(sheet) == {"VisitScreen", "Static", ".loud"}


# The command line and its words --------------------------------------------------------------


def _commands() -> set[str]:
    """Return the name of every command that a person may see."""
    groups = [
        thing
        for thing in vars(importlib.import_module("walk.cli")).values()
        if isinstance(thing, click.Group)
    ]
    below = [command for group in groups for command in group.commands.values()]
    top = [group for group in groups if group not in below]
    assert len({id(group) for group in top}) == 1, "walk.cli has one command group at its top"
    context = click.Context(top[0])
    found = {name: top[0].get_command(context, name) for name in top[0].list_commands(context)}
    return {name for name, command in found.items() if command and not command.hidden}


def _commands_in_readme() -> set[str]:
    """Return the commands that the README shows in code: `walk NAME` at the head of a line."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", readme, flags=re.M | re.S)
    prose = re.sub(r"^```[^\n]*\n.*?^```", "", readme, flags=re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", prose)
    calls = r"(?:^|&&|\|) *\$? ?walk ([a-z][a-z-]*)(?![\w.])"
    return {name for line in lines for name in re.findall(calls, line)}


def test_the_readme_names_every_command_and_no_other() -> None:
    """A command nobody reads of is not there, and one that is gone only annoys."""
    assert _commands_in_readme() == _commands()


def test_help_lists_every_command_the_readme_names() -> None:
    words = _python("-m", "walk", "--help").stdout
    missing = {
        name
        for name in _commands_in_readme()
        if not re.search(rf"^ +{name}\b", words, flags=re.MULTILINE)
    }
    assert missing == set()

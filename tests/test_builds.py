"""What is laid beside the programs that are built, and the workflow that builds them.

The builds themselves take minutes: the workflow makes them and tries them out.
"""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from walk.paths import BESIDE

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "scripts"
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def build_folder() -> ModuleType:
    """The script that builds the one folder."""
    return _script("build_folder")


@pytest.fixture
def wheelhouse() -> ModuleType:
    """The script that lays wheels in a folder."""
    return _script("build_wheelhouse")


@pytest.mark.parametrize(
    ("system", "starters"),
    [
        ("linux", {"Start walk.sh"}),
        ("darwin", {"Start walk.command"}),
        ("win32", set[str]()),
    ],
)
def test_each_system_gets_what_a_double_click_starts(
    build_folder: ModuleType, tmp_path: Path, system: str, starters: set[str]
) -> None:
    build_folder.lay_beside(tmp_path, system)
    assert {one.name for one in tmp_path.iterdir()} == {*starters, "Read me first.txt"}
    for name in starters:
        script = tmp_path / name
        assert script.read_bytes().startswith(b"#!/bin/sh\n")
        assert b"\r" not in script.read_bytes()


def test_the_folder_says_where_notes_lie_and_how_a_stick_is_used(
    build_folder: ModuleType, tmp_path: Path
) -> None:
    build_folder.lay_beside(tmp_path, "win32")
    told = (tmp_path / "Read me first.txt").read_bytes()
    assert BESIDE.encode() in told
    # Notepad of older Windows shows a text without them as one line.
    assert told.count(b"\n") == told.count(b"\r\n")


def test_whoever_builds_takes_all_of_the_packages_that_are_found_by_name(
    build_folder: ModuleType, tmp_path: Path
) -> None:
    told = build_folder.arguments(tmp_path)
    whole = {told[at + 1] for at, one in enumerate(told) if one == "--collect-submodules"}
    assert {"walk", "textual"} <= whole
    assert told[0] == str(SCRIPTS / "folder" / "start.py")
    assert (SCRIPTS / "folder" / "start.py").is_file()


def test_links_become_files_as_sticks_know_none(build_folder: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "one.so").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "two.so").symlink_to("../one.so")
    (tmp_path / "again").symlink_to("folder", target_is_directory=True)
    assert build_folder.without_links(tmp_path) == 2
    assert not any(one.is_symlink() for one in tmp_path.rglob("*"))
    assert (tmp_path / "again" / "two.so").read_bytes() == b"x"


def test_the_licences_of_all_that_is_built_in_come_along(
    build_folder: ModuleType, tmp_path: Path
) -> None:
    build_folder.keep_licences(tmp_path, "textual")
    found = {one.name: sorted(one.iterdir()) for one in tmp_path.iterdir()}
    assert {"textual", "rich", "platformdirs", "Python"} <= found.keys()
    assert all(found.values())
    assert not found.keys() & {"pytest", "ruff", "mypy", "PyInstaller"}


# The folder of wheels ----------------------------------------------------------------------------


def test_a_batch_file_has_the_line_ends_that_windows_reads(
    wheelhouse: ModuleType, tmp_path: Path
) -> None:
    wheelhouse.lay_beside(tmp_path)
    batch = (tmp_path / "install.bat").read_bytes()
    assert batch.count(b"\n") == batch.count(b"\r\n") > 0
    assert b"\r" not in (tmp_path / "install.sh").read_bytes()
    assert not any(b"{fits}" in one.read_bytes() for one in tmp_path.iterdir())


def test_every_jump_of_the_batch_file_has_its_place() -> None:
    """Windows stops with a line of its own at a label that is not there."""
    lines = (SCRIPTS / "wheelhouse" / "install.bat").read_text(encoding="utf-8").splitlines()
    places = {line[1:] for line in lines if line.startswith(":")}
    jumps = {found for line in lines for found in re.findall(r"\bgoto (\w+)", line)}
    assert jumps <= places
    assert places - jumps <= {"named", "made", "nopython", "failed"}


@pytest.mark.parametrize("name", ["install.sh", "install.bat"])
def test_installing_asks_no_index(name: str) -> None:
    text = (SCRIPTS / "wheelhouse" / name).read_text(encoding="utf-8")
    installing = text[text.index("pip install") : text.index("classroom-walk[")]
    assert "--no-index" in installing
    assert "--find-links" in installing
    assert "sudo" not in text


def test_it_is_tried_without_the_wheels_of_this_machine(wheelhouse: ModuleType) -> None:
    told = wheelhouse.without_index(
        {"PATH": "x", "PIP_FIND_LINKS": "elsewhere", "PIP_INDEX_URL": "y"}
    )
    assert told["PATH"] == "x"
    assert not {name for name in told if name.startswith("PIP_")} - {"PIP_CONFIG_FILE"}


def test_the_extras_that_are_laid_in_are_those_of_the_project(wheelhouse: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert project["name"] == wheelhouse.DISTRIBUTION
    assert set(wheelhouse.EXTRAS.split(",")) <= extras.keys()
    for name in ("install.sh", "install.bat"):
        text = (SCRIPTS / "wheelhouse" / name).read_text(encoding="utf-8")
        assert f"{project['name']}[{wheelhouse.EXTRAS}]" in text


# The workflow ------------------------------------------------------------------------------------


def test_the_workflow_tries_three_systems_and_builds_on_each() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    for system in ("ubuntu", "macos", "windows"):
        assert system in text
    for script in ("build_folder.py", "build_wheelhouse.py"):
        assert f"scripts/{script}" in text
        assert (SCRIPTS / script).is_file()


def test_the_workflow_knows_no_secret_and_pins_its_actions() -> None:
    text = WORKFLOW.read_text(encoding="utf-8")
    assert "secrets" not in text
    assert "permissions:\n  contents: read" in text
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", one) for one in used)

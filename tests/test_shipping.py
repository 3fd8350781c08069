"""What leaves this repository is whole: the wheel, the templates, files that fit any machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import settings

import walk.focus

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "walk"
TEMPLATES = ROOT / "focus_templates"


def _data_files() -> set[str]:
    """Return the names in a wheel of all files that are needed and are no Python."""
    templates = {f"walk/focus_templates/{path.name}" for path in TEMPLATES.glob("*.toml")}
    inside = [path for ending in ("tcss", "j2") for path in PACKAGE.rglob(f"*.{ending}")]
    assert templates, "no focus template was found"
    return templates | {path.relative_to(ROOT).as_posix() for path in inside}


def test_a_wheel_holds_every_file_it_needs(tmp_path: Path) -> None:
    """What is installed has its templates, style sheets and licence with it."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT,
        check=True,
        timeout=120,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert _data_files() - names == set()
    assert "walk/__main__.py" in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_source_tree_finds_its_templates() -> None:
    """An editable install has no copy of the templates inside the package."""
    assert Path(walk.focus.__file__).is_relative_to(PACKAGE)
    assert not (PACKAGE / "focus_templates").exists()
    found = walk.focus.load_templates()
    assert len(found) == len(list(TEMPLATES.glob("*.toml"))) > 0


def _project_files() -> Iterator[Path]:
    """Yield the files that belong to the project; works without git, as in an unpacked archive."""
    kept_hidden = {".ci", ".github", ".gitignore"}
    made = {"__pycache__", "build", "dist"}
    for folder, below, names in os.walk(ROOT):
        here = Path(folder)
        below[:] = [
            name
            for name in below
            if name not in made
            and not name.endswith(".egg-info")
            and (not name.startswith(".") or name in kept_hidden)
            and not (here / name / "pyvenv.cfg").exists()
        ]
        yield from (here / n for n in names if not n.startswith(".") or n in kept_hidden)


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    """Whoever clones this has other folders and may have another package index."""
    telling = re.compile(
        r"(?<![\w.-])[/](?:work|root)/|file:[/]{2}/|https?:[/]{2}\S*/simple\b|"
        r"\bpypi[.]org|\bpythonhosted[.]org"
    )
    files = list(_project_files())
    assert Path(__file__) in files
    found = {
        f"{path.relative_to(ROOT)}: {hit}"
        for path in files
        for hit in telling.findall(path.read_text(encoding="utf-8", errors="ignore"))
    }
    assert found == set()


def test_every_dependency_has_its_reason() -> None:
    """A library is a debt; docs/dependencies.md says why each one is worth it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        wanted += extra
    names = {re.split(r"[^\w.-]", line)[0] for line in wanted} - {project["project"]["name"]}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([\w.-]+)` \|", page, flags=re.MULTILINE)) == names


# The house of the tests ----------------------------------------------------------------------


def test_a_test_never_meets_the_developers_own_walks(tmp_path: Path) -> None:
    for name in ("WALK_STORE", "HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"):
        assert Path(os.environ[name]).is_relative_to(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_property_tests_are_neither_hurried_nor_the_same_each_time() -> None:
    now = settings()
    assert (now.deadline, now.derandomize, now.print_blob) == (None, False, True)
    assert now.max_examples in {40, 600}

"""Build walk as one folder that needs no Python: `python scripts/build_folder.py`.

For the system that it runs on, from the walk that is installed in the Python that runs it; the
folder starts by a double click, needs no admin rights and runs from a stick. docs/install.md says
what is asked for before, and how the folder is used.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT / "scripts" / "folder"
NAME = "walk"
DISTRIBUTION = "classroom-walk"
EXTRAS = ("docx", "passphrase")
INSIDE = "_internal"
"""Where in the folder all lies that nobody needs to look at."""
LICENCES = "licences"

WHOLE = (NAME, "textual", "pyrage")
"""Packages of which all is taken: they name parts of themselves by words, which no search finds."""
_LEFT_OUT = ("tkinter", "unittest", "pydoc_data", "pip", "setuptools", "wheel")
"""What libraries may ask for and walk never does."""

_STARTERS = {
    "linux": ("Start walk.sh",),
    "darwin": ("Start walk.command",),
    "win32": (),  # there the program itself starts by a double click
}
"""What starts the program by a double click, by system as in sys.platform."""
_LICENCE = re.compile(r"(?i)(licen[cs]e|copying|notice)")
_NAMED = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"extra == .([\w-]+)")


def arguments(work: Path) -> list[str]:
    """What PyInstaller is told; what it makes lies in `work`, the folder in dist/walk."""
    told = [str(BESIDE / "start.py"), "--name", NAME, "--noconfirm", "--log-level", "WARN"]
    told += ["--console", "--onedir", "--noupx", "--contents-directory", INSIDE]
    told += ["--distpath", str(work / "dist"), "--workpath", str(work / "work")]
    told += ["--specpath", str(work)]
    for package in WHOLE:
        told += ["--collect-submodules", package, "--collect-data", package]
    told += ["--copy-metadata", "textual"]
    for package in _LEFT_OUT:
        told += ["--exclude-module", package]
    return told


def needed(name: str, seen: set[str] | None = None) -> Iterator[Distribution]:
    """The distribution of that name and all that it needs here, extras included, each once."""
    seen = set() if seen is None else seen
    plain = re.sub(r"[-_.]+", "-", name).lower()
    if plain in seen or plain in _LEFT_OUT:
        return
    seen.add(plain)
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return  # for another system, or an extra that nobody asked for
    yield found
    for line in found.requires or ():
        # What is needed for tests or for work on a library is no part of it.
        extra = _EXTRA.search(line)
        if extra and not (name == DISTRIBUTION and extra[1] in EXTRAS):
            continue
        if match := _NAMED.match(line):
            yield from needed(match[0], seen)


def keep_licences(target: Path, name: str = DISTRIBUTION) -> None:
    """Lay the licences of walk, Python and every library in a folder, as they ask to be."""
    for one in needed(name):
        for text in one.files or ():
            told = _LICENCE.search(text.name) and text.parts[0].endswith(".dist-info")
            source = Path(str(text.locate()))
            if told and source.is_file():
                folder = target / one.metadata["Name"]
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, folder / text.name)
    for base in (Path(sys.base_prefix), Path(os.__file__).parent):
        for licence in (base / "LICENSE.txt", base / "LICENSE"):
            if licence.is_file():
                (target / "Python").mkdir(parents=True, exist_ok=True)
                shutil.copyfile(licence, target / "Python" / "LICENSE.txt")


def lay_beside(folder: Path, system: str = sys.platform) -> None:
    """Lay beside the program what starts it by a double click, and what is to be read first."""
    for name in _STARTERS.get(system, ()):
        _lay(folder / name, "\n")
        (folder / name).chmod(0o755)
    _lay(folder / "Read me first.txt", "\r\n")


def _lay(target: Path, ends: str) -> None:
    text = (BESIDE / target.name).read_text(encoding="utf-8")
    target.write_text(text, encoding="utf-8", newline=ends)


def without_links(folder: Path) -> int:
    """Put files in the place of links, as sticks know none; how many there were."""
    links = [one for one in sorted(folder.rglob("*")) if one.is_symlink()]
    for link in links:
        real = link.resolve()
        link.unlink()
        if real.is_dir():
            shutil.copytree(real, link)
        else:
            shutil.copy2(real, link)
    return len(links)


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def check(folder: Path) -> str:
    """Do with the built program what needs its hidden parts; what it says of itself.

    The sample walk, every kind of document, and a pack that a program of its own locks and opens.
    """
    program = folder / (f"{NAME}.exe" if sys.platform == "win32" else NAME)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        told = {"WALK_PASSPHRASE": "four words said aloud", "WALK_STORE": f"{place}/a.walkdb"}
        environment = {name: value for name, value in os.environ.items() if name[:4] != "WALK"}

        def run(*words: str, **more: str) -> str:
            done = subprocess.run(
                [program, *words],
                cwd=place,
                env=environment | told | more,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                check=True,
                text=True,
                encoding="utf-8",
            )
            return done.stdout

        run("--store", f"{place}/a.walkdb", "demo", "--json")
        for ending in ("docx", "xlsx", "html", "md", "csv"):
            run("summary", "-o", f"summary.{ending}")
        run("plan", "--ics")
        run("share", "--passphrase", "-o", "all.walk")
        run("collect", "all.walk", WALK_STORE=f"{place}/b.walkdb")
        return run("--version").splitlines()[0]


def built(out: Path) -> Path:
    """Build the folder `out`/walk; an older one there is replaced once the new one works."""
    if (ROOT / NAME) in _places() or not _places():
        raise SystemExit(
            "Install walk itself first, not its source tree: pip install '.[one-folder]'"
        )
    work = out / "making"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    # Away from the source tree, so that the installed walk is the one that is built in.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-m", "PyInstaller", *arguments(work)]
    subprocess.run(command, cwd=work, env=environment, check=True)
    made = work / "dist" / NAME
    # Not on a Mac: there a link is part of what is signed, and its sticks know them.
    if sys.platform != "darwin":
        without_links(made)
    keep_licences(made / LICENCES)
    lay_beside(made)
    print(check(made))
    target = out / NAME
    shutil.rmtree(target, ignore_errors=True)
    made.rename(target)
    shutil.rmtree(work)
    return target


def _places() -> list[Path]:
    found = importlib.util.find_spec(NAME)
    return (
        [Path(one).resolve() for one in (found.submodule_search_locations or ())] if found else []
    )


def main() -> None:
    """Build, and say where the folder lies and how large it is."""
    # What is built is the walk that is installed, also where PYTHONPATH names its source tree.
    sys.path[:] = [one for one in sys.path if Path(one or ".").resolve() != ROOT]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "dist", help="default: dist")
    parser.add_argument("--zip", action="store_true", help="pack the folder into a file as well")
    asked = parser.parse_args()
    folder = built(asked.out.resolve())
    print(f"{folder}: {size(folder) / 1_000_000:.0f} MB")
    if asked.zip:
        form = "zip" if sys.platform == "win32" else "gztar"  # a zip loses what may be started
        system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
        packed = shutil.make_archive(
            str(folder.with_name(f"walk-{system}")), form, folder.parent, NAME
        )
        print(f"{packed}: {Path(packed).stat().st_size / 1_000_000:.0f} MB")


if __name__ == "__main__":
    main()

"""Lay walk and all it needs in one folder, for laptops without a net.

`python scripts/build_wheelhouse.py` makes it: wheels, and two scripts that install from them alone,
into a folder of their own. It fits laptops with the same system, processor and Python version as
the one that makes it; this one needs a package index, once.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BESIDE = ROOT / "scripts" / "wheelhouse"
DISTRIBUTION = "classroom-walk"
EXTRAS = "docx,passphrase"
FOLDER = "walk-offline"
WHEELS = "wheels"

ENDS = {"install.sh": "\n", "install.bat": "\r\n", "Read me first.txt": "\r\n"}
"""What lies beside the wheels, and how its lines end: a batch file reads no others."""


def fetch(target: Path) -> list[Path]:
    """Build walk's wheel and fetch those of all it needs here; the wheels."""
    target.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", target, ROOT], check=True)
    (own,) = target.glob("*.whl")
    # Wheels alone: on a laptop without a net nothing can be compiled.
    wanted = ["--only-binary", ":all:", "--dest", str(target), f"{own}[{EXTRAS}]"]
    subprocess.run([*pip, "download", *wanted], check=True)
    return sorted(target.glob("*.whl"))


def lay_beside(folder: Path) -> None:
    """Lay the scripts and what is to be read first beside the wheels."""
    python = ".".join(platform.python_version_tuple()[:2])
    fits = f"{platform.system()}, {platform.machine()}, Python {python}"
    for name, ends in ENDS.items():
        text = (BESIDE / name).read_text(encoding="utf-8").replace("{fits}", fits)
        (folder / name).write_text(text, encoding="utf-8", newline=ends)
    (folder / "install.sh").chmod(0o755)


def install_command(folder: Path, target: Path) -> list[str]:
    """How the folder is installed on this system, into `target`."""
    if sys.platform == "win32":
        return [str(folder / "install.bat"), str(target)]
    return ["sh", str(folder / "install.sh"), str(target)]


def without_index(base: dict[str, str]) -> dict[str, str]:
    """An environment in which pip knows no index and no other folder of wheels."""
    kept = {name: value for name, value in base.items() if not name.startswith("PIP_")}
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PYTHON": sys.executable}


def check(folder: Path) -> str:
    """Install from the folder alone and start walk; what it says of itself."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        target = Path(place) / "walk app"
        environment = without_index(dict(os.environ))
        subprocess.run(
            install_command(folder, target),
            check=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        program = target / ("Scripts/walk.exe" if sys.platform == "win32" else "bin/walk")
        said = [
            subprocess.run(
                [program, *words],
                check=True,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env=environment,
            ).stdout
            for words in (["--version"], ["demo", "--json"])
        ]
    return said[0].splitlines()[0]


def main() -> None:
    """Fetch, try it out, and say where the folder lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "dist", help="default: dist")
    parser.add_argument("--zip", action="store_true", help="pack the folder into a file as well")
    asked = parser.parse_args()
    folder = asked.out.resolve() / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    wheels = fetch(folder / WHEELS)
    lay_beside(folder)
    print(f"Installed from the folder alone: {check(folder)}")
    size = sum(one.stat().st_size for one in wheels) / 1_000_000
    print(f"{folder}: {len(wheels)} wheels, {size:.0f} MB")
    if asked.zip:
        print(shutil.make_archive(str(folder), "zip", folder.parent, FOLDER))


if __name__ == "__main__":
    main()

"""How long the one-folder build takes to start, beside the installed walk: until Home is painted.

`python -m benchmarks.one_folder dist/walk/walk`, with the Python into which walk is installed;
further programs may be named, such as the same folder on a stick.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.common import (
    folder,
    interleaved,
    make_store,
    median,
    options,
    p95,
    paired,
    table,
    times,
)
from benchmarks.start import ON_HOME, ended, painted
from tests.terminal import walk_command

INSTALLED = "installed, Home"
SAID = "installed, walk --version"


def main() -> None:
    """Measure and print."""
    parser = options(__doc__, 15)
    parser.add_argument("programs", nargs="+", type=Path, help="the programs that were built")
    chosen = parser.parse_args()
    with folder(chosen.dir) as place:
        store = make_store(place / "small.walkdb")
        cases = {
            INSTALLED: painted(walk_command(store), ON_HOME),
            SAID: ended([sys.executable, "-m", "walk", "--version"]),
        }
        for program in chosen.programs:
            whole = str(program.resolve())
            cases[f"{program}, Home"] = painted([whole, "--store", str(store)], ON_HOME)
            cases[f"{program} --version"] = ended([whole, "--version"])
        found = interleaved(cases, chosen.n)
    table(
        f"Start, {chosen.n} rounds, interleaved",
        ("what", "median ms", "p95 ms", "x installed"),
        [
            (
                name,
                f"{median(took) * 1000:.0f}",
                f"{p95(took) * 1000:.0f}",
                times(paired(took, found[SAID if "--version" in name else INSTALLED])),
            )
            for name, took in found.items()
        ],
    )


if __name__ == "__main__":
    main()

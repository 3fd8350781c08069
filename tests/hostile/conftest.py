"""The folder in which hostile input is tried, and the program that tries it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# They need forks and POSIX files; what they prove is not about the platform.
collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []

if sys.platform != "win32":
    from tests.hostile.runs import Runs
    from tests.hostile.world import build, clear, litter

    @pytest.fixture(scope="session")
    def good_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
        """A folder with a good file of every kind; it is only copied from."""
        folder = tmp_path_factory.mktemp("hostile") / "good"
        build(folder)
        return folder

    @pytest.fixture(scope="session")
    def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
        """What runs commands, in a folder that `fresh` fills."""
        folder = tmp_path_factory.mktemp("runs") / "here"
        with Runs(folder) as running:
            yield running
        clear(folder)

    @pytest.fixture
    def fresh(runs: Runs, good_folder: Path) -> Callable[[], list[str]]:
        """Makes the folder anew, good files and litter; gives the names of the litter."""

        def make() -> list[str]:
            clear(runs.folder)
            shutil.copytree(good_folder, runs.folder)
            return litter(runs.folder)

        make()
        return make

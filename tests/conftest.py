"""What holds for every test: a known machine, an empty home, a still screen, a known effort."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# Without .pyc files each worker would compile every test, and what asserts in hypothesis, anew: a
# third of a minute for each of them.
sys.dont_write_bytecode = False

from hypothesis import HealthCheck, settings  # noqa: E402

_KNOWN_MACHINE = {
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "WT_SESSION": "tests",
    "TEXTUAL_ANIMATIONS": "none",
    "TZ": "UTC",
}
_WISHES_OF_A_DEVELOPER = ("TEXTUAL_", "WALK_")
_WISHES_BY_NAME = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "ESCDELAY")


def _settle_environment() -> None:
    """Give every test and its child processes the same machine, whoever runs them."""
    for name in list(os.environ):
        if name.startswith(_WISHES_OF_A_DEVELOPER) or name in _WISHES_BY_NAME:
            del os.environ[name]
    os.environ.update(_KNOWN_MACHINE)
    if hasattr(time, "tzset"):
        time.tzset()


# These need a POSIX pseudo-terminal, fork or kill; what they prove is not about the platform.
# A test in test_platform_places.py finds those that are missing here.
_POSIX = [
    "access/test_terminal.py",
    "faults",
    "hostile",
    "plain/test_plain_terminal.py",
    "storage/test_backup_kills.py",
    "test_kills.py",
    "test_packs_terminal.py",
    "test_start_script.py",
    "test_terminal_bytes.py",
]
collect_ignore = _POSIX if sys.platform == "win32" else []

# Textual reads its variables once, when it is imported: this must run before any test module.
_settle_environment()


def _register_profiles() -> None:
    """Name the two efforts of property tests; both leave time out, as machines share their cores.

    Everything is said outright: under CI hypothesis would otherwise start from its own defaults.
    """
    common = settings(
        deadline=None,
        derandomize=False,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.register_profile("quick", common, max_examples=40)
    settings.register_profile("thorough", common, max_examples=600)


def pytest_configure(config: pytest.Config) -> None:
    """Pick the hypothesis profile: HYPOTHESIS_PROFILE, else by the marker, else quick."""
    _register_profiles()
    usual = "thorough" if config.option.markexpr.strip() in ("long", "deep") else "quick"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))


@pytest.fixture(autouse=True)
def _empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own store, settings and home out of reach.

    The folders are named, not made: tmp_path is still empty when the test begins.
    """
    home = tmp_path / "home"
    monkeypatch.setenv("WALK_STORE", str(tmp_path / "test.walkdb"))
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(autouse=True, scope="session")
def _still_cursor() -> Iterator[None]:
    """Stop the blinking: a cursor that comes and goes by the clock makes two runs differ.

    Textual has no public switch for all widgets at once. Should these names go in a later
    Textual, every test fails here and says so.
    """
    from textual.widgets import Input, TextArea

    def stay(_widget: object) -> None:
        """Leave the cursor as it is."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Input, "_toggle_cursor", stay)
        patch.setattr(TextArea, "_toggle_cursor_blink_visible", stay)
        yield


@pytest.fixture(autouse=True, scope="session")
def _whole_waits() -> Iterator[None]:
    """A pause of Textual's Pilot ends when the app is done, on a busy machine too."""
    from tests.waiting import settled

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual.pilot.wait_for_idle", settled)
        yield

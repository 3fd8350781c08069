"""What is told and kept when walk stops by a fault of its own: where it happened, and no words.

A traceback would show its reader nothing they can use, and what people typed could stand in it.
"""

from __future__ import annotations

import platform
import traceback

from walk import __version__
from walk.paths import crash_file


def write_down(error: BaseException, kept: str = "What you saved is kept.") -> str:
    """Write into the crash file where an error came from; the words that tell a person.

    `kept` says what is not lost. Where the file cannot be written, the words hold what it would.
    """
    crash = without_words(error)
    try:
        file = crash_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(crash, encoding="utf-8")
        where = f" Where it happened is written down in {file}, without any note text."
    except Exception:  # a home that is no folder, no room: nothing may stop the telling
        where = f"\n{crash}"
    return f"walk stopped by a fault of its own. {kept}{where}"


def without_words(error: BaseException) -> str:
    """Where an error came from, without its message, local variables or source lines."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    about = f"walk {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([about, type(error).__qualname__, *lines]) + "\n"

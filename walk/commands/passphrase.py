"""How a command gets a passphrase: from the environment or a hidden prompt, never from arguments.

What stands in a command line can be read by others on the machine and stays in the shell's history.
"""

from __future__ import annotations

import os
import sys

import click

from walk.commands.desk import at_terminal
from walk.errors import PackError, WalkError

VARIABLE = "WALK_PASSPHRASE"

passphrase_option = click.option(
    "--passphrase",
    "locked",
    is_flag=True,
    help=f"Lock the pack; asks for a passphrase, or takes {VARIABLE} from the environment.",
)
"""Asks for a lock. The passphrase itself is never an argument."""


def asked_twice() -> str:
    """A new passphrase, typed twice alike or taken from the environment; PackError otherwise."""
    from walk.exchange.locked import check_new, need_extra

    need_extra()
    typed = _set() or _asked("A passphrase for this pack")
    check_new(typed)
    if not _set() and _asked("The same again") != typed:
        raise PackError("The two were not the same, so nothing was written.", "Type them again.")
    return typed


def asked_once(file: str) -> str:
    """The passphrase of a pack that is there; nothing when none is given."""
    from walk.text import one_line

    return _set() or _asked(f"The passphrase for {one_line(file)}")


def may_ask() -> bool:
    """Whether a passphrase is set already, or there is somebody at a terminal to be asked."""
    return bool(_set()) or at_terminal(sys.stdin)


def _set() -> str:
    return os.environ.get(VARIABLE, "").rstrip("\r\n")


def _asked(words: str) -> str:
    if not at_terminal(sys.stdin):
        raise PackError(
            "This needs a passphrase, and there is no terminal to ask for it.",
            f"Set {VARIABLE} to it, for this one command.",
        )
    try:
        return str(click.prompt(words, hide_input=True, default="", show_default=False, err=True))
    except click.Abort:
        raise WalkError("Nothing was done.", "No passphrase was typed.") from None

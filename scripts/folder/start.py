"""Where the one-folder build begins: walk, in a window of its own where somebody double-clicked."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run walk; or, as a program that walk starts itself, lock or open one pack."""
    from walk.exchange.age_process import ALONE, serve

    if sys.argv[1:] == [ALONE]:
        serve(sys.stdin.buffer, sys.stdout.buffer)
        return
    from walk.__main__ import main as walk

    try:
        walk()
    except SystemExit as end:
        if end.code and own_window():
            # The window goes with the program, and with it what was said.
            print("\nPress Enter to close this window.")
            sys.stdin.readline()
        raise


def own_window() -> bool:
    """Whether the window was opened for this program alone, as Windows does for a double click."""
    if sys.platform != "win32" or not os.isatty(0):
        return False
    import ctypes

    listed = (ctypes.c_uint32 * 2)()
    return ctypes.windll.kernel32.GetConsoleProcessList(listed, 2) == 1


if __name__ == "__main__":
    main()

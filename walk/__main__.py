"""Where the command `walk` and `python -m walk` begin."""

from __future__ import annotations

import gc


def main() -> None:
    """Run the command line."""
    # Start-up makes many objects and hardly any garbage, so the collector only costs time until
    # the first screen is painted (docs/performance.md); the app turns it on again.
    gc.disable()
    from walk.disk import no_dialogs

    no_dialogs()
    from walk.cli import main as run

    run()


if __name__ == "__main__":
    main()

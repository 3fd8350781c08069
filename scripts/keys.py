"""Write docs/keys.md, all keys of all screens, from the declarations: `python scripts/keys.py`.

With --check it writes nothing and fails where the page is not as it would be written.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from walk.screens import registry  # noqa: E402
from walk.screens.help import EVERYWHERE  # noqa: E402
from walk.screens.helping import HELP_KEY  # noqa: E402
from walk.screens.registry import Keys  # noqa: E402

PAGE = ROOT / "docs" / "keys.md"
HEAD = """# Keys

Every key of every screen. Written by `python scripts/keys.py` from the same declarations that feed
the key line at the foot of each screen, its help (`?`) and the palette; a test compares them.

Plain keys do everything: letters, digits, arrows, Enter, Esc, Tab. The key line shows what can be
done now, as far as it fits; `?` shows all of it. Where text is typed, letters are letters: there
Esc opens a menu of one line that leads to help too, or goes back. In a field `?` asks for help at
its very beginning, and once help was shown it is a sign like any other; F1 asks anywhere.
"""


HELP = ((registry.key_of(HELP_KEY), HELP_KEY.tooltip),)


def _table(rows: Iterable[tuple[str, str]]) -> list[str]:
    told = [f"| {_cell(f'`{key}`')} | {_cell(words)} |" for key, words in rows]
    return ["| key | what it does |", "|---|---|", *told, ""] if told else []


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _part(one: Keys, level: str = "###") -> list[str]:
    lines = [f"{level} {one.name}", "", *_table(one.rows)]
    if one.menu:
        lines += ["The menu of Esc; some of it stands there only when it can be done:", ""]
        lines += _table(one.menu)
    return lines


def page() -> str:
    """The whole page."""
    lines = [HEAD, "## Everywhere", "", *_table((*HELP, *EVERYWHERE)), "## Screens", ""]
    for one in registry.screens():
        lines += _part(one)
    lines += ["## Lists, lines and fields", ""]
    for one in registry.parts():
        lines += _part(one)
    lines += ["## Dialogs and pages over a screen", ""]
    for one in registry.dialogs():
        lines += _part(one)
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    """Write the page, or say whether it is true."""
    made = page()
    if "--check" in sys.argv[1:]:
        true = PAGE.exists() and PAGE.read_text("utf-8") == made
        print("docs/keys.md is true" if true else "docs/keys.md is old: python scripts/keys.py")
        return 0 if true else 1
    PAGE.write_text(made, "utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

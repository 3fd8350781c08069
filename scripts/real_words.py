"""Write walk/language/rules/real_words.toml: words of their own that are one letter from a cue.

    python scripts/real_words.py WORDS.txt

WORDS.txt holds one English word a line, any list will do. Wording help reads a misspelt word as
the cue it is one letter away from; the words found here are spelt rightly and left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from walk.language.check import one_apart
from walk.language.rules import SHORTEST_SLIP, left_out, rules_for

TARGET = Path(__file__).parent.parent / "walk" / "language" / "rules" / "real_words.toml"


def main(source: Path) -> None:
    rules = rules_for(None)
    real = set()
    for word in source.read_text("utf-8").split():
        word = word.lower()
        if len(word) < SHORTEST_SLIP or not word.isalpha() or not word.isascii():
            continue
        cues = {rules.cues[short] for short in (word, *left_out(word)) if short in rules.cues}
        if any(cue != word and one_apart(word, cue) for cue in cues):
            real.add(word)
    lines, line = [], ""
    for word in sorted(real):
        if len(line) + len(word) > 98:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    text = "\n".join([*lines, line])
    TARGET.write_text(
        "# Words of their own that are one letter from a cue; made by scripts/real_words.py.\n"
        f'words = """\n{text}\n"""\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

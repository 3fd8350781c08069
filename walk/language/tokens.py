"""Words of a note as wording help reads them: lower case, short forms written out, places kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

HIDDEN = "\0"
"""Stands in place of a word that is not the walker's own; no pattern holds it."""
SPOKEN = "\1"
"""The same for speech, after which the walker begins anew."""
NUMBER = "#"
FRACTION = "#/#"
GERUND = "-ing"
_KNOWN_MOST = 20_000  # words remembered; a district's notes hold fewer
STOPS = frozenset(".;!?:\n()[]–—•*…|→=>")
"""Signs that end a sentence or set off a fragment."""

# Numbers and fractions; w/ and b/c; words, whose hyphens part them and whose apostrophes do not;
# line ends; any other sign by itself. Each alternative begins differently, so reading is linear.
_TOKEN = re.compile(
    r"""(?P<number>\d+(?:[.,:]\d+)*(?:/\d+(?![\w/]))?(?:st|nd|rd|th|s|%|x)?(?!\w))
      | (?P<short>(?:w/o|w/|b/c|h/w|s/o|y/n|n/a)(?![^\W_]))
      | (?P<grade>(?<!\w)[A-DF][+-](?!\w))
      | (?P<word>[^\W_]+(?:['’_][^\W_]+)*)
      | (?P<line>\n)
      | (?P<dash>(?<=\s)-(?=\s)|(?:(?<=\n)|^)-)
      | (?P<other>[^\w\s'’-]|_)""",
    re.VERBOSE | re.IGNORECASE,
)
_SPEAKER = re.compile(r"(?:st?|g|b|p)\d{1,2}\Z", re.IGNORECASE)
_KEEP_S = frozenset(
    ("it", "he", "she", "that", "what", "who", "there", "here", "let", "how", "where")
)


@dataclass(slots=True)
class Words:
    """The tokens of one text, side by side: normal form, kind of number, first and last place.

    `norm[i]` is what patterns look at, HIDDEN for another's voice. `kind[i]` is NUMBER, FRACTION or
    nothing. `start[i]` and `end[i]` are characters of the text.
    """

    text: str
    norm: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.norm)

    def hide(self, first: int, last: int, mark: str = HIDDEN) -> None:
        """Take the tokens `first` to before `last` out of the walker's voice."""
        for place in range(first, last):
            self.norm[place] = mark
            self.kind[place] = ""


def read_words(
    text: str,
    spelling: Mapping[str, str],
    numbers: frozenset[str],
    known: dict[str, str] | None = None,
) -> Words:
    """Cut `text` into tokens. `spelling` writes short forms out; `numbers` are number words.

    `known` remembers the normal forms of words already met with this spelling.
    """
    words = Words(text)
    known = {} if known is None else known
    if len(known) > _KNOWN_MOST:
        known.clear()
    norms, kinds, starts, ends = words.norm, words.kind, words.start, words.end
    for found in _TOKEN.finditer(text):
        group = found.lastgroup
        raw = found[0]
        kind = ""
        if group == "word":
            norm = known.get(raw, "")
            if not norm:
                norm = known[raw] = normal(raw, spelling)
            if norm in numbers:
                kind = NUMBER
            elif norm.endswith("ing") and len(norm) > 4:
                kind = GERUND
        elif group == "number":
            norm = raw.lower()
            kind = FRACTION if "/" in norm else NUMBER
        elif group == "short":
            norm = spelling.get(raw.lower(), raw.lower())
        elif group == "grade":
            norm = raw.lower()
        elif group == "dash":
            norm = "—"
        else:
            norm = spelling.get(raw, raw)
        norms.append(norm)
        kinds.append(kind)
        starts.append(found.start())
        ends.append(found.end())
    return words


def normal(raw: str, spelling: Mapping[str, str]) -> str:
    """The form in which the word `raw` is compared."""
    low = raw.lower().replace("’", "'")
    full = spelling.get(low)
    if full is not None:
        # "s" and "t" by themselves are people only as people write them.
        return full
    if len(low) > 2 and low.endswith("'s") and low[:-2] not in _KEEP_S:
        low = low[:-2]
        return spelling.get(low, low)
    if _SPEAKER.match(low):
        return "student"
    return low

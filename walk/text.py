"""The one place that takes in text from people and files and makes it fit to be shown.

`accept` is the door through which typed and imported text comes in. `safe`, `one_line` and `wrap`
are the ways out to a screen or a terminal: what they return can no longer move the cursor, ring,
reach the clipboard or turn words around. None of them is a defence against markup: widgets are told
to read none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from walk.errors import Refused

LIMIT = 20_000  # characters in one note
NARROWEST = 2  # cells of the widest single sign
JOINER = "\u200d"
LINE_MARK = " · "
MORE = "…"

Spot = tuple[int, int]
"""Where something stands in a text: its first character, and the one behind its last."""

# Left as they are: right-to-left words, the marks U+061C, U+200E and U+200F, and the joiners, all
# of which ordinary writing needs. Only what overrides or isolates a direction is named instead.
_SHOWN: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **{code: f"⟨U+{code:04X}⟩" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    0x2028: "\n",
    0x2029: "\n",
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),  # a terminal cannot be sent half a character
}

_ASCII: dict[int, str] = {
    **dict.fromkeys(map(ord, "█▀▄▌▐■▪"), "#"),
    **dict.fromkeys(map(ord, "░▒▓"), "."),
    **dict.fromkeys(map(ord, "│┃║"), "|"),
    **dict.fromkeys(map(ord, "─━–—−·"), "-"),
    **dict.fromkeys(map(ord, "┌┐└┘├┤┬┴┼╭╮╰╯"), "+"),
    **dict.fromkeys(map(ord, "▸▶→⟩›"), ">"),
    **dict.fromkeys(map(ord, "◂◀←⟨‹"), "<"),
    **dict.fromkeys(map(ord, "▴▲↑"), "^"),
    **dict.fromkeys(map(ord, "▾▼↓"), "v"),
    **dict.fromkeys(map(ord, "“”„"), '"'),
    **dict.fromkeys(map(ord, "‘’‚"), "'"),
    **dict.fromkeys(range(0x2400, 0x2422), "?"),
    0xFFFD: "?",
    ord("═"): "=",
    ord("✓"): "x",
    ord("×"): "x",
    ord("●"): "*",
    ord("•"): "*",
    ord("○"): "o",
    ord("…"): "...",
}

_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
_MARKS += "\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
_TOWER = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
"""More marks on one letter than Unicode's stream-safe text allows (UAX 15); no word has so many."""
_WORDS_AND_GAPS = re.compile(r" +|[^ ]+")


def safe(text: str) -> str:
    """Return `text` fit to be shown: nothing in it can act on a terminal. For display only.

    Control characters become pictures of themselves, direction overrides are named, other kinds of
    line end become newlines; newlines and tabs stay. Of a tower of marks on one letter, which would
    take a terminal long to draw, as many stay as any script needs. Doing it twice changes nothing
    more.
    """
    shown = text.translate(_SHOWN)
    return shown if shown.isascii() else _TOWER.sub("\\1\ufffd", shown)


def accept(text: str, limit: int = LIMIT) -> str:
    """Take in typed or imported text, with line ends as newlines and otherwise unchanged.

    Raises Refused for a NUL, for half a character (a lone surrogate), both of which no file can
    keep, and for more than `limit` characters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or not _encodable(text):
        raise Refused(
            "The text holds a damaged character that cannot be saved.",
            "Type that part again, or copy it once more as plain text.",
        )
    if len(text) > limit:
        raise Refused(
            f"The text has {len(text):,} characters and {limit:,} fit.",
            "Save it in two or more parts.",
        )
    return text


def cell_width(text: str) -> int:
    """How many terminal cells one line takes: wide signs two, combining signs none.

    Newlines and tabs count nothing; measure the lines of `one_line` or `wrap`, which hold neither.
    """
    if _is_plain(text):
        return len(text)
    # The same measure as the screens use, or columns would not meet. Loaded at the first need.
    from rich.cells import cell_len

    return cell_len(text)


def _is_plain(line: str) -> bool:
    """Whether each sign of it takes one cell."""
    return line.isascii() and line.isprintable()


def one_line(text: str, width: int | None = None) -> str:
    """Return `text`, made safe, as one line: line ends show as a middle dot, tabs as a space.

    With `width` (cells) a longer line is cut, never through a combined sign, and ends in an
    ellipsis; what is returned is never wider than `width`.
    """
    lines = safe(text).replace("\t", " ").split("\n")
    line = LINE_MARK.join(part for part in map(str.strip, lines) if part)
    if width is None:
        return line
    return _cut(line, width)


def headline(words: str) -> str:
    """A sentence as a heading: the full stop at its end goes, a pause of three dots stays."""
    words = words.rstrip()
    return words[:-1] if words.endswith(".") and not words.endswith("..") else words


NAMED_MOST = 8
"""Labels or codes that one sentence names."""
REPEATED = 40
"""Cells of a person's words that a sentence of ours repeats."""


def listed(labels: Sequence[str]) -> str:
    """Labels or codes in words; of more than eight the rest is counted. There is at least one."""
    shown = [one_line(one, REPEATED) for one in labels]
    if len(shown) > NAMED_MOST:
        shown = [*shown[: NAMED_MOST - 1], f"{len(shown) - NAMED_MOST + 1} more"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0]


def team_called(label: str, word: str = "Team") -> str:
    """A label with the word for a team before it: "Team A"; "Team Red", which says it, as it is."""
    says_it = label.casefold().split()[:1] == ["team"]
    return label if says_it else f"{word} {label}"


def wrap(text: str, width: int) -> list[str]:
    """Break `text`, made safe, into lines of at most `width` cells.

    Words are kept whole where they fit; a longer one is broken, never through a combined sign.
    Newlines are kept, an empty line as an empty text; spaces at a break are dropped. Widths below 2
    count as 2, which the widest sign needs.
    """
    width = max(width, NARROWEST)
    lines = safe(text).replace("\t", " ").split("\n")
    return [piece for line in lines for piece in _wrap_line(line, width)]


def ascii_only(text: str) -> str:
    """Put ASCII in place of the symbols that walk itself draws with, and of curly quotation marks.

    Each becomes one character, except that an ellipsis becomes three dots. Letters and other signs
    of people's own words stay as they are.
    """
    return text.translate(_ASCII)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _cut(line: str, width: int) -> str:
    more = MORE[: max(0, width)]
    room = width - len(more)  # it is one cell wide, which needs no table of widths
    if _is_plain(line):
        return line if len(line) <= width else line[: max(0, room)].rstrip() + more
    used = length = fits = 0
    for sign in signs(line):
        used += cell_width(sign)
        if used > width:
            return line[:fits].rstrip() + more
        length += len(sign)
        if used <= room:
            fits = length
    return line


def _wrap_line(line: str, width: int) -> Iterator[str]:
    whole = line.rstrip(" ")
    measure = len if _is_plain(whole) else cell_width
    if measure(whole) <= width:
        yield whole
        return
    current, used, gap = "", 0, ""
    for token in _WORDS_AND_GAPS.findall(line):
        if token[0] == " ":
            gap = token
            continue
        size = measure(token)
        if used + len(gap) + size <= width:
            current, used = current + gap + token, used + len(gap) + size
            continue
        if current:
            yield current
        if size <= width:
            current, used = token, size
            continue
        *full, current = _break_word(token, width)
        yield from full
        used = measure(current)
    yield current


def _break_word(word: str, width: int) -> list[str]:
    pieces, start, end, used = [], 0, 0, 0
    for sign in signs(word):
        size = cell_width(sign)
        if used + size > width:
            pieces.append(word[start:end])
            start, used = end, 0
        end += len(sign)
        used += size
    return [*pieces, word[start:]]


def signs(text: str) -> Iterator[str]:
    """Yield what a reader sees as one sign each: a base with its marks, a joined emoji, a flag."""
    if text.isascii():
        yield from text
        return
    start, used, before = 0, 0, ""
    for here, char in enumerate(text):
        size = 0 if before == JOINER else cell_width(char)
        if here and not _belongs(char, size, before, used):
            yield text[start:here]
            start, used = here, 0
        used += size
        before = char
    yield text[start:]


def _belongs(char: str, size: int, before: str, used: int) -> bool:
    """Whether `char` (`size` cells) is part of the sign (`used` cells) that ends in `before`."""
    # Two flag letters make a flag; a third one begins the next.
    return size == 0 or (used == 1 and _is_flag_letter(before) and _is_flag_letter(char))


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def around(line: str, found: Sequence[Spot], width: int) -> tuple[str, tuple[Spot, ...]]:
    """As much of one line as fits into `width` cells, with the first spot in it, and its spots.

    The line is one that `one_line` made.
    """
    start = _start_before(line, found[0], width) if found and cell_width(line) > width else 0
    lead = f"{MORE} " if start else ""
    shown = lead + one_line(line[start:], max(1, width - len(lead)))
    cut = shown.endswith(MORE) and start + len(shown) - len(lead) < len(line)
    end = len(shown) - cut
    moved = ((one - start + len(lead), two - start + len(lead)) for one, two in found)
    return shown, tuple((one, min(two, end)) for one, two in moved if len(lead) <= one < end)


def _start_before(line: str, spot: Spot, width: int) -> int:
    """Where to begin: at a word, with up to a third of the width before the spot."""
    if cell_width(line[: spot[1]]) < width - 1:
        return 0
    room = min(width // 3, max(0, width - 4 - cell_width(line[spot[0] : spot[1]])))
    first = max(0, spot[0] - room)
    while first < spot[0] and cell_width(line[first : spot[0]]) > room:
        first += 1
    space = line.find(" ", first, spot[0])
    return space + 1 if space >= 0 else spot[0]

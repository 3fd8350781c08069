"""The words of the board: its title, the cue above the digits, and the rows beneath them."""

from __future__ import annotations

from collections.abc import Sequence

from walk.routine.timekeeping.board import BoardView, Preview
from walk.text import cell_width, one_line, wrap

THEN_ROWS, TEAM_ROWS, TEAM_ROWS_TALL = 2, 2, 4
"""Rows that what comes next and the teams may take."""
TALL = 34
"""Rows of a window from which there are plenty."""
PLAIN_ROWS = 3
"""Rows that notices leave to what comes next and to the teams, where there are so many."""
FIXED_ROWS = 4
"""Title, cue, state and keys."""
JOINT = " · "
NO_VISITS = "▲ No visits to go to yet: p on Home opens Prepare, and a adds one there"
ALL_ENTERED = "▲ Every visit was entered: Space goes to the debrief, i puts one in again"
NO_ROTATION = "no rotation made"
ALOUD = "▲ say aloud:"
THEN_ALOUD = "▲ then say aloud:"
LOOK = "▲"
CUES = {
    "two minutes": ("▲", "last 2 min"),
    "time": ("■", "TIME"),
    "over": ("■", "TIME"),
    "held": ("║", "HELD"),
}
"""By stage the sign that fills the row above the digits, and the word in its middle."""


def title(view: BoardView, width: int) -> tuple[str, str]:
    """The left and the right end of the title: phase, slot and how late; where, and which team."""
    left = [view.word]
    if view.slot and view.slots:
        left.append(f"slot {view.slot} of {view.slots}")
    running = view.phase not in ("before", "over")
    if view.planned_ends and (running or (view.phase == "before" and view.behind_min > 0)):
        left.append(how_late(view.behind_min))
    # The right end would push the left one away, and the phase comes first.
    return JOINT.join(left), one_line(view.in_words, max(8, width * 2 // 5))


def how_late(behind_min: int) -> str:
    """Minutes behind the plan, or ahead where they are negative, in words; hours from two on."""
    if behind_min == 0:
        return "on time"
    hours, minutes = divmod(abs(behind_min), 60)
    long = f"{hours} h {minutes} min" if hours > 1 else f"{abs(behind_min)} min"
    return f"{long} {'behind' if behind_min > 0 else 'ahead'}"


def cue(view: BoardView, width: int) -> str:
    """The row above the digits: a word in a row of its sign; nothing while all is calm."""
    sign, word = CUES.get(view.stage, ("", view.day))
    if not sign or width < len(word) + 4:
        return word
    side = (width - len(word) - 2) // 2
    return f"{sign * side} {word} {sign * (width - side - len(word) - 2)}"


def ends(view: BoardView | Preview) -> str:
    """When the walk ends, and when it was planned to where that differs."""
    if not view.ends:
        return ""
    if view.ends == view.planned_ends or not view.planned_ends:
        return f"ends {view.ends}"
    return f"ends {view.ends} (planned {view.planned_ends})"


def then(view: BoardView, width: int) -> list[str]:
    """What comes next in this slot and when, in two rows at most."""
    parts = [f"{what} {when}".rstrip() for what, when in view.then]
    says = [f"then: {', '.join(parts)}"] if parts else []
    if view.phase == "before" and not view.guard:
        says = ["Space starts the clock", *says]
    return _cut(_pack(says, width), THEN_ROWS, width)


def teams(view: BoardView, width: int, rows: int) -> list[str]:
    """Own team, as many others as there is room for, how many more there are, and the end."""
    lines = [one_line(line, max(12, width - 1)) for line in _that_matter_first(view)]
    last = [part for part in (ends(view), view.corrected, view.as_of or NO_ROTATION) if part]
    for shown in range(min(len(lines), 3 * rows), 0, -1):
        packed = _pack([*lines[:shown], *_more(lines[shown:]), *last], width)
        if len(packed) <= rows:
            return packed
    # The end is told before how many other teams there are.
    return _cut(_pack([*lines[:1], *last[:1], *_more(lines[1:])], width), rows, width)


def _that_matter_first(view: BoardView) -> list[str]:
    """The lines of the teams: own, then who is spoken to or shares a visit with it, then others."""
    if not view.lines:
        return []
    own, *others = view.lines
    visits = {word for word in own.split() if word.startswith("V")}
    spoken_to = [f"{words.partition(':')[0]} " for words in view.sayings]

    def matters(line: str) -> bool:
        return bool(visits & set(line.split())) or any(map(line.startswith, spoken_to))

    return [own, *sorted(others, key=lambda line: not matters(line))]


def proposed(preview: Preview) -> str:
    """What would be done and when the walk would end, asked before it is accepted."""
    what = preview.words[:1].upper() + preview.words[1:]
    if not preview.allowed:
        return what
    until = ends(preview)
    return f"{what}? {until[:1].upper()}{until[1:]}".rstrip()


def notices(view: BoardView, asked: Preview | None = None) -> list[str]:
    """What has to be seen or said, most pressing first; of what is asked where that is open."""
    if asked is not None:
        said = [f"{THEN_ALOUD} {words}" for words in asked.sayings]
        return [*said, *(f"{LOOK} {words}" for words in asked.not_fitting)]
    found = [f"{LOOK} {view.guard}"] if view.guard else []
    if view.phase == "before" and not view.slots:
        found.append(ALL_ENTERED if "insert" in view.can else NO_VISITS)
    found += [f"{ALOUD} {words}" for words in view.sayings]
    return [*found, *(f"{LOOK} {words}" for words in view.not_fitting)]


def rows_beneath(height: int) -> int:
    """Rows of a window that may be used beneath the digits, which take half of it."""
    return max(2, height - FIXED_ROWS - (height + 1) // 2)


def beneath(
    view: BoardView, width: int, height: int, asked: Preview | None = None, taken: int = 0
) -> tuple[list[str], list[str]]:
    """The plain rows beneath the digits, and those that stand out.

    `width` and `height` are the window's, in cells; `taken` rows are in use for something else.
    """
    room = max(1, rows_beneath(height) - taken)
    width = max(8, width - 2)
    loud = _loud(notices(view, asked), width, max(1, room - PLAIN_ROWS))
    rest = room - len(loud)
    next_rows = then(view, width)[: max(0, rest - 1)]
    most = min(TEAM_ROWS_TALL if height >= TALL else TEAM_ROWS, rest - len(next_rows))
    return [*next_rows, *(teams(view, width, most) if most > 0 else [])], loud


def _loud(words: Sequence[str], width: int, most: int) -> list[str]:
    """Notices in whole lines, as many as there is room for, and how many more there are."""
    rows: list[str] = []
    for number, notice in enumerate(words):
        lines = wrap(one_line(notice), width)
        if rows and len(rows) + len(lines) > most:
            more = f" (and {len(words) - number} more)"
            if cell_width(more) < width // 2:
                rows[-1] = one_line(rows[-1], width - cell_width(more)) + more
            break
        rows += _cut(lines, most, width)
    return rows


def _more(lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    planned = " as planned" if all("as planned" in line for line in lines) else ""
    return [f"and {len(lines)} more{planned}"]


def _pack(parts: Sequence[str], width: int) -> list[str]:
    """The parts joined, whole ones in a row, in as many rows as that takes."""
    packed: list[str] = []
    for part in parts:
        if packed and cell_width(packed[-1]) + cell_width(JOINT) + cell_width(part) <= width:
            packed[-1] += JOINT + part
        else:
            packed += wrap(part, width)
    return packed


def _cut(lines: Sequence[str], most: int, width: int) -> list[str]:
    """At most so many lines; the last one says that there was more."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[: most - 1], one_line(f"{lines[most - 1]} …", width)]

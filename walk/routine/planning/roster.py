"""The roster: who walks, in which roles, through which lens and in which team."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from walk.errors import PlanError, Refused
from walk.model import Form, HallTalk, Note, Rules, Walker, plain_label
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.text import REPEATED, accept, listed, one_line, team_called

STAGE = prepare.STAGE
ROLES = (
    "lead",
    "facilitator",
    "timekeeper",
    "recorder",
    "host teacher",
    "coach",
    "administrator",
    "district leader",
    "fellow",
    "specialist",
    "family or community partner",
)
"""The usual roles; a walker may hold several, and others in words of their own."""
LENSES = (
    "multilingual learners",
    "special education",
    "content",
    "early years",
    "student voice",
)
"""What a walker may look through; other words are as good."""
WALKERS_MOST = 200
STOPS_MOST = 99
TEAM_USUAL = 4
"""Walkers in a usual team."""
ONE_TEAM = "A"
"""The label of the only team where nobody was given one."""
FULL_NAME = "This looks like a full name. Initials or a word of their choice will do."
NO_LENS = "no specialist lens is present"


# Reading


def teams(desk: Desk) -> dict[str, tuple[Walker, ...]]:
    """The teams by label, in the order in which the roster names them, with their walkers.

    Where nobody was given a team, all walk in one.
    """
    return teams_of(desk.walkers())


def teams_of(walkers: Sequence[Walker]) -> dict[str, tuple[Walker, ...]]:
    """The same for any walkers; one without a team beside others with one is in none."""
    if walkers and not any(one.team for one in walkers):
        return {ONE_TEAM: tuple(walkers)}
    labels = dict.fromkeys(one.team for one in walkers if one.team)
    return {label: tuple(one for one in walkers if one.team == label) for label in labels}


def on_no_team(walkers: Sequence[Walker]) -> tuple[Walker, ...]:
    """Those without a team while others have one; nobody where all walk in one."""
    named = any(one.team for one in walkers)
    return tuple(one for one in walkers if named and not one.team)


def warnings(desk: Desk) -> tuple[str, ...]:
    """What stands out in the roster, in words; none of it stops a walk."""
    return warnings_of(desk.walkers(), desk.rules)


def warnings_of(walkers: Sequence[Walker], rules: Rules) -> tuple[str, ...]:
    """The same for any walkers under any rules."""
    found: list[str] = []
    if walkers and not any(one.lens.strip() or "specialist" in one.roles for one in walkers):
        found.append(f"{NO_LENS}: who looks with other eyes finds more")
    found += _of_teams(walkers, rules.team_size_at_most)
    alone = [one_line(one.label, REPEATED) for one in on_no_team(walkers)]
    if alone:
        verb = "is" if len(alone) == 1 else "are"
        found.append(f"{_listed(alone)} {verb} on no team, while others are")
    return tuple(found)


def _of_teams(walkers: Sequence[Walker], cap: int) -> list[str]:
    """What stands out in teams; what holds for several is one line, as many would hide the rest."""
    teams = teams_of(walkers)
    unled = [
        label
        for label, members in teams.items()
        if len(members) > 1 and not any("timekeeper" in one.roles for one in members)
    ]
    large = [label for label, members in teams.items() if cap and len(members) > cap]
    found: list[str] = []
    if len(unled) > 1:
        found.append(f"{len(unled)} teams have no timekeeper: {listed(unled)}")
    if len(large) > 1:
        found.append(f"{len(large)} teams have more than {_counted(cap)}: {listed(large)}")
    named = any(one.team for one in walkers)
    for label, members in teams.items():
        team = team_called(one_line(label, REPEATED), "team") if named else "the team"
        if unled == [label]:
            found.append(f"{team} has no timekeeper")
        if large == [label]:
            found.append(f"{team} has {len(members)} walkers, and {cap} are the most")
    return found


def balance(walkers: Sequence[Walker]) -> str:
    """How many of the walkers teach, in words; empty for an empty roster."""
    if not walkers:
        return ""
    teachers = sum(_teaches(one) for one in walkers)
    if not teachers:
        if len(walkers) == 1:
            return "1 walker, not marked as a teacher"
        return f"none of {_counted(len(walkers))} is marked as a teacher"
    verb = "is a teacher" if teachers == 1 else "are teachers"
    return f"{teachers} of {_counted(len(walkers))} {verb}"


def _teaches(walker: Walker) -> bool:
    return any(role.casefold().endswith("teacher") for role in walker.roles)


def looks_like_full_name(label: str) -> bool:
    """True where a label seems to be somebody's name in full; it may be wrong both ways."""
    from walk.language.names import find_names  # its data would slow the start

    label = " ".join(label[:200].split())
    if re.fullmatch(r"[A-Z]\.? ?[A-Z][^\W\d_]{2,}", label):
        return True
    finds = find_names(label)
    return any(one.kind in ("name", "title") and " " in one.words for one in finds) or any(
        one.kind in ("email", "phone") for one in finds
    )


# What people type


def roles_of(text: str) -> tuple[str, ...]:
    """The roles that a line names, between commas. The beginning of a usual one is enough."""
    found: list[str] = []
    for part in re.split(r"[,;\n]", accept(text)):
        said = " ".join(part.split())
        if said:
            found.append(_usual(said))
    return tuple(dict.fromkeys(found))


def _usual(said: str) -> str:
    """A usual role by its beginning, where only one begins so; else the words as they are."""
    begun = said.casefold()
    if begun in ROLES:
        return begun
    fitting = [one for one in ROLES if one.startswith(begun)]
    return fitting[0] if len(begun) > 1 and len(fitting) == 1 else said


# Changing


def add(desk: Desk, labels: str) -> tuple[Walker, ...]:
    """Put walkers on the roster by labels of their own choice, with commas between several.

    A label that is there already is passed over; Refused when nothing is left to add.
    """
    held = desk.walkers()
    known = {plain_label(one.label) for one in held}
    wanted = [" ".join(part.split()) for part in re.split(r"[,;\n]", accept(labels))]
    first: dict[str, str] = {}
    for label in filter(None, wanted):
        first.setdefault(plain_label(label), label)
    if not first:
        raise Refused("A label needs at least one letter.", "A word of their choice will do.")
    new = tuple(
        prepare.new_walker(desk, label) for plain, label in first.items() if plain not in known
    )
    if not new:
        raise Refused("They are on the roster already.", "Two walkers need labels that differ.")
    if len(held) + len(new) > WALKERS_MOST:
        raise Refused(f"A roster holds at most {WALKERS_MOST} walkers.", "Begin another walk.")
    words = f"walker {new[0].label} added" if len(new) == 1 else f"{len(new)} walkers added"
    with suppress(PlanError):  # a file that cannot be read or written is told where it is asked for
        _keep_places_up(desk)
    desk.save(STAGE, words, *new)
    return new


def change(
    desk: Desk,
    walker: Walker,
    *,
    label: str | None = None,
    roles: Iterable[str] | None = None,
    lens: str | None = None,
    team: str | None = None,
    max_stops: int | None = None,
) -> Walker:
    """Change what the roster says of a walker; their id stays. Refused for a label that is taken.

    What is left out stays as it is.
    """
    new = walker.changed(
        label=walker.label if label is None else " ".join(accept(label).split()),
        roles=walker.roles if roles is None else tuple(dict.fromkeys(roles)),
        lens=walker.lens if lens is None else " ".join(accept(lens).split()),
        team=walker.team if team is None else " ".join(accept(team).split()),
        max_stops=walker.max_stops if max_stops is None else max_stops,
    )
    if not new.label:
        raise Refused("A label needs at least one letter.", "Initials or a word will do.")
    same = plain_label(new.label)
    if any(plain_label(one.label) == same and one.id != walker.id for one in desk.walkers()):
        raise Refused("Another walker has this label.", "Choose one that differs.")
    if new.label != walker.label:
        _keep_places_up(desk)
    desk.save(STAGE, f"{walker.label} changed", new)
    if new.label != walker.label:
        _keep_places_up(desk)
    return new


def _keep_places_up(desk: Desk) -> None:
    """Let the places file of this laptop know walkers' own rooms by their labels of today."""
    from walk.routine.planning import places  # its file is read for nobody else here

    places.keep_up(desk)


def holds_on(desk: Desk, walker: Walker) -> str:
    """Why a walker cannot be taken out, in words; empty where nothing stands in the way."""
    records = desk.records_of(walker.id)
    held = (one.record for one in desk.store.all(Form, desk.walk_id))
    forms = {one.id for one in held if one.walker in records}
    notes = desk.store.all(Note, desk.walk_id)
    if any(one.author in records or one.record.form in forms for one in notes):
        return "they have notes in this walk, which stay theirs"
    if forms:
        return "they have been in a room and have a form"
    if any(one.author in records for one in desk.store.all(HallTalk, desk.walk_id)):
        return "they have written in a hall talk"
    if desk.me in records or desk.own_walker() in records:
        return "they are the one writing on this laptop (w on Home changes that)"
    return ""


def take_out(desk: Desk, walker: Walker) -> None:
    """Take a walker off the roster; Refused where something they wrote would be left alone."""
    why = holds_on(desk, walker)
    if why:
        raise Refused(
            f"{one_line(walker.label, REPEATED)} stays on the roster: {why}.",
            "Their label, roles and team can be changed.",
        )
    desk.save(STAGE, f"{walker.label} taken out", withdraw=[walker])


# Dealing into teams


def next_team(walkers: Sequence[Walker], walker: Walker) -> str:
    """The team that a key turns to: the next one in use, then a new one, then none."""
    used = {one.team for one in walkers if one.team}
    alone = sum(one.team == walker.team for one in walkers) == 1 and walker.team
    new = [] if alone else _labels(walkers, len(used) + 1)[-1:]
    turns = [*sorted(used), *new, ""]
    return turns[(turns.index(walker.team) + 1) % len(turns)]


def teams_advised(desk: Desk) -> int:
    """How many teams the walkers could make: under the cap, else of the usual size."""
    size = min(desk.rules.team_size_at_most or TEAM_USUAL, TEAM_USUAL)
    return max(1, -(-len(desk.walkers()) // size))


def deal(desk: Desk, count: int) -> dict[str, tuple[Walker, ...]]:
    """Spread all walkers over so many teams, as one act; the teams as they are then."""
    walkers = desk.walkers()
    if not 1 <= count <= max(1, len(walkers)):
        raise Refused(
            f"{_counted(len(walkers))} cannot be {count} teams.", "Each team needs a walker."
        )
    dealt = dealt_into(walkers, count)
    desk.save(STAGE, f"walkers dealt into {count} teams", *dealt)
    return teams(desk)


def dealt_into(walkers: Sequence[Walker], count: int) -> list[Walker]:
    """The walkers with a team each. Teams differ in size by one at most, and timekeepers, each
    lens and teachers are spread as evenly as that allows, in this order.
    """
    labels = _labels(walkers, count)
    size, over = divmod(len(walkers), count)
    held: dict[str, list[Walker]] = {label: [] for label in labels}
    for one, alike in _in_dealing_order(walkers):
        full = sum(len(team) > size for team in held.values())
        most = size + (full < over)
        open_teams = [label for label in labels if len(held[label]) < most]
        team = min(
            open_teams,
            key=lambda label: (
                sum(alike(other) for other in held[label]),
                len(held[label]),
                labels.index(label),
            ),
        )
        held[team].append(one)
    by_id = {one.id: label for label, team in held.items() for one in team}
    # The first walker on the roster is in the first team, and so on, as lists name them.
    order = dict(zip(dict.fromkeys(by_id[one.id] for one in walkers), labels, strict=True))
    return [one.changed(team=order[by_id[one.id]]) for one in walkers]


def _labels(walkers: Sequence[Walker], count: int) -> list[str]:
    """The labels that are in use, then letters that are free."""
    labels = list(dict.fromkeys(one.team for one in walkers if one.team))[:count]
    number = 0
    while len(labels) < count:
        label = chr(ord("A") + number % 26) * (1 + number // 26)
        labels += [label] if label not in labels else []
        number += 1
    return labels


def _in_dealing_order(
    walkers: Sequence[Walker],
) -> list[tuple[Walker, Callable[[Walker], bool]]]:
    """Each walker once, those who are needed in every team first, and who is like them."""
    lenses = dict.fromkeys(one.lens.casefold() for one in walkers if one.lens)
    groups: list[Callable[[Walker], bool]] = [lambda one: "timekeeper" in one.roles]
    groups += [_has_lens(lens) for lens in lenses]
    groups += [_teaches, lambda one: True]
    left: Mapping[str, Walker] = {one.id: one for one in walkers}
    found: list[tuple[Walker, Callable[[Walker], bool]]] = []
    for alike in groups:
        taken = [one for one in left.values() if alike(one)]
        found += [(one, alike) for one in taken]
        left = {id_: one for id_, one in left.items() if one not in taken}
    return found


def _has_lens(lens: str) -> Callable[[Walker], bool]:
    return lambda one: one.lens.casefold() == lens


def _listed(words: Sequence[str]) -> str:
    """A few labels in words: "Ana", "Ana and Ben", "Ana, Ben and 3 more"."""
    if len(words) > 3:
        return f"{', '.join(words[:2])} and {len(words) - 2} more"
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _counted(count: int) -> str:
    return "1 walker" if count == 1 else f"{count} walkers"

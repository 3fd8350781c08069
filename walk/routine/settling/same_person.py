"""Same person or two? A label that was used on two laptops, asked about once and answered for all.

Answers are changes of walker records, so that they travel with the next pack and can be undone.
Who wrote an entry of the journal never changes: two records of one person are shown as one, and of
two people the one who takes another label gets a record, and what they wrote goes along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from walk.errors import Refused
from walk.model import Form, Note, Record, Walker, derived, form_id, plain_label
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.waiting import ASKED
from walk.storage.store import Begun
from walk.text import accept, one_line

STAGE = "conflicts"
"""Asked where conflicts are settled, so undone there too."""


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two: a walker record, and a laptop where the record does not tell them apart."""

    walker: str
    laptop: str = ""
    """The laptop's id; empty where two records bear the label."""
    words: str = ""
    """Whose laptop, and which visits they wrote about."""


@dataclass(frozen=True, slots=True)
class Question:
    """One label, and the two who may be one."""

    label: str
    one: Party
    two: Party

    @property
    def id(self) -> str:
        """The same on every laptop, and the same each time it is asked."""
        sides = sorted(side.walker + side.laptop for side in (self.one, self.two))
        return derived("same person", *sides)

    @property
    def words(self) -> str:
        """The question."""
        return f"“{one_line(self.label, 24)}” was used twice. Same person, or two people?"


# Asking


def open_questions(desk: Desk) -> list[Question]:
    """What has to be asked about the walk on the desk, in the order of the labels."""
    if not desk.walk_id:
        return []
    found = [*_two_records(desk), *_two_laptops(desk)]
    return sorted(found, key=lambda one: (plain_label(one.label), one.id))


def _two_records(desk: Desk) -> Iterator[Question]:
    """Walkers of one label: made on two laptops, or given the label later."""
    bearers: dict[str, list[Walker]] = {}
    for one in desk.walkers():
        bearers.setdefault(plain_label(one.label), []).append(one)
    for same in bearers.values():
        first, *others = sorted(same, key=_rank)
        for other in others:
            sides = [Party(who.id, words=_wrote(desk, who.id)) for who in (first, other)]
            yield Question(first.label, *sides)


def _rank(walker: Walker) -> tuple[bool, str]:
    """Whom the plan says more of comes first; alike on every laptop."""
    return (not (walker.roles or walker.team or walker.lens), walker.id)


def _two_laptops(desk: Desk) -> Iterator[Question]:
    """A walker who wrote on two laptops, of which nobody has said that both are theirs."""
    if not desk.store.is_of_others(desk.walk_id):
        return
    used: dict[str, list[str]] = {}
    for author, device, here in desk.store.laptops(desk.walk_id):
        laptop = desk.store.device if here else device
        if laptop not in used.setdefault(author, []):
            used[author].append(laptop)
    for walker_id, devices in sorted(used.items()):
        walker = desk.store.get(Walker, walker_id)
        open_ones = [] if walker is None else _not_told(desk, walker, devices)
        if walker is None or len(devices) < 2 or not open_ones:
            continue
        known = [one for one in devices if one not in open_ones] or [min(open_ones)]
        for device in sorted(set(open_ones) - {known[0]}):
            sides = [
                Party(walker_id, laptop, _wrote(desk, walker_id, laptop))
                for laptop in (known[0], device)
            ]
            yield Question(walker.label, *sides)


def _not_told(desk: Desk, walker: Walker, devices: Iterable[str]) -> list[str]:
    """The laptops of which nobody has said whose they are."""
    return [
        one
        for one in devices
        if one not in walker.laptops and desk.store.get(Walker, _other_id(walker.id, one)) is None
    ]


def _other_id(walker: str, laptop: str) -> str:
    """The record of the other person behind a label, by the laptop that they wrote on."""
    return derived("another walker", walker, laptop)


def _wrote(desk: Desk, walker: str, laptop: str = "") -> str:
    """Which visits were written about: nothing is counted."""
    codes = {one.id: one.code for one in prepare.visits(desk)}
    notes = [
        one.note
        for one in desk.store.begun(desk.walk_id, walker)
        if not laptop or _is_on(desk, one, laptop)
    ]
    held = (desk.store.get(Note, one) for one in notes)
    about = sorted({codes.get(one.visit, "?") for one in held if one is not None})
    said = f"wrote about {', '.join(about)}" if about else "wrote nothing that is here"
    if not laptop:
        return f"who {said}"
    where = "this laptop" if laptop == desk.store.device else f"laptop {laptop[:4]}"
    return f"{where}, which {said}"


def _is_on(desk: Desk, one: Begun, laptop: str) -> bool:
    return one.here if laptop == desk.store.device else one.device == laptop and not one.here


# Answering


def same(desk: Desk, question: Question) -> str:
    """They are one person; what was done, in words."""
    one, two = _walker(desk, question.one), _walker(desk, question.two)
    if one.id == two.id:
        laptops = sorted({*one.laptops, question.one.laptop, question.two.laptop})
        changed = one.changed(laptops=tuple(laptops))
    else:
        changed = two.changed(same_as=one.id)
    label = one_line(one.label, 24)
    desk.save(STAGE, f"{label}: the same person", changed)
    return f"{label} is one person"


def two_people(desk: Desk, question: Question, other: Party, label: str) -> str:
    """They are two: `other` gets a label of their own. What was done, in words."""
    label = " ".join(accept(label).split())
    if not label:
        raise Refused("A label needs at least one letter.", "Initials or a word will do.")
    if any(plain_label(one.label) == plain_label(label) for one in desk.walkers()):
        raise Refused("Another walker has this label.", "Choose one that differs.")
    walker, words = _walker(desk, other), f"{question.label} and {label}: two people"
    if not other.laptop:
        desk.save(STAGE, one_line(words, 80), walker.changed(label=label))
        return f"{one_line(label, 24)} has a label of their own"
    stays = question.two if other == question.one else question.one
    new = Walker(
        id=_other_id(walker.id, other.laptop),
        walk=desk.walk_id,
        label=label,
        lens=walker.lens,
        team=walker.team,
        laptops=(other.laptop,),
    )
    kept = walker.changed(laptops=tuple(sorted({*walker.laptops, stays.laptop} - {other.laptop})))
    _move(desk, words, walker, new, [(desk.me, kept), (desk.me, new)])
    _become(desk, walker, new)
    return f"{one_line(label, 24)} has a label of their own, and what they wrote goes with it"


def _walker(desk: Desk, party: Party) -> Walker:
    found = desk.store.get(Walker, party.walker)
    if found is None:
        raise Refused("This walker is no longer on the roster.", "Look at the roster.")
    return found


def settle_known(desk: Desk) -> str:
    """Carry out after a collect what was answered already; what was done, in words, or nothing.

    What another person behind a label wrote before they knew of it goes to their own record, and
    the laptop that is theirs writes as them from now on.
    """
    done = []
    held = [one.record for one in desk.store.all(Walker, desk.walk_id)] if desk.walk_id else []
    for walker in held:
        for new in held:
            laptop = new.laptops[0] if new.laptops else ""
            if laptop and new.id == _other_id(walker.id, laptop):
                moved = _move(desk, f"what {new.label} wrote", walker, new, [])
                became = _become(desk, walker, new)
                done += [one_line(new.label, 24)] if moved or became else []
    return f"{', '.join(done)}: a label of their own, with what they wrote" if done else ""


def _move(
    desk: Desk,
    words: str,
    walker: Walker,
    new: Walker,
    first: list[tuple[str, Record]],
) -> bool:
    """Let what was written on the new walker's laptop be theirs; the forms part."""
    laptop = new.laptops[0]
    every = desk.store.begun(desk.walk_id, walker.id)
    begun = [one for one in every if _is_on(desk, one, laptop)]
    pairs, visits = list(first), set[str]()
    for one in begun:
        held = desk.store.held(Note, one.note)
        # One that is told differently is settled first; it goes along after that.
        if held is None or held.author != walker.id or held.conflict:
            continue
        visits.add(held.record.visit)
        form = form_id(desk.walk_id, held.record.visit, new.id)
        pairs.append((new.id, held.record.changed(form=form)))
    gone: list[tuple[str, Record]] = []
    for visit in sorted(visits | _visits_of(desk, walker, laptop)):
        saved, withdrawn = _part(desk, walker, new, visit)
        pairs += saved
        gone += withdrawn
    if not pairs and not gone:
        return False
    # On their own laptop the act is theirs, as they write from then on and may undo it.
    by = desk.by(new.id if _is_theirs(desk, walker, new) else None)
    return desk.store.settle(by, STAGE, one_line(words, 80), pairs, withdraw=gone)


def _is_theirs(desk: Desk, walker: Walker, new: Walker) -> bool:
    """This laptop is the new walker's, and still writes under the old label."""
    return desk.store.device in new.laptops and desk.own_walker() == walker.id


def _visits_of(desk: Desk, walker: Walker, laptop: str) -> set[str]:
    """The visits of which a form of the label was written on a laptop."""
    forms = [one.record for one in desk.store.all(Form, desk.walk_id)]
    return {
        one.visit
        for one in forms
        if one.walker == walker.id
        and any(_by(desk, side.device, side.here, laptop) for side in desk.store.told_as(one.id))
    }


def _by(desk: Desk, device: str, here: bool, laptop: str) -> bool:
    return here if laptop == desk.store.device else device == laptop and not here


def _part(
    desk: Desk, walker: Walker, new: Walker, visit: str
) -> tuple[list[tuple[str, Record]], list[tuple[str, Record]]]:
    """One form for each of the two: what is saved, and what is withdrawn."""
    old, laptop = form_id(desk.walk_id, visit, walker.id), new.laptops[0]
    sides = desk.store.told_as(old)
    theirs = next((one for one in sides if _by(desk, one.device, one.here, laptop)), None)
    saved: list[tuple[str, Record]] = []
    wanted = form_id(desk.walk_id, visit, new.id)
    if theirs is not None and isinstance(theirs.record, Form):
        saved.append((new.id, theirs.record.changed(id=wanted, walker=new.id)))
        others = [one for one in sides if one is not theirs and isinstance(one.record, Form)]
        if not others:
            return saved, [(walker.id, theirs.record)]
        if others[0].record is not None:
            saved.append((walker.id, others[0].record))
    return saved, []


def _become(desk: Desk, walker: Walker, new: Walker) -> bool:
    """On the new walker's own laptop: write as them, and take what was being typed along."""
    if not _is_theirs(desk, walker, new):
        return False
    for before, after in _take_drafts_along(desk, walker.id, new.id).items():
        entered = desk.store.setting(f"entered:{before}")
        if entered:
            desk.store.set(f"entered:{after}", entered)
    desk.become(new.id)
    return True


def _take_drafts_along(desk: Desk, before: str, after: str) -> dict[str, str]:
    """Move what one walker was typing to another's forms; those forms, by the ones before."""
    forms = {
        form_id(desk.walk_id, one.id, before): form_id(desk.walk_id, one.id, after)
        for one in prepare.visits(desk)
    }
    for draft in desk.store.drafts(desk.walk_id):
        if draft.author != before:
            continue
        place = draft.place
        for old, new in forms.items():
            place = place.replace(old, new)
        if place != draft.place and desk.draft(place) is not None:
            continue  # something else is being typed there: neither may go for the other
        desk.store.keep_draft(draft._replace(place=place, author=after))
        if place != draft.place:
            desk.store.keep_draft(draft._replace(text=""))
    return forms


def taken_back(desk: Desk) -> None:
    """After an undo: this laptop no longer writes as somebody whose record went with it."""
    gone = desk.me
    if not gone or desk.store.get(Walker, gone) is not None:
        return
    for walker in desk.walkers():
        if gone == _other_id(walker.id, desk.store.device):
            desk.become(walker.id)
            _take_drafts_along(desk, gone, walker.id)


# After a collect


def to_ask(desk: Desk) -> list[Question]:
    """The open questions that were not put yet; from now on they wait under conflicts."""
    found = open_questions(desk)
    key = f"{ASKED}{desk.walk_id}"
    asked: list[str] = desk.store.setting(key, [])
    new = [one for one in found if one.id not in asked]
    if new:
        desk.store.set(key, [*asked, *(one.id for one in new)])
    return new


def in_words(desk: Desk) -> list[str]:
    """A line a question, for the command line."""
    return [f"{one.words} ({one.one.words} | {one.two.words})" for one in open_questions(desk)]


def after_collect(desk: Desk) -> list[str]:
    """What a collect has to tell of labels: what was carried out, and what is asked now."""
    done = settle_known(desk)
    return [*([done] if done else []), *(f"{one.words} See conflicts" for one in to_ask(desk))]

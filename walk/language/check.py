"""check(text, kind): which of the walker's own words are not evidence yet."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from walk.language.flags import Flag, NoteKind, Own
from walk.language.patterns import Hit
from walk.language.rules import ALLOWED, LITERAL, SHORTEST_SLIP, Coach, Rules, left_out, rules_for
from walk.language.speech import quotations
from walk.language.tokens import FRACTION, HIDDEN, NUMBER, SPOKEN, STOPS, Words, read_words
from walk.language.voice import hide_foreign, hide_reported, hide_spoken, hide_titles, spoken

_REACH = 40  # tokens to each side that still count as the same sentence
_SHOWN_LONGEST = 48  # characters of the walker's words repeated in a message


def check(text: str, kind: NoteKind = "noticing", own: Own | None = None) -> tuple[Flag, ...]:
    """The flags on `text`, in order of their place and apart from each other.

    `kind` decides whether the question forms of wonderings are looked at. `own` is what a school
    adds and allows. Same text, same flags; never raises; time grows with the length of the text.
    """
    rules = rules_for(own)
    words = read_words(text, rules.spelling, rules.classes["numbers"], rules.met)
    hide_spoken(words, spoken(text))
    hide_foreign(words, rules)
    hide_titles(words, rules)
    hide_reported(words, rules)
    _mend_spelling(words, rules)
    phrases = rules.noticing if kind == "noticing" else rules.wondering
    hits = list(phrases.find(words))
    if kind == "wondering":
        chosen = _chosen(words, hits, rules)
        chosen += [one for one in _closed(words, rules) if not _meets(one, chosen)]
        return tuple(_flag(words, hit, rules) for hit in sorted(chosen, key=lambda hit: hit.first))
    if '"' in text or "“" in text:
        hits += _scare_quotes(words, rules)
    return tuple(_flag(words, hit, rules) for hit in _chosen(words, hits, rules))


def _mend_spelling(words: Words, rules: Rules) -> None:
    """Read a word that is none, one letter from a cue, as that cue."""
    known, cues, longest = rules.known, rules.cues, rules.longest_slip
    for place, norm in enumerate(words.norm):
        if not SHORTEST_SLIP <= len(norm) <= longest or norm in known or not norm.isalpha():
            continue
        for short in (norm, *left_out(norm)):
            cue = cues.get(short)
            if cue is not None and one_apart(norm, cue):
                words.norm[place] = cue
                break


def one_apart(word: str, cue: str) -> bool:
    """Whether one letter more, less, other, or two swapped neighbours make the difference."""
    if word[0] != cue[0]:
        return False
    start = 0
    while start < min(len(word), len(cue)) and word[start] == cue[start]:
        start += 1
    rest, other = word[start:], cue[start:]
    return (
        rest[1:] == other
        or rest == other[1:]
        or rest[1:] == other[1:]
        or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    )


def _chosen(words: Words, hits: list[Hit], rules: Rules) -> list[Hit]:
    """Hits that no literal sense covers, the longer ones first, apart from each other."""
    literal: dict[str, set[int]] = {}
    for hit in hits:
        if hit.label.startswith(LITERAL):
            literal.setdefault(hit.label, set()).update(range(hit.first, hit.last))
    everywhere = literal.get(LITERAL, set())
    allowed = {place for hit in hits if hit.label == ALLOWED for place in range(*hit.whole)}
    order = rules.order

    def weight(hit: Hit) -> tuple[bool, int, int, int]:
        asks = hit.label.startswith(("disguised", "leading"))
        told = asks or hit.label == "rating"
        return (not told, -(hit.last - hit.first), order[hit.label], hit.first)

    taken: set[int] = set()
    chosen: list[Hit] = []
    cues = [hit for hit in hits if hit.label in order and hit.last > hit.first]
    for hit in sorted(cues, key=weight):
        span = range(hit.first, hit.last)
        wide = range(*hit.whole) if hit.whole[1] - hit.whole[0] < 4 else span
        mine = literal.get(f"{LITERAL} {hit.label}", everywhere)
        covered = [place in everywhere or place in mine for place in wide]
        # A longer idiom keeps its sense though one of its words could be meant otherwise.
        idiom = hit.fixed and len(span) > 2
        if all(covered) or (any(covered) and not idiom):
            continue
        if any(place in taken or place in allowed for place in wide):
            continue
        if _is_counted(words, hit, rules):
            continue
        taken.update(span)
        chosen.append(hit)
    return [_denied(words, hit, taken, rules) for hit in sorted(chosen, key=lambda hit: hit.first)]


def _denied(words: Words, hit: Hit, taken: set[int], rules: Rules) -> Hit:
    """The hit with the word that denies it: what was "not clear" is not asked about as "clear".

    Praise that is denied, also "not a great", is a bad verdict.
    """
    norm, praised = words.norm, hit.label == "praise"
    for first in range(hit.first - 1, max(-1, hit.first - (3 if praised else 2)), -1):
        if first in taken or norm[first] in STOPS:
            break
        if norm[first] in rules.classes["not"]:
            return replace(hit, first=first, label="deficit" if praised else hit.label)
    return hit


def _meets(one: Hit, others: list[Hit]) -> bool:
    """Whether any of the others stands in the sentence of this one."""
    return any(one.whole[0] <= other.first < one.whole[1] for other in others)


def _closed(words: Words, rules: Rules) -> list[Hit]:
    """Questions that no question word opens: they can only be answered yes or no."""
    norm, asking, hidden = words.norm, rules.classes["question_words"], (HIDDEN, SPOKEN)
    found, start = [], 0
    for place, word in enumerate(norm):
        if word in STOPS:
            open_words = [here for here in range(start, place) if norm[here] not in hidden]
            if word == "?" and len(open_words) > 1 and len(open_words) * 2 > place - start:
                first = open_words[0]
                if norm[first] != "," and not any(norm[here] in asking for here in open_words):
                    last = min(first + 3, place)
                    found.append(Hit("leading_closed", first, last, (first, place)))
            start = place + 1
    return found


def _scare_quotes(words: Words, rules: Rules) -> list[Hit]:
    """A word or two in quotation marks that nobody said: the "discussion" was one voice."""
    found = []
    for start, end in quotations(words.text):
        inner = words.text[start + 1 : end - 1].lower().split()
        if not 1 <= len(inner) <= 2 or inner[-1] not in rules.classes["scare_nouns"]:
            continue
        first, last = bisect_left(words.start, start), bisect_left(words.start, end)
        # The tokens hidden in the quotation, the marks among them.
        before = words.norm[first - 1] if first else ""
        after = words.norm[last] if last < len(words) else "."
        if before in rules.classes["scare_before"] and after in rules.classes["scare_after"]:
            found.append(Hit("sarcasm", first, last, (first, last)))
    return found


def _is_counted(words: Words, hit: Hit, rules: Rules) -> bool:
    """Whether an absence, or a measure such as "fastest", stands beside its number."""
    named = words.norm[hit.first : hit.last]
    before = words.norm[hit.first - 1] if hit.first else ""
    first, last = _sentence(words, hit)
    around = (*range(first, hit.first), *range(hit.last, last))
    numbers = [words.norm[here] for here in around if words.kind[here] in (NUMBER, FRACTION)]
    absent = named[0] if hit.label == "absolute" else before if hit.label == "deficit" else ""
    if absent in rules.classes["absence"]:
        return any(number not in rules.classes["no_count"] for number in numbers)
    if hit.label == "jargon_label" and named[-1] in ("time", "talk"):
        return bool(numbers)
    if hit.label == "comparison" and any(word in rules.classes["measured"] for word in named):
        return any(number[0].isdigit() for number in numbers)
    return False


def _sentence(words: Words, hit: Hit) -> tuple[int, int]:
    """First token, and one after the last, of the sentence in which a hit stands; cut if long."""
    first, last = hit.first, hit.last
    earliest, latest = max(0, first - _REACH), min(len(words), last + _REACH)
    while first > earliest and words.norm[first - 1] not in STOPS:
        first -= 1
    while last < latest and words.norm[last] not in STOPS:
        last += 1
    return first, last


def _flag(words: Words, hit: Hit, rules: Rules) -> Flag:
    start, end = words.start[hit.first], words.end[hit.last - 1]
    coach = rules.coach[hit.label]
    shown = " ".join(words.text[start:end].split())
    if len(shown) > _SHOWN_LONGEST:
        shown = shown[: _SHOWN_LONGEST - 1].rstrip() + "…"
    return Flag(
        start, end, hit.label, f"“{shown}” · {coach.question}", _stem(words, hit, coach, rules)
    )


def _stem(words: Words, hit: Hit, coach: Coach, rules: Rules) -> str:
    """A stem for whoever the sentence is about; same words, same stem."""
    first, last = _sentence(words, hit)
    about = words.norm[first:last]
    teachers, students = rules.classes["teacher_only"], rules.classes["students_only"]
    # Whoever is named first is who the sentence is about.
    who = next((norm for norm in about if norm in teachers or norm in students), "")
    stems = coach.any
    if who in teachers and coach.teacher:
        stems = coach.teacher
    elif who in students and coach.students:
        stems = coach.students
    return stems[sum(map(len, about)) % len(stems)]

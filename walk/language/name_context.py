"""What stands around a likely name: somebody of this room, or somebody of a text or a map."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from walk.language.name_data import NameData
from walk.language.name_words import END, Word, within


class Person(IntEnum):
    """How much the words around speak for somebody present."""

    NOTHING = 0
    LIKELY = 1  # "for Grace", "while Will": a place where people stand, but things too
    ACTS = 2  # "Will says", "asked Will": characters do so too
    HERE = 3  # "called on Will", "Will's desk", "Say more, Will.": only people in the room


class Around:
    """The words of one text, asked about the words around a name. `speech`: spoken stretches.

    `lesson_nouns`: the text speaks of a text, a life or a place; `lesson`: or of a known figure.
    """

    def __init__(
        self, text: str, words: Sequence[Word], data: NameData, speech: Sequence[tuple[int, int]]
    ) -> None:
        self.text = text
        self.words = words
        self.speech = speech
        self._sets = data.sets
        nouns = data.sets["nouns.lesson"]
        lesson = nouns | data.figures
        self.lesson_nouns = any(word.key in nouns for word in words)
        self._lesson_at = [place for place, word in enumerate(words) if word.key in lesson]

    def word(self, place: int) -> Word:
        """The word at `place`, or one that fits nothing."""
        return self.words[place] if 0 <= place < len(self.words) else END

    def before(self, place: int) -> Word:
        """The word before, where only blanks part them."""
        return self.word(place - 1) if self.word(place).near else END

    def following(self, place: int) -> Word:
        """The word after, where only blanks part them."""
        return self.word(place + 1) if self.word(place + 1).near else END

    @property
    def lesson(self) -> bool:
        """Whether the text speaks of a text, a life, a place or a known figure at all."""
        return bool(self._lesson_at)

    def lesson_before(self, place: int) -> bool:
        """Whether a text, a life or a place was named earlier in the sentence."""
        sentence = self.word(place).sentence
        return any(at < place and self.words[at].sentence == sentence for at in self._lesson_at)

    def person(self, first: int, last: int, *, careful: bool = False) -> Person:
        """What speaks for a person in the words `first` to `last`; `careful` for everyday words."""
        return max(self._toward(first), self._deed(last, careful), self._called(first, last))

    def _toward(self, place: int) -> Person:
        sets = self._sets
        before = self.before(place)
        if self.text[max(0, self.word(place).start - 3) : self.word(place).start] in ("w/ ", " w/"):
            return Person.LIKELY
        key, earlier = before.key, self.before(place - 1).key
        if self.word(place).gap.strip() == "(":
            beside = self.word(place - 1)
            return Person.HERE if beside.key in sets["verbs.person_nouns"] else Person.NOTHING
        if key in ("to", "with", "for", "and") and _is_mark(self.before(place - 1)):
            return Person.HERE
        if key == "on" and earlier in sets["verbs.on_after"]:
            return Person.HERE
        if key == "to" and earlier in sets["verbs.to_after"]:
            return Person.ACTS
        if key == "with" and earlier in sets["verbs.with_after"]:
            return Person.HERE
        if key == "by" and earlier in sets["verbs.by_after"]:
            return Person.ACTS
        if key in sets["verbs.toward"]:
            return Person.ACTS
        if key in sets["verbs.person_nouns"] and before.shape != "capitals":
            return Person.HERE if len(key) > 1 or before.raw.isupper() else Person.NOTHING
        return Person.LIKELY if key in self._sets["context.linking"] else Person.NOTHING

    def _deed(self, place: int, careful: bool) -> Person:
        sets = self._sets
        word, after = self.word(place), self.following(place)
        if word.owns:
            owned = after.key in sets["nouns.owned"]
            if not owned and self.following(place + 1).key in sets["nouns.owned"]:
                owned = after.key not in sets["nouns.content"]
            return (
                Person.HERE if owned and after.key not in sets["nouns.content"] else Person.NOTHING
            )
        if after.key in self._sets["context.between"] or after.key.endswith("ly"):
            after = self.following(place + 1)
        if after.key in ("has", "had", "is", "was", "isn't", "wasn't"):
            state = self.following(place + 1).key
            acts = state in sets["context.states"] or state.endswith("ing")
            return Person.ACTS if acts else Person.NOTHING
        if after.key in ("to", "at") and self.following(place + 1).key in sets["context.spots"]:
            return Person.ACTS
        if after.shape != "small":
            return Person.NOTHING
        asked = self.before(place).key in sets["context.inverting"]
        if asked and (after.key.endswith("ing") or after.key in sets["context.together"]):
            return Person.ACTS
        if careful and not self._surely_a_deed(after.key, self._after_deed(place)):
            return Person.NOTHING
        if after.key in sets["verbs.room"]:
            return Person.HERE
        deed = after.key in sets["verbs.act"] or after.key in sets["verbs.speech"]
        return Person.ACTS if deed or careful else Person.NOTHING

    def _after_deed(self, place: int) -> str:
        after = self.following(place)
        between = after.key in self._sets["context.between"] or after.key.endswith("ly")
        return self.following(place + 1 + between).key

    def _surely_a_deed(self, deed: str, then: str) -> bool:
        """Whether `deed` after an everyday word is a verb: "Mark answers" is not, yet."""
        sets = self._sets
        if then in ("her", "his") and deed.endswith(("s", "ed")):
            return True
        if then in sets["context.deed_objects"] and deed[-1:] == "s" and deed[-2:] != "ss":
            return deed not in sets["context.thing_verbs"]
        if deed in sets["context.nouns_too"]:
            return then in sets["context.deed_ends"]
        if deed in sets["verbs.speech"]:
            return True
        return deed in sets["verbs.act"] and deed not in sets["context.thing_verbs"]

    def _called(self, first: int, last: int) -> Person:
        """Somebody is spoken to: "Devon, what …", "Say more, Devon.", "Thank you Devon"."""
        start, after = self.word(first), self.word(last).after
        if self.text[after : after + 3] in (', "', ': "', ", “", ": “"):
            return Person.ACTS
        if not within(self.speech, start.start):
            return Person.NOTHING
        sign = self.text[after : after + 1]
        ends = sign in ".?!,”\"’'" or not sign or after >= self.text.find("\n", after) >= 0
        if (
            start.first
            and sign in (",", "?")
            and sign
            and self.word(last + 1).key in self._sets["context.asking"]
        ):
            return Person.HERE
        if start.gap.strip() == "," and ends and sign != ",":
            return Person.HERE
        if ends and self.before(first).key in self._sets["context.warm"]:
            return Person.HERE
        return Person.NOTHING

    def content(self, first: int, last: int) -> bool:
        """Whether the words right around belong to lesson content: "poem by", "'s theorem"."""
        sets = self._sets
        before, word, after = self.before(first), self.word(last), self.following(last)
        if after.key in sets["nouns.content"] and after.key not in sets["nouns.owned"]:
            return word.owns or after.key.endswith(
                ("theorem", "law", "square", "squares", "triangle")
            )
        if before.key in sets["titles.of_content"] or before.key in ("about", "author", "poet"):
            return True
        if before.key == "named":
            return self.before(first - 1).key not in ("student", "s", "kid", "pupil")
        if before.key in ("president", "character", "characters", "titled", "entitled", "called"):
            return before.key not in ("called",)
        if before.key == "by":
            made = self.before(first - 1).key
            return made in sets["nouns.lesson"] or made in sets["context.made"]
        if self._geography(first, last):
            return True
        if before.key in sets["nouns.study"] or self.before(first - 1).key in (
            "map",
            "story",
            "life",
        ):
            return True
        number = self.word(last + 2)
        return after.key in self._sets["context.owns_things"] and (
            number.key.isdigit() or number.key in self._sets["context.number_words"]
        )

    def _geography(self, first: int, last: int) -> bool:
        before, after = self.before(first), self.following(last)
        named = after.shape == "capital" and after.key in self._sets["everyday.geo_after"]
        return named or (
            before.shape == "capital" and before.key in self._sets["everyday.geo_before"]
        )

    def place(self, first: int, last: int) -> bool:
        """Whether the words are somewhere: "in Jordan", "moved to Georgia"."""
        before, earlier = self.before(first), self.before(first - 1)
        if before.key == "to":
            return earlier.key in self._sets["context.place_verbs"]
        return before.key in ("in", "from", "of", "at", "into", "across", "near")

    def determined(self, place: int) -> bool:
        """Whether a word like "the" stands before, as before no name."""
        return self.before(place).key in self._sets["everyday.determiners"]

    def wondered(self, place: int) -> bool:
        """Whether a question is told: "why Jonas left", "how Esperanza felt"."""
        return self.before(place).key in ("why", "how", "what", "whether", "where", "when", "if")

    def together(self, place: int) -> bool:
        """Whether the words after `place` are what two people do: "and Rose finish first"."""
        after = self.following(place).key
        if after in ("at", "to"):
            return self.following(place + 1).key in self._sets["context.spots"]
        return after in self._sets["context.together"]

    def heading(self, place: int, never: frozenset[str]) -> bool:
        """Whether the line is written like a title: everyday words with capitals, none without."""
        # Twelve words to either side tell a heading from a sentence, however long the line is.
        tall = 0
        for step in (1, -1):
            at = place if step == 1 else place - 1
            if step == -1 and "\n" in self.words[place].gap:
                break
            while 0 <= at < len(self.words) and abs(at - place) <= 12:
                word = self.words[at]
                if at > place and "\n" in word.gap:
                    break
                if word.shape == "small" and len(word.key) > 3:
                    return False
                tall += word.shape != "small" and word.key in never
                if at <= place and step == -1 and "\n" in word.gap:
                    break
                at += step
        return tall >= 3

    def shouted(self, place: int) -> bool:
        """Whether the words beside are in capitals too."""
        sides = (self.word(place - 1), self.word(place + 1))
        return any(word.shape == "capitals" and len(word.key) > 3 for word in sides)


def _is_mark(word: Word) -> bool:
    """T, S, S2: somebody in the room who speaks or is spoken to."""
    return word.raw[:1] in ("T", "S") and (len(word.raw) == 1 or word.raw[1:].isdigit())

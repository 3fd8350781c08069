"""Likely names of people in a note: with titles, given and family names, initials."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from walk.language.name_context import Around, Person
from walk.language.name_data import NameData
from walk.language.name_joins import Likely, again, join
from walk.language.name_words import Word, within

# Endings of everyday words, for capitals that no list knows.
_WORDLIKE = (
    *("tion", "sion", "ment", "ness", "ity", "ism", "ics", "ology", "ing", "ly", "ous", "ful"),
    *("less", "able", "ible", "ers", "ists", "ians", "ship", "hood", "graph", "ese", "ish"),
)
_NAMELIKE = (
    *("iyah", "eisha", "aisha", "esha", "isha", "quan", "shawn", "shaun", "vonte", "leigh"),
    *("lynn", "ayden", "yana", "aysia", "iqua", "ique", "monte", "deep", "preet", "chukwu"),
)
_DOTTED = re.compile(r"(?<![\w.])[A-Z]\.[A-Z]\b\.?(?:[A-Z]\b\.?)?(?![\w]|\.?\d)")
_SINGLE = frozenset("JKLMRDHGZE")


_Maker = Callable[[bool | None], Likely]


class People:
    """Looks for people in one text. `own`: folded words of roster labels, names for sure.

    `titles` are stretches in quotation or emphasis marks that read like the title of a work.
    """

    def __init__(
        self, around: Around, data: NameData, own: frozenset[str], titles: list[tuple[int, int]]
    ) -> None:
        self.around = around
        self.data = data
        self.own = own
        self.titles = titles
        self._titles = data.sets["titles.short"] | data.sets["titles.long"]

    def likely(self) -> list[Likely]:
        """All that may be a person, in order; names joined to sure ones are sure as well."""
        found: list[Likely] = []
        place = 0
        words = self.around.words
        while place < len(words):
            one = self._at(place)
            if one is None:
                place += 1
            else:
                found.append(one)
                place = one.last + 1
        join(found, self.around, self.data)
        again(found, self.around)
        return [one for one in found if one.sure is not None]

    def dotted(self, text: str) -> Iterator[tuple[int, int]]:
        """Initials with dots: J.R."""
        for found in _DOTTED.finditer(text):
            letters = found[0].replace(".", "").lower()
            if letters not in self.data.sets["context.no_dotted"]:
                end = found.end()
                sentence_ends = found[0].endswith(".") and not text[end : end + 2].strip()
                yield found.start(), end - (sentence_ends and end == len(text))

    def _at(self, place: int) -> Likely | None:
        word = self.around.words[place]
        if word.key in self._titles:
            titled = self._titled(place)
            if titled:
                return titled
        if word.shape == "number" or len(word.key) > 40:
            return None
        if word.shape == "small" and len(word.raw) == 2:
            return self._small_initials(place) or self._small(place)
        if word.shape == "small":
            known = word.key in self.data.names or word.key in self.own
            return self._small(place) if known else None
        if word.shape == "capitals" and self.around.shouted(place):
            return self._small(place)
        if word.shape == "capitals" and len(word.raw) <= 3:
            return self._initials(place)
        if len(word.raw) == 1:
            return self._single(place)
        return self._capital(place)

    # Titles ----------------------------------------------------------------------------------

    def _titled(self, place: int) -> Likely | None:
        around, data = self.around, self.data
        title, name = around.word(place), around.word(place + 1)
        gap = name.gap.replace("\u00a0", " ")
        if gap not in (" ", ". ", ".", "  ", ".  ") or name.shape == "number":
            return None
        short = title.key in data.sets["titles.short"]
        if short and around.before(place).key.isdigit():
            return None  # 20 ms
        last = place + 1
        while around.word(last).key in self.data.sets["context.particles"] and around.following(
            last
        ) is not around.word(-1):
            if last > place + 3 or not around.word(last + 1).near:
                break
            last += 1
        name = around.word(last)
        acts = around.person(last, last) >= Person.ACTS
        if not self._fits_title(title, name, short, gap, acts):
            return None
        while last < place + 3 and self._surname(last + 1):
            last += 1
        keys = {around.word(at).key for at in range(place + 1, last + 1)}
        content = (title.key, around.word(place + 1).key) in data.titled or (
            around.before(place).key in ("about", "character", "named")
            and around.person(place, last) < Person.ACTS
        )
        if keys & data.figures and around.lesson_nouns:
            content = True
        sure = not content and not within(self.titles, title.start)
        return Likely(title.start, around.word(last).end, "title", sure, place, last)

    def _fits_title(self, title: Word, name: Word, short: bool, gap: str, acts: bool) -> bool:
        everyday = name.key in self.data.never or name.key in self.data.sets["verbs.act"]
        surname = name.key in self.data.sets["family_words.words"]
        if name.shape == "small":
            known = name.key in self.data.names or title.key != "ms" or "." in gap or acts
            known = known and (len(name.key) > 1 or ("." in gap and name.key not in "ai"))
            if not short:
                return name.key in self.data.names and title.key not in ("sr", "rev", "dr")
            return short and known and not everyday and title.raw[1:].islower()
        if name.shape == "capitals" and title.raw.isupper() and len(title.raw) > 1:
            return name.key in self.data.names
        if title.shape == "small" and title.key in ("miss", "sr", "rev", "dr") and "." not in gap:
            return name.shape == "capital" and not everyday and title.key != "sr"
        if len(name.raw) == 1:
            return name.raw not in "IA" or "." in gap
        if short:
            return name.key not in self.data.sets["verbs.act"]
        return surname or not everyday

    # Names -----------------------------------------------------------------------------------

    def _capital(self, place: int) -> Likely | None:
        around, data = self.around, self.data
        word = around.words[place]
        last = self._run(place)
        end = around.word(last).end
        if last > place and around.text[end - 2 : end - 1] == " ":
            end += bool(re.compile(r"\.\s+[a-z]").match(around.text, end))
        keys = [around.word(at).key for at in range(place, last + 1)]
        head = keys[0]
        listed = self._listed(head) or any(key in data.names for key in keys[1:])

        def likely(sure: bool | None) -> Likely:
            titled = self._in_title(word.start, end) or around.heading(place, data.never)
            if sure and titled and around.person(place, last) < Person.HERE:
                sure = False
            return Likely(word.start, end, "name", sure, place, last)

        if head in data.sets["titles.of_content"] and last > place:
            return likely(False)
        if tuple(keys[:2]) in data.full or (last > place and self._all_figures(keys)):
            return likely(False)
        if any(key in data.figures for key in keys):
            return likely(
                listed
                and self._here(place, last)
                and around.before(place).key not in ("why", "how", "what")
            )
        if head in data.place_names and not (last > place and around.word(last).key in data.names):
            return self._place_name(place, last, likely)
        if any(key in data.maybe_figures for key in keys):
            return likely(self._may_be_figure(place, last))
        if listed:
            return likely(self._known(place, last))
        if head in data.word_names and not word.raw.isascii():
            return likely(self._known(place, last))  # Ángel is no angel
        if head in data.word_names:
            return self._word_name(place, last, likely)
        return self._unknown(place, last, likely)

    def _all_figures(self, keys: list[str]) -> bool:
        return all(key in self.data.figures or key in self.data.maybe_figures for key in keys)

    def _in_title(self, start: int, end: int) -> bool:
        """Whether the name is part of a title; a name alone in quotation marks is none."""
        return any(
            one <= start and end <= two and two - one > end - start + 4 for one, two in self.titles
        )

    def _listed(self, key: str) -> bool:
        data = self.data
        if key in data.never or key in data.word_names or key in data.place_names:
            return False
        if key in data.names or key in self.own:
            return True
        if key.replace("-", "") in data.names:
            return True
        first = key.split("-")[0].split("‑")[0]
        if first != key:
            return first in data.names and first not in data.never
        return len(key) > 5 and key.endswith(_NAMELIKE)

    def _here(self, place: int, last: int) -> bool:
        return self.around.person(place, last) == Person.HERE and not self.around.lesson_nouns

    def _may_be_figure(self, place: int, last: int) -> bool:
        around = self.around
        person = around.person(place, last)
        if person == Person.HERE and not around.words[last].owns:
            return not around.lesson_before(place)
        if around.wondered(place) or around.word(place).key not in self.data.names:
            return False
        return not around.lesson and not around.content(place, last)

    def _known(self, place: int, last: int) -> bool:
        around = self.around
        person = around.person(place, last)
        if person == Person.HERE:
            return True
        if around.content(place, last) or around.determined(place):
            told = around.before(place).key in ("by", "about", "named")
            return person == Person.ACTS and not told and not around.lesson_before(place)
        return person == Person.ACTS or not around.lesson_before(place)

    def _place_name(self, place: int, last: int, likely: _Maker) -> Likely | None:
        around = self.around
        if around.determined(place):
            return None
        first = around.words[place].first
        person = around.person(place, last, careful=first)
        if around.content(place, last) or around.place(place, last):
            return likely(False)
        if person >= Person.ACTS:
            deed = around.person(place, last, careful=True) >= Person.ACTS
            told = around.lesson_before(place) if deed else around.lesson
            here = person == Person.HERE and not (around.words[last].owns and around.lesson)
            return likely(here or not (told or around.words[last].owns))
        return likely(None)

    def _word_name(self, place: int, last: int, likely: _Maker) -> Likely | None:
        around = self.around
        word = around.words[place]
        if around.determined(place):
            return None
        before, after = around.before(place), around.following(last)
        if after.shape == "capital" and after.key in self.data.never:
            return None
        starter = before.first and before.key in self.data.never
        if before.shape == "capital" and len(before.raw) > 1 and not starter:
            return None
        person = around.person(place, last, careful=word.first)
        if around.content(place, last) and person < Person.HERE:
            return likely(False) if last > place else None
        wanted = Person.ACTS if word.first else Person.LIKELY
        if person >= wanted and not (around.lesson_before(place) and person < Person.ACTS):
            return likely(True)
        return likely(None)

    def _unknown(self, place: int, last: int, likely: _Maker) -> Likely | None:
        around, data = self.around, self.data
        word = around.words[place]
        key = word.key
        if key in data.never or key in data.sets["verbs.act"] or key.endswith(_WORDLIKE):
            return None
        if any(part in data.never for part in key.split("-")) or around.determined(place):
            return None
        if key in data.sets["titles.of_content"] or key in data.sets["titles.long"] or len(key) < 3:
            return None
        if any(sign.isupper() for sign in word.raw[1:]) and not word.raw.startswith(
            ("Mc", "Mac", "De", "La", "Le", "Ja", "Da", "Ta", "Ke", "O'", "O’", "D'", "D’", "Van")
        ):
            return None
        before, after = around.before(place), around.following(last)
        beside = (before.shape in ("capital", "capitals") and not before.first) or (
            after.shape == "capital" and len(after.raw) > 1
        )
        if beside and len(before.raw) > 1:
            return None
        person = around.person(place, last)
        if word.first:
            return likely(True if person == Person.HERE else None)
        if person >= Person.ACTS:
            lesson = around.lesson_before(place) or around.content(place, last)
            return likely(person == Person.HERE or not lesson)
        if around.before(place).key == "by" and around.content(place, last):
            return likely(False)
        return likely(None)

    def _run(self, place: int) -> int:
        """The last word of a name that begins at `place`: family names and a last initial join."""
        last = place
        while last < place + 3 and self._surname(last + 1):
            last += 1
        return last

    def _surname(self, place: int) -> bool:
        around, data = self.around, self.data
        word, before = around.word(place), around.word(place - 1)
        if not word.near or before.owns or word.gap not in (" ", "\u00a0"):
            return False
        if len(word.raw) == 1:
            sign = around.text[word.after : word.after + 1]
            return word.raw.isupper() and word.raw not in "IATS" and sign not in ":" + "=+"
        if word.shape != "capital" or any(sign.isdigit() for sign in word.raw):
            return False
        if word.key in data.sets["family_words.words"]:
            return before.key in data.names
        return word.key not in data.never and word.key not in data.sets["everyday.geo_after"]

    # Small letters and initials ----------------------------------------------------------------

    def _small(self, place: int) -> Likely | None:
        """Fast notes: "called on devon", "maria says 12"."""
        around, data = self.around, self.data
        word = around.words[place]
        known = word.key in data.names or word.key in self.own
        if not known or word.key in data.figures:
            return None
        if len(word.key) < 3 and word.key not in self.own:
            return None
        if around.determined(place) or around.content(place, place):
            return None
        person = around.person(place, place, careful=True)
        beside = person == Person.LIKELY and len(word.key) > 3 and not around.lesson
        if person < Person.ACTS and not beside:
            return Likely(word.start, word.end, "name", None, place, place)
        lesson = around.lesson if word.key in data.maybe_figures else around.lesson_before(place)
        if lesson and person < Person.HERE:
            return None
        return Likely(word.start, word.end, "name", True, place, place)

    def _initials(self, place: int) -> Likely | None:
        around, data = self.around, self.data
        word = around.words[place]
        if word.key in data.names and len(word.key) == 3:
            return self._capital(place)
        if word.key in data.sets["marks.letters"] or word.key in data.sets["marks.known"]:
            return None
        if word.key in data.never or around.shouted(place) or around.determined(place):
            return None
        sure = True if around.person(place, place) >= Person.ACTS else None
        return Likely(word.start, word.end, "initials", sure, place, place)

    def _small_initials(self, place: int) -> Likely | None:
        """Fast notes: "mk says 12"; two consonants and what people say."""
        around, word = self.around, self.around.words[place]
        if set(word.key) & set("aeiouy") or word.key in self.data.sets["marks.letters"]:
            return None
        known = word.key in self.data.sets["marks.known"] or not word.key.isalpha()
        after = around.following(place).key
        if known or word.owns or after not in self.data.sets["verbs.speech"]:
            return None
        sure = around.person(place, place, careful=True) >= Person.ACTS
        return Likely(word.start, word.end, "initials", sure or None, place, place)

    def _single(self, place: int) -> Likely | None:
        """ "K. Osei", and "J says": one letter and what people do."""
        around, data = self.around, self.data
        word, after = around.words[place], around.word(place + 1)
        if around.before(place).key in self.data.sets["context.lettered"] or word.owns:
            return None
        if after.gap == ". " and after.shape == "capital" and len(after.key) > 2:
            person = around.person(place + 1, place + 1)
            known = after.key in data.names or after.key in self.own
            if known or (person >= Person.ACTS and after.key not in data.never):
                sure = after.key not in data.figures and not around.content(place, place + 1)
                return Likely(word.start, after.end, "name", sure, place, place + 1)
        if after.gap == ". " and len(after.raw) == 1 and after.shape == "capital":
            two = around.person(place + 1, place + 1, careful=True)
            if two >= Person.ACTS or around.text[after.after : after.after + 1] == ".":
                verb = around.word(place + 2).key in self.data.sets["verbs.speech"]
                if two >= Person.ACTS or verb:
                    return Likely(word.start, after.end, "initials", True, place, place + 1)
        if word.raw not in _SINGLE or around.determined(place):
            return None
        deed = around.person(place, place, careful=True)
        if deed < Person.ACTS and after.gap == ". " and after.key in data.sets["verbs.speech"]:
            deed = Person.ACTS
        if deed < Person.ACTS:
            return None
        return Likely(word.start, word.end, "initials", True, place, place)

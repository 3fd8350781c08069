"""Which way of finding notes like a theme, or like one note, finds most of them.

The notes and the themes they belong to are our own, made up without a look at the method
(likeness_notes/*.toml, a walk each). Of each theme so many notes are placed, the
rest stand in the pool; what is measured is how many of the first five that are proposed belong to
the theme, and whether a note's own theme is among the first three.
"""

from __future__ import annotations

import argparse
import random
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import log, sqrt
from pathlib import Path
from statistics import mean, median

from benchmarks.common import table
from walk.likeness import Pool, terms

NOTES = Path(__file__).parent / "likeness_notes"
Ranked = list[str]
Method = Callable[[Mapping[str, str], Mapping[str, Sequence[str]], str, Sequence[str]], Ranked]
"""(words by note, placed notes by theme, a theme, the pool) -> the pool, most alike first."""


def sets() -> dict[str, dict[str, list[str]]]:
    """Every set: notes by theme."""
    return {
        path.stem: tomllib.loads(path.read_text())["themes"]
        for path in sorted(NOTES.glob("*.toml"))
    }


# Ways


def ours(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """walk.likeness."""
    return [one.note for one in Pool(words).like_theme(placed[theme], pool, len(pool))]


def _vectors(words: Mapping[str, str]) -> dict[str, dict[str, float]]:
    found = {note: terms(said) for note, said in words.items()}
    holding = Counter(term for one in found.values() for term in one)
    vectors = {}
    for note, said in found.items():
        vector = {term: log(len(words) / holding[term]) for term in said}
        length = sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors[note] = {term: value / length for term, value in vector.items()}
    return vectors


def _alike(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    return sum(value * two.get(term, 0.0) for term, value in one.items())


def centroid(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """Cosine to the mean of the theme's TF-IDF vectors."""
    vectors = _vectors(words)
    middle: dict[str, float] = defaultdict(float)
    for note in placed[theme]:
        for term, value in vectors[note].items():
            middle[term] += value
    return sorted(pool, key=lambda one: (-_alike(vectors[one], middle), one))


def nearest(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """Cosine to the one note of the theme that is most alike."""
    vectors = _vectors(words)
    best = {one: max(_alike(vectors[one], vectors[two]) for two in placed[theme]) for one in pool}
    return sorted(pool, key=lambda one: (-best[one], one))


def ours_words(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """Relevance weights of words alone."""
    made = Pool(words)
    made._terms = {note: terms(said) for note, said in words.items()}
    made._holding = Counter(term for found in made._terms.values() for term in found)
    return [one.note for one in made.like_theme(placed[theme], pool, len(pool))]


def bayes(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """Naive Bayes: the theme against all other themes."""
    inside = Counter(term for note in placed[theme] for term in terms(words[note]))
    others = Counter(
        term
        for other, notes in placed.items()
        if other != theme
        for note in notes
        for term in terms(words[note])
    )
    kinds = len(inside | others)
    here, else_ = inside.total() + 0.5 * kinds, others.total() + 0.5 * kinds

    def score(note: str) -> float:
        return sum(
            log((inside[term] + 0.5) / here) - log((others[term] + 0.5) / else_)
            for term in terms(words[note])
        )

    return sorted(pool, key=lambda one: (-score(one), one))


def bm25(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """BM25 with all words of the theme as the question, as a full-text search would ask it."""
    found = {note: list(terms(said)) for note, said in words.items()}
    holding = Counter(term for one in found.values() for term in one)
    asked = Counter(term for note in placed[theme] for term in found[note])
    usual = mean(len(one) for one in found.values())

    def score(note: str) -> float:
        size = 1.2 * (0.25 + 0.75 * len(found[note]) / usual)
        return sum(
            asked[term]
            * log(1 + (len(words) - holding[term] + 0.5) / (holding[term] + 0.5))
            * 2.2
            / (1 + size)
            for term in found[note]
        )

    return sorted(pool, key=lambda one: (-score(one), one))


def by_chance(
    words: Mapping[str, str], placed: Mapping[str, Sequence[str]], theme: str, pool: Sequence[str]
) -> Ranked:
    """Any order."""
    mixed = list(pool)
    random.Random(theme).shuffle(mixed)
    return mixed


WAYS: dict[str, Method] = {
    "by chance": by_chance,
    "nearest note (TF-IDF)": nearest,
    "BM25 of all words": bm25,
    "centroid (TF-IDF)": centroid,
    "naive Bayes": bayes,
    "relevance weights, words": ours_words,
    "the same, with things and signs (ours)": ours,
}


# Measuring


def measure(
    themes: Mapping[str, Sequence[str]], way: Method, each: int, rounds: int
) -> tuple[float, float]:
    """(share of the first five that belong to the theme, own theme among the first three)."""
    first_five, in_three = [], []
    for number in range(rounds):
        rng = random.Random(number)
        words: dict[str, str] = {}
        theme_of: dict[str, str] = {}
        placed: dict[str, list[str]] = {}
        for theme, notes in themes.items():
            ids = [f"{theme}/{place}" for place in range(len(notes))]
            words.update(zip(ids, notes, strict=True))
            theme_of.update(dict.fromkeys(ids, theme))
            placed[theme] = rng.sample(ids, min(each, len(ids) - 5))
        inside = {one for notes in placed.values() for one in notes}
        pool = [one for one in words if one not in inside]
        ranks: dict[str, dict[str, int]] = {}
        for theme in themes:
            order = way(words, placed, theme, pool)
            first_five.append(mean(theme_of[one] == theme for one in order[:5]) if order else 0.0)
            ranks[theme] = {note: place for place, note in enumerate(order)}
        for note in pool:
            nearest_three = sorted(themes, key=lambda one: ranks[one].get(note, len(pool)))[:3]
            in_three.append(theme_of[note] in nearest_three)
    return mean(first_five), mean(in_three)


def like_a_note(themes: Mapping[str, Sequence[str]]) -> float:
    """Of the first five proposed for one note alone, the share that belong to its theme."""
    words = {f"{t}/{n}": said for t, notes in themes.items() for n, said in enumerate(notes)}
    pool = Pool(words)
    found = []
    for note in words:
        order = pool.like_note(note, words, 5)
        found.append(
            mean(one.note.split("/")[0] == note.split("/")[0] for one in order) if order else 0
        )
    return mean(found)


def speed(notes: int, rounds: int = 20) -> float:
    """Seconds of the processor to read so many notes and answer once for a theme of ten."""
    said = [one for themes in sets().values() for notes in themes.values() for one in notes]
    words = {str(number): said[number % len(said)] for number in range(notes)}
    took = []
    for _ in range(rounds):
        began = time.process_time()
        pool = Pool(words)
        pool.like_theme(list(words)[:10], list(words)[10:])
        took.append(time.process_time() - began)
    return median(took)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=10, help="rounds")
    rounds = parser.parse_args().n
    held = sets()
    rows = []
    for name, way in WAYS.items():
        row = [name]
        for each in (3, 5, 8):
            found = [measure(themes, way, each, rounds) for themes in held.values()]
            row.append(f"{mean(one[0] for one in found):.2f} / {mean(one[1] for one in found):.2f}")
        rows.append(row)
    print("first five that belong to the theme / own theme among the first three")
    table("By notes placed in each theme", ["way", "3", "5", "8"], rows)
    print("\nlike one note, first five of its theme:", end=" ")
    print(f"{mean(like_a_note(themes) for themes in held.values()):.2f}")
    print(f"400 notes, read and answered: {1000 * speed(400):.1f} ms of the processor")


if __name__ == "__main__":
    main()

"""How well wording help does on labelled sentences: counts, and the measures made of them."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from walk.language.check import check
from walk.language.names import find_names

SENTENCES = Path(__file__).parent / "sentences.jsonl"
NAMES = Path(__file__).parent / "name_notes.jsonl"
TUNED, HELD = "tuned", "held"


@dataclass
class Score:
    """Counts over labelled sentences; `alarms` and `seen` are by kind of negative."""

    hits: int = 0
    misses: int = 0
    named: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    quiet: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of flagged sentences that are labelled evaluative."""
        return self.hits / max(1, self.hits + self.alarms.total())

    @property
    def recall(self) -> float:
        """Share of evaluative sentences that are flagged."""
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def mcc(self) -> float:
        """Matthews correlation: 0 for a coin, 1 for no mistake."""
        wrong, right = self.alarms.total(), self.quiet.total()
        size = math.sqrt(
            (self.hits + wrong)
            * (self.hits + self.misses)
            * (right + wrong)
            * (right + self.misses)
        )
        return (self.hits * right - wrong * self.misses) / size if size else 0.0

    @property
    def right_category(self) -> float:
        """Share of hits among whose flags one names a category of the sentence."""
        return self.named / max(1, self.hits)

    def alarm_rate(self, *, tricky: bool) -> float:
        """Share of plain, or of tricky, negatives that are flagged."""
        kinds = [kind for kind in {*self.alarms, *self.quiet} if (kind != "plain") == tricky]
        alarms = sum(self.alarms[kind] for kind in kinds)
        return alarms / max(1, alarms + sum(self.quiet[kind] for kind in kinds))

    def recall_of(self, category: str) -> float:
        """Share of the sentences with this main category that are flagged at all."""
        found = self.found[category]
        return found / max(1, found + self.missed[category])


def sentences(part: str = "") -> list[dict[str, Any]]:
    """The labelled sentences, or those of one part."""
    lines = SENTENCES.read_text("utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    return [item for item in items if not part or item["part"] == part]


def score(items: Iterable[dict[str, Any]]) -> Score:
    """Check every sentence and count."""
    result = Score()
    for item in items:
        flags = check(item["text"], item["kind"])
        if not item["evaluative"]:
            (result.alarms if flags else result.quiet)[item["tricky"] or "plain"] += 1
            continue
        main = item["categories"][0]
        if flags:
            result.hits += 1
            result.found[main] += 1
            result.named += any(flag.category in item["categories"] for flag in flags)
        else:
            result.misses += 1
            result.missed[main] += 1
    return result


def score_names(part: str) -> tuple[float, float, int]:
    """Precision and recall of sure finds by note, and how many notes."""
    notes = [json.loads(text) for text in NAMES.read_text("utf-8").splitlines()]
    notes = [note for note in notes if note["part"] == part]
    right = wrong = missed = 0
    for note in notes:
        finds = [find for find in find_names(note["text"], labels=note["labels"]) if find.sure]
        meant = [find["words"] for find in note["finds"]]
        hit = any(find.words in words or words in find.words for find in finds for words in meant)
        right += bool(meant and hit)
        missed += bool(meant and not hit)
        wrong += bool(finds and not meant)
    return right / max(1, right + wrong), right / max(1, right + missed), len(notes)

"""How right wording help and the name catcher are on the sets in tests/, and how fast.

`python -m benchmarks.language` prints both parts of both sets: the part the rules were tuned on,
and the third of which only totals were looked at.
"""

from __future__ import annotations

import time

from tests.language.scoring import HELD, TUNED, Score, score, score_names, sentences
from walk.language.check import check
from walk.language.flags import CATEGORIES


def line(name: str, result: Score, count: int) -> str:
    """One row of the table."""
    values = (
        result.precision,
        result.recall,
        result.f1,
        result.alarm_rate(tricky=True),
        result.alarm_rate(tricky=False),
        result.right_category,
    )
    shares = " ".join(f"{100 * value:6.1f}" for value in values)
    return f"{name:10} {count:5} {shares} {result.mcc:6.2f}"


def main() -> None:
    """Measure and print."""
    check("warm")
    print("wording     notes   prec recall     F1 tricky  plain  named    MCC")
    for part in (TUNED, HELD):
        items = sentences(part)
        result = score(items)
        print(line(part, result, len(items)))
        low = sorted(CATEGORIES, key=result.recall_of)[:3]
        lowest = ", ".join(f"{name} {100 * result.recall_of(name):.0f}" for name in low)
        print(f"           lowest recall by category: {lowest}")
    items = sentences()
    began = time.perf_counter()
    for item in items:
        check(item["text"], item["kind"])
    print(f"{len(items) / (time.perf_counter() - began):,.0f} sentences a second in one process")
    print("names       notes   prec recall")
    for part in (TUNED, HELD):
        precision, recall, count = score_names(part)
        print(f"{part:10} {count:5} {100 * precision:6.1f} {100 * recall:6.1f}")


if __name__ == "__main__":
    main()

"""What a collect reports, to people and to programs."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from walk.exchange.receipt import PackReceipt, Receipt

RECEIPT = Receipt(
    packs=(
        PackReceipt("ana.walk", "Ana", 12, 3, 1, "", 2, 1),
        PackReceipt("ben.walk", "Ben", 0, 40),
        PackReceipt("old.walk", refused="old.walk is damaged."),
        PackReceipt("new.walk", added=1),
    ),
    missing_walkers=("Cara", "Dan"),
    missing_numbers=("Ana's laptop: 41 to 43",),
)


def test_a_receipt_for_programs_keeps_its_shape() -> None:
    said = json.loads(json.dumps(RECEIPT.as_json()))
    assert said == {
        "packs": [
            {
                "file": file,
                "walker": walker,
                "added": added,
                "already_here": here,
                "conflicts": conflicts,
                "refused": refused,
                "withdrawn": withdrawn,
                "unread": unread,
                "forgotten": 0,
                "same_as": "",
                "own_walk": "",
                "kind": "",
                "copies": 0,
                "focus_before": "",
            }
            for file, walker, added, here, conflicts, refused, withdrawn, unread in (
                ("ana.walk", "Ana", 12, 3, 1, "", 2, 1),
                ("ben.walk", "Ben", 0, 40, 0, "", 0, 0),
                ("old.walk", "", 0, 0, 0, "old.walk is damaged.", 0, 0),
                ("new.walk", "", 1, 0, 0, "", 0, 0),
            )
        ],
        "missing_walkers": ["Cara", "Dan"],
        "missing_numbers": ["Ana's laptop: 41 to 43"],
        "walkers_in": [],
        "requests": [],
        "to_know": [],
        "walk": "",
    }
    assert Receipt.of(said) == RECEIPT


def test_a_receipt_for_people_says_what_came_and_what_is_missing() -> None:
    assert RECEIPT.in_words() == [
        "ana.walk (Ana): 12 new entries, 3 here already.",
        "  1 record is told in two ways; both are kept, for you to settle.",
        "  2 records were withdrawn.",
        "  1 record comes from a newer walk: kept and passed on, not shown here.",
        "ben.walk (Ben): nothing new, 40 here already.",
        "old.walk: not taken in.",
        "  old.walk is damaged.",
        "new.walk: 1 new entry.",
        "Nothing yet from: Cara, Dan.",
        "Not here yet: Ana's laptop: 41 to 43",
    ]
    assert Receipt(()).in_words() == ["No packs were found."]


@given(st.text(), st.text(), st.text())
def test_a_receipt_cannot_act_on_a_terminal(file: str, label: str, why: str) -> None:
    receipt = Receipt((PackReceipt(file, label, refused=why),), (label,), (why,))
    for line in receipt.in_words():
        assert not set(line) & set(map(chr, (*range(32), *range(0x7F, 0xA0), 0x2028, 0x202E)))
        line.encode()

"""Revisions: their hash, their times, and which of them are heads."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.model.revision import (
    Placed,
    Revision,
    ancestors,
    heads,
    in_conflict,
    unpublished,
    utc_ms,
    utc_text,
)

REV = Revision(
    walk=bytes(range(16)),
    record=bytes(range(16, 32)),
    kind="note",
    schema=1,
    generation=2,
    parents=(b"\x01" * 32, b"\x02" * 32),
    author=b"",
    device=b"\xff" * 16,
    number=7,
    made_at=1_760_430_121_250,
    zone=-300,
    scope="team",
    deleted=False,
    body='{"text":"5 of 7 pairs – “say more”"}',
)
FIRST, LAST = -62_135_596_800_000 + 1_000 * 366 * 86_400_000, 253_402_300_799_999
times = st.integers(FIRST, LAST)


# What is hashed


def test_the_envelope_is_as_the_pack_format_says() -> None:
    """Other programs make the same ids from these lines: they may never change."""
    assert REV.envelope().split("\n") == [
        "walk revision 1",
        "000102030405060708090a0b0c0d0e0f",
        "101112131415161718191a1b1c1d1e1f",
        "note",
        "1",
        "2",
        "01" * 32 + " " + "02" * 32,
        "",
        "ff" * 16,
        "7",
        "2025-10-14T08:22:01.250Z",
        "-300",
        "team",
        "0",
    ]
    text = REV.envelope() + "\n" + REV.body
    assert REV.rev_id() == hashlib.sha256(text.encode("utf-8")).digest()


@pytest.mark.parametrize(
    "change",
    [
        {"walk": bytes(16)},
        {"record": bytes(16)},
        {"kind": "theme"},
        {"schema": 2},
        {"generation": 3},
        {"parents": (b"\x01" * 32,)},
        {"author": bytes(16)},
        {"device": bytes(16)},
        {"number": 8},
        {"number": None},
        {"made_at": 1_760_430_121_251},
        {"zone": 0},
        {"scope": "private"},
        {"deleted": True},
        {"body": '{"text": "5 of 7 pairs – “say more”"}'},
    ],
)
def test_every_field_counts(change: dict[str, object]) -> None:
    assert REV._replace(**change).rev_id() != REV.rev_id()  # type: ignore[arg-type]


def test_a_kind_cannot_pass_for_other_fields() -> None:
    with pytest.raises(ValueError, match="one word"):
        REV._replace(kind="note\n1\n2").rev_id()


# Times


@given(times)
def test_a_time_survives_being_written(at_ms: int) -> None:
    assert utc_ms(utc_text(at_ms)) == at_ms


@given(times, times)
def test_written_times_sort_as_they_passed(one: int, two: int) -> None:
    assert (one < two) == (utc_text(one) < utc_text(two))


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-14T09:22:01Z",
        "2025-10-14T09:22:01.25Z",
        "2025-10-14T09:22:01.250+00:00",
        "2025-10-14 09:22:01.250Z",
        "2025-10-14T09:22:01.250000Z",
        "2025-10-14T09:22:60.250Z",
        "٢٠٢٥-10-14T09:22:01.250Z",
        "",
    ],
)
def test_any_other_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|match|second"):
        utc_ms(text)


# Heads


def placed(
    name: int,
    *parents: int,
    generation: int = 1,
    made_at: int = 0,
    team: bool = True,
    deleted: bool = False,
    body: str = "",
) -> Placed:
    return Placed(
        rev_id=bytes([name]) * 32,
        parents=tuple(bytes([parent]) * 32 for parent in parents),
        generation=generation,
        made_at=made_at,
        team=team,
        deleted=deleted,
        body=body or f"body {name}",
    )


def names(found: list[Placed]) -> list[int]:
    return [one.rev_id[0] for one in found]


def test_not_withdrawn_then_generation_then_clock_then_id() -> None:
    order = [
        placed(1, generation=2, made_at=5),
        placed(9, generation=1, made_at=9),
        placed(3, generation=1, made_at=9),
        placed(4, generation=1, made_at=8),
        placed(5, generation=7, made_at=99, deleted=True),
    ]
    assert names(heads(reversed(order))) == [1, 9, 3, 4, 5]


@given(st.permutations([placed(name, generation=name % 2, made_at=name % 3) for name in range(7)]))
def test_the_order_of_arrival_never_counts(arrived: list[Placed]) -> None:
    assert heads(arrived) == heads(sorted(arrived, key=lambda one: one.rev_id))


def test_a_missing_parent_does_no_harm() -> None:
    assert names(heads([placed(2, 1, generation=2)])) == [2]


def test_a_private_step_replaces_nothing_for_the_team() -> None:
    revs = [placed(1), placed(2, 1, generation=2, team=False)]
    assert names(heads(revs)) == [2]
    assert names(heads(revs, team_only=True)) == [1]


def test_equal_words_are_no_conflict_and_a_withdrawal_is_one() -> None:
    same = [placed(1, body="same"), placed(2, body="same")]
    assert not in_conflict(heads(same))
    assert in_conflict(heads([*same, placed(3, body="other")]))
    assert in_conflict(heads([placed(1), placed(2, deleted=True)]))
    assert not in_conflict([])


def test_ancestors_are_all_that_is_descended_from_and_here() -> None:
    revs = [placed(1), placed(2, 1), placed(3, 2, 9), placed(4, 1), placed(5, 3, 4), placed(6)]
    assert ancestors([b"\x05" * 32], revs) == {bytes([name]) * 32 for name in (1, 2, 3, 4, 5)}
    assert ancestors([b"\x09" * 32], revs) == set()


def test_a_published_form_names_the_latest_team_revisions() -> None:
    revs = [
        placed(1),
        placed(2, 1, generation=2, team=False),
        placed(3, 2, generation=3, team=False, body="new"),
    ]
    assert [sorted(names(replaced)) for replaced in unpublished(revs)] == [[1, 3]]
    assert [names(replaced)[0] for replaced in unpublished(revs)] == [3]


def test_what_the_team_has_is_not_published_again() -> None:
    private = placed(2, 1, generation=2, team=False, body="body 1")
    assert unpublished([placed(1), private]) == []
    assert unpublished([placed(1)]) == []
    assert unpublished([placed(1, team=False, deleted=True)]) == []
    assert unpublished([]) == []


def test_a_withdrawal_of_what_the_team_has_is_published() -> None:
    revs = [placed(1), placed(2, 1, generation=2, team=False, deleted=True)]
    assert [sorted(names(replaced)) for replaced in unpublished(revs)] == [[1, 2]]


def test_one_published_form_for_heads_that_say_the_same() -> None:
    """It settles what the private one had settled, and replaces the shared one like it."""
    revs = [
        placed(1),
        placed(2, 1, generation=2, body="other"),
        placed(3, 1, 2, generation=3, team=False, body="same"),
        placed(4, 1, generation=2, body="same"),
    ]
    assert [sorted(names(replaced)) for replaced in unpublished(revs)] == [[2, 3, 4]]


def test_what_the_team_says_already_needs_no_second_form() -> None:
    revs = [
        placed(1),
        placed(2, 1, generation=2, body="other"),
        placed(3, 1, generation=2, team=False, body="same"),
        placed(4, 1, generation=2, body="same"),
    ]
    assert unpublished(revs) == []

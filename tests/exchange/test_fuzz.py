"""A part of `tests.exchange.fuzz` with every run, and all of it under `-m long`."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange import fuzz
from tests.exchange.fuzz import SEED, Counts, Target, target


@pytest.fixture(scope="module")
def to() -> Iterator[Target]:
    """One laptop for all of them: each leaves it as it was, or the next would see it."""
    with target() as made:
        yield made


@pytest.fixture
def own() -> Iterator[Target]:
    """A laptop for one test: the receipts of thousands of packs would make the next one slow."""
    with target() as made:
        yield made


def chance() -> random.Random:
    return random.Random(SEED)


def see(counts: Counts, tried: int) -> None:
    assert counts.wrong == []
    assert counts.tried >= tried
    assert counts.refused + counts.harmless + counts.taken == counts.tried


def test_a_pack_cut_off_is_refused_and_leaves_nothing(to: Target) -> None:
    counts = fuzz.truncations(to, 29)
    see(counts, 100)
    assert counts.refused == counts.tried


def test_a_turned_bit_is_refused_or_changes_nothing(to: Target) -> None:
    counts = fuzz.flips(to, (0, 5), 31)
    see(counts, 200)
    assert counts.refused > 0.9 * counts.tried


def test_two_packs_spliced_are_refused_or_change_nothing(to: Target) -> None:
    see(fuzz.splices(to, chance(), 100), 100)


def test_a_zip_of_anything_is_refused(to: Target) -> None:
    counts = fuzz.zips(to, chance(), 100)
    see(counts, 100)
    assert counts.refused == counts.tried


def test_some_lies_are_taken_and_some_refused(to: Target) -> None:
    """Or all of those below would be stopped at one door."""
    counts = fuzz.forgeries(to, chance(), 12)
    see(counts, 12)
    assert counts.refused
    assert counts.taken


@given(st.randoms(use_true_random=False))
def test_lies_with_true_hashes_are_refused_or_taken_back(to: Target, lies: random.Random) -> None:
    """No law of the store breaks, no screen ends, and an undo removes all of it."""
    see(fuzz.forgeries(to, lies, 1), 1)


def test_whatever_a_body_says_nothing_ends(to: Target) -> None:
    see(fuzz.bodies(to, chance(), 12), 20)


# All of it, a test a sort, so that several processes share them; each makes thousands of packs.


@pytest.mark.long
def test_every_cut(own: Target) -> None:
    see(fuzz.truncations(own), len(own.one))


@pytest.mark.long
@pytest.mark.parametrize("bit", [0, 3, 7])
def test_this_bit_of_every_byte(own: Target, bit: int) -> None:
    see(fuzz.flips(own, (bit,)), len(own.one))


@pytest.mark.long
def test_thousands_of_splices(own: Target) -> None:
    see(fuzz.splices(own, chance(), 2_000), 2_000)


@pytest.mark.long
def test_thousands_of_zips(own: Target) -> None:
    see(fuzz.zips(own, chance(), 2_000), 2_000)


@pytest.mark.long
def test_a_thousand_lies(own: Target) -> None:
    see(fuzz.forgeries(own, chance(), 1_000), 1_000)


@pytest.mark.long
def test_every_field_says_everything_odd(own: Target) -> None:
    see(fuzz.bodies(own, chance()), 1_500)

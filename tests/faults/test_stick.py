"""The stick is pulled at every step of a share and of a collect: told, nothing half, once more."""

from __future__ import annotations

import pytest

from tests.desks import desk_at, texts, write_form
from tests.faults.after import adds_up
from tests.faults.disk import Stick
from tests.routine.laptops import Laptops, laptops, wrote
from walk.errors import PackError
from walk.exchange.read import check_pack
from walk.routine.exchanging import collect, share
from walk.routine.exchanging.found import look

pytestmark = pytest.mark.faults
__all__ = ["laptops"]
LINES = [f"S{n} points to line {n}" for n in range(40)]
MENDS = ("lug it in", "plugged in", "another stick", "another folder", "once more", "collect again")


def pulled_from_a_share(laptops: Laptops, apart: int) -> int:
    """Pull it at every step, or only at some; how many steps there are."""
    ana = laptops.joined("Ana")
    write_form(ana, "V1", *LINES)
    told: set[tuple[str, str]] = set()
    step = 1 - apart
    while True:
        step += apart
        here = laptops.folder / f"stick {step}"
        here.mkdir()
        stick = Stick(step)
        try:
            with stick.in_use():
                share.share(ana, here / "ana.walk")
        except PackError as error:
            told.add((error.message, error.mend))
        if not stick.pulled:
            break
        for left in here.glob("*.walk"):
            check_pack(left)
        share.share(ana, here / "ana.walk")
        check_pack(here / "ana.walk")
        assert len(look([here]).found) == 1, "what the pull left is taken for no pack"
    assert any("unplugged?" in message for message, _ in told)
    for _, mend in told:
        assert any(words in mend for words in MENDS), mend
    adds_up(ana)
    return step


def test_a_share_from_which_the_stick_is_pulled_is_told_and_works_once_more(
    laptops: Laptops,
) -> None:
    assert pulled_from_a_share(laptops, apart=11) > 20


@pytest.mark.deep
def test_a_stick_is_pulled_at_each_step_of_a_share(laptops: Laptops) -> None:
    assert pulled_from_a_share(laptops, apart=1) > 20


def test_a_collect_from_which_the_stick_is_pulled_is_told_and_works_once_more(
    laptops: Laptops,
) -> None:
    _, pack = wrote(laptops, "Ana", *LINES)
    whole, step = sorted(LINES), 0
    while True:
        step += 1
        with desk_at(laptops.folder / f"{step}.walkdb") as desk:
            stick = Stick(step)
            try:
                with stick.in_use():
                    found = look([pack])
                    receipt = collect.collect_found(desk, found.found)
                    said = " ".join(one.refused for one in receipt.packs)
            except PackError as error:
                said = str(error)
            if not stick.pulled:
                break
            assert any(mend in said for mend in MENDS), said
            assert texts(desk) in ([], whole), "all of a pack or nothing of it"
            adds_up(desk)
            collect.collect(desk, [pack])
            assert texts(desk) == whole
    assert step > 10, "it was pulled at every step"

"""Laptops that are closed and cleared away after the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.storage.laptops import Laptop

MakeLaptop = Callable[[str], Laptop]


@pytest.fixture
def laptop() -> Iterator[MakeLaptop]:
    """Make a laptop by its owner's name."""
    made: list[Laptop] = []

    def make(name: str) -> Laptop:
        made.append(Laptop(name))
        return made[-1]

    yield make
    for one in made:
        one.remove()


@pytest.fixture
def ana(laptop: MakeLaptop) -> Laptop:
    return laptop("Ana")


@pytest.fixture
def ben(laptop: MakeLaptop) -> Laptop:
    return laptop("Ben")


@pytest.fixture
def cyd(laptop: MakeLaptop) -> Laptop:
    return laptop("Cyd")

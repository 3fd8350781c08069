"""The two sample stores, made once for all tests of access."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.access.sample import Sample, make


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """A sample by its name."""
    made: dict[str, Sample] = {}

    def sample(name: str) -> Sample:
        if name not in made:
            made[name] = make(tmp_path_factory.mktemp("access"), name)
        return made[name]

    return sample

"""The files of a rotation: a name for each team's calendar, and no two alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from walk.model.rotation import PlannedStop, Rotation
from walk.routine.papers import rotation_files


def of_teams(*labels: str) -> Rotation:
    stops = tuple(
        PlannedStop(team=one, visit="V1", slot=1, enter=0, leave=0, write_until=0, talk_until=0)
        for one in labels
    )
    return Rotation(id="", walk="", stops=stops)


@pytest.mark.parametrize(
    "labels",
    [("A", "B"), ("b", "B"), ("b", "b-3", "b_"), ("Red and white", "Red & white"), ("猫", "犬")],
)
def test_each_team_has_a_calendar_of_its_own(labels: tuple[str, ...], tmp_path: Path) -> None:
    found = rotation_files.paths(of_teams(*labels), tmp_path)
    names = [path.name.casefold() for path in found.values()]
    assert len(set(names)) == len(names) == len(labels) + 2
    assert {*labels} <= {*found}

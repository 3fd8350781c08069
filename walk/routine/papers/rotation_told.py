"""What is told beside a rotation, and the whole of it for programs."""

from __future__ import annotations

from typing import Any

from walk.exchange.receipt import counted
from walk.routine.desk import Desk
from walk.routine.planning import places, ready, roster, rotation
from walk.routine.timekeeping import board


def to_know(desk: Desk) -> tuple[str, ...]:
    """What stands out in roster and dates, and how long stops took before; it stops nothing.

    It changes from day to day, so it is asked anew wherever a rotation is shown.
    """
    over = board.over_by(desk)
    ran = f"Stops ran {counted(over, 'minute', 'minutes')} over when walks were timed before"
    found = (*roster.warnings(desk), *ready.warnings(desk), *places.warnings(desk))
    return (*found, ran) if over > 0 else found


def as_json(desk: Desk) -> dict[str, Any]:
    """The rotation of the walk on the desk, as `walk plan --json` prints it.

    As it was made, and while there is none as it would be made now.
    """
    made = rotation.current(desk)
    told = rotation.shape(made or rotation.preview(desk), rotation.zone_of(desk))
    known = (*rotation.own_rooms_told(desk), *to_know(desk))
    told["warnings"] += [one for one in known if one not in told["warnings"]]
    if made and rotation.stale(desk):
        told["warnings"].append("The rotation was made before the plan changed; make it again")
    return told

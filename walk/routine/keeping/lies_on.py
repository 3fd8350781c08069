"""What a store lies on, where a person should know: a stick, or a folder of another machine."""

from __future__ import annotations

from pathlib import Path, PurePath, PureWindowsPath

from walk.routine.folders import Machine, mounted, sticks, this_machine

_NET_DRIVE = 4
"""What Windows calls a drive that lies on another machine."""


def careful(store: Path, machine: Machine | None = None) -> str:
    """What to mind about the place of a store, in words; nothing where it lies on this laptop."""
    machine = machine or this_machine()
    if over_a_net(store, machine):
        return (
            f"{store.parent} lies on another machine. Two programs can damage a store there "
            "without noticing each other: name a place on this laptop with --store or WALK_STORE."
        )
    if any(store.is_relative_to(one) for one in sticks(machine)):
        return (
            f"{store.parent} lies on a stick. Close walk and eject it before you take it out. "
            "Whoever finds it can read private notes too; `walk backup -o FILE` copies it away."
        )
    return ""


def over_a_net(path: PurePath, machine: Machine) -> bool:
    """Whether a path leads to another machine, as far as this one can say without asking it."""
    if machine.system == "win32":
        drive = PureWindowsPath(path).drive.upper()
        far = {root.rstrip("\\").upper() for root, kind in machine.drives() if kind == _NET_DRIVE}
        return drive.startswith("\\\\") or drive in far
    holding = [(point, over) for point, over in mounted(machine) if path.is_relative_to(point)]
    # Of disks within disks the innermost holds it; of several in one place the one that came last.
    holding.sort(key=lambda one: len(one[0].parts))
    return bool(holding) and holding[-1][1]

"""A day with packs in a real terminal: join, note, give, collect, and take it back, key by key."""

from __future__ import annotations

from pathlib import Path

from tests.desks import desk_at, texts
from tests.routine.laptops import PLAN
from tests.terminal import Terminal, walk_command
from walk.clock import FixedClock
from walk.routine.exchanging import share as sharing
from walk.routine.planning.plan_file import take_plan


def test_a_plan_comes_a_pack_goes_and_the_lead_has_the_note(tmp_path: Path) -> None:
    """The keys come as fast as a terminal sends them, and the paths as it pastes a dropped file."""
    lead, ana = tmp_path / "lead.walkdb", tmp_path / "ana.walkdb"
    stick = tmp_path / "My Stick"
    stick.mkdir()
    (tmp_path / "plan.toml").write_text(PLAN, "utf-8")
    with desk_at(lead, FixedClock()) as desk:
        take_plan(desk, tmp_path / "plan.toml")
        sharing.share(desk, stick / "plan.walk", plan_only=True)
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    with Terminal(walk_command(ana), env=home) as screen:
        screen.wait_for("begin a small walk")
        screen.send("c")
        screen.wait_for("A plan asks who you are")
        screen.send(f"\x1b[200~'{stick}/plan.walk' \x1b[201~", "enter")
        screen.wait_for("Who are you on this walk?")
        screen.send("1")
        screen.wait_for("Writing: Ana")
        screen.send("enter")
        screen.wait_for("V1 · in person")
        screen.send("S1 points to line 4", "enter")
        screen.wait_for("N  S1 points")
        screen.send("esc")
        screen.wait_for("1 leave the room")
        screen.send("1")
        screen.wait_for("silent write")
        screen.send("esc")
        screen.wait_for("1 finish and share")
        screen.send("1")
        screen.wait_for("2 home")
        screen.send("2")
        screen.wait_for("Prepare")
        screen.send("g")
        screen.wait_for("1 note, 1 form")
        screen.send(f"\x1b[200~{str(stick).replace(' ', chr(92) + ' ')}\x1b[201~")
        screen.wait_for("Into which folder?")
        screen.send("enter")
        screen.wait_for("Wrote")
    with Terminal(walk_command(lead), env=home) as screen:
        screen.wait_for("Prepare")
        screen.send("c")
        screen.wait_for("A plan asks who you are")
        for sign in f"{stick}":  # a terminal without paste brackets types it key by key
            screen.send(sign)
        screen.wait_for("Stick")
        screen.send("enter")
        screen.wait_for("2 new entries")
        screen.wait_for("Ben, Lea: nothing of theirs")
        screen.send("u")
        screen.wait_for("Take this collect back?")
        screen.send("y")
        screen.wait_for("is taken back: 2 entries removed")
        screen.send("c")
        screen.wait_for("A plan asks who you are")
        screen.send(f"\x1b[200~file://{str(stick).replace(' ', '%20')}\x1b[201~", "enter")
        screen.wait_for("2 new entries")
    with desk_at(lead) as desk:
        assert texts(desk) == ["S1 points to line 4"]

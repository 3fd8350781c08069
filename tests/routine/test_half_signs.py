"""Half of a sign in a stranger's pack: shown as one that is missing, wherever words are read."""

from __future__ import annotations

from pathlib import Path

from tests.desks import begin_small, desk_at
from walk.model import Walk
from walk.routine.across import history
from walk.routine.desk import Desk


def taken(here: Desk, to: Desk, kind: str, words: str, half: str) -> None:
    """What a laptop has for the team, with half a sign escaped in the bodies of one kind."""
    walk = here.walk_id
    here.store.publish(here.by(), "shared", here.store.unshared(walk, None), everyone=True)
    every = [
        rev._replace(body=rev.body.replace(words, half)) if rev.kind == kind else rev
        for rev in here.store.published(walk, None)
    ]
    assert any(half in rev.body for rev in every)
    packed = [(rev.rev_id(), rev) for rev in every]
    now = to.now().wall_ms
    to.store.collect(b"x" * 32, "x.walk", walk, "", packed, now, lambda merged: "{}")


def test_half_a_sign_in_a_title_is_told_in_the_history(tmp_path: Path) -> None:
    with desk_at(tmp_path / "a.walkdb") as ana, desk_at(tmp_path / "b.walkdb") as ben:
        begin_small(ana)
        ana.save("prepare", "named", ana.walk.changed(title="Maps XX"))
        taken(ana, ben, "walk", "XX", r"\ud83d")
        (walk,) = ben.store.every(Walk)
        assert walk.record.title == "Maps \ufffd"
        (head,) = history.read(ben).heads
        assert head.title == walk.record.title
        assert head.title.encode()

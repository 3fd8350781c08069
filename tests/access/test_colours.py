"""Colours as they are really painted: contrast, kinds of vision, and nothing by colour alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.app import App
from textual.color import Color

from tests.access.opening import follow
from tests.access.painted import VISIONS, Rgb, Run, apart, contrast, runs, seen_by
from tests.access.routes import ROUTES, Route
from tests.access.sample import SCREEN_NAMES, Sample, place_of
from tests.access.walking import press
from tests.burst import acted
from walk.app import WalkApp
from walk.routine.looks import COLOURS, Colours
from walk.widgets.themes import NAMES, THEMES

TEXT_LEAST = 4.5
"""WCAG 2.2, 1.4.3: text. Also where it is the text of something that cannot be used now."""
STRONG_LEAST = 7.0
"""WCAG 2.2, 1.4.6: the clock, and all text of the themes of high contrast."""
DRAWN_LEAST = 3.0
"""WCAG 2.2, 1.4.11: rules, frames and bars."""
APART_LEAST = 20.0
"""How far colours that mean different things stay apart for every kind of vision."""
DRAWN = frozenset("─│╭╮╰╯┌┐└┘├┤┬┴┼━┃█▀▄▌▐▁▂▃▅▆▇▔▏▎▍▊▋▉▕░▒▓ ")
COLOURED: list[Colours] = [one for one in COLOURS if one != "none"]

Samples = Callable[[str], Sample]


def in_themes(app: WalkApp) -> Iterator[Colours]:
    """Look in every coloured theme, one after the other."""
    for colours in COLOURED:
        app.look(app.looks._replace(colours=colours))
        yield colours


def least(run: Run, colours: Colours) -> float:
    """The contrast that a run needs."""
    if "digits" in run.by.lower():
        return STRONG_LEAST
    if set(run.text) <= DRAWN:
        return DRAWN_LEAST
    return STRONG_LEAST if "contrast" in colours else TEXT_LEAST


def too_faint(app: App[Any], colours: Colours) -> list[str]:
    """What is painted with too little contrast, for usual eyes and for the three other kinds."""
    found = []
    for run in runs(app):
        needed = least(run, colours)
        pairs = {"usual": (run.colour, run.ground)}
        for vision in VISIONS:
            pairs[vision] = (seen_by(vision, run.colour), seen_by(vision, run.ground))
        for eyes, (colour, ground) in pairs.items():
            if contrast(colour, ground) < needed:
                found.append(
                    f"{colours}, {eyes} eyes: {run.text.strip()!r} of {run.by} has "
                    f"{contrast(colour, ground):.2f}: {run.colour} on {run.ground}"
                )
    return found


def rgb(colour: str) -> Rgb:
    """A colour of a theme."""
    return Color.parse(colour).rgb


def by_colour_alone(app: App[Any]) -> list[str]:
    """What is painted in a colour that means something, and is neither strong nor has a sign."""
    theme = app.current_theme
    meaning = {rgb(one) for one in (theme.accent or "", theme.success or "")}
    return [
        f"{run.text.strip()!r} of {run.by}"
        for run in runs(app)
        if run.colour in meaning and not run.strong and "✓" not in run.text
    ]


@pytest.mark.parametrize("store", ["under way", pytest.param("over", marks=pytest.mark.deep)])
@pytest.mark.parametrize("screen", SCREEN_NAMES)
async def test_every_screen_is_painted_with_contrast(
    samples: Samples, screen: str, store: str
) -> None:
    """In every theme, for every kind of colour vision; and what a colour says is said twice."""
    wrong: list[str] = []
    with samples(store).desk() as desk:
        app = WalkApp(desk, place_of(desk, screen))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await acted(app)
            for colours in in_themes(app):
                await pilot.pause()
                wrong += too_faint(app, colours) + by_colour_alone(app)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("dialog", sorted(ROUTES))
async def test_every_dialog_is_painted_with_contrast(samples: Samples, dialog: str) -> None:
    wrong: list[str] = []
    route: Route = ROUTES[dialog]
    with samples(route.store).desk() as desk:
        app = WalkApp(desk, place_of(desk, route.screen, route.visit))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for number, colours in enumerate(in_themes(app)):
                # The palette goes when a colour is chosen in it, and is not painted anew.
                if dialog == "CommandPalette" or not number:
                    await follow(pilot, dialog)
                await pilot.pause()
                await pilot.pause()
                wrong += too_faint(app, colours) + by_colour_alone(app)
                if dialog == "CommandPalette":
                    await press(pilot, "escape")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", [NAMES[one] for one in COLOURED])
@pytest.mark.parametrize("vision", VISIONS)
def test_colours_that_mean_something_stay_apart(name: str, vision: str) -> None:
    """Where one stands, what is done, and plain text: three colours for every kind of eyes."""
    theme = next(one for one in THEMES if one.name == name)
    colours = [rgb(one or "") for one in (theme.accent, theme.success, theme.foreground)]
    for one, other in combinations(colours, 2):
        assert apart(seen_by(vision, one), seen_by(vision, other)) >= APART_LEAST, (one, other)


def as_painted_by(terminal: ColorSystem, colour: str) -> Rgb:
    """A colour on a terminal that has only so many."""
    found = RichColor.parse(colour).downgrade(terminal).get_truecolor()
    return found.red, found.green, found.blue


@pytest.mark.parametrize(
    ("name", "terminal", "needed"),
    [
        ("walk-dark", ColorSystem.EIGHT_BIT, TEXT_LEAST),
        ("walk-light", ColorSystem.EIGHT_BIT, TEXT_LEAST),
        ("walk-dark-contrast", ColorSystem.EIGHT_BIT, STRONG_LEAST),
        ("walk-light-contrast", ColorSystem.EIGHT_BIT, STRONG_LEAST),
        ("walk-dark-contrast", ColorSystem.STANDARD, STRONG_LEAST),
        ("walk-light-contrast", ColorSystem.STANDARD, STRONG_LEAST),
    ],
)
def test_contrast_holds_where_a_terminal_has_fewer_colours(
    name: str, terminal: ColorSystem, needed: float
) -> None:
    """256 by their standard values, 16 by the usual palette; high contrast holds on both."""
    theme = next(one for one in THEMES if one.name == name)
    for text in (theme.foreground, theme.accent, theme.success, theme.variables["text-muted"]):
        for ground in (theme.background, theme.surface, theme.panel):
            pair = [as_painted_by(terminal, one or "") for one in (text, ground)]
            assert contrast(*pair) >= needed, (text, ground)


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white, the grey that just passes, and colours that do not hang on their order."""
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
    assert contrast((255, 0, 0), (0, 0, 255)) == contrast((0, 0, 255), (255, 0, 0))
    assert seen_by("deutan", (128, 128, 128)) == pytest.approx((128, 128, 128), abs=1)
    assert apart((0, 0, 0), (255, 255, 255)) == pytest.approx(100, abs=0.1)

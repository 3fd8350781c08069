"""HTML pages that load nothing and run nothing: the staff summary, and the maker of others."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from walk.reports.chart import svg
from walk.reports.letter import letter
from walk.reports.summary import WalkFacts
from walk.text import safe

if TYPE_CHECKING:
    from jinja2 import Template


def html(facts: WalkFacts) -> str:
    """Return the letter as a whole page, for a screen and for A4 paper."""
    return template("summary.html.j2").render(letter=letter(facts))


@cache
def template(name: str) -> Template:
    """One of our templates. Every text passes `_shown` and then jinja2's escaping: no other way."""
    # Loaded here, as most commands print no page and jinja2 takes its time.
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    pages = Environment(
        loader=PackageLoader("walk", "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    pages.filters["kind"] = lambda block: type(block).__name__
    pages.filters["picture"] = lambda bars: Markup(svg(bars))
    return pages.get_template(name)


def _shown(value: object) -> object:
    """Make plain text safe; what is markup already, and numbers, stay as they are."""
    return safe(value) if type(value) is str else value

"""Pages as one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from walk.reports.blocks import Page
from walk.reports.chart import Bar, svg
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.plain import is_close, is_open
from walk.text import safe

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup


def html(pages: Sequence[Page]) -> str:
    """The pages for a screen and for paper, each on a sheet of its own."""
    sheets = [(page, _setting(page, alone=len(pages) == 1)) for page in pages]
    return template("pages.html.j2").render(sheets=sheets, notice=TRADEMARK_NOTICE)


def _setting(page: Page, *, alone: bool) -> str:
    """How a page is set on paper: close, open where it is alone, or as usual, which is nothing."""
    if is_close(page):
        return "close"
    return "open" if alone and is_open(page) else ""


@cache
def template(name: str) -> Template:
    """One of our templates. Every text passes `_shown` and then jinja2's escaping: no other way."""
    # Loaded here, as most commands print no page and jinja2 takes its time.
    from jinja2 import Environment, PackageLoader, StrictUndefined

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
    pages.filters["picture"] = _picture
    return pages.get_template(name)


def _picture(bars: Sequence[Bar], *place: int) -> Markup:
    """The chart as markup; `place` is where on the page it stands, so that its ids are its own."""
    from markupsafe import Markup

    return Markup(svg(bars, "-".join(["chart", *map(str, place)])))


def _shown(value: object) -> object:
    """Make plain text safe; what is markup already, and numbers, stay as they are."""
    return safe(value) if type(value) is str else value

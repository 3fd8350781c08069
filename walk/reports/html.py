"""Pages as one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from walk.reports.blocks import Page
from walk.reports.chart import shares
from walk.reports.notice import TRADEMARK_NOTICE
from walk.reports.paper import is_close, is_open
from walk.text import safe

if TYPE_CHECKING:
    from jinja2 import Template

_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(–[0-9]{2}:[0-9]{2})?")
"""A time of day, or from when to when: a cell that is never broken."""


def html(pages: Sequence[Page]) -> str:
    """The pages for a screen and for paper, each on a sheet of its own."""
    roomy = all(map(is_open, pages))
    sheets = [(page, "open" if roomy else "close" if is_close(page) else "") for page in pages]
    return template("pages.html.j2").render(sheets=sheets, notice=TRADEMARK_NOTICE)


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
    pages.filters["shares"] = shares
    pages.tests["clock"] = lambda text: bool(_CLOCK.fullmatch(text))
    return pages.get_template(name)


def _shown(value: object) -> object:
    """Make plain text safe; what is markup already, and numbers, stay as they are."""
    return safe(value) if type(value) is str else value

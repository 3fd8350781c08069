"""What no text can do to a staff summary: become markup, act on a terminal, break a line."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.sample import USUAL, Page, html, markdown, plain, rendered, tokens_of
from walk.reports.jsonform import summary_json
from walk.reports.markdown import escaped
from walk.reports.summary import (
    ConfirmationFact,
    LookForFact,
    StepFact,
    TrendFact,
    WalkFacts,
)
from walk.text import cell_width, safe


def planted(text: str) -> WalkFacts:
    """A walk in which every free text is `text`, and everything is printed."""
    trend = TrendFact(text, "asset", 4, 1, 5, (text,), decision="keep", to_know=text)
    return replace(
        USUAL,
        title=text,
        host_school=text,
        date=text,
        closing_reason=text,
        keep_until=text,
        focus=text,
        inquiries=(text,),
        set_by=text,
        confirmation=ConfirmationFact(text, text, None),
        changes_after_confirmation=(text,),
        professional_learning=text,
        look_fors=(LookForFact(text, 1, 1, 1),),
        modes=((text, 5),),
        grade_bands=(text,),
        subject_bands=(text,),
        trends=(trend, replace(trend, polarity="need")),
        open_wonderings=(text,),
        steps=(StepFact(text, text, text, text, "agreed", text, text, text, text, text, text),),
        who_sees_raw=text,
        next_look=text,
        contact=text,
    )


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=//x.example/a.png onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "{{ letter.notice }}{% raw %}",
    "&lt;b&gt; &amp; &#60;",
    "![a](//x.example/a.png) [b](javascript:alert(1)) <https://x.example> www.x.example",
    "# not a heading",
    "1. not a list",
    "12) nor this",
    "+ nor this",
    "- [ ] not a box",
    "| not | a table |\n|---|---|\n| a | b |",
    "```\nnot code\n```",
    "    not code either",
    "one\n\ntwo\n---\nthree\n===",
    "**not** _loud_ ~~gone~~ `code` $x$ \\",
    "[T] asked [/]",
    "=HYPERLINK(1)",
    "\x1b]52;c;AAAA\x07 \x9b31m \x7f",
    "right \u202e to left",
    "\u05e9\u05dc\u05d5\u05dd",
    "数学" * 60,
    "x" * 300,
)
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(min_size=1, max_size=60),
    st.text("<>&\"'\\`*_[]()#|~$-+=.!:/ \n\t019ab{}%;", min_size=1, max_size=40),
)


CALM_TAGS = Page(html(planted("calm"))).tags
CALM_TOKENS = tokens_of(markdown(planted("calm")))


def _unset(tag: tuple[str, Any]) -> tuple[str, Any]:
    """A tag; of an article without its class, which says how large its letters are on paper."""
    return ("article", ()) if tag[0] == "article" else tag


@given(TEXT)
def test_no_text_becomes_a_tag_and_none_is_lost(text: str) -> None:
    page = Page(html(planted(text)))
    assert [_unset(tag) for tag in page.tags] == [_unset(tag) for tag in CALM_TAGS]
    assert page.text.count(safe(text)) >= 15


def test_a_page_loads_nothing_runs_nothing_and_can_be_read_aloud() -> None:
    assert not {"script", "link", "iframe", "img", "object", "form", "a"} & dict(CALM_TAGS).keys()
    assert {"h1", "h2", "table", "th", "caption", "svg"} <= dict(CALM_TAGS).keys()
    attributes = [pair for _tag, pairs in CALM_TAGS for pair in pairs]
    assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attributes)
    assert "url(" not in html(USUAL)
    assert "//" not in html(USUAL)
    assert ("lang", "en") in attributes
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    meta = ("meta", (("http-equiv", "Content-Security-Policy"), ("content", policy)))
    assert meta in CALM_TAGS
    headings = [tag for tag, _ in CALM_TAGS if tag in {"h1", "h2", "h3"}]
    assert headings[0] == "h1"
    assert set(headings[1:]) == {"h2"}


@given(TEXT)
def test_no_text_becomes_markdown(text: str) -> None:
    assert tokens_of(markdown(planted(text))) == CALM_TOKENS


@given(TEXT)
@pytest.mark.parametrize("frame", ["{}\n", "# {}\n", "- {}\n", "> {}\n", "1. {}\n"])
def test_escaped_text_reads_as_it_was_written(frame: str, text: str) -> None:
    assert rendered(frame.format(escaped(text))) == safe(text)


@given(TEXT)
def test_plain_text_stays_in_its_width_and_moves_no_cursor(text: str) -> None:
    lines = plain(planted(text)).split("\n")
    assert max(map(cell_width, lines)) <= 80
    assert all(line == safe(line) and "\t" not in line for line in lines)


@given(TEXT)
def test_json_keeps_every_text_and_prints_ascii(text: str) -> None:
    source = summary_json(planted(text))
    assert source.isascii()
    assert json.loads(source)["steps"][0]["what"] == text

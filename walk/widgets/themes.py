"""The colours of walk: two calm themes, two of high contrast, and one that has none.

Every pair of text and ground in them is computed from what is painted, in tests/access: 4.5 to
1 for all text, 7 to 1 for the clock and in high contrast, also as eyes with the three common
kinds of colour vision see it. Orange and blue stay apart for all of them; red and green would not.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.theme import Theme

NAMES = {
    "dark": "walk-dark",
    "light": "walk-light",
    "dark contrast": "walk-dark-contrast",
    "light contrast": "walk-light-contrast",
    "none": "walk-none",
}
"""What a person chose, and the theme that shows it."""


class _Colours(NamedTuple):
    """The few colours that a theme is made of."""

    ground: str
    """Behind everything."""
    raised: str
    """Behind dialogs and where text is typed."""
    lines: str
    """Behind the title and the keys."""
    text: str
    muted: str
    """Text that comes second."""
    here: str
    """Where one stands, what is under way, and what needs a look: always bold, too."""
    done: str
    edge: str
    """Rules, frames and bars."""
    marked: str
    """Behind words that are selected."""


# Near to what older terminals have among their 256, so that they stay as far apart there.
_DARK = _Colours(
    ground="#121212",
    raised="#1c1c1c",
    lines="#303030",
    text="#e4e4e4",
    muted="#b2b2b2",
    here="#ffaf5f",
    done="#87d7ff",
    edge="#808080",
    marked="#005f87",
)
_LIGHT = _Colours(
    ground="#ffffff",
    raised="#eeeeee",
    lines="#eeeeee",
    text="#121212",
    muted="#4e4e4e",
    here="#875f00",
    done="#005faf",
    edge="#767676",
    marked="#afd7ff",
)
_DARK_CONTRAST = _Colours(
    ground="#000000",
    raised="#000000",
    lines="#00005f",
    text="#ffffff",
    muted="#e4e4e4",
    here="#ffaf00",
    done="#87d7ff",
    edge="#ffffff",
    marked="#0000af",
)
_LIGHT_CONTRAST = _Colours(
    ground="#ffffff",
    raised="#ffffff",
    lines="#d7ffff",
    text="#000000",
    muted="#1c1c1c",
    here="#5f0000",
    done="#0000af",
    edge="#000000",
    marked="#ffff87",
)


def _theme(name: str, one: _Colours, *, dark: bool, turned: bool = False) -> Theme:
    """A theme of these colours; `turned` where what stands out has to be turned round instead."""
    style = "reverse" if turned else "none"
    return Theme(
        name=name,
        primary=one.done,
        secondary=one.done,
        warning=one.here,
        error=one.here,
        success=one.done,
        accent=one.here,
        foreground=one.text,
        background=one.ground,
        surface=one.raised,
        panel=one.lines,
        boost=one.raised,
        dark=dark,
        variables={
            "text": one.text,
            "text-muted": one.muted,
            "text-disabled": one.muted,
            "text-primary": one.done,
            "text-secondary": one.done,
            "text-success": one.done,
            "text-accent": one.here,
            "text-warning": one.here,
            "text-error": one.here,
            "foreground-muted": one.muted,
            "foreground-disabled": one.muted,
            "panel-lighten-2": one.edge,
            "border": one.edge,
            "border-blurred": one.edge,
            "scrollbar": one.edge,
            "scrollbar-hover": one.edge,
            "scrollbar-active": one.here,
            "scrollbar-background": one.raised,
            "scrollbar-background-hover": one.raised,
            "scrollbar-background-active": one.raised,
            "scrollbar-corner-color": one.raised,
            "block-cursor-foreground": one.ground,
            "block-cursor-background": one.text,
            "block-cursor-text-style": "bold reverse" if turned else "bold",
            "block-cursor-blurred-foreground": one.text,
            "block-cursor-blurred-background": one.marked,
            "block-cursor-blurred-text-style": "bold reverse" if turned else "bold",
            "block-hover-background": one.raised,
            "input-cursor-foreground": one.ground,
            "input-cursor-background": one.text,
            "input-cursor-text-style": style,
            "input-selection-background": one.marked,
            "input-selection-foreground": one.text,
            "screen-selection-background": one.marked,
            "screen-selection-foreground": one.text,
            "footer-key-foreground": one.here,
            "link-color": one.done,
            "link-color-hover": one.done,
            "link-background-hover": one.raised,
        },
    )


THEMES = (
    _theme("walk-dark", _DARK, dark=True),
    _theme("walk-light", _LIGHT, dark=False),
    _theme("walk-dark-contrast", _DARK_CONTRAST, dark=True),
    _theme("walk-light-contrast", _LIGHT_CONTRAST, dark=False),
    # Its colours are never sent; they only say what is turned round where no colour stands out.
    _theme("walk-none", _DARK, dark=True, turned=True),
)

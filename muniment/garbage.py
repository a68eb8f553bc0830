"""How often Python looks for garbage that only a search for circles finds."""

from __future__ import annotations

import gc

_NEW_OBJECTS, _YOUNG, _MIDDLE = 20_000, 20, 50


def collect_seldom() -> None:
    """Search seldom, and never what is there by now: modules, patterns, a long list of links.

    Exchanges leave hardly any circles behind; at the standard pace the search for them takes a
    tenth of the time of a link check.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _MIDDLE)

"""Pages that lie at two addresses of one archive, which are one page wherever versions count.

1997-2001.state.gov shows its whole tree with and without `/www` in front.
"""

from __future__ import annotations

_WITH = "//1997-2001.state.gov/www/"
_WITHOUT = "//1997-2001.state.gov/"


def other_address(url: str) -> str:
    """Return the other address of the page at `url`; `url` itself where it has one alone."""
    if _WITH in url:
        return url.replace(_WITH, _WITHOUT, 1)
    return url.replace(_WITHOUT, _WITH, 1)

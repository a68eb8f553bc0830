"""What the states of a link over time mean, in plain words."""

from __future__ import annotations

# The keys are the values of `pipelines.link_state.State`.
STATE_WORDS = {
    "new": "New, first look",
    "alive": "Working",
    "moved": "Moved",
    "suspect": "Suspect: failing, not yet confirmed",
    "dead-gone": "Dead: gone, confirmed by repeated checks",
    "dead-soft": "Dead: not there though the server says OK, confirmed by repeated checks",
    "dead-unreachable": "Dead: no answer for weeks",
    "usurped": "Taken over by somebody else",
    "blocked": "We could not look",
    "unsupported": "Not a web link",
    "excluded": "Left out",
}

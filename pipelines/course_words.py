"""Why a link is in its state, in plain words."""

from __future__ import annotations

from pipelines.link_state import Event, Observation, State
from pipelines.verdicts.reasons import Outcome

_ALIVE = {
    Event.FOUND: "It worked when it was first checked.",
    Event.RECOVERED: "It works again; it had not failed long enough to be called dead.",
    Event.RESURRECTED: "It was dead and came back: it worked on {counted} checks, {apart} days "
    "apart or more.",
    Event.RESTORED: "Its name had been taken over, and shows the earlier page again.",
    Event.UNBLOCKED: "The site shows the page to us again, and it works.",
    Event.MOVED_BACK: "It was redirected for good, and is no longer redirected to that address.",
}
_DEAD = {
    State.DEAD_GONE: "{counted} checks in a row, each {apart} days or more after the one before, "
    "found that it is gone ({reason}).",
    State.DEAD_SOFT: "{counted} checks in a row, each {apart} days or more after the one before, "
    "found a page that is not what was cited ({reason}).",
    State.DEAD_UNREACHABLE: "{counted} checks in a row over {days} days, each {apart} days or more "
    "after the one before, got no page ({reason}).",
}
_UNSURE = (
    "It may be gone, but that is not certain ({reason}): that proves neither that it is there nor "
    "that it is not."
)
WORKS_AGAIN = " It worked when it was last asked, but not yet often enough to be alive again."
_OTHER = {
    State.NEW: "It was not checked yet.",
    State.MOVED: "{counted} checks over {days} days met the same permanent redirect, to "
    "{final_url}, and that page works.",
    State.USURPED: "{counted} checks, {apart} days apart or more, found its name parked or for "
    "sale.",
    State.BLOCKED: "The site does not show the page to us ({reason}), which proves neither that "
    "it is there nor that it is gone.",
    State.UNSUPPORTED: "It is no link to a web page ({reason}); it is never asked.",
    State.EXCLUDED: "A rule leaves it out ({reason}); it is never asked.",
}


def why(
    state: State,
    event: Event,
    *,
    seen: Observation,
    failures: int,
    counted: int,
    days: int,
    apart: float,
    needed: int,
) -> str:
    """Return one sentence; `counted` checks over `days` are what the state rests on.

    `seen` is the check that led to it, the last one of a suspect; `failures` failed in a row. A
    suspect has `counted` of the `needed` checks that would prove more.
    """
    if state is State.SUSPECT:
        return _suspect(failures, seen.reason, counted, needed)
    if state is State.BLOCKED and seen.outcome is Outcome.UNSURE:
        return _UNSURE.format(reason=seen.reason)
    words = _ALIVE[event] if state is State.ALIVE else _DEAD.get(state) or _OTHER[state]
    return words.format(
        counted=counted, days=days, apart=f"{apart:g}", reason=seen.reason, final_url=seen.final_url
    )


def _suspect(failures: int, reason: str, counted: int, needed: int) -> str:
    failed = (
        f"It failed on one check ({reason})"
        if failures == 1
        else f"It failed on {failures} checks in a row ({reason} last)"
    )
    if counted >= needed:
        return f"{failed}, enough of them, but over too few days to be sure."
    return f"{failed}; {counted} of the {needed} that it takes to be sure."

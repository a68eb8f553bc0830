"""Checks of a link over days, written briefly: `gone@0 gone@3 410@6 x@9`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipelines.lifecycle import LifecycleRules, LinkState, Observation, fold
from pipelines.verdicts.reasons import Outcome

START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
RULES = LifecycleRules()
_KINDS = {
    "ok": (Outcome.OK, "ok"),
    "ok2": (Outcome.OK, "ok-elsewhere"),
    "moved": (Outcome.MOVED, "moved"),
    "moved2": (Outcome.MOVED, "moved"),
    "gone": (Outcome.GONE, "http-404"),
    "410": (Outcome.GONE, "http-410"),
    "noname": (Outcome.GONE, "dns-nxdomain"),
    "soft": (Outcome.SOFT_GONE, "says-not-found"),
    "root": (Outcome.SOFT_GONE, "redirect-to-root"),
    "parked": (Outcome.PARKED, "parked"),
    "slow": (Outcome.TRANSIENT, "timeout"),
    "tls": (Outcome.TLS, "tls-expired"),
    "unasked": (Outcome.UNSURE, "not-checked"),
    "proxy": (Outcome.UNSURE, "proxy"),
    "blocked": (Outcome.BLOCKED, "http-403"),
    "unsure": (Outcome.UNSURE, "redirect-to-section"),
    "mail": (Outcome.UNSUPPORTED, "url-scheme"),
    "private": (Outcome.EXCLUDED, "address-refused"),
}


def day(days: float) -> datetime:
    return START + timedelta(days=days)


def check(text: str) -> Observation:
    """Return `kind@day`; `!` after the kind: void; `+`: the host answers; `=T`: the title T."""
    kind, _, at = text.partition("@")
    kind, _, title = kind.partition("=")
    name = kind.rstrip("!+")
    outcome, reason = _KINDS[name]
    return Observation(
        date=day(float(at)),
        outcome=outcome,
        reason=reason,
        final_url=f"http://a.example/{name if name in ('ok2', 'moved', 'moved2') else ''}",
        void="!" in kind,
        host_answers="+" in kind,
        title=title,
    )


def checks(text: str) -> list[Observation]:
    return [check(word) for word in text.split()]


def after(text: str, rules: LifecycleRules = RULES) -> LinkState:
    """Return the state after these checks."""
    return fold(checks(text), rules)


def story(text: str, rules: LifecycleRules = RULES) -> str:
    """Return the state, the event, the day it began and the days until the next check."""
    state = after(text, rules)
    since = (state.since - START).total_seconds() / 86400 if state.since else None
    wait = "never"
    if state.next_due and state.checked:
        wait = f"{(state.next_due - state.checked).total_seconds() / 86400:g}"
    return f"{state.state} {state.event or '-'} {since if since is None else f'{since:g}'} {wait}"

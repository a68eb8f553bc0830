"""The rule that a state stands under, in plain words with the durations and counts that are set."""

from __future__ import annotations

from dataclasses import asdict

from pipelines.lifecycle_rules import LifecycleRules
from pipelines.link_state import DEAD, State

_DEAD = (
    "a dead link is asked again after {dead_first_days:g}, {dead_second_days:g}, then every "
    "{dead_longest_days:g} days. It is alive again once it works on {revived_checks} checks, "
    "{apart_days:g} days apart or more."
)
_RULES = {
    State.NEW: "a link is asked as soon as a statement cites it.",
    State.ALIVE: "a link that works is asked again after {alive_first_days:g} days, then after "
    "twice as long each time while nothing changes, {alive_longest_days:g} days at most. One "
    "failure makes it suspect.",
    State.MOVED: "the same permanent redirect on {moved_checks} checks over {moved_days:g} days "
    "or more is a move. It is asked again after {moved_again_days:g} days.",
    State.SUSPECT: "a failing link is asked again after {suspect_days:g} days. It is dead after "
    "{gone_checks} checks in a row that say gone ({removed_checks} that say removed for good), "
    "{soft_checks} with the same page that is none, or {unreachable_checks} failures of any kind "
    "over {unreachable_days:g} days; it is taken over after {parked_checks} that find it parked. "
    "Checks less than {apart_days:g} days after the last one that counted do not count.",
    State.USURPED: "a name that was taken over is asked again after {usurped_days:g} days. The "
    "link is alive again only with the title that its page had before.",
    State.BLOCKED: "a link that we could not look at is asked again after {blocked_days:g} "
    "days. It is never called dead for that; behind a wall gone counts only where the name does "
    "not exist any more, or another link of the host worked in the same run.",
    State.UNSUPPORTED: "what is no address of a web page is never due; --all and --url ask.",
    State.EXCLUDED: "what a rule leaves out is never due; --all and --url ask.",
} | dict.fromkeys(DEAD, _DEAD)


def rule(state: State, rules: LifecycleRules) -> str:
    """Return the rule by which a link in `state` is asked again and leaves it; a clause."""
    return _RULES[state].format(**asdict(rules))

"""What the forms do: decide of one link or of many, take back. Each ends in a page to look at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response

from pipelines.decisions.log import ConflictError, UnknownDecisionError, append, undo
from pipelines.decisions.model import Basis, Decision, Kind, Scope, new_id
from pipelines.decisions.standing import statuses
from reports.review import queue
from reports.review.asked import QUEUE, Asked, chosen_of, own_path, query_of
from reports.review.decisions_shown import finding_href, shown
from reports.review.filter import Filter
from reports.review.finding import BulkPage, ConflictPage, FormValues
from reports.review.finding_view import known
from reports.review.forms import (
    BULK_CHOICES,
    Link,
    choice_of,
    decision_of,
    first,
    values_of,
    with_problem,
)
from reports.review.pages import finding_page, respond, rules_page
from reports.review.queue_view import filter_words
from reports.review.security import RefusedError

_SHOWN = 20
_ALL = 1 << 40
_SEE_OTHER = 303


def decide(asked: Asked) -> Response:
    """Write down what a form decides, and open the next link of the queue."""
    url, values = first(asked.form, "url"), values_of(asked.form)
    if not url:
        return _decide_rule(asked, values)
    one = known(asked.desk, url)
    if one is None:
        raise RefusedError(404, "Not a known link", "No statement cites this address.")
    chosen, sort = _chosen(asked)
    try:
        decision = decision_of(values, one.link, asked.author, asked.desk.clock())
    except ValueError as error:
        return finding_page(asked, url, chosen, sort, with_problem(values, str(error)))
    beside = queue.neighbours(asked.desk.queue(), chosen, sort, url)
    query = query_of(chosen, sort)
    try:
        append(asked.desk.store, [decision], expect={url: _number(asked, "seen")})
    except ConflictError as error:
        return _conflict(asked, url, error.theirs, values, query)
    asked.desk.has_changed()
    if decision.kind is Kind.RECHECK:
        asked.rechecks.add([url], asked.desk.clock())
    if decision.kind is Kind.NOTE:
        return _on(finding_href(url, query), decision.id)
    following = beside.next or beside.previous
    if following:
        return _on(finding_href(following, query), decision.id)
    return _on(f"{QUEUE}?{query}" if query else QUEUE, decision.id)


def _decide_rule(asked: Asked, values: FormValues) -> Response:
    """Write down a rule that begins with no link."""
    try:
        if values.scope == Scope.URL:
            raise ValueError("Choose what the rule is about: a host, a cause or a pattern.")
        ignoring = replace(values, kind=Kind.IGNORED.value)
        rule = decision_of(ignoring, Link(url=""), asked.author, asked.desk.clock())
    except ValueError as error:
        return rules_page(asked, with_problem(values, str(error)))
    append(asked.desk.store, [rule])
    asked.desk.has_changed()
    return _on("/rules", rule.id)


def _conflict(asked: Asked, url: str, theirs: Decision, values: FormValues, query: str) -> Response:
    choice = choice_of(values.kind)
    assert choice is not None  # noqa: S101 - a decision was made of it
    log = asked.desk.on_subjects([url])
    page = ConflictPage(
        url=url,
        theirs=shown(theirs, statuses(log, asked.desk.clock())),
        seen=theirs.number,
        filter=query,
        form=values,
        choice=choice,
        finding_href=finding_href(url, query),
    )
    return respond(asked, "conflict.html", page, tab="queue", status=409)


def bulk(asked: Asked) -> Response:
    """Ask once more, then decide of all links of a filter or of those ticked at once.

    The links and what was decided of them have to be those that were confirmed.
    """
    chosen, sort = _chosen(asked)
    values, ticked = values_of(asked.form), _ticked(asked)
    asked.desk.has_changed()  # the count has to be that of now
    links = _links(asked, ticked, chosen, sort)
    seen = asked.desk.latest_numbers(one.url for one in links)
    state = _state(links, seen)
    confirmed = first(asked.form, "state")

    def ask(problem: str = "", changed: str = "", status: int = 200) -> Response:
        page = BulkPage(
            count=len(links),
            state=state,
            filter=query_of(chosen, sort),
            filter_words=filter_words(chosen) if ticked is None else f"{len(ticked):,} ticked",
            urls=ticked or (),
            first=tuple(one.url for one in links[:_SHOWN]),
            form=with_problem(values, problem),
            choice=choice_of(values.kind),
            choices=BULK_CHOICES,
            back=own_path(first(asked.form, "back")),
            decided_before=sum(number > 0 for number in seen.values()),
            changed=changed,
        )
        return respond(asked, "bulk.html", page, tab="queue", status=status)

    if not confirmed or not links:
        return ask()
    if confirmed != state:
        told = f"There were {_number(asked, 'count'):,} links and there are {len(links):,} now"
        return ask(changed=f"{told}, or something was decided of them meanwhile.", status=409)
    try:
        decided = _decisions(asked, values, links)
    except ValueError as error:
        return ask(problem=str(error), status=422)
    try:
        append(asked.desk.store, decided, expect=seen)
    except ConflictError as error:
        return ask(changed=f"{error}.", status=409)
    asked.desk.has_changed()
    if values.kind == Kind.RECHECK:
        asked.rechecks.add((one.url for one in links), asked.desk.clock())
    return _on(own_path(first(asked.form, "back")), decided[0].batch or decided[0].id)


def _ticked(asked: Asked) -> tuple[str, ...] | None:
    """Return the links that were ticked; None where the form is about all that pass the filter.

    A form of ticks has an empty one, too: to tick none never means all.
    """
    if "url" not in asked.form:
        return None
    return tuple(dict.fromkeys(url for url in asked.form["url"] if url))


def _links(asked: Asked, ticked: Sequence[str] | None, chosen: Filter, sort: str) -> list[Link]:
    """Return the links that were ticked, or all that pass the filter."""
    db = asked.desk.queue()
    if ticked is not None:
        rows = [row for url in ticked if (row := queue.row(db, url))]
    else:
        rows = list(queue.page(db, chosen, sort, size=_ALL).rows)
    return [
        Link(
            url=row.url,
            host=row.host,
            basis=Basis(outcome=row.outcome, reason=row.reason, final_url=row.final_url),
        )
        for row in rows
    ]


def _decisions(asked: Asked, values: FormValues, links: Sequence[Link]) -> list[Decision]:
    if values.kind not in {one.kind for one in BULK_CHOICES}:
        raise ValueError("Choose what you decide of all of them.")
    own = replace(values, scope=Scope.URL.value)
    now, batch = asked.desk.clock(), new_id() if len(links) > 1 else None
    return [decision_of(own, one, asked.author, now, batch) for one in links]


def _state(links: Sequence[Link], seen: dict[str, int]) -> str:
    """Return what tells these links, their verdicts and what was decided of them from others."""
    told = hashlib.sha256()
    for one in links:
        told.update(repr((one.url, one.basis, seen[one.url])).encode("utf-8", "replace"))
    return told.hexdigest()


def take_back(asked: Asked) -> Response:
    """Take back a decision or all those made at once."""
    try:
        numbers = undo(asked.desk.store, first(asked.form, "id"), asked.author, asked.desk.clock())
    except UnknownDecisionError as error:
        raise RefusedError(409, "Nothing to take back", f"{error}.") from error
    asked.desk.has_changed()
    made = asked.desk.numbered(numbers[-1])
    return _on(own_path(first(asked.form, "back")), made.batch or made.id)


def _on(path: str, done: str) -> Response:
    return RedirectResponse(f"{path}{'&' if '?' in path else '?'}done={done}", _SEE_OTHER)


def _chosen(asked: Asked) -> tuple[Filter, str]:
    chosen, sort, _ = chosen_of(dict(parse_qsl(first(asked.form, "filter"), max_num_fields=100)))
    return chosen, sort


def _number(asked: Asked, name: str) -> int:
    text = first(asked.form, name, 18)
    if not (text.isascii() and text.isdecimal()):
        raise RefusedError(400, "Not a form of this review", f"{name} is no number.")
    return int(text)


Action = Callable[[Asked], Response]
ACTIONS: dict[str, Action] = {"/decide": decide, "/bulk": bulk, "/undo": take_back}

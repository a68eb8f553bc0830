"""The pages that only show: queue, finding, log, rules, links asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipelines.decisions.model import Decision, Kind, Scope
from pipelines.decisions.patterns import compiled
from pipelines.decisions.standing import Status, statuses
from reports.review import queue
from reports.review.asked import QUEUE, Asked, query_of
from reports.review.decisions_shown import finding_href, shown
from reports.review.filter import Filter
from reports.review.finding import (
    FormValues,
    LogPage,
    Notice,
    Place,
    RecheckPage,
    RecheckShown,
    RuleShown,
    RulesPage,
    Shell,
)
from reports.review.finding_view import known, view
from reports.review.forms import KIND_WORDS
from reports.review.queue_view import queue_page
from reports.review.recheck import Recheck, RecheckStatus
from reports.review.rendering import fill
from reports.review.security import RefusedError

FIRST = f"{QUEUE}?standing=broken&decision=none"
_LOG_SIZE = 50
_REFRESH_SECONDS = 3


def respond(
    asked: Asked, template: str, page: object, *, tab: str = "", status: int = 200
) -> Response:
    """Return a template filled with `page` and what is around it."""
    shell = Shell(
        collection=asked.desk.collection.name,
        author=asked.author,
        csrf=asked.csrf,
        here=asked.here if asked.method != "POST" else QUEUE,
        tab=tab,
        notice=_notice(asked),
        may_sign_out=bool(asked.session.author),
        rechecking=asked.rechecks.under_way(),
    )
    return HTMLResponse(fill(template, {"shell": shell, "page": page}), status)


def first_page(asked: Asked) -> Response:
    """Lead to the broken links that nobody has reviewed."""
    return RedirectResponse(FIRST, 303)


def queue_answer(asked: Asked) -> Response:
    """Return a page of the queue."""
    return respond(asked, "queue.html", queue_page(asked), tab="queue")


def finding_answer(asked: Asked) -> Response:
    """Return the page of a link."""
    chosen, sort, _ = asked.chosen()
    return finding_page(asked, asked.values.get("url", ""), chosen, sort)


def finding_page(
    asked: Asked, url: str, chosen: Filter, sort: str, form: FormValues | None = None
) -> Response:
    """Return the page of a link, its form filled as `form` where that came back."""
    one = known(asked.desk, url)
    if one is None:
        raise RefusedError(404, "Not a known link", "No statement cites this address.")
    page = view(asked.desk, one, place_of(asked, url, chosen, sort), form)
    return respond(asked, "finding.html", page, tab="queue", status=422 if form else 200)


def place_of(asked: Asked, url: str, chosen: Filter, sort: str) -> Place:
    """Return where a link stands in the queue of a filter."""
    beside = queue.neighbours(asked.desk.queue(), chosen, sort, url)
    query = query_of(chosen, sort)
    return Place(
        filter=query,
        queue_href=f"{QUEUE}?{query}" if query else QUEUE,
        previous_href=finding_href(beside.previous, query) if beside.previous else None,
        next_href=finding_href(beside.next, query) if beside.next else None,
        next_url=beside.next or "",
    )


def log_answer(asked: Asked) -> Response:
    """Return a page of the log."""
    _, _, number = asked.chosen()
    found, total = asked.desk.log_page(number, _LOG_SIZE)
    became = statuses(asked.desk.on_subjects(one.subject for one, _ in found), asked.desk.clock())
    pages = max(1, -(-total // _LOG_SIZE))
    page = LogPage(
        decisions=tuple(shown(one, became, count=count) for one, count in found),
        total=total,
        page=number,
        pages=pages,
        later_href=f"/log?page={number - 1}" if number > 1 else None,
        earlier_href=f"/log?page={number + 1}" if number < pages else None,
    )
    return respond(asked, "log.html", page, tab="log")


def rules_answer(asked: Asked) -> Response:
    """Return the rules."""
    return rules_page(asked)


def rules_page(asked: Asked, form: FormValues | None = None) -> Response:
    """Return the rules by which links are ignored, those that hold first."""
    rules = asked.desk.rules()
    became = statuses(rules, asked.desk.clock())
    made = [one for one in reversed(rules) if one.kind is not Kind.UNDO]
    page = RulesPage(
        holding=tuple(
            _rule(asked, one, became) for one in made if became[one.id] is Status.IN_FORCE
        ),
        past=tuple(
            RuleShown(decision=shown(one, became), links=0)
            for one in made
            if became[one.id] is not Status.IN_FORCE
        ),
        form=form or FormValues(),
    )
    return respond(asked, "rules.html", page, tab="rules", status=422 if form else 200)


def _rule(asked: Asked, one: Decision, became: Mapping[str, Status]) -> RuleShown:
    db = asked.desk.queue()
    chosen = Filter(decision=Kind.IGNORED.value)
    href = None
    if one.scope is Scope.PATTERN:
        fits = compiled(one.subject).fullmatch
        links = sum(1 for url in queue.urls(db, chosen) if fits(url))
    else:
        chosen = replace(chosen, **{one.scope.value: one.subject})
        links = queue.total(db, chosen)
        href = f"{QUEUE}?{query_of(chosen, 'reading')}"
    return RuleShown(decision=shown(one, became), links=links, queue_href=href)


def recheck_answer(asked: Asked) -> Response:
    """Return how far it is with the links that were asked again."""
    page = RecheckPage(
        links=tuple(_recheck(asked, one) for one in asked.rechecks.links()[:200]),
        refresh=_REFRESH_SECONDS if asked.rechecks.under_way() else 0,
    )
    return respond(asked, "recheck.html", page, tab="recheck")


def _recheck(asked: Asked, one: Recheck) -> RecheckShown:
    words = one.words
    if one.status is RecheckStatus.DONE:
        row = queue.row(asked.desk.queue(), one.url)
        words = row.sentence if row else ""
    return RecheckShown(
        url=one.url,
        status=one.status.value,
        words=words,
        asked=one.asked,
        finding_href=finding_href(one.url),
    )


def _notice(asked: Asked) -> Notice | None:
    """Return what the decision or batch just made was, as the address says."""
    id_ = asked.values.get("done", "")
    made = asked.desk.made_at_once(id_) if id_ else None
    if made is None:
        return None
    one, count = made
    words = KIND_WORDS[one.kind]
    about = f"{count:,} links" if count > 1 else one.subject
    return Notice(words=f"{words}: {about}", undo=None if one.kind is Kind.NOTE else id_)

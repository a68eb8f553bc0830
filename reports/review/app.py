"""The review application: lets requests in, finds who sends them, answers them one by one.

All that touches the store is done in one thread, one request after the other: pages take
milliseconds, and SQLite wants its connections where they were made.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pipelines.decisions.kept import DecisionFileError
from pipelines.store_error import StoreError
from reports.review.actions import ACTIONS
from reports.review.asked import QUEUE, Asked, own_path
from reports.review.desk import Desk
from reports.review.finding import ErrorPage, LoginPage, Shell
from reports.review.forms import first
from reports.review.pages import (
    finding_answer,
    first_page,
    log_answer,
    queue_answer,
    recheck_answer,
    rules_answer,
)
from reports.review.recheck import Asking, Rechecks
from reports.review.rendering import fill, static_files
from reports.review.security import (
    Door,
    RefusedError,
    is_from_elsewhere,
    read_form,
    read_headers,
)
from reports.review.sessions import (
    LOGIN_SECONDS,
    Failures,
    Machines,
    Session,
    Sessions,
    is_token,
)

PAGES: Mapping[str, Callable[[Asked], Response]] = {
    "/": first_page,
    QUEUE: queue_answer,
    "/finding": finding_answer,
    "/log": log_answer,
    "/rules": rules_answer,
    "/recheck": recheck_answer,
}
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may come in: from this machine as `author`, or with a `token` under a name of theirs.

    `clock` counts seconds; sessions and failures are measured by it.
    """

    door: Door
    port: int
    clock: Callable[[], float]
    author: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What came in, before anybody knows who sent it."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    form: Mapping[str, list[str]]
    client: str


class Review:
    """The review of one collection, as an ASGI application; `close` it when it is over."""

    def __init__(self, desk: Desk, access: Access, asking: Asking) -> None:
        self._desk = desk
        self._access = access
        self._rechecks = Rechecks(asking)
        secret = access.token.encode() if access.token else secrets.token_bytes(32)
        seconds = LOGIN_SECONDS if access.token else None
        self._sessions = Sessions(secret, access.port, access.clock, seconds)
        self._failures = Failures(access.clock)
        self._machines = Machines(access.clock)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="review")
        self._is_closed = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._response(scope, receive)
        for name, value in self._access.door.headers().items():
            response.headers[name] = value
        await response(scope, receive, send)

    def prepare(self) -> None:
        """Make the index of the queue where it is missing, which takes a while for many links."""
        self._thread.submit(self._desk.queue).result()

    def for_reviewers(self, replay: ASGIApp) -> ASGIApp:
        """Return the replay for the machines that somebody signed in from, with a token."""
        if not self._access.token:
            return replay

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if (scope.get("client") or ("",))[0] in self._machines:
                await replay(scope, receive, send)
            else:
                refused = PlainTextResponse("sign in to the review first\n", 403)
                await refused(scope, receive, send)

        return answer

    def close(self) -> None:
        """End what is under way, and close the files; once more does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._rechecks.close()
        self._thread.submit(self._desk.close).result()
        self._thread.shutdown()

    async def _response(self, scope: Scope, receive: Receive) -> Response:
        try:
            request = await self._let_in(scope, receive)
            if (static := _static(request)) is not None:
                return static
            self._access.door.check_home(request.headers, _address(request))
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, self._answer, request)
        except RefusedError as refused:
            return self._error(refused)

    async def _let_in(self, scope: Scope, receive: Receive) -> _Request:
        headers = read_headers(scope)
        self._access.door.check(scope["method"], headers)
        form = await read_form(receive, headers) if scope["method"] == "POST" else {}
        return _Request(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers=headers,
            form=form,
            client=(scope.get("client") or ("",))[0],
        )

    def _answer(self, request: _Request) -> Response:
        """Answer in the thread of the desk; whatever goes wrong there is a page with words."""
        try:
            return self._for_session(request)
        except ValueError as error:
            raise RefusedError(400, "Not such an address", f"{error}.") from error
        except (StoreError, DecisionFileError, sqlite3.Error, OSError) as error:
            raise RefusedError(503, "Not now", f"{error}. Nothing was changed.") from error

    def _for_session(self, request: _Request) -> Response:
        session = self._sessions.read(request.headers.get("cookie", ""))
        if self._access.token:
            if request.path == "/login" and request.method == "POST":
                return self._sign_in(request)
            if session is None or not session.author:
                return self._login(request)
        elif session is None:
            return self._begin(request)
        return self._routed(request, session)

    def _begin(self, request: _Request) -> Response:
        """Begin a session, which only pages do; a form without one is of an earlier start."""
        if request.method == "POST":
            raise _stale()
        if is_from_elsewhere(request.headers):
            return self._again(request)
        session = self._sessions.begin()
        response = self._routed(request, session)
        response.headers["Set-Cookie"] = self._sessions.set_cookie(session)
        return response

    def _again(self, request: _Request) -> Response:
        """Have the browser ask again from here: it keeps our cookie back from links elsewhere."""
        return HTMLResponse(fill("again.html", {"here": _address(request)}))

    def _routed(self, request: _Request, session: Session) -> Response:
        asked = Asked(
            method=request.method,
            path=request.path,
            query=request.query,
            form=request.form,
            session=session,
            author=session.author or self._access.author,
            csrf=self._sessions.csrf(session),
            desk=self._desk,
            rechecks=self._rechecks,
        )
        if request.method == "POST":
            if not self._sessions.is_csrf(session, first(request.form, "csrf")):
                raise _stale()
            if request.path == "/logout":
                return self._sign_out()
            return _found(ACTIONS, request.path)(asked)
        return _found(PAGES, request.path)(asked)

    def _login(self, request: _Request) -> Response:
        if request.method == "POST":
            raise _stale()
        if is_from_elsewhere(request.headers):
            return self._again(request)
        back = QUEUE if request.path in ("/", "/login") else _address(request)
        return self._login_page(LoginPage(back=back), 401)

    def _login_page(self, page: LoginPage, status: int) -> Response:
        return HTMLResponse(fill("login.html", {"shell": self._shell(), "page": page}), status)

    def _sign_in(self, request: _Request) -> Response:
        name = " ".join(first(request.form, "name", _LONGEST_NAME).split())
        back = own_path(first(request.form, "back"))
        if self._failures.is_too_many(request.client):
            words = "Too many attempts: wait a minute."
            return self._login_page(LoginPage(problem=words, name=name, back=back), 429)
        if not is_token(first(request.form, "token"), self._access.token):
            self._failures.add(request.client)
            words = "This is not the token of this review."
            return self._login_page(LoginPage(problem=words, name=name, back=back), 403)
        if not name.isprintable() or not name:
            words = "Write the name that your decisions are to have."
            return self._login_page(LoginPage(problem=words, back=back), 422)
        self._machines.add(request.client)
        response = RedirectResponse(back, 303)
        response.headers["Set-Cookie"] = self._sessions.set_cookie(self._sessions.begin(name))
        return response

    def _sign_out(self) -> Response:
        response = RedirectResponse("/login", 303)
        response.headers["Set-Cookie"] = self._sessions.forget_cookie()
        return response

    def _error(self, refused: RefusedError) -> Response:
        page = ErrorPage(status=refused.status, title=refused.title, words=refused.words)
        text = fill("error.html", {"shell": self._shell(), "page": page})
        return HTMLResponse(text, refused.status, dict(refused.headers))

    def _shell(self) -> Shell:
        """Return what is around a page of nobody: no form but the one that signs in."""
        return Shell(collection=self._desk.collection.name, author="", csrf="", here=QUEUE)


def _address(request: _Request) -> str:
    """Return path and query; the queue where they are none that a link may have."""
    return own_path(f"{request.path}?{request.query}" if request.query else request.path)


def _static(request: _Request) -> Response | None:
    """Return what needs no session: style, scripts, the sign of life."""
    if request.method == "POST":
        return None
    if request.path == "/healthz":
        return PlainTextResponse("ok\n")
    if not request.path.startswith("/static/"):
        return None
    found = static_files().get(request.path)
    if found is None:
        raise RefusedError(404, "Not here", "There is no such file.")
    return Response(found[0], media_type=found[1])


def _found(
    routes: Mapping[str, Callable[[Asked], Response]], path: str
) -> Callable[[Asked], Response]:
    if path not in routes:
        raise RefusedError(404, "Not here", "There is no such page.")
    return routes[path]


def _stale() -> RefusedError:
    return RefusedError(
        403,
        "This page is out of date",
        "Nothing was changed. The form is of an earlier start of the review, or you are not signed "
        "in any more. Open the page again and decide again.",
    )

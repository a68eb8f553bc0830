"""The sister archives: a handful of pages each, in the templates of their time."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from random import Random

from replica import pictures
from replica.answer import Answer, Received, reply
from replica.outside_pages import bare
from replica.pages import TEMPLATES
from replica.prose import COUNTRIES, TOPICS, paragraph

BUSH, CLINTON = "2001-2009.state.gov", "1997-2001.state.gov"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldStatement:
    """A statement of an older archive; `date` is ISO."""

    host: str
    path: str
    title: str
    document_type: str
    office: str | None
    place: str
    date: str
    date_text: str
    speakers: tuple[tuple[str, str | None], ...] = ()

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


OLD_STATEMENTS = (
    OldStatement(
        host=BUSH,
        path="/r/pa/prs/ps/2005/47436.htm",
        title="Valdorian Harbor Agreement Enters Into Force",
        document_type="Media Note",
        office="Office of the Spokesman",
        place="Washington, DC",
        date="2005-06-07",
        date_text="June 7, 2005",
    ),
    OldStatement(
        host=BUSH,
        path="/r/pa/prs/ps/2005/47966.htm",
        title="Assistance After the Storm in Sundara",
        document_type="Press Statement",
        office=None,
        place="Washington, DC",
        date="2005-06-16",
        date_text="June 16, 2005",
        speakers=(("Martin Oakes", "Deputy Spokesman"),),
    ),
    OldStatement(
        host=BUSH,
        path="/r/pa/prs/ps/2008/sept/109001.htm",
        title="Elections in Lethonia",
        document_type="Press Statement",
        office=None,
        place="Washington, DC",
        date="2008-09-04",
        date_text="September 4, 2008",
        speakers=(("Martin Oakes", "Deputy Spokesman"),),
    ),
    OldStatement(
        host=CLINTON,
        path="/statements/1999/991210b.html",
        title="Human Rights Day in Oravia",
        document_type="Press Statement",
        office="Office of the Spokesman",
        place="Washington, DC",
        date="1999-12-10",
        date_text="December 10, 1999",
    ),
    OldStatement(
        host=CLINTON,
        path="/statements/2000/PS000322.HTML",
        title="Flood Relief for Zambara",
        document_type="Press Statement",
        office="Office of the Spokesman",
        place="Washington, DC",
        date="2000-03-22",
        date_text="March 22, 2000",
    ),
)
_CITED = "http://www.assembly-of-nations.example/en/"


class Sisters:
    """Answers for both hosts; the `/www/` tree of the older one is the same as that without."""

    hosts = (BUSH, CLINTON)

    def __init__(self) -> None:
        self._statements = {(each.host, each.path): each for each in OLD_STATEMENTS}

    def respond(self, request: Received) -> Answer:
        """Return the archive's answer."""
        path = request.path.removeprefix("/www") if request.host == CLINTON else request.path
        statement = self._statements.get((request.host, path))
        if statement is not None:
            return _page(statement)
        if path == "/" or path.endswith(("/index.htm", "/index.html")):
            return _listing(request.host)
        if path.endswith((".gif", ".png")):
            return reply(200, pictures.seal(32), content_type="image/png")
        if path == "/skins/archive/styles-new.css":
            css = "body { font-family: Verdana, sans-serif; }\n"
            return reply(200, css, content_type="text/css")
        if path == "/robots.txt":
            return reply(200, "User-agent: *\nDisallow:\n", content_type="text/plain")
        return reply(404, bare("404 Not Found", "The requested URL was not found on this server."))


def _page(statement: OldStatement) -> Answer:
    rng = Random(statement.path)
    topic, country = rng.choice(TOPICS), rng.choice(COUNTRIES)
    texts = [paragraph(rng, topic, country) for _ in range(3)]
    lines = [statement.document_type, *(f"{name}, {role}" for name, role in statement.speakers)]
    lines += [line for line in (statement.office, statement.place, statement.date_text) if line]
    name = "bush.html" if statement.host == BUSH else "clinton.html"
    html = (
        (TEMPLATES / name)
        .read_text("utf-8")
        .replace("$TITLE", escape(statement.title))
        .replace("$FOLDER", statement.path.rpartition("/")[0] + "/")
        .replace("$HEADER", "<br>\n".join(lines))
        .replace("$CITED", _CITED)
    )
    # Paragraphs of the 1990s are opened and not closed; the bytes are of the Western code page.
    closing = "</p>" if statement.host == BUSH else ""
    body = "\n".join(f"<p>{escape(text, quote=False)}{closing}" for text in texts)
    raw = html.replace("$BODY", body).encode("cp1252", "xmlcharrefreplace")
    return reply(200, raw, content_type="text/html")


def _listing(host: str) -> Answer:
    items = "".join(
        f'<li>{each.date_text}: <a href="{each.path}">{escape(each.title)}</a></li>'
        for each in OLD_STATEMENTS
        if each.host == host
    )
    title = f"Archive: {host}"
    return reply(
        200, f"<html><head><title>{title}</title></head><body><ul>{items}</ul></body></html>"
    )

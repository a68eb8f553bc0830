"""What the way from a link to where it ends says: to a root, an error page, another site."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from pipelines.verdicts.rules import Rules

_INDEX = re.compile(
    r"(?:index|default|home|homepage|welcome|main|start|startseite|inicio|principal|accueil|portal"
    r"|portada|forside|frontpage|site|web)(?:\.\w{2,5})?",
    re.IGNORECASE,
)
_SHORT_NAME = re.compile(r"[a-z]{1,5}", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_NOT_FOUND = re.compile(
    r"(?:http[-_]?)?(?:error[-_]?|err[-_]?|page[-_]?)?404(?:[-_]?(?:error|page|not[-_]?found))?"
    r"|(?:error[-_]?)?(?:page|file|content)?[-_]?not?[-_]?found(?:[-_]?(?:page|error))?"
    r"|(?:missing[-_]?page|page[-_]?missing|no[-_]such[-_]page|seite[-_]?nicht[-_]?gefunden)"
    r"|pagina[-_]no[-_]encontrada|seite[-_]nicht[-_]gefunden|introuvable",
    re.IGNORECASE,
)
_ERROR = re.compile(r"errors?|error[-_]?page|generic[-_]?error|err|oops", re.IGNORECASE)
_ERROR_QUERY = re.compile(
    r"(?:^|&)(?:aspxerrorpath=|404;|(?:error|err|e|status|code|errorcode)=404)", re.IGNORECASE
)
# What servers add to the address of a front page that says nothing of which page is shown.
_MARKS = re.compile(
    r"(?:utm_\w+|ref|referr?er|from|src|source|not_?found|404|error|err|msg|status|redirect(?:ed)?"
    r"|lang|language|locale|hl|old|old_?url|url|return_?url|requesturl)(?:=[^&]*)?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]{4,}")
# Second levels under which countries register names: `bbc.co.uk`, `mofa.go.jp`, `sre.gob.mx`.
_SECOND_LEVELS = frozenset(
    (
        "ac",
        "co",
        "com",
        "edu",
        "go",
        "gob",
        "gouv",
        "gov",
        "govt",
        "gv",
        "mil",
        "ne",
        "net",
        "nom",
        "or",
        "org",
        "sch",
    )
)
_COUNTRY = 2


def site_of(host: str) -> str:
    """Return the part of a host's name that is registered: `state.gov` of `www.state.gov`.

    By the habits of registries, not by their list: wrong only for rare suffixes, and then two
    sites are taken for one, which judges milder.
    """
    labels = host.rstrip(".").split(".")
    by_country = len(labels[-1]) == _COUNTRY and len(labels) > _COUNTRY
    return ".".join(labels[-3:] if by_country and labels[-2] in _SECOND_LEVELS else labels[-2:])


def depth(url: str) -> int:
    """Return how many names the path has below a site's front page, index files not counted."""
    parts = urlsplit(url)
    names = [name for name in parts.path.split("/") if name]
    if names and _INDEX.fullmatch(names[-1]):
        names.pop()
    if len(names) == 1 and _LANGUAGE.fullmatch(names[0]):
        names.pop()
    return len(names) + bool(parts.query and not _is_marked(parts.query))


def _is_marked(query: str) -> bool:
    return all(_MARKS.fullmatch(field) for field in query.split("&"))


def leads_to_root(asked: str, final: str) -> bool:
    """Return whether a link below a site's front page ends on a front page.

    A link that names the new host (`example.org/maps` to `maps.example.org`) ends where it
    should, and so does a link to a front page.
    """
    if not depth(asked) or depth(final):
        return False
    start, end = urlsplit(asked), urlsplit(final)
    hosts = [(parts.hostname or "").removeprefix("www.") for parts in (start, end)]
    return hosts[0] == hosts[1] or not any(word in hosts[1] for word in _words(start.path))


def may_be_a_section(url: str) -> bool:
    """Return whether the path is one short word, as of a part that the front page took in."""
    return depth(url) == 1 and bool(_SHORT_NAME.fullmatch(urlsplit(url).path.strip("/")))


def leads_to_error_page(asked: str, final: str) -> bool:
    """Return whether the last address is one of a "not found" page and the first one is not."""
    return _is_error_address(final) and not _is_error_address(asked)


def leads_to_general_error(asked: str, final: str) -> bool:
    """Return whether the last address is one of an error page that does not say which error."""
    return bool(_ERROR.fullmatch(_last_name(final))) and not _ERROR.fullmatch(_last_name(asked))


def is_shortener(url: str, rules: Rules) -> bool:
    """Return whether the address is of a kind that never tells where it leads."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host in rules.shorteners


def is_unrelated(asked: str, final: str) -> bool:
    """Return whether two addresses share neither site, nor a name of the host, nor of the path."""
    one, other = (urlsplit(url) for url in (asked, final))
    sites = [site_of(parts.hostname or "") for parts in (one, other)]
    if sites[0] == sites[1]:
        return False
    names = [site.partition(".")[0] for site in sites]
    if names[0] in names[1] or names[1] in names[0]:
        return False
    shared = _own_words(one) & _own_words(other)
    return not (shared - _COMMON_WORDS)


_COMMON_WORDS = frozenset(("html", "index", "page", "default", "aspx", "shtml", "https", "http"))


def _own_words(parts: SplitResult) -> set[str]:
    """Return the words of a host's name without its last label, and of the path."""
    return _words(f"{(parts.hostname or '').rpartition('.')[0]}/{parts.path}")


def _is_error_address(url: str) -> bool:
    parts = urlsplit(url)
    names = [name.partition(".")[0] for name in parts.path.split("/") if name]
    return any(_NOT_FOUND.fullmatch(name) for name in names[-2:]) or bool(
        _ERROR_QUERY.search(parts.query)
    )


def _last_name(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].partition(".")[0]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))

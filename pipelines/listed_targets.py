"""What a listed link asks for, and how it may be printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.checks.targets import Target, TargetFault, read_target
from pipelines.link_lists import ListedLink
from pipelines.typed_links import as_meant, unwrapped
from warc.http.target import (
    InvalidTargetError,
    TargetProblem,
    cleaned,
    parse_target,
    scheme_of,
)

AMPERSAND = "ampersand-unescaped"  # a warning: the link held `&amp;`, as HTML writes it
NO_SCHEME = "scheme-missing"  # a warning: `http://` was left out and is taken as meant
_ESCAPED = re.compile(r"&(?:amp|#0*38|#x0*26);", re.IGNORECASE)
_USER = re.compile(
    r"^([\s\ufeff\u200b-\u200f\u2060<\"'`“‘«]*(?:(?:[A-Za-z][A-Za-z0-9+.\-]*:)?[/\\]{2,}|https?:[/\\]*))[^/\\?#]*@"  # noqa: RUF001
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Where a listed link leads.

    `url` is the link made absolute and spelt as browsers would, as written where it cannot be;
    never with a user's name or password. `asked` is what is requested for it, None where nothing
    is: `fault` then says why and `detail` in words. `fragment` is what follows the `#`.
    """

    url: str
    asked: str | None = None
    fragment: str = ""
    fault: TargetFault | None = None
    detail: str = ""
    warnings: tuple[str, ...] = ()


def aim(link: ListedLink) -> Aim:
    """Return where `link` leads, relative to its base; never raises."""
    text = cleaned(link.href)
    warnings: tuple[str, ...] = ()
    if link.is_source and _ESCAPED.search(text):
        text, warnings = _ESCAPED.sub("&", text), (AMPERSAND,)
    base = link.base if link.base and isinstance(read_target(link.base), Target) else None
    if link.is_typed:
        text, warnings = _as_meant(text, base, warnings)
    shown = without_user(text)
    found = _target(text, base, is_document=not link.is_source)
    if isinstance(found, Target):
        url = f"{found.url}#{found.fragment}" if found.fragment else found.url
        return Aim(url=url, asked=found.url, fragment=found.fragment, warnings=warnings)
    fault, detail = found
    if fault is TargetFault.RELATIVE and link.base and base is None:
        detail = "its base is no web address"
    return Aim(url=shown, fault=fault, detail=detail, warnings=warnings)


def _as_meant(
    text: str, base: str | None, warnings: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    meant = as_meant(text, scheme_of(base or "") or "http")
    if scheme_of(meant) and not scheme_of(unwrapped(text)):
        warnings = (*warnings, NO_SCHEME)
    return meant, warnings


def _target(text: str, base: str | None, *, is_document: bool) -> Target | tuple[TargetFault, str]:
    if not text and not (base and is_document):  # in a document it leads to the document
        return TargetFault.EMPTY, ""
    if base is None and scheme_of(text) is None:
        return TargetFault.RELATIVE, ""
    try:
        parsed = parse_target(text, base)
    except InvalidTargetError as error:
        is_scheme = error.problem is TargetProblem.SCHEME
        fault = TargetFault.SCHEME if is_scheme else TargetFault.MALFORMED
        return fault, "" if is_scheme else str(error)
    found = read_target(parsed.url)
    if isinstance(found, TargetFault):
        return found, ""
    return Target(found.url, found.host, parsed.fragment or "")


def without_user(text: str) -> str:
    """Return a link as written but for the user's name and password, which nobody is to read."""
    return _USER.sub(r"\1", text)

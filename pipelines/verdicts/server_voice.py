"""Whether a text below a short heading is a server's word to its reader, not that of an author."""
# ruff: noqa: RUF001 - letters of many languages

from __future__ import annotations

import re

from pipelines.checks.page_facts import PageFacts

_LITTLE = 50  # characters below the heading: too few for a text of its own
_SERVER = re.compile(
    r"\byou(?:r|'re|’re)?\b|\bserver|\baccess|\bpermission|\bauthori[sz]|\b(?:this|the) (?:web)?"
    r"(?:page|site)\b|\bweb ?site|\brequested\b|\bbrowser|\bip\b|\bsecurity\b|\badministrator"
    r"|\bwebmaster|\bnginx|\bapache|\biis\b|\berror|\burl\b|\bresource|\btry again|\breload"
    r"|\bgo back|\bcookies?\b|\bjavascript|\bplease\b|\bback soon|\bshortly\b|\bsorry\b|\bloading"
    r"|\bredirect|\bconnection|\bdatabase|\bexception|\bmaintenance\b.*\b(?:mode|progress|moment)"
    r"|zugriff|berechtig|\bseite\b|bitte|zugang|\bserv[ei]|acc[eè]s|permis|p[aá]gina|autori[sz]"
    r"|veuillez|por favor|si prega|toegang|åtkomst|dostęp|přístup|erişim|lütfen|akses|silakan"
    r"|доступ|страниц|сервер|пожалуйста|сайт|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0590-\u06ff]",
    re.IGNORECASE | re.DOTALL,
)


def speaks_as_server(page: PageFacts) -> bool:
    """Return whether hardly anything is below the heading, or what a server tells its reader."""
    below = page.text.removeprefix(" ".join(page.headings[:1])).strip()
    return page.text_length <= _LITTLE or len(below) <= _LITTLE or bool(_SERVER.search(below))

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
    r"|\bwe(?:'re|’re|'ll|’ll)?\b.*\b(?:back|down|offline|return|maintenance|soon|working)\b"
    r"|\bredirect|\bconnection|\bdatabase|\bexception|\bmaintenance\b.*\b(?:mode|progress|moment)"
    r"|zugriff|berechtig|\bseite\b|bitte|zugang|\bserv[ei]|acc[eè]s|permis|p[aá]gina|autori[sz]"
    r"|veuillez|por favor|si prega|toegang|åtkomst|dostęp|přístup|erişim|lütfen|akses|silakan"
    r"|solicita|peti[cç]|requisi|requ[eê]te|richiest|anfrage|anforder|bloque|blocc|blockier"
    r"|geblokkeerd|verzoek|żądani|požadav|engellen|istek|permintaan|yêu cầu|truy cập|segur|sicurez"
    r"|sicherheit|sécurité|vedligehold|underhåll|wartung|manten|manuten|entretien|обслужив|техническ"
    r"|доступ|страниц|сервер|пожалуйста|сайт|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0590-\u06ff]",
    re.IGNORECASE | re.DOTALL,
)

# First words of headings that may as well be titles of books, in the language of most titles here.
_ENGLISH = frozenset(
    """
    access blocked bot captcha checking cookies forbidden human one page please rate request robot
    security unauthorized verification website
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_MOST_WORDS = 2


def may_be_a_title(heading: str) -> bool:
    """Return whether a wall's heading, as `plain` gives it, is one that an author may write too."""
    words = heading.split()
    is_coded = any(sign.isdigit() for sign in heading)
    return len(words) <= _MOST_WORDS and words[0] in _ENGLISH and not is_coded


def speaks_as_server(page: PageFacts) -> bool:
    """Return whether hardly anything is below the heading, or what a server tells its reader."""
    below = page.text.removeprefix(" ".join(page.headings[:1])).strip()
    return page.text_length <= _LITTLE or len(below) <= _LITTLE or bool(_SERVER.search(below))

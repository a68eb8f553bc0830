"""Words of pages that stand in for what was cited, and how text is made ready to look for them."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORDS = re.compile(r"[^\w%]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that titles of "not found" pages are padded with; never enough by themselves.
PADDING = _words("""
    oops ooops whoops uh oh sorry ups hoppla entschuldigung leider desculpe lo sentimos desolé
    désolé spiacenti error erreur fehler errore erro błąd fout fel feil virhe hata ошибка
    помилка 错误 錯誤 エラー 오류 خطأ خطا שגיאה http https status code seite the this that your
    we re are is requested page web www server site website
""")

# Titles or first words of pages that stand in while a site is down: come back later.
PAUSED = (
    "under maintenance",
    "down for maintenance",
    "site maintenance",
    "scheduled maintenance",
    "maintenance mode",
    "temporarily unavailable",
    "temporarily down",
    "service unavailable",
    "server error",
    "internal server error",
    "bad gateway",
    "gateway timeout",
    "gateway time out",
    "database error",
    "error establishing a database connection",
    "too many connections",
    "website is offline",
    "an error has occurred",
    "application error",
    "runtime error",
    "be right back",
    "wartungsarbeiten",
    "wartungsmodus",
    "en mantenimiento",
    "en maintenance",
    "in manutenzione",
    "em manutenção",
    "технические работы",
)

# Sites that are there no longer, on hosts that still answer.
ABANDONED = (
    "account suspended",
    "account has been suspended",
    "website suspended",
    "site suspended",
    "site not found",
    "web site not found",
    "no such app",
    "deployment_not_found",
    "domain isn t connected to a website",
    "domain is not connected to a website",
    "site is no longer available",
    "website is no longer available",
    "website has been discontinued",
    "blog has been removed",
    "blog not found",
    "project not found",
    "is no longer registered",
    "domain has expired",
    "domain name has expired",
)

# What a fresh server shows before anybody puts a site on it.
DEFAULTS = (
    "welcome to nginx",
    "apache2 ubuntu default page",
    "apache2 debian default page",
    "apache http server test page",
    "test page for the apache",
    "test page for the http server",
    "iis windows server",
    "default web site page",
    "default plesk page",
    "welcome to caddy",
    "it works",
)


def plain(text: str) -> str:
    """Return `text` as words in lower case with single spaces: no marks, quotes or full stops."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORDS.sub(" ", folded).strip()


def sentence_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all phrases over text made `plain`."""
    gap = r"(?:\w+\s){0,6}?"
    parts = (re.escape(phrase).replace(r"…\ ", gap) for phrase in phrases)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")")

"""Words of pages that stand in for what was cited, and how text is made ready to look for them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSPACED = "\u3000"  # where the letters of Chinese, Japanese and Korean begin
_NOT_WORDS = re.compile(r"[^\w%]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


# Words that titles of "not found" pages are padded with; never enough by themselves.
PADDING = _words("""
    oops ooops whoops uh oh sorry ups hoppla entschuldigung leider desculpe lo sentimos desolé
    désolé spiacenti error erreur fehler errore erro błąd fout fel feil virhe hata ошибка
    помилка 错误 錯誤 エラー 오류 خطأ خطا שגיאה http https status code seite the this that your
    we re are is requested page web www server site website
""")

# Whole parts of titles of pages that stand in while a site is down.
PAUSED_TITLES = _lines("""
    under maintenance
    down for maintenance
    undergoing maintenance
    currently under maintenance
    maintenance
    site maintenance
    system maintenance
    scheduled maintenance
    maintenance mode
    maintenance in progress
    temporarily unavailable
    temporarily down
    temporarily closed
    service unavailable
    service temporarily unavailable
    server error
    internal server error
    bad gateway
    gateway timeout
    gateway time out
    database error
    error establishing a database connection
    too many connections
    offline
    an error has occurred
    an error occurred
    unexpected error
    application error
    runtime error
    server error in application
    something went wrong
    be right back
    we ll be right back
    we ll be back soon
    we will be back soon
    bandwidth limit exceeded
    509 bandwidth limit exceeded
    resource limit is reached
    coming soon
    under construction
    site under construction
    launching soon
    wartungsarbeiten
    wartungsmodus
    wartung
    en mantenimiento
    sitio en mantenimiento
    en maintenance
    maintenance en cours
    site en construction
    en construcción
    in manutenzione
    em manutenção
    em construção
    технические работы
    ведутся технические работы
    сайт на реконструкции
    系统维护
    系统维护中
    网站维护
    网站维护中
    系統維護中
    メンテナンス中
    ただいまメンテナンス中です
    サーバーエラー
    시스템 점검
    시스템 점검 중
    서비스 점검
    تحت الصيانة
    الموقع تحت الصيانة
""")

# What the first sentences of such pages say.
PAUSED = _lines("""
    site … under maintenance
    site … down for maintenance
    site … undergoing maintenance
    website … maintenance
    site … temporarily unavailable
    website … temporarily unavailable
    page is temporarily unavailable
    service is temporarily unavailable
    server is temporarily unable to service your request
    briefly unavailable for scheduled maintenance
    we are … performing maintenance
    we are performing scheduled maintenance
    we are currently … maintenance
    site … is offline
    website … is offline
    error establishing a database connection
    error connecting to … database
    could not connect to … database
    too many connections
    encountered an unexpected error
    an unexpected error has occurred
    an error has occurred while processing your request
    fatal error uncaught
    fatal error call to undefined function
    fatal error allowed memory size
    parse error syntax error
    warning mysql_connect
    server error in application
    site … under construction
    website … under construction
    website is coming soon
    tareas de mantenimiento
    site est … en maintenance
    site … wird … gewartet
    wartungsarbeiten … nicht verfügbar
    технические работы
    系统维护中
    网站正在维护
    网站维护中
    メンテナンス中
    점검 중입니다
    الموقع تحت الصيانة
""")

# Whole parts of titles of sites that are there no longer, on hosts that still answer.
ABANDONED_TITLES = _lines("""
    account suspended
    this account has been suspended
    website suspended
    site suspended
    hosting suspended
    domain suspended
    site not found
    web site not found
    no such app
    deployment_not_found
    blog not found
    blog has been removed
    project not found
    deleted site
    domain expired
    this domain has expired
    domain has expired
    domain name has expired
    website expired
    site expired
    expired domain
    cuenta suspendida
    sitio suspendido
    dominio expirado
    compte suspendu
    domaine expiré
    domain abgelaufen
    конто приостановлено
    аккаунт заблокирован
    сайт заблокирован
    хостинг сайта временно приостановлен
    срок регистрации домена истек
    срок регистрации домена истёк
    域名已过期
    域名過期
    网站已关闭
    站点已关闭
    网站已暂停
    網站已關閉
    このドメインは有効期限が切れています
    conta suspensa
    domínio expirado
""")

ABANDONED = _lines("""
    this account has been suspended
    website has been suspended
    site has been suspended
    domain isn t connected to a website
    domain is not connected to a website
    site is no longer available
    site you were trying to reach is no longer available
    website is no longer available
    site has been closed
    website has been closed
    website has closed
    website has been discontinued
    site has been discontinued
    the blog at … has been removed
    authors have deleted this site
    this site has been deleted
    geocities has closed
    this account has expired
    this shop is … unavailable
    is no longer registered
    domain has expired
    domain name has expired
    domain name expired on
    domain expired on
    domain is expired
    esta cuenta ha sido suspendida
    este dominio ha expirado
    ce compte a été suspendu
    ce nom de domaine a expiré
    domain ist abgelaufen
    срок регистрации домена ист
    регистрация домена истекла
    该域名已过期
    域名已到期
    この ドメインの有効期限
""")

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
    "web server s default page",
    "iis7",
    "iis8",
    "iis 10 0 windows server",
    "microsoft internet information services",
    "apache tomcat",
    "test page for nginx",
    "fedora test page",
    "centos http server test page",
    "welcome to centos",
    "welcome to openresty",
    "congratulations your website is up and running",
    "index of",
    "welcome to caddy",
    "it works",
)


@lru_cache(maxsize=64)  # a page's words are looked at for one thing after the other
def plain(text: str) -> str:
    """Return `text` as words in lower case with single spaces: no marks, quotes or full stops."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORDS.sub(" ", folded).strip()


def sentence_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern for all phrases over text made `plain`.

    "A page" is any page; the one asked for is "the page", "this page" or just "page". Scripts
    without spaces have no beginnings of words.
    """
    spaced = _grouped(tuple(phrase for phrase in phrases if phrase[0] < _UNSPACED))
    unspaced = "|".join(_with_gaps(phrase) for phrase in phrases if phrase[0] >= _UNSPACED)
    sides = [rf"(?<!\w)(?<!\ba\s)(?:{spaced})"] if spaced else []
    return re.compile("|".join([*sides, unspaced] if unspaced else sides))


def _grouped(phrases: tuple[str, ...]) -> str:
    """Return a pattern's alternatives by their first words, each of which is then tried once."""
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        first, space, rest = phrase.partition(" ")
        groups.setdefault(first, []).append(_with_gaps(space + rest))
    by_first = (f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())
    return "|".join(by_first)


def _with_gaps(phrase: str) -> str:
    return re.escape(phrase).replace(r"…\ ", r"(?:\w+\s){0,6}?")

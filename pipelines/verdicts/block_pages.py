"""Pages that a network or a state shows instead of the page asked for, and firewalls' own.

The page may well be there for readers elsewhere: nothing can be said of the link.
"""
# ruff: noqa: RUF001 - letters of many languages

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipelines.checks.hop import Hop
from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.phrases import plain, sentence_pattern
from pipelines.verdicts.redirects import site_of
from pipelines.verdicts.topic import is_about, is_topical

_MISSING = frozenset({404, 410})
_STATE_PROSE = 600  # with the law, the order and whom to write to
_FIREWALL_PROSE = 300
_ADDRESS_PROSE = 250
_RELOADING_PROSE = 120
_SCRIPTED_TEXT = 60
_WHOLE_SCRIPT = 1000  # characters: of a longer one only the beginning is known
_MOST_RESOURCES = 1

# Where networks send those who ask for what they may not see.
_STATE_HOSTS = (
    "warning.or.kr",
    "lamanlabuh.aduankonten.id",
    "mercusuar.uzone.id",
    "peyvandha.ir",
    "internet.btk.gov.tr",
    "warning.rt.ru",
    "lawfilter.ertelecom.ru",
    "blackhole.beeline.ru",
    "fz139.ttk.ru",
    "eais.rkn.gov.ru",
    "blocklist.rkn.gov.ru",
    "zapret-info.gov.ru",
    "10.10.34.34",
    "10.10.34.35",
    "10.10.34.36",
)
_STATE_LABEL = re.compile(
    r"(?:internet-?positi[fv]e?|trust-?positif|internetsehat|zapret|lawfilter|blockpage|blocked|"
    r"sitebloccato|netblock)[\w-]*"
)
# What firewalls call the addresses of their pages.
_WALL_HOSTS = ("validate.perfdrive.com", "captcha-delivery.com", "captcha.perfdrive.com")
_WALL_NAME = re.compile(
    r"cookies?-?(?:absent|required|disabled|check|error|test)|no-?cookies?"
    r"|(?:re)?captcha(?:-?(?:check|verify|page))?|show-?captcha|sgcaptcha"
    r"|(?:human|robot|bot)-?(?:check|verification|challenge|detected)|are-?you-?(?:human|a-?robot)"
    r"|blocked(?:-?page)?|block-?page|access-?(?:denied|blocked|restricted)"
    r"|forbidden|sperre|diblokir|zapret"
)

_STATES = tuple(
    filter(
        None,
        map(
            plain,
            """
    erişime engellenmiştir
    erişim engellenmiştir
    erişimi engellenmiştir
    5651 sayılı Kanun
    situs diblokir
    situs terblokir
    situs ini diblokir
    situs yang Anda tuju tidak dapat diakses
    konten ini diblokir oleh
    доступ к запрашиваемому ресурсу ограничен
    доступ к запрашиваемому ресурсу закрыт
    доступ к информационному ресурсу ограничен
    доступ к ресурсу ограничен
    доступ к сайту ограничен
    доступ к интернет-ресурсу ограничен
    доступ к сайту заблокирован
    ресурс заблокирован по решению
    доступ к ресурсу заблокирован
    сайт заблокирован по решению
    внесен в единый реестр
    внесён в единый реестр
    blocked under instructions of the competent government authority
    blocked as per the directions received from
    blocked as per the instructions of department of telecommunications
    directions received from department of telecommunications
    this website has been blocked by
    this site has been blocked by
    this site has been blocked under
    access to this website has been blocked
    access to this site has been blocked
    este sitio ha sido bloqueado por
    este site foi bloqueado por
    censored by the ministry
    falls under the prohibited content categories
    content that is prohibited for viewership from within
    not available in malaysia as it violates the national law
    access to this site is currently blocked
    access to the requested url is not allowed
    불법·유해 정보(사이트)에 대한 차단
    불법 유해정보 사이트
    دسترسی به تارنمای فراخوانده شده
    دسترسی به این سایت امکان پذیر نیست
    عفوا، الموقع المطلوب غير متاح
    الدخول إلى هذا الموقع محجوب
    تم حجب هذا الموقع
    ถูกระงับการเข้าถึง
    ถูกระงับโดยคำสั่ง
    blocked by your network operator
    blocked by your internet service provider
    not authorized to access this web page as per
    redirigé vers cette page du ministère
    contenu bloqué par décision
    sito sottoposto a sequestro
    l'accesso al sito è stato inibito
    sito non raggiungibile per ordine
    contenido bloqueado por requerimiento
    bloqué sur décision de justice
    auf gerichtliche Anordnung gesperrt
    aus urheberrechtlichen Gründen nicht verfügbar
    trang web này đã bị chặn theo
            """.splitlines(),
        ),
    )
)
_STATE = sentence_pattern(_STATES)

# "Support ID: 118273", "ID de soporte es: 77", "Ray ID 8a1b…": what a firewall gives to complain.
_TICKET = re.compile(
    r"(?:(?:support|incident|attack|event|message|ray|block|transaction|request|tracking)[\s_-]*"
    r"(?:id|#|number)|(?:reference|ref|case)[\s_-]*(?:id|#)"
    r"|\bid[\s-]*(?:de|des|di|do|da|van|dukungan)?\s*(?:la\s|l['’])?(?:soporte|suporte|support\w*"
    r"|incident\w*|supporto|permintaan|richiesta|solicitud|requ[eê]te|evento?)"
    r"|(?:identifi\w+|kennung|vorfallsnummer|vorgangsnummer|destek kimliği|идентификатор|инцидент"
    r"|номер запроса|事件\s?id|请求\s?id|拦截id|追踪id|事件编号|サポートid|参照番号|지원\s?id"
    r"|식별\s?번호))"
    r"[^0-9]{0,24}[0-9a-f][0-9a-f.:-]",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"block|reject|denied|forbid|not allowed|refus|rechaz|bloque|denegad|negado|rejeitad|bloccat"
    r"|rifiutat|negato|blockier|abgelehnt|verweigert|zurückgewiesen|заблок|отклон|запрещ|отказан"
    r"|engellen|reddedil|diblokir|ditolak|bị chặn|từ chối|拦截|拒绝|阻断|攔截|拒絕|遮断|拒否|차단"
    r"|거부|محظور|مرفوض|حظر|مسدود|geblokkeerd|geweigerd|zablokow|odrzuc|odmow|blockera|nekad"
    r"|blokeret|afvist|estetty|zablokov|zamítnut|odepřen|letilt|blocat|respins|αποκλε|απορρίφ"
    r"|נחסמ|נדחת|заборон|відхил|ถูกบล็อก|ปฏิเสธ",
    re.IGNORECASE,
)
_SETS_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=(?!=)|\bsetcookie\s*\(", re.IGNORECASE)
_LOADS_AGAIN = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign)\s*\(|location(?:\s*\.\s*href)?\s*=(?!=)"
    r"|\.submit\s*\(\s*\)"
)

_MASKED = re.compile(
    r"\beval\s*\(|\b_0x[0-9a-f]{4}|String\.fromCharCode|\bunescape\s*\(|\batob\s*\("
)


def is_withheld(hop: Hop, asked: str) -> bool:
    """Return whether a page says, or its address, that a state or a network blocks the site."""
    page = hop.page
    if hop.status in _MISSING:
        return False
    if ends_at_notice(hop.url, asked):
        return page is None or page.prose_length <= _STATE_PROSE
    if page is None or page.prose_length > _STATE_PROSE or _is_its_subject(page, asked):
        return False
    return bool(_STATE.search(plain(_shown(page))))


def is_block_host(url: str) -> bool:
    """Return whether an address is on a host that shows nothing but why a site is blocked."""
    host = urlsplit(url).hostname or ""
    is_known = any(host == one or host.endswith("." + one) for one in _STATE_HOSTS)
    return is_known or any(map(_STATE_LABEL.fullmatch, host.split(".")[:-1]))


def ends_at_notice(final: str, asked: str) -> bool:
    """Return whether a link of another site was sent to such a host, whatever came from there."""
    return _is_other_site(final, asked) and is_block_host(final)


def firewall(hop: Hop, asked: str) -> str | None:
    """Return what kind of wall answered, by marks that no vendor has alone; None where none did."""
    if hop.status in _MISSING:
        return None
    if _is_wall_address(hop, asked):
        return "its address is that of one"
    if hop.page is not None and only_reloads(hop.page):
        return "a page that only loads itself again"
    return "a firewall" if hop.page is not None and _gives_ticket(hop.page, asked) else None


def _gives_ticket(page: PageFacts, asked: str) -> bool:
    """Return whether a short page refuses something under a number to complain with."""
    if page.prose_length > _FIREWALL_PROSE or _is_its_subject(page, asked):
        return False
    shown = _shown(page)
    return bool(_TICKET.search(shown) and _REFUSED.search(shown))


def only_reloads(page: PageFacts) -> bool:
    """Return whether the last page has hardly anything but an order to load it again.

    With a cookie or without: what browsers then get cannot be seen by one who runs no scripts.
    """
    if page.headings:
        return False
    if page.refreshes and page.prose_length <= _RELOADING_PROSE:
        return True
    if page.text_length > _SCRIPTED_TEXT or len(page.scripts) >= _WHOLE_SCRIPT:
        return False
    if len(page.resources) > _MOST_RESOURCES:
        return False
    if _MASKED.search(page.scripts) and not page.text_length:
        return True
    again = bool(_LOADS_AGAIN.search(page.scripts))
    return again and bool(_SETS_COOKIE.search(page.scripts) or "reload" in page.scripts)


def _is_wall_address(hop: Hop, asked: str) -> bool:
    if not _leads_elsewhere(hop.url, asked):
        return False
    if (urlsplit(hop.url).hostname or "").endswith(_WALL_HOSTS):
        return True
    if hop.page is not None and hop.page.prose_length > _ADDRESS_PROSE:
        return False
    return _is_named_wall(hop.url) and not _is_named_wall(asked)


def _is_named_wall(url: str) -> bool:
    name = urlsplit(url).path.lower().rstrip("/").rpartition("/")[2].partition(".")[0]
    return bool(_WALL_NAME.fullmatch(name.replace("_", "-")))


def _leads_elsewhere(final: str, asked: str) -> bool:
    return final.partition("?")[0] != asked.partition("#")[0].partition("?")[0]


def _is_other_site(final: str, asked: str) -> bool:
    return site_of(urlsplit(final).hostname or "") != site_of(urlsplit(asked).hostname or "")


def _shown(page: PageFacts) -> str:
    return " ".join((page.title, *page.headings[:1], page.text))


def _is_its_subject(page: PageFacts, asked: str) -> bool:
    return is_topical(page, asked) or is_about(page)

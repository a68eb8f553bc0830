"""Pages whose words alone do not tell whether they are there: a made-up neighbour does."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_web import Case, every, page, to, way

FOUND, TEXT, ANY = "says-not-found", "text-says-not-found", "same-as-random"


def doc(title: str, main: str, lang: str = "en") -> str:
    return f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{title}</title></head><body><nav><a href=/>Home</a> <a href=/a>A</a></nav><main>{main}</main></body></html>"


def own(name: str, title: str, main: str) -> Case:
    """Return the case of a page on a server that answers 404 to other addresses."""
    return page(f"doubt-{name}", "alive", "ok", doc(title, main))


DE = doc("Fehler 404 – und jetzt? | Rundschau", "<h1>Fehler 404 – und jetzt?</h1><p>Wer alte Rundschreiben sucht, landet oft im Leeren. Wir haben drei Archivarinnen gefragt, wie sie Verweise pflegen. Ihre Antwort: mit Geduld und Listen.</p>", "de")  # fmt: skip
QU = doc("Kamachiq", "<h1>Raphi mana tarisqachu</h1><p>Maskasqayki raphiqa manam kanchu.</p>", "qu")
HUB = doc("Atelier", "<h1>Atelier Nord</h1><p>Drei Räume am Kanal, Ton und Holz, jeden Dienstag.</p>", "de")  # fmt: skip
CASES = [
    own("trio", "Not Found (trio)", "<h1>Not Found (trio)</h1><p>The trio met in Bergen and plays old ballads on three fiddles.</p>"),
    own("ja-song", "ページが見つかりません（曲）", "<h1>ページが見つかりません（楽曲）</h1><p>二枚目のシングルとして春に発売された。作詞は本人による。</p>"),
    own("play", "Gone", "<h1>Gone</h1><p>Gone was a play in two acts, first staged in Leeds.</p>"),
    own("nl", "“Pagina niet gevonden”", "<h1>“Pagina niet gevonden”: twintig jaar verloren adressen</h1><p>De bibliotheek telde alle verwijzingen in haar catalogus en schreef er een boekje over. Het ligt in de leeszaal.</p>"),
    own("ru", "Потерянные адреса", "<h1>«Страница не найдена»: как музей ищет старые адреса</h1><p>Сотрудники музея собрали тысячи открыток с адресами, которых больше нет на карте города.</p>"),
    page("doubt-de", "alive", "ok", DE),
    every("doubt-de-any", "broken", FOUND, DE),
    page("doubt-de-query", "uncertain", FOUND, DE, path="/rundschau?nr=12"),
    own("zh", "404是什么意思", "<h1>“404 Not Found”是什么意思</h1><p>图书馆的读者常问：找不到所请求的页面时该怎么办。馆员写了一份说明。</p>"),
    # languages that nobody wrote a phrase for: told by sameness alone
    every("doubt-quechua", "broken", ANY, QU),
    own("quechua-own", "Kamachiq", "<h1>Llaqta raphi</h1><p>Maskasqayki raphiqa kaypim kachkan.</p>"),
    every("doubt-hub", "broken", ANY, HUB),
    every("doubt-hub-front", "alive", "ok", HUB, path="/index.html"),
    every("doubt-hub-home", "alive", "ok", HUB, path="/de/home"),
    every("doubt-filled-later", "uncertain", ANY, HUB.replace("<main>", "<main id=root>")),
    # what servers write themselves
    page("doubt-aspnet", "broken", TEXT, "<html><head><title>Runtime fault</title></head><body><h1>Server Error in '/archiv' Application.</h1><h2><i>The resource cannot be found.</i></h2><b>Description: </b>HTTP 404. The resource you are looking for could have been removed.<b>Requested URL: </b>/archiv/x.aspx</body></html>"),
    page("doubt-iis", "broken", FOUND, "<html><head><title>IIS 8.5 Detailed Error - 404.0 - Not Found</title></head><body><h2>HTTP Error 404.0 - Not Found</h2><h3>The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.</h3></body></html>"),
    # languages of fewer sites, on servers that answer 404 to made-up addresses
    page("doubt-sl", "broken", FOUND, doc("Ministrstvo", "<h1>Stran ne obstaja</h1><p>Preverite naslov.</p>", "sl")),
    page("doubt-eu", "broken", FOUND, doc("Udala", "<h1>Orria ez da aurkitu</h1>", "eu")),
    page("doubt-az", "broken", TEXT, doc("Nazirlik", "<p>Axtardığınız səhifə artıq mövcud deyil.</p>", "az")),
    page("doubt-ur", "broken", TEXT, doc("وزارت", "<p>مطلوبہ صفحہ اب موجود نہیں ہے۔</p>", "ur")),
    page("doubt-blog", "broken", TEXT, doc("Reisen", "<p>Sorry, the page you wanted in this blog does not exist.</p>")),
    # a front page's address with a page's number is that page
    way("doubt-numbered", "alive", "ok-elsewhere", ("/rede/1999/eins.html", to("/?p=4711")),
        ("/?p=4711", to("/index.php?page_id=4711")), ("/index.php?page_id=4711", page("", "", "", doc("Rede", "<h1>Rede</h1><p>" + "Das Wort hat der Abgeordnete. " * 30)).answers["/press/2014/annual-report.html"])),
]  # fmt: skip

"""Pages that come with 200 and say, each in its server's manner, that there is nothing."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_web import LINK, Case, every, page

MENU = (
    "<ul class=menu-list>"
    + "".join(
        f"<li><a href=/s{n}>{name}</a>"
        for n, name in enumerate(
            [
                "Home",
                "About the Ministry",
                "Press Room",
                "Publications",
                "Treaties",
                "Careers",
                "Visas",
            ]
            * 9
        )
    )
    + "</ul>"
)
NEWS = "".join(
    f"<div class=teaser><a href=/n{n}>Minister receives ambassador number {n}</a>"
    "<p>The Minister today received the ambassador, who presented the copies of his credentials. "
    "Both sides spoke about trade, culture and the coming visit of the delegation.</div>"
    for n in range(8)
)


def framed(title: str, main: str) -> str:
    """Return a page in a site's frame without any of the tags that say what is frame."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><div id=top><a href=/>"
        f"<img src=/logo.png alt=Logo></a></div><div class=mnu>{MENU}</div><div class=wrap>"
        f"<div class=inner>{main}</div></div><div class=foot>{MENU}<p>All rights reserved.</div>"
        "</body></html>"
    )


def gone(name: str, body: str | bytes, *headers: str, reason: str = "", **more: str) -> Case:
    return page(name, "broken", reason or "says-not-found", body, *headers, **more)


TEXT = "text-says-not-found"

SERVERS = [
    gone("apache-doc", "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\"><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1><p>The requested URL /press/2014/annual-report.html was not found on this server.</p><hr><address>Apache/2.4.6 (CentOS) Server at www Port 80</address></body></html>"),
    gone("iis-detailed", "<html><head><title>IIS 10.0 Detailed Error - 404.0 - Not Found</title></head><body><div id=header><h1>Server Error in Application</h1></div><div id=content><h3>HTTP Error 404.0 - Not Found</h3><h4>The resource you are looking for has been removed, had its name changed, or is temporarily unavailable.</h4></div></body></html>"),
    gone("iis-old", "<HTML><HEAD><TITLE>The page cannot be found</TITLE></HEAD><BODY><TABLE width=500><TR><TD><h1>The page cannot be found</h1>The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.<hr><p>Please try the following:</p><ul><li>Make sure that the Web site address displayed in the address bar of your browser is spelled and formatted correctly.</li><li>Click the Back button to try another link.</li></ul><h2>HTTP Error 404 - File or directory not found.<br>Internet Information Services (IIS)</h2></TD></TR></TABLE></BODY></HTML>"),
    gone("tomcat", "<!doctype html><html lang=en><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1><hr class=line /><p><b>Type</b> Status Report</p><p><b>Message</b> The requested resource [&#47;press] is not available</p><p><b>Description</b> The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.</p><h3>Apache Tomcat/9.0.31</h3></body></html>"),
    gone("coldfusion", "<html><head><title>Error Occurred While Processing Request</title></head><body><h1>Error Occurred While Processing Request</h1><h2>File not found: /press/2014/annual-report.cfm</h2><p>The specified CFML file could not be found.</p></body></html>", reason=TEXT),
    gone("express", "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot GET /press/2014/annual-report.html</pre></body></html>", reason=TEXT),
    gone("php-fpm", "No input file specified.\n", reason=TEXT),
    gone("go-server", "404 page not found\n", "Content-Type: text/plain; charset=utf-8", reason=TEXT),
    gone("s3-key", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>annual-report.pdf</Key><RequestId>4442587FB7D0A2F9</RequestId></Error>", "Content-Type: application/xml", reason=TEXT),
    gone("api-json", '{"timestamp":"2024-01-02T10:00:00Z","status":404,"error":"Not Found","path":"/press"}', "Content-Type: application/json", reason=TEXT),
    gone("gone-410", "<html><head><title>410 Gone</title></head><body><center><h1>410 Gone</h1></center><hr><center>nginx</center></body></html>"),
    gone("lotus", "<html><head><title>HTTP Web Server: Lotus Notes Exception - Entry not found in index</title></head><body><h1>Error 404</h1>HTTP Web Server: Lotus Notes Exception - Entry not found in index</body></html>"),
    gone("oracle-portal", "<html><head><title>Portal</title></head><body><p>Error: The page you are trying to access does not exist or you do not have access to it. (WWC-00000)</p></body></html>", reason=TEXT),
]  # fmt: skip

SYSTEMS = [
    gone("wordpress", framed("Page not found – Ministry of Trade", "<h1 class=page-title>Oops! That page can&rsquo;t be found.</h1><p>It looks like nothing was found at this location. Maybe try one of the links below or a search?</p>" + NEWS)),
    gone("wordpress-search", framed("Ministry of Trade", "<h1 class=page-title>Nothing Found</h1><p>It seems we can&rsquo;t find what you&rsquo;re looking for. Perhaps searching can help.</p>")),
    gone("drupal", framed("Page not found | Agency for Development", "<h1>Page not found</h1><p>The requested page could not be found.</p>" + NEWS)),
    gone("drupal-h2", "<html><head><title>Agency</title></head><body><h1 class=site-name>Agency for Development</h1><h2>Page not found</h2><div>The requested page \"/press/2014/annual-report.html\" could not be found.</div></body></html>", reason=TEXT),
    gone("joomla", "<html><head><title>404 - Error: 404</title></head><body><div class=error><div id=outline><div id=errorboxheader>404 - Category not found</div><div id=errorboxbody><p><strong>You may not be able to visit this page because of:</strong></p><ol><li>an <strong>out-of-date bookmark/favourite</strong></li><li>a search engine that has an <strong>out-of-date listing for this site</strong></li><li>a <strong>mistyped address</strong></li></ol></div></div></div></body></html>"),
    gone("joomla-article", framed("Article not found", "<p>The article you requested is not in our database.</p>")),
    gone("typo3", framed("Ministerium", "<h1>Fehler 404</h1><p>Die von Ihnen aufgerufene Seite konnte leider nicht gefunden werden.</p>")),
    gone("sharepoint", "<html><head><title>Page not found</title></head><body><form action=/_layouts/15/x.aspx><h1>Sorry, something went wrong</h1><p>The page you're looking for doesn't exist.</p><a href=#>Technical Details</a></form></body></html>"),
    gone("mediawiki", framed("Annual report 2014 - Archivwiki", "<h1>Annual report 2014</h1><div class=noarticletext><p>There is currently no text in this page. You can search for this page title in other pages, search the related logs, or create this page.</p></div>"), reason=TEXT),
    gone("github-pages", "<html><head><title>Site not found &middot; GitHub Pages</title></head><body><h1>404</h1><p><strong>There isn't a GitHub Pages site here.</strong></p><p>If you're trying to publish one, read the full documentation.</p></body></html>"),
    gone("drive-file", "<html><head><title>Google Drive - Page Not Found</title></head><body><p>Sorry, the file you have requested does not exist.</p><p>Make sure that you have the correct URL and the file exists.</p></body></html>"),
    gone("drive-trash", "<html><head><title>Google Drive</title></head><body><p>The file is in owner's trash</p><p>The owner may have deleted it.</p></body></html>", reason=TEXT),
    gone("youtube-removed", "<html><head><title> - YouTube</title></head><body><script>var ytInitialPlayerResponse = {\"playabilityStatus\":{\"status\":\"ERROR\",\"reason\":\"Video unavailable\"}};</script><div id=player></div><div id=footer>About Press Copyright Contact us Creators</div></body></html>", reason=TEXT, path="/watch?v=dQw4w9WgXcQ", host="www.youtube.com"),
    gone("youtube-text", "<html><head><title>YouTube</title></head><body><div class=message>This video is no longer available because the YouTube account associated with this video has been terminated.</div></body></html>", reason=TEXT),
    gone("vimeo", "<html><head><title>VimeUhOh</title></head><body><h1>Sorry, we couldn’t find that page</h1><p>Here are some videos you might like.</p></body></html>"),
    gone("twitter", "<html><head><title>Profile / X</title></head><body><div>Hmm...this page doesn’t exist. Try searching for something else.</div></body></html>", reason=TEXT),
    gone("twitter-account", "<html><head><title>X</title></head><body><div><span>This account doesn’t exist</span> <span>Try searching for another.</span></div></body></html>", reason=TEXT),
    gone("wix", "<html><head><title>Error 404 | page</title></head><body><h1>Error ConnectYourDomain occurred</h1><p>Looks Like This Domain Isn't Connected To A Website Yet</p></body></html>"),
]  # fmt: skip

OFFICES = [
    gone("state-404", framed("404 - United States Department of State", "<h1>404 Error</h1><p>The page you are looking for may have been moved, or its address has changed. Visitors may wish to search for archived content at 2009-2017.state.gov.</p>")),
    gone("state-old", "<html><head><title>U.S. Department of State</title></head><body><div id=archivebanner>ARCHIVED CONTENT: links may not function.</div><table><tr><td><b>Sorry!</b> We are unable to locate the document you requested. Please check the address.</td></tr></table></body></html>", reason=TEXT),
    gone("usaid", framed("We can't find that page | Archive - U.S. Agency for International Development", "<h1>We can't find that page</h1><p>The page you are looking for may no longer exist, or may have been moved to a new location.</p>")),
    gone("un-es", framed("Página no encontrada | Naciones Unidas", "<h1>Página no encontrada</h1><p>La página solicitada no existe.</p>")),
    gone("un-fr", framed("Nations Unies", "<h1>Page non trouvée</h1><p>La page demandée n'a pas pu être trouvée.</p>")),
    gone("un-ar", framed("الأمم المتحدة", "<h1>لم يتم العثور على الصفحة</h1><p>تعذر العثور على الصفحة المطلوبة.</p>")),
    gone("un-ru", framed("Организация Объединенных Наций", "<h1>Страница не найдена</h1><p>Запрошенная страница не найдена.</p>")),
    gone("un-zh", framed("联合国", "<h1>未找到该页面</h1><p>抱歉,您请求的页面未找到。</p>")),
    gone("embassy-pt", framed("Embaixada", "<h1>Ops!</h1><p>A página que você está procurando não foi encontrada.</p>"), reason=TEXT),
    gone("moved-notice", framed("Office of Records", "<h1>This page has moved</h1><p>Our site was redesigned and the page you requested is no longer at this address. Please update your bookmarks or use the search.</p>")),
    gone("removed-notice", framed("Office of Records", "<p>The page you requested has been removed from this site.</p>"), reason=TEXT),
    gone("archived-notice", framed("Office of Records", "<p>The page you requested has been archived and is no longer available on this site.</p>"), reason=TEXT),
    gone("retired", framed("Content retired", "<h1>Content retired</h1><p>The document you are trying to reach has been retired and is no longer available.</p>"), reason=TEXT),
    gone("webmaster", "<html><head><title>Welcome</title></head><body><p>You have reached this page because the link you followed is outdated or broken. Please notify the webmaster.</p></body></html>", reason=TEXT),
    gone("cross-picture", "<html><head><title>404</title></head><body><img src=/img/404.png alt=''><p><a href=/>Back</a></body></html>"),
    gone("tiny", "<h1>Not Found</h1>"),
    gone("long-frame", "<html><head><title>Page Not Found | Department</title></head><body>" + MENU + "<div><h1>Page Not Found</h1><p>The page you requested could not be found. Here is the latest news.</p></div>" + NEWS * 3 + "</body></html>"),
]  # fmt: skip

PAPERS = [
    gone("paper-es", framed("El Diario", "<h1>Lo sentimos</h1><p>La noticia que busca ya no está disponible.</p>"), reason=TEXT),
    gone("paper-fr", framed("Le Journal", "<h1>Désolé</h1><p>L'article que vous recherchez n'est plus disponible ou n'existe pas.</p>"), reason=TEXT),
    gone("paper-fr-404", framed("Erreur 404 - Le Journal", "<h1>Erreur 404</h1><p>Nous n'avons pas trouvé la page que vous cherchez.</p>")),
    gone("paper-de", framed("Die Zeitung", "<p>Dieser Artikel ist leider nicht mehr verfügbar.</p>"), reason=TEXT),
    gone("paper-ru", framed("Газета", "<p>К сожалению, запрашиваемый вами материал удалён или перемещён.</p>"), reason=TEXT),
    gone("paper-ru-1251", "<html><head><title>Ошибка 404</title></head><body><p>Такой страницы не существует".encode("cp1251"), "Content-Type: text/html; charset=windows-1251"),
    gone("paper-zh", framed("新闻网", "<p>对不起，您要查看的新闻不存在或已被删除。</p>"), reason=TEXT),
    gone("paper-zh-gb", "<html><head><meta charset=gb2312><title>提示信息</title></head><body><p>很抱歉，您要访问的页面不存在！".encode("gb18030"), "Content-Type: text/html", reason=TEXT),
    gone("paper-pt", framed("Jornal", "<h1>Erro 404</h1><p>A notícia que procura já não existe.</p>")),
    gone("paper-ja", framed("新聞デジタル", "<p>お探しの記事は見つかりませんでした。記事の掲載期間が終了したか、URLが間違っている可能性があります。</p>"), reason=TEXT),
    gone("paper-ja-title", framed("指定されたページが見つかりません：新聞", "<p>URLをご確認ください。</p>")),
    gone("paper-ko", framed("일보", "<p>삭제되었거나 존재하지 않는 기사입니다.</p>"), reason=TEXT),
    gone("paper-ko-page", framed("안내", "<h1>요청하신 페이지를 찾을 수 없습니다.</h1><p>입력하신 주소가 정확한지 다시 한번 확인해 주시기 바랍니다.</p>")),
    gone("paper-ar", framed("الجريدة", "<p>عذرا، الصفحة التي طلبتها غير موجودة أو تم حذفها.</p>"), reason=TEXT),
    gone("paper-it", framed("Giornale", "<h1>Spiacenti</h1><p>La pagina che stai cercando non esiste o è stata spostata.</p>"), reason=TEXT),
    gone("story-expired", framed("Daily News", "<h1>Story no longer available</h1><p>This story has expired from our website. Wire stories are kept for 30 days.</p>")),
]  # fmt: skip

WELCOME = framed("Widget Association", "<h1>Welcome to the Widget Association</h1><p>We bring together makers of widgets from forty countries. Use the menu to find your way around our new site, or contact us by telephone.</p>")  # fmt: skip

RANDOM = [
    every("catch-all-home", "broken", "same-as-random", WELCOME),
    every("catch-all-search", "broken", "same-as-random", framed("Search", "<h1>Search our site</h1><p>Enter a word to search for in the documents of this office.</p>")),
    page("home-like-but-own", "alive", "ok", WELCOME, path=LINK),
]  # fmt: skip

CASES = [*SERVERS, *SYSTEMS, *OFFICES, *PAPERS, *RANDOM]

"""Behaviours written after the rules, at addresses that name them: which must not matter."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_again import L, doc
from behaviours.pages_web import Answer, Case, page, to, way

ART = Answer(doc("Trade figures", "<h1>Trade figures</h1><p>" + L * 3 + "</p>"))
HOME = Answer(doc("Example Corp", "<h1>Welcome</h1><p>" + L + "</p>"))


def case(name: str, plain: str, reason: str, body: str | bytes, *headers: str) -> Case:
    return page(f"later-{name}", plain, reason, body, *headers, path=f"/{name}")


WAYS = [
    way("later-homehome", "alive", "moved", ("/home", to("/", "301 Moved")), ("/", HOME)),
    way("later-homeinicio", "alive", "moved", ("/inicio", to("/", "301 Moved")), ("/", HOME)),
    way("later-homeaccueil", "alive", "moved", ("/accueil", to("/", "301 Moved")), ("/", HOME)),
    way("later-homestartseite-html", "alive", "moved", ("/startseite.html", to("/", "301 Moved")), ("/", HOME)),
    way("later-homewelcome-html", "alive", "moved", ("/welcome.html", to("/", "301 Moved")), ("/", HOME)),
    way("later-homedefault-aspx", "alive", "moved", ("/Default.aspx", to("/", "301 Moved")), ("/", HOME)),
    way("later-homeportal", "alive", "moved", ("/portal", to("/", "301 Moved")), ("/", HOME)),
    way("later-dir-to-root", "uncertain", "redirect-to-root", ('/docs/',to('/')),('/',HOME)),
    way("later-query-to-root", "broken", "redirect-to-root", ('/article.php?id=77',to('/')),('/',HOME)),
    way("later-to-www-root", "broken", "redirect-to-root", ('/docs/paper.pdf',to('http://www.later-to-www-root.test:{port}/')),('//www.later-to-www-root.test/',HOME)),
    way("later-root-other", "alive", "moved-other-site", ('/',to('http://new-name.test:{port}/welcome','301 Moved')),('//new-name.test/welcome',HOME)),
    way("later-path-other", "alive", "ok-elsewhere", ('/docs/paper',to('http://docs.new-name2.test:{port}/paper')),('//docs.new-name2.test/paper',ART)),
    way("later-error-404q", "broken", "redirect-to-error-page", ('/docs/x',to('/error?code=404')),('/error',Answer(doc('Error','<h1>Error</h1>')))),
    way("later-notfound-path", "broken", "redirect-to-error-page", ('/docs/x',to('/not-found')),('/not-found',Answer(doc('Example','<h1>Hm</h1>')))),
    way("later-notfound-path2", "broken", "redirect-to-error-page", ('/docs/x',to('/en/notfound/')),('/en/notfound/',Answer(doc('Example','<h1>Hm</h1>')))),
    way("later-errorhtml", "broken", "redirect-to-error-page", ('/docs/x',to('/404-error.html')),('/404-error.html',Answer(doc('Example','<h1>Hm</h1>')))),
    way("later-oops", "uncertain", "redirect-to-error", ('/docs/x',to('/oops')),('/oops',Answer(doc('Example','<h1>Hm</h1>')))),
    way("later-login1", "uncertain", "login", ('/docs/x',to('/user/login?destination=docs/x')),('/user/login',Answer(doc('Log in','<form><input type=password></form>')))),
    way("later-login2", "uncertain", "login", ('/docs/x',to('/login.aspx')),('/login.aspx',Answer(doc('x','<p>x')))),
    way("later-login3", "uncertain", "login", ('/docs/x',to('http://login.later-login3.test:{port}/')),('//login.later-login3.test/',Answer(doc('Sign in','<h1>Sign in</h1>')))),
    way("later-login4", "uncertain", "login", ('/docs/x',to('/accounts/signin')),('/accounts/signin',Answer(doc('Sign in','<h1>Sign in</h1>')))),
    way("later-login5", "uncertain", "login", ('/docs/x',to('/cas/login?service=http://x/')),('/cas/login',Answer(doc('CAS','<h1>CAS</h1>')))),
    way("later-register", "uncertain", "login", ('/docs/x',to('/register?next=/docs/x')),('/register',Answer(doc('Register','<h1>Create an account</h1><form><input type=password></form>')))),
    way("later-paywall", "uncertain", "login", ('/docs/x',to('/subscribe?return=/docs/x')),('/subscribe',Answer(doc('Subscribe','<h1>Subscribe to continue reading</h1>')))),
    way("later-consent", "uncertain", "consent", ('/docs/x',to('http://consent.later-consent.test:{port}/m?continue=x')),('//consent.later-consent.test/m',Answer(doc('Before you continue','<h1>Before you continue</h1><p>Cookies.')))),
    way("later-geo", "alive", "ok-elsewhere", ('/docs/x',to('/us/docs/x')),('/us/docs/x',ART)),
    way("later-mobile", "alive", "ok-elsewhere", ('/docs/x',to('http://m.later-mobile.test:{port}/docs/x')),('//m.later-mobile.test/docs/x',ART)),
    way("later-session", "alive", "ok-elsewhere", ('/docs/x',to('/docs/x;jsessionid=1')),('/docs/x;jsessionid=1',ART)),
    way("later-html-to-php", "alive", "moved", ('/docs/x.html',to('/docs/x.php','301 M')),('/docs/x.php',ART)),
    way("later-cms-move", "alive", "moved", ('/docs/x.html',to('/node/4411','301 M')),('/node/4411',ART)),
    way("later-maint", "uncertain", "site-paused", ('/docs/x',to('/maintenance.html')),('/maintenance.html',Answer(doc('Maintenance','<h1>Maintenance</h1><p>Back soon</p>')))),
    way("later-parkedrefresh", "broken", "redirect-to-parking", ('/docs/x',Answer("<meta http-equiv=refresh content='0;url=http://www.sedoparking.com:{port}/x'>")),('//www.sedoparking.com/x',Answer('<h1>x</h1>'))),
    way("later-js-parked", "broken", "parked", ('/docs/x',Answer("<script>window.location='http://ww16.later-js-parked.test:{port}/docs/x?sub1=2'</script>")),('//ww16.later-js-parked.test/docs/x',Answer('<html><title>t</title><script src=http://c.parkingcrew.net/x.js></script>'))),
    way("later-mr-ok", "alive", "ok-elsewhere", ('/docs/x',Answer("<html><head><META HTTP-EQUIV=REFRESH CONTENT='3;URL=y'></head><body>This page has moved. You will be redirected.")),('/docs/y',ART)),
    way("later-mr-root", "broken", "redirect-to-root", ('/docs/x',Answer("<html><head><META HTTP-EQUIV=REFRESH CONTENT='0;URL=/'></head><body>")),('/',HOME)),
    way("later-mr-30", "alive", "ok", ('/docs/x',Answer(doc('Live','<h1>Live</h1><p>'+L).replace('<head>','<head><meta http-equiv=refresh content="30;url=/docs/x?r=1">')))),
    way("later-mr-10-dead", "broken", "text-says-not-found", ('/docs/x',Answer("<html><head><title>Moved</title><meta http-equiv=refresh content='10;url=/dead'></head><body>This page has moved, you will be taken there in 10 seconds.")),),
    way("later-js-nav-list", "alive", "ok", ('/docs/x',Answer("<html><head><title>List</title></head><body><select onchange=\"location.href='/dead'\"><option>1</select><p>List of offices</p></body></html>"))),
    way("later-js-click", "alive", "ok", ('/docs/x',Answer("<html><head><title>List</title><script>document.querySelector('a').addEventListener('click',function(){location.href='/dead'})</script></head><body><p>List of offices</p></body></html>"))),
]  # fmt: skip

PAGES = [
    case("soft404-en", "broken", "says-not-found", doc("Error", "<h1>Page Not Available</h1><p>The page you are looking for is not available.</p>")),
    case("soft404-es", "broken", "text-says-not-found", doc("Aviso", "<p>El contenido solicitado no está disponible.</p>")),
    case("soft404-fr", "broken", "says-not-found", doc("Erreur", "<h1>Contenu introuvable</h1><p>Le contenu demandé n’existe plus.</p>")),
    case("soft404-de", "broken", "text-says-not-found", doc("Fehler", "<p>Die gesuchte Seite existiert leider nicht (mehr).</p>")),
    case("soft404-ar", "broken", "text-says-not-found", doc("خطأ", "<p>الصفحة المطلوبة غير متوفرة</p>")),
    case("soft404-ru", "broken", "text-says-not-found", doc("Ошибка", "<p>Страница, которую вы ищете, не существует.</p>")),
    case("soft404-zh", "broken", "text-says-not-found", doc("错误", "<p>您访问的文章不存在</p>")),
    case("soft404-pt", "broken", "text-says-not-found", doc("Erro", "<p>Página não localizada</p>")),
    case("soft404-ja", "broken", "text-says-not-found", doc("エラー", "<p>該当するページが見つかりません。</p>")),
    case("soft404-ko", "broken", "text-says-not-found", doc("오류", "<p>해당 페이지가 존재하지 않습니다.</p>")),
    case("soft404-it", "broken", "text-says-not-found", doc("Errore", "<p>La pagina cercata non è disponibile.</p>")),
    case("soft404-sv", "broken", "text-says-not-found", doc("Fel", "<p>Sidan du söker kunde inte hittas.</p>")),
    case("soft404-vi", "broken", "text-says-not-found", doc("Lỗi", "<p>Trang bạn tìm không tồn tại.</p>")),
    case("soft404-hi", "broken", "says-not-found", doc("त्रुटि", "<h1>पृष्ठ नहीं मिला</h1><p></p>")),
    case("soft404-title-only", "broken", "says-not-found", doc('404 Not Found','')),
    case("soft-404-number", "broken", "says-not-found", doc('404','')),
    case("soft404-heading-only", "broken", "says-not-found", doc('Example','<h1>404 - Page Not Found</h1>')),
    case("page-not-found-200", "broken", "says-not-found", doc('Page Not Found','<h1>Page Not Found</h1><p>Try the home page.</p>')),
    case("soft404-plain-text", "broken", "text-says-not-found", 'Not Found','Content-Type: text/plain'),
    case("soft404-plain2", "broken", "text-says-not-found", 'The requested page was not found.','Content-Type: text/plain'),
    case("soft404-json", "broken", "text-says-not-found", '{"error":"not found"}','Content-Type: application/json'),
    case("soft404-json2", "broken", "text-says-not-found", '{"code":404,"message":"Resource not found"}','Content-Type: application/json'),
    case("alive-json", "alive", "ok", '{"found":true,"error":null}','Content-Type: application/json'),
    case("moved-text", "broken", "says-not-found", doc('Moved','<h1>Page moved</h1><p>The page you requested has moved. Please update your bookmarks.</p>')),
    case("archived-alive", "alive", "ok", doc('Archived: Fact sheet','<p>This is archived content and is not updated.</p><h1>Fact sheet</h1><p>'+L+'</p>')),
    case("error-500-body", "uncertain", "site-paused", doc('Error 500','<h1>500 Internal Server Error</h1>')),
    case("error-503-body", "uncertain", "site-paused", doc('503 Service Unavailable','<h1>Service Unavailable</h1>')),
    case("error-502-body", "uncertain", "site-paused", doc('502 Bad Gateway','<h1>502 Bad Gateway</h1><hr>nginx')),
    case("error-403-body", "uncertain", "challenge", doc('Error 403 - Forbidden','<h1>Error 403 - Forbidden</h1>')),
    case("error-401-body", "uncertain", "challenge", doc('401 Unauthorized','<h1>401 Unauthorized</h1>')),
    case("error-410-body", "broken", "says-not-found", doc('Error 410 - Gone','<h1>410 - Gone</h1>')),
    case("pixel", "alive", "ok", b'GIF89a\x01\x00\x01\x00\x80','Content-Type: image/gif'),
    case("pixel-for-pdf", "broken", "type-mismatch", b'GIF89a\x01\x00\x01\x00\x80','Content-Type: application/pdf'),
    case("pdf-trunc", "alive", "ok", b'%PDF-1.7\n'+bytes(50),'Content-Type: application/pdf'),
    case("html-as-text", "alive", "ok", doc('X','<p>'+L),'Content-Type: text/plain'),
    case("html-nosniff", "alive", "ok", doc('X','<p>'+L),'Content-Type: application/octet-stream'),
    case("pdf-with-login", "uncertain", "login", doc('Sign in','<h1>Sign in</h1><form><input type=password></form>'),'Content-Type: application/pdf'),
    case("xml-error", "broken", "text-says-not-found", '<?xml version="1.0"?><Error><Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message></Error>','Content-Type: application/xml'),
    case("whitespace", "alive", "ok-empty", '   \n\n  '),
    case("doctype-only", "alive", "ok-unsure", '<!DOCTYPE html>'),
    case("img-only", "alive", "ok-unsure", '<html><body><img src=scan.jpg></body></html>'),
    case("one-link", "alive", "ok", '<html><body><a href=/x.pdf>Download</a></body></html>'),
    case("links-only", "alive", "ok", '<html><head><title>Reports</title></head><body><ul>'+''.join(f'<li><a href=/r{i}>Report {i} of the year</a>' for i in range(30))+'</ul></body></html>'),
    case("dir-listing", "alive", "ok", '<html><head><title>Index of /dir-listing</title></head><body><h1>Index of /dir-listing</h1><a href=../>../</a> <a href=a.pdf>a.pdf</a></body></html>'),
    case("cf-rocket", "alive", "ok", doc('Report','<h1>Report</h1><p>'+L+'</p><script src=https://challenges.cloudflare.com/turnstile/v0/api.js></script><form action=/subscribe></form>')),
    case("hcaptcha-contact", "alive", "ok", doc('Contact us','<h1>Contact us</h1><p>Write to us with this form, or call 555-1234 from Monday to Friday between 9 and 17.</p><div class=h-captcha></div><script src=https://js.hcaptcha.com/1/api.js></script>')),
    case("newsletter-pw", "alive", "ok", doc('Yearly report','<h1>Yearly report</h1><p>'+L*4+'</p><input type=password>')),
]  # fmt: skip

CASES = [*WAYS, *PAGES]

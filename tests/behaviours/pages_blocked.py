"""Walls known by their structure or in other languages, blocks by states, and what looks so."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_alive import PROSE, alive
from behaviours.pages_missing import framed
from behaviours.pages_web import LINK, Answer, Case, page, to, way


def wall(name: str, body: str, *headers: str, reason: str = "challenge", **more: str) -> Case:
    return page(f"blocked-{name}", "uncertain", reason, body, *headers, **more)


def said(title: str, text: str, language: str = "en") -> str:
    return f"<!doctype html><html lang={language}><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"


SCRIPTED = [
    wall("jiasule", '<script>document.cookie="__jsl_clearance_s=17|-1|abc; path=/";location.href=location.pathname+location.search</script>', "Set-Cookie: __jsluid_s=00ff", status="521 Unknown"),
    wall("jiasule-masked", "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+'=1';location.href=location.pathname</script>", "Set-Cookie: __jsluid_h=00ff", status="521 Unknown"),
    wall("cookie-and-reload", '<html><script>document.cookie = "seen=9c1; path=/"; location.reload(true);</script></html>'),
    wall("cookie-and-form", '<html><body><form id=f method=post></form><script>document.cookie="v=1";document.getElementById("f").submit()</script></body></html>'),
    wall("refresh-only", "<html><head><title>Loading</title><meta http-equiv=refresh content=2></head><body>Stand by</body></html>"),
    wall("refresh-to-itself", f'<html><head><title>Moment</title><meta http-equiv=refresh content="0;url={LINK}"></head><body>We are sending you on</body></html>'),
    wall("aliyun", '<html><head><title>请稍后</title></head><body><div id=nc></div><p>请拖动滑块</p><script src="//g.alicdn.com/sd/ncpc/nc.js"></script></body></html>'),
    wall("aliyun-cookie", "<html><script>var arg1='4C1A';function reload(x){document.cookie='acw_sc__v2='+x;location.reload()}</script></html>"),
    wall("tencent", '<html><body><div id=cap></div><script src="https://turing.captcha.qcloud.com/TCaptcha.js"></script></body></html>'),
    wall("f5-script", '<html><head><script>window["bobcmn"] = "10111";window["failureConfig"]="x"</script><script src="/TSPD/08a?type=10"></script></head><body></body></html>'),
    wall("aws-token", "<html><head><script>window.gokuProps = {key: 'x'};</script></head><body><div id=challenge-container></div></body></html>"),
    wall("kasada", "<html><head></head><body><script>window.KPSDK={};KPSDK.now=Date.now</script></body></html>"),
    wall("ddos-guard", '<html><head><title>example.org</title></head><body><script src="/.well-known/ddos-guard/js-challenge/index.js"></script><p>Please allow up to 5 seconds</p></body></html>'),
    wall("qrator", '<html><body><script src="/__qrator/qauth_utm_v2.js"></script></body></html>'),
    wall("imunify", "<html><body><script>var wsidchk = 1+1;</script><p>One moment</p></body></html>"),
    way("blocked-siteground", "uncertain", "challenge", (LINK, Answer('<html><head><meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=x"></head></html>')), ("/.well-known/sgcaptcha/", Answer("<title>x</title><p>Please hold on"))),
    way("blocked-perfdrive", "uncertain", "challenge", (LINK, to("http://validate.perfdrive.com:{port}/f00?ssb=1")), ("//validate.perfdrive.com/f00", Answer(said("Bot Manager", "Solve it to go on.")))),
    way("blocked-cookie-test", "uncertain", "challenge", (LINK, to("/cookies-required.html")), ("/cookies-required.html", Answer(said("Your settings", "We could not store anything.")))),
]  # fmt: skip

TICKETS = [
    wall("fortinet", said("Web Page Blocked!", "The page cannot be displayed. Client IP: 10.0.0.9 Attack ID: 20000008 Message ID: 00771")),
    wall("fortinet-500", said("Server unavailable!", "This was blocked. Attack ID: 20000008"), status="500 Internal Server Error"),
    wall("f5-es", said("Petición denegada", "La dirección ha sido rechazada. ID de soporte: 4411887", "es")),
    wall("f5-pt", said("Aviso", "O acesso foi negado. ID de suporte: 99812", "pt")),
    wall("ticket-de", said("Hinweis", "Die Anfrage wurde abgelehnt. Vorgangsnummer 88-12-a", "de")),
    wall("ticket-vi", said("Thông báo", "Truy cập đã bị chặn. Event ID: 55fa01", "vi")),
    wall("ticket-nl", said("Melding", "Deze aanvraag is geweigerd. Incident ID: 1199", "nl")),
    wall("radware", said("Radware Captcha Page", "Something in your activity made us think that you are a bot.")),
    wall("imperva-incident", said("Error", "This page can't be displayed. Contact support for additional information. The incident ID is: N/A.")),
]  # fmt: skip

REFUSALS = [
    wall(f"refusal-{language}", said(title, text, language))
    for language, title, text in (
        ("ko", "웹 방화벽", "보안 정책에 따라 접속이 차단되었습니다."),
        ("id", "Akses Ditolak", "Hubungi pengelola situs."),
        ("tr", "Erişim reddedildi", "Lütfen yöneticiye başvurun."),
        ("pl", "Dostęp zabroniony", "Skontaktuj się z administratorem."),
        ("nl", "Toegang geweigerd", "Neem contact op met de beheerder."),
        ("sv", "Åtkomst nekad", "Kontakta administratören."),
        ("cs", "Přístup odepřen", "Kontaktujte správce."),
        ("hu", "Hozzáférés megtagadva", "Forduljon az üzemeltetőhöz."),
        ("ro", "Acces interzis", "Contactați administratorul."),
        ("el", "Δεν επιτρέπεται η πρόσβαση", "Επικοινωνήστε με τον διαχειριστή."),
        ("uk", "Доступ заборонено", "Зверніться до адміністратора."),
        ("vi", "Truy cập bị từ chối", "Vui lòng liên hệ quản trị viên."),
        ("th", "ปฏิเสธการเข้าถึง", "กรุณาติดต่อผู้ดูแลระบบ"),
        ("fa", "دسترسی غیرمجاز", "با مدیر سایت تماس بگیرید."),
        ("ar", "تم حظر الوصول", "اتصل بالمسؤول."),
        ("he", "הגישה נחסמה", "פנו למנהל האתר."),
        ("ja", "アクセス拒否", "管理者にお問い合わせください。"),
        ("zh", "访问被拦截", "请联系管理员。"),
        ("zh-tw", "拒絕存取", "請聯絡管理員。"),
    )
] + [
    wall("plain-denied", "Access denied.", "Content-Type: text/plain"),
    wall("bare-forbidden", "Forbidden"),
    wall("forbidden-pt", said("Forbidden", "O seu pedido foi recusado pelo sistema de segurança deste portal.", "pt")),
    wall("blocked-tr", said("Blocked", "Bu adrese yapılan istek güvenlik nedeniyle engellendi, lütfen bekleyin.", "tr")),
    page("blocked-back-soon", "uncertain", "site-paused", said("Maintenance", "We have closed for the evening to do some work and will be back tomorrow.")),
    wall("unusual-fr", said("Un instant", "Nous avons détecté une activité inhabituelle.", "fr")),
    wall("unusual-ru", said("Проверка", "Мы видим подозрительную активность с вашего адреса.", "ru")),
    wall("masked", "<html><head><title>x</title></head><body><script>eval(function(p,a,c,k,e,d){return p}('0 1',2))</script></body></html>"),
    wall("cookies-off", said("Cookies", "Cookies must be enabled to read this site.")),
]  # fmt: skip


def withheld(name: str, body: str) -> Case:
    return wall(name, body, reason="withheld")


STATES = [
    withheld("turkey", said("Bilgi", "Bu siteye mahkeme kararıyla erişim engellenmiştir.", "tr")),
    withheld("indonesia", said("Mohon maaf", "Situs yang Anda tuju tidak dapat diakses karena peraturan.", "id")),
    withheld("russia", said("Внимание", "Доступ к информационному ресурсу ограничен на основании закона № 149-ФЗ.", "ru")),
    withheld("india", said("Notice", "The website has been blocked as per the directions received from the Department of Telecommunications.")),
    withheld("korea", said("안내", "불법·유해 정보(사이트)에 대한 차단 안내입니다.", "ko")),
    withheld("iran", said("پیام", "دسترسی به تارنمای فراخوانده شده امکان پذیر نمی باشد.", "fa")),
    withheld("court-it", said("Avviso", "Sito sottoposto a sequestro dalla Guardia di Finanza.", "it")),
    withheld("thailand", said("ประกาศ", "เว็บไซต์นี้ถูกระงับโดยคำสั่งศาล", "th")),
    withheld("france", said("Stop", "Vous avez été redirigé vers cette page du ministère de l’Intérieur.", "fr")),
    withheld("russia-2", said("Внимание", "Доступ к ресурсу заблокирован на основании закона.", "ru")),
    wall("iran-frame", '<html><head><title>M5-4</title></head><body><iframe src="http://10.10.34.34?type=Invalid Site&policy=MainPolicy" width=100%></iframe></body></html>'),
    way("blocked-korea-host", "uncertain", "withheld", (LINK, to("http://www.warning.or.kr:{port}/i3.html")), ("//www.warning.or.kr/i3.html", Answer(said("안내", "이 사이트는 열 수 없습니다.")))),
    way("blocked-iran-host", "uncertain", "withheld", (LINK, to("http://10.10.34.35:{port}/?type=x"))),
    way("blocked-notice-gone", "uncertain", "withheld", (LINK, to("http://internetpositif.provider.test:{port}/")), ("//internetpositif.provider.test/", Answer("", "404 Not Found"))),
    way("blocked-provider", "uncertain", "withheld", (LINK, to("http://blocked.provider.test:{port}/?u=1")), ("//blocked.provider.test/", Answer(said("Page", "Ask us why.")))),
]  # fmt: skip

FAULTS = [
    page(f"fault-{name}", "uncertain", "site-paused", body)
    for name, body in (
        ("oracle", "<html><p>ORA-12505: TNS:listener does not currently know of SID</p></html>"),
        ("pdo", "<p>SQLSTATE[HY000] [2002] No such file or directory</p>"),
        ("ole", said("Error", "Microsoft OLE DB Provider for SQL Server error '80004005' /old.asp, line 7")),
        ("java", said("Oops", "java.lang.NullPointerException at org.apache.jsp.index_jsp(index_jsp.java:88)")),
        ("python", "<pre>Traceback (most recent call last): File \"/srv/app.py\", line 3</pre>"),
        ("proxy", "upstream connect error or disconnect/reset before headers"),
    )
]  # fmt: skip

LIVING = [
    alive(f"living-{name}", framed(title, f"<h1>{heading}</h1><p>{text}</p>"))
    for name, title, heading, text in (
        ("question", "Are you human?", "Are you human?", "Song for two voices, by A. B. The river asked me once, the river went on."),
        ("panel", "Are you a robot? Machines and morals", "Are you a robot?", "Lecture in hall 4. Please verify your seat with the porter."),
        ("opening", "New library: coming soon", "New library opens soon", "It is still under construction and opens in March."),
        ("parking", "Domain parking - Lexicon", "Domain parking", f"Such a page may say that this domain is for sale. {PROSE} {PROSE} {PROSE}"),
        ("sale", "The trade in names: &quot;This domain is for sale&quot;", "&quot;This domain is for sale&quot;", f"Buy this domain, it says. {PROSE} {PROSE} {PROSE}"),
        ("denied", "Access denied to observers, mission says", "Access denied to observers, mission says", f"They were blocked at the gate. {PROSE}"),
        ("censored", "Court lifts its ban", "Court lifts its ban", f"The site was blocked by court order for a year. {PROSE} {PROSE} {PROSE}"),
        ("novel", "Forbidden", "Forbidden", "A novel by C. D. from 2004; copies are lent by the library in town."),
        ("play", "Please wait - theatre", "Please wait", "A farce in two acts. Tickets from the box office in June."),
        ("lexicon", "Captcha", "Captcha", "Captchas keep robots from forms. This entry of the lexicon is of 2011."),
        ("film", "Offline", "Offline", "A film by E. F., 90 minutes, on Friday in the town hall."),
        ("thriller", "Server error: a thriller", "Server error", "A thriller by G. H. with 300 pages, out in May."),
        ("lifts", "Maintenance", "Maintenance of lifts", "Rules of 2004 for lifts in public buildings."),
        ("street-art", "Unauthorized", "Unauthorized", "An exhibition of street art, daily from ten to six."),
        ("rumours", "Bot detected", "Bot detected", "How a net of accounts spread rumours before the vote."),
        ("council", "Sanctions: request rejected", "Request rejected", "The council rejected the request of a member. Document number 44."),
        ("roads", "Blocked roads in the north", "Blocked roads", "After snow three passes are blocked. Case number 12 of this winter."),
        ("cookie-policy", "Cookies", "Cookie policy", "We use cookies to count visits. Cookies are required for the shop only; turn them off if you like."),
        ("tickets", "Refunds", "Refunds", f"Give your case ID 4711 where a card was rejected. {PROSE} {PROSE}"),
        ("fault", "Release notes", "Release notes", f"Fixed: ORA-12541: TNS:no listener is told apart now. {PROSE}"),
    )
] + [
    alive("living-live-figures", "<meta http-equiv=refresh content=5><title>River levels</title><h1>River levels</h1><p>Bridge 2.1 m, lock 1.8 m."),
    way("living-block", "alive", "ok-elsewhere", (LINK, to("/block")), ("/block", Answer(framed("Our town block", f"<h1>Our town block</h1><p>{PROSE} {PROSE}")))),
]  # fmt: skip

PARKED = [
    page("parked-script-no-spaces", "broken", "parked", '<html><head><title>example.org</title></head><body><div id=target style="opacity: 0"></div><script>window.park="eyJ1";</script><script src=/bx.js></script></body></html>'),
    page("parked-long-offer", "broken", "parked", said("parked-long-offer.test", f"This domain is for sale: parked-long-offer.test is a name to remember. {PROSE} {PROSE}")),
]  # fmt: skip

CASES = [*SCRIPTED, *TICKETS, *REFUSALS, *STATES, *FAULTS, *LIVING, *PARKED]

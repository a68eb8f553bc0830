"""Pages that stand between a reader and what was asked for: nothing can be said of the link."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_missing import framed
from behaviours.pages_web import Answer, Case, page, to, way


def unsure(name: str, reason: str, body: str, *headers: str, **more: str) -> Case:
    return page(name, "uncertain", reason, body, *headers, **more)


FORBIDDEN = "403 Forbidden"
CHALLENGES = [
    unsure("cloudflare-403", "challenge", "<!DOCTYPE html><html lang=en-US><head><title>Just a moment...</title></head><body><noscript><div class=h2>Enable JavaScript and cookies to continue</div></noscript><script>(function(){window._cf_chl_opt={cvId:'3'};}())</script></body></html>", "Server: cloudflare", "cf-mitigated: challenge", status=FORBIDDEN),
    unsure("cloudflare-200", "challenge", "<html><head><title>www.example.org</title></head><body><h1>www.example.org</h1><p>Verifying you are human. This may take a few seconds.</p></body></html>"),
    unsure("cloudflare-de", "challenge", "<html><head><title>Nur einen Moment …</title></head><body><h1>site</h1><p>Überprüfung, ob Sie ein Mensch sind</p><script>window._cf_chl_opt={}</script></body></html>"),
    unsure("cloudflare-1020", "challenge", "<html><head><title>Access denied | www.example.org used Cloudflare to restrict access</title></head><body><h1>Error 1020</h1><p>You do not have access. The site owner may have set restrictions.</p></body></html>"),
    unsure("cloudflare-403-blocked", "challenge", "<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1><h2>You are unable to access example.org</h2></body></html>", status=FORBIDDEN),
    unsure("akamai-403", "challenge", "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access \"http&#58;&#47;&#47;www&#46;example&#46;org\" on this server.<P>Reference&#32;&#35;18&#46;2d351ab8</BODY></HTML>", status=FORBIDDEN),
    unsure("aws-waf-202", "challenge", "<html><head><title></title></head><body><script src=https://abc.token.awswaf.com/abc/challenge.js></script><div id=challenge-container></div></body></html>", "x-amzn-waf-action: challenge", status="202 Accepted"),
    unsure("cloudfront-403", "http-403", "<HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 ERROR</H1><H2>The request could not be satisfied.</H2><HR>Request blocked. We can't connect to the server for this app or website at this time.</BODY></HTML>", status=FORBIDDEN),
    unsure("imperva", "challenge", "<html><head><META NAME=robots CONTENT=noindex></head><body><iframe id=main-iframe src='/_Incapsula_Resource?SWUDNSAI=31'>Request unsuccessful. Incapsula incident ID: 877000</iframe></body></html>"),
    unsure("datadome", "challenge", "<html><head><title>example.org</title></head><body><p id=cmsg>Please enable JS and disable any ad blocker</p><script data-cfasync=false>var dd={'host':'geo.captcha-delivery.com'}</script></body></html>", status=FORBIDDEN),
    unsure("perimeterx", "challenge", "<html><head><title>Access to this page has been denied</title></head><body><div id=px-captcha></div><p>Press &amp; Hold to confirm you are a human (and not a bot).</p></body></html>"),
    unsure("sucuri", "challenge", "<html><head><title>Sucuri WebSite Firewall - Access Denied</title></head><body><h1>Access Denied - Sucuri Website Firewall</h1><p>Block reason: Bad bot</p></body></html>", status=FORBIDDEN),
    unsure("sucuri-js", "challenge", "<html><title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>var s={},u,c,U,r,i,l=0,a,e=eval,w=String.fromCharCode,sucuri_cloudproxy_js='',S='cz0i';</script></html>"),
    unsure("unusual-traffic", "challenge", "<html><head><title>https://www.example.org/search</title></head><body><p>About this page</p><p>Our systems have detected unusual traffic from your computer network. This page checks to see if it's really you sending the requests, and not a robot.</p></body></html>"),
    unsure("captcha-form", "challenge", "<html><head><title>example.org</title></head><body><form action=/verify><p>To continue, please type the characters below:</p><img src=/captcha.jpg><input name=captcha></form></body></html>"),
    unsure("recaptcha-only", "challenge", "<html><head><title>Verification</title></head><body><form><div class=g-recaptcha data-sitekey=x></div></form><script src=https://www.google.com/recaptcha/api.js></script></body></html>"),
    unsure("enable-js", "challenge", "<html><head><title>example.org</title></head><body><p>Please enable JavaScript and cookies to view this page.</p></body></html>"),
    unsure("browser-check-ru", "challenge", "<html><head><title>Проверка браузера</title></head><body><p>Проверка браузера перед переходом на сайт. Подождите несколько секунд.</p></body></html>"),
    unsure("captcha-es", "challenge", "<html><head><title>Verificación de seguridad</title></head><body><p>Confirme que no es un robot.</p></body></html>"),
    unsure("captcha-fr", "challenge", "<html><head><title>Vérification</title></head><body><p>Veuillez confirmer que vous n’êtes pas un robot.</p></body></html>"),
    unsure("waf-de", "challenge", "<html><head><title>Zugriff verweigert</title></head><body><h1>Zugriff verweigert</h1><p>Ihre Anfrage wurde blockiert.</p></body></html>"),
    unsure("waf-zh", "challenge", "<html><head><title>405</title></head><body><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p></body></html>"),
    unsure("forbidden-200", "challenge", "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>"),
    unsure("rate-limit-200", "challenge", "<html><head><title>Rate limited</title></head><body><h1>Too Many Requests</h1><p>You have sent too many requests. Try again later.</p></body></html>"),
    unsure("geo-block", "challenge", "<html><head><title>Not available</title></head><body><p>Sorry, this content is not available in your region.</p></body></html>"),
    unsure("gdpr-451", "http-451", "<html><head><title>451: Unavailable due to legal reasons</title></head><body><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area.</p></body></html>", status="451 Unavailable For Legal Reasons"),
    unsure("linkedin", "http-999", "<html><head><script>window.onload=function(){var trk='bf';}</script></head></html>", status="999 Request denied"),
    unsure("s3-denied", "http-403", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "Content-Type: application/xml", status=FORBIDDEN),
    unsure("forbidden-with-404-words", "http-403", framed("Page not found", "<h1>Page not found</h1>"), status=FORBIDDEN),
    unsure("facebook-private", "login", "<html><head><title>Facebook</title></head><body><div>This content isn't available right now. When this happens, it's usually because the owner only shared it with a small group of people, changed who can see it or it's been deleted.</div></body></html>"),
    unsure("twitter-shell", "challenge", "<html><head><title>X</title></head><body><div id=react-root></div><noscript><h1>JavaScript is not available.</h1><p>We’ve detected that JavaScript is disabled in this browser. Please enable JavaScript or switch to a supported browser to continue using x.com.</p></noscript></body></html>"),
    unsure("age-gate", "age-gate", "<html><head><title>Age verification</title></head><body><h1>Are you over 18?</h1><p>You must be at least 18 years old to enter this site.</p><a href=?y>Yes</a> <a href=/>No</a></body></html>"),
    unsure("youtube-consent", "consent", "<html><head><title>Before you continue to YouTube</title></head><body><h1>Before you continue to YouTube</h1><p>We use cookies and data to deliver and maintain Google services.</p></body></html>"),
]  # fmt: skip

LOGIN = Answer(
    "<title>Sign in</title><h1>Sign in</h1><form action=/in><input type=password></form>"
)
PLAIN = Answer("<title>Members</title><h1>Members</h1><p>Please identify yourself to go on.")
LOGINS = [
    way("facebook-login", "uncertain", "login", ("/events/1234", to("/login/?next=%2Fevents%2F1234")), ("/login/", LOGIN)),
    way("saml", "uncertain", "login", ("/intranet/report.html", to("http://sso.agency.test:{port}/idp/SSO.saml2?x=1")), ("//sso.agency.test/idp/SSO.saml2", PLAIN)),
    way("google-login", "uncertain", "login", ("/document/d/1x/edit", to("http://accounts.google.com:{port}/v3/signin/identifier?continue=x")), ("//accounts.google.com/v3/signin/identifier", LOGIN)),
    way("wp-login", "uncertain", "login", ("/report/draft", to("/wp-login.php?redirect_to=x")), ("/wp-login.php", LOGIN)),
    way("member-area", "uncertain", "login", ("/report/full-text", to("/Account/LogOn?ReturnUrl=%2freport")), ("/Account/LogOn", PLAIN)),
    unsure("login-200", "login", "<html><head><title>Log in to continue</title></head><body><form><label>E-mail<input name=e></label><label>Password<input type=password></label></form></body></html>"),
    unsure("login-words", "login", "<html><head><title>Sign in required</title></head><body><p>You must be logged in to view this page.</p><a href=/login>Log in</a></body></html>"),
    unsure("drive-request", "login", "<html><head><title>Google Drive: Access needed</title></head><body><p>You need access. Ask for access, or switch to an account with access.</p></body></html>"),
    unsure("login-fr", "login", "<html><head><title>Connexion</title></head><body><p>Vous devez être connecté pour accéder à cette page.</p></body></html>"),
    unsure("http-401", "http-401", "<title>401</title>", "WWW-Authenticate: Basic realm=x", status="401 Unauthorized"),
]  # fmt: skip

PAUSES = [
    unsure("state-difficulties", "technical-difficulties", "<html><head><title>Technical Difficulties</title></head><body><h1>We’re sorry. This site is currently experiencing technical difficulties.</h1><p>Please try again in a few moments. Exception: forbidden</p></body></html>"),
    unsure("state-difficulties-404", "technical-difficulties", "<html><head><title>Error - U.S. Department of State</title></head><body><p>We’re sorry, this site is currently experiencing technical difficulties. Please try again in a few moments.</p><p>Exception: forbidden</p></body></html>", status="404 Not Found"),
    unsure("maintenance-200", "site-paused", "<html><head><title>Site under maintenance</title></head><body><h1>Site under maintenance</h1><p>Agency is currently under maintenance. We should be back shortly. Thank you for your patience.</p></body></html>"),
    unsure("wordpress-update", "site-paused", "<html><head><title>Maintenance</title></head><body>Briefly unavailable for scheduled maintenance. Check back in a minute.</body></html>"),
    unsure("db-error", "site-paused", "<html><head><title>Database Error</title></head><body><h1>Error establishing a database connection</h1></body></html>"),
    unsure("drupal-error", "site-paused", "<html><head><title>Error</title></head><body>The website encountered an unexpected error. Please try again later.</body></html>"),
    unsure("php-fatal", "site-paused", "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function mysql_connect() in /var/www/html/report.php:3"),
    unsure("aspnet-runtime", "site-paused", "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><p>An application error occurred on the server.</p></body></html>"),
    unsure("maintenance-es", "site-paused", "<html><head><title>En mantenimiento</title></head><body><p>Estamos realizando tareas de mantenimiento. Volvemos pronto.</p></body></html>"),
    unsure("maintenance-ja", "site-paused", "<html><head><title>メンテナンス中</title></head><body><p>ただいまメンテナンス中です。しばらくお待ちください。</p></body></html>"),
    unsure("maintenance-zh", "site-paused", "<html><head><title>系统维护</title></head><body><p>系统维护中，请稍后再试。</p></body></html>"),
    unsure("coming-soon", "site-paused", "<html><head><title>Coming Soon</title></head><body><h1>Coming Soon</h1><p>Our new website is on its way.</p></body></html>"),
    unsure("under-construction", "site-paused", "<html><head><title>Under construction</title></head><body><h1>Site under construction</h1><p>Please come back later.</p></body></html>"),
]  # fmt: skip

CASES = [*CHALLENGES, *LOGINS, *PAUSES]

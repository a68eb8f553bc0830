"""Names that were given up or sold, hosts without a site: what was cited is not there."""
# ruff: noqa: E501, RUF001 - pages as they are sent, in the letters of their languages

from __future__ import annotations

from behaviours.pages_web import Answer, Case, every, page, to, way


def parked(name: str, body: str, **more: str) -> Case:
    return page(name, "broken", "parked", body, **more)


def left(name: str, body: str, reason: str = "site-abandoned", **more: str) -> Case:
    return page(name, "broken", reason, body, **more)


PARKED = [
    parked("sedo", "<html><head><title>example-old.org&nbsp;-&nbsp;Diese Website steht zum Verkauf!&nbsp;-&nbsp;Informationen zum Thema example-old.</title></head><body><p>Diese Website steht zum Verkauf!</p><script src=https://img.sedoparking.com/templates/js.js></script></body></html>"),
    parked("godaddy-lander", "<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href=\"/lander\"}</script></head></html>"),
    parked("godaddy-park", "<html><head><title>example-old.org</title></head><body><div id=root></div><script>window.LANDER_SYSTEM=\"PW\"</script><script src=https://img1.wsimg.com/parking-lander/static/js/main.js></script></body></html>"),
    parked("bodis", "<html><head><link rel=preconnect href=https://www.google.com></head><body><div id=target style='opacity: 0'></div><script>window.park = \"eyJ1dWlkIjoi\";</script><script src=/bxyz.js></script></body></html>"),
    parked("parkingcrew", "<html><head><title>example-old.org</title></head><body><script src=http://d38psrni17bvxu.cloudfront.net/scripts/js3.js></script></body></html>"),
    parked("dan", "<html><head><title>The domain name example-old.org is for sale | Dan.com</title></head><body><h1>example-old.org</h1><p>The domain name example-old.org is for sale. Make an offer or buy it now at a set price.</p></body></html>"),
    parked("afternic", "<html><head><title>example-old.org is for sale at Afternic</title></head><body><h1>example-old.org</h1><p>is for sale! Get this domain.</p></body></html>"),
    parked("namecheap", "<html><head><title>example-old.org - Registered at Namecheap.com</title></head><body><p>Welcome to namecheap.com. This domain was recently registered at Namecheap. The domain owner may currently be creating a great site for this domain.</p></body></html>"),
    parked("registrar", "<html><head><title>example-old.org</title></head><body><h1>This domain has been registered</h1><p>This Web page is parked for FREE, courtesy of Registrar Inc.</p></body></html>"),
    parked("under-sale-zh", "<html><head><title>域名出售</title></head><body><p>您正在访问的域名可以转让！</p></body></html>"),
    parked("sale-fr", "<html><head><title>example-old.org est à vendre</title></head><body><p>Ce nom de domaine est à vendre.</p></body></html>"),
    parked("sale-ja", "<html><head><title>example-old.org</title></head><body><p>このドメインは販売中です。お名前.com</p></body></html>"),
    parked("iframe", "<html><head><title>example-old.org</title></head><frameset rows=100%><frame src='http://ww1.bodis.com/?d=example-old.org'></frameset></html>"),
    parked("related", "<html><head><title>example-old.org</title></head><body><h1>example-old.org</h1><p>Related Searches: Credit, Loans, Insurance</p><p>2024 Copyright. All Rights Reserved. The Sponsored Listings displayed above are served automatically by a third party. Privacy Policy</p></body></html>"),
    parked("own-name", "<html><head><title>own-name.test is for sale</title></head><body><p>own-name.test is for sale. Inquire now.</p></body></html>"),
    parked("root", "<html><head><title>Buy this domain.</title></head><body><p>The owner of root.test is offering it for sale for an asking price of 899 EUR!</p></body></html>", path="/"),
    way("hugedomains", "broken", "redirect-to-parking", ("/a/old", to("http://www.hugedomains.com:{port}/domain_profile.cfm?d=x")), ("//www.hugedomains.com/domain_profile.cfm", Answer("<title>Example.org is for sale | HugeDomains</title><h1>Example.org is for sale")), host="huge.test"),
    way("forsale-host", "broken", "redirect-to-parking", ("/a/old", to("http://forsale.dynadot.com:{port}/x")), ("//forsale.dynadot.com/x", Answer("<h1>x</h1>"))),
    way("ww-name", "broken", "parked", ("/a/old", to("http://ww1.ww-name.test:{port}/")), ("//ww1.ww-name.test/", Answer("<title>ww-name.test</title><p>Sponsored listings for ww-name.test"))),
    every("lander-followed", "broken", "parked", "<html><head><title>x</title></head><body><script>window.location.replace('/lander');</script></body></html>"),
]  # fmt: skip

EXPIRED = [
    left("expired", "<html><head><title>Domain expired</title></head><body><p>This domain name expired on 2021-03-04 and is pending renewal or deletion.</p></body></html>"),
    left("expired-ru", "<html><head><title>Срок регистрации домена истёк</title></head><body><p>Срок регистрации домена истёк. Продлите домен.</p></body></html>"),
    left("expired-zh", "<html><head><title>域名已过期</title></head><body><p>该域名已过期，请联系注册商续费。</p></body></html>"),
    left("cpanel-suspended", "<html><head><title>Account Suspended</title></head><body><h1>Account Suspended</h1><p>This Account has been suspended. Contact your hosting provider for more information.</p></body></html>"),
    left("hosting-es", "<html><head><title>Cuenta suspendida</title></head><body><p>Esta cuenta ha sido suspendida. Contacte con su proveedor.</p></body></html>"),
    page("bandwidth", "uncertain", "site-paused", "<html><head><title>509 Bandwidth Limit Exceeded</title></head><body><h1>Bandwidth Limit Exceeded</h1><p>The server is temporarily unable to service your request due to the site owner reaching his/her bandwidth limit.</p></body></html>"),
    left("heroku", "<html><head><title>No such app</title></head><body><p>There's nothing here, yet.</p></body></html>"),
    left("blogger", "<html><head><title>Blog has been removed</title></head><body><p>Sorry, the blog at x has been removed. This address is not available for new blogs.</p></body></html>"),
    left("wordpress-com", "<html><head><title>Deleted site</title></head><body><p>The authors have deleted this site.</p></body></html>"),
    left("geocities", "<html><head><title>Sorry, GeoCities has closed</title></head><body><p>Sorry, the GeoCities web site you were trying to reach is no longer available.</p></body></html>"),
    left("squarespace", "<html><head><title>Website Expired</title></head><body><p>This account has expired. If you are the site owner, click below to login.</p></body></html>"),
    left("shopify", "<html><head><title>Shop</title></head><body><h1>Sorry, this shop is currently unavailable.</h1></body></html>", reason="site-abandoned"),
]  # fmt: skip

DEFAULTS = [
    left("nginx-default", "<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.</p></body></html>", "default-page"),
    left("apache-works", "<html><body><h1>It works!</h1></body></html>", "default-page"),
    left("apache-ubuntu", "<html><head><title>Apache2 Ubuntu Default Page: It works</title></head><body><p>This is the default welcome page used to test the correct operation of the Apache2 server.</p></body></html>", "default-page"),
    left("iis-default", "<html><head><title>IIS Windows Server</title></head><body><div><a href=http://go.microsoft.com/fwlink/><img src=iis-85.png></a></div></body></html>", "default-page"),
    left("iis7", "<html><head><title>IIS7</title></head><body><a href=x><img src=welcome.png alt=IIS7></a></body></html>", "default-page"),
    left("cpanel-default", "<html><head><title>Default Web Site Page</title></head><body><h1>SORRY!</h1><p>If you are the owner of this website, please contact your hosting provider.</p></body></html>", "default-page"),
    left("plesk", "<html><head><title>Web Server's Default Page</title></head><body><p>This page is generated by Plesk, the leading hosting automation software.</p></body></html>", "default-page"),
    left("directory", "<html><head><title>Index of /</title></head><body><h1>Index of /</h1><ul><li>cgi-bin/</ul></body></html>", "default-page"),
]  # fmt: skip

CASES = [*PARKED, *EXPIRED, *DEFAULTS]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warc.surt import surt

# The first two are the forms of the CDXJ and pywb documentation; all were compared once with what
# pywb 2.10 (surt 0.3.1) answers.
KEYS = [
    ("http://example.com/path/file.html", "com,example)/path/file.html"),
    ("urn:some:id", "urn:some:id"),
    # scheme, host and port
    ("http://example.com", "com,example)/"),
    ("HTTP://EXAMPLE.COM/X", "com,example)/x"),
    ("https://www.Example.com:443/A/B/?b=2&a=1#x", "com,example)/a/b?a=1&b=2"),
    ("http://www2.example.com:8080/", "com,example:8080)/"),
    ("https://example.com:80/x", "com,example:80)/x"),
    ("http://example.com:/x", "com,example)/x"),
    ("http://wwwfoo.com/", "com,wwwfoo)/"),
    ("http://www.www.example.com/", "com,example,www)/"),
    ("http://user:p@ss@host.com/x", "com,host)/x"),
    ("http://example.com./x", "com,example)/x"),
    ("http://example..com/x", "com,example)/x"),
    ("http://%77%77%77.example.com/", "com,example)/"),
    ("http://exa mple.com/", "com,exa%20mple)/"),
    ("http://bücher.example/x", "example,xn--bcher-kva)/x"),
    ("http://127.0.0.1:8471/x", "1,0,0,127:8471)/x"),
    ("http://2130706433/", "1,0,0,127)/"),
    ("http://0177.0.0.1/", "1,0,0,127)/"),
    ("http://1.2.3/", "3,0,2,1)/"),
    ("http://999.1.1.1/", "1,1,1,999)/"),
    ("http://[::1]:8080/x", "::1:8080)/x"),
    ("http://[2001:DB8::1]/x", "2001:db8::1)/x"),
    ("http://https://example.com/x", "com,example)/x"),
    ("http:////example.com/x", "com,example)/x"),
    ("www.example.com", "com,example)/"),
    # path
    ("http://example.com/a/./b/../c//d/", "com,example)/a/c/d"),
    ("http://example.com/../x", "com,example)/../x"),
    ("http://example.com/a/..", "com,example)/"),
    ("http://example.com//", "com,example)/"),
    ("http://example.com/a%20b/%7Efoo/%E4", "com,example)/a%20b/~foo/%e4"),
    ("http://example.com/a%23b?c%23d=%26", "com,example)/a%23b?&c%23d="),
    ("http://example.com/%2541", "com,example)/a"),
    ("http://example.com/100%", "com,example)/100%25"),
    ("http://example.com/a\tb", "com,example)/ab"),
    ("http://example.com/(S(4hqa0555fwsecu455xqckv45))/mileg.aspx", "com,example)/mileg.aspx"),
    ("http://example.com/(4hqa0555fwsecu455xqckv45)/a.aspx?x=1", "com,example)/a.aspx?x=1"),
    # query
    ("http://example.com/?", "com,example)/"),
    ("http://example.com?x=1", "com,example)/?x=1"),
    ("http://example.com/a#b?c", "com,example)/a"),
    ("http://example.com/?b&a=1&a&A=0", "com,example)/?a&a=0&a=1&b"),
    ("http://example.com/?x=1&&y=2", "com,example)/?&x=1&y=2"),
    ("http://example.com/?a=1=2&a=0", "com,example)/?a=0&a=1=2"),
    ("http://example.com/ü?ü=ö", "com,example)/%c3%bc?%c3%bc=%c3%b6"),
    (f"http://example.com/x?a=1&jsessionid={'0' * 32}&b=2", "com,example)/x?a=1&b=2"),
    (f"http://example.com/x?PHPSESSID={'A' * 32}&q=1", "com,example)/x?q=1"),
    (f"http://example.com/x?sid={'0' * 31}", f"com,example)/x?sid={'0' * 31}"),
    ("http://example.com/x?q=1&cfid=1&cftoken=2", "com,example)/x?&q=1"),
    (f"http://e.com/?ASPSESSIONIDABCDEFGH={'A' * 24}&q=1", "com,e)/?q=1"),
    # other schemes
    ("ftp://ftp.example.com:21/x", "com,example,ftp:21)/x"),
    ("dns:WWW.Example.com", "dns:www.example.com"),
    (
        "metadata://gnu.org/software/wget/warc/MANIFEST.txt",
        "org,gnu)/software/wget/warc/manifest.txt",
    ),
    ("mailto:Foo@example.com", "mailto:foo@example.com"),
    ("http:", "http:"),
    ("", "-"),
    # the site this project is about
    (
        "https://2009-2017.state.gov/r/pa/prs/ps/2016/05/257.htm",
        "gov,state,2009-2017)/r/pa/prs/ps/2016/05/257.htm",
    ),
    ("http://www.state.gov/r/pa/prs?x=1", "gov,state)/r/pa/prs?x=1"),
    (
        "http://usinfo.state.gov/cgi-bin/display.pl?p=/products/latest&f=0.plt",
        "gov,state,usinfo)/cgi-bin/display.pl?f=0.plt&p=/products/latest",
    ),
]


@pytest.mark.parametrize(("url", "key"), KEYS)
def test_the_key_is_the_one_pywb_makes(url, key):
    assert surt(url) == key


@given(st.text(alphabet="htps:/?#&=%@[]().a0 ü\ud800\n", max_size=30))
def test_every_string_has_a_key_that_fits_on_an_index_line(url):
    key = surt(url)
    assert key
    assert key.isascii()
    assert not set(key) & set(" \t\r\n")

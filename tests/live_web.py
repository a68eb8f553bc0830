"""The web outside as one server on loopback, with a page that tries everything, and its log."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EVIL = "http://evil.example/page"
# Each loads, opens or reports something by itself or by script; {n} tells them apart.
_BEACONS = (
    "<script src='http://b{n}.example/script'></script>",
    "<script>fetch('http://b{n}.example/fetch', {{mode: 'no-cors'}})</script>",
    "<script>navigator.sendBeacon('http://b{n}.example/beacon')</script>",
    "<script>new Image().src = 'http://b{n}.example/image-by-script'</script>",
    "<script>document.cookie = 'k=evil'; localStorage.secret = 'evil'</script>",
    "<script>try {{ parent.localStorage.secret = 'evil' }} catch (e) {{}}</script>",
    "<script>try {{ top.document.body.innerHTML = 'BROKEN OUT' }} catch (e) {{}}</script>",
    "<script>try {{ open('http://b{n}.example/window') }} catch (e) {{}}</script>",
    "<img src='http://b{n}.example/img' onerror='new Image().src=\"http://c.example/onerror\"'>",
    "<img srcset='http://b{n}.example/srcset 1x'>",
    "<picture><source srcset='http://b{n}.example/source'><img></picture>",
    "<p style='background: url(http://b{n}.example/style)'>s</p>",
    "<style>@import 'http://b{n}.example/import'; b {{ content: url(http://d.example/c) }}</style>",
    "<style>@font-face {{ font-family: f; src: url(http://b{n}.example/font) }} u {{ font: 9px f }}"
    "</style><u>font</u>",
    "<link rel=stylesheet href='http://b{n}.example/sheet'>",
    "<link rel=preload as=image href='http://b{n}.example/preload'>",
    "<link rel=prefetch href='http://b{n}.example/prefetch'>",
    "<link rel=preconnect href='http://b{n}.example'>",
    "<link rel=icon href='http://b{n}.example/icon'>",
    "<link rel=manifest href='http://b{n}.example/manifest'>",
    "<iframe src='http://b{n}.example/frame'></iframe>",
    '<iframe srcdoc="<img src=http://b{n}.example/srcdoc>"></iframe>',
    "<iframe src='data:text/html,<img src=http://b{n}.example/data-frame>'></iframe>",
    "<object data='http://b{n}.example/object'></object>",
    "<embed src='http://b{n}.example/embed'>",
    "<video poster='http://b{n}.example/poster' src='http://b{n}.example/video'></video>",
    "<audio src='http://b{n}.example/audio' preload=auto></audio>",
    "<input type=image src='http://b{n}.example/input'>",
    "<table background='http://b{n}.example/table'><tr><td>t</table>",
    "<svg><image href='http://b{n}.example/svg-image' width=9 height=9 /></svg>",
    "<svg><image width=9 height=9><set attributeName='href' to='http://b{n}.example/set'/></image>"
    "</svg>",
    "<svg><rect width=9 height=9 fill=\"url('http://b{n}.example/fill#x')\" /></svg>",
    "<div><template shadowrootmode=open><img src='http://b{n}.example/shadow'></template></div>",
    "<noscript><img src='http://b{n}.example/noscript'></noscript>",
    "<form id=f{n} action='http://b{n}.example/form' target=_blank></form>"
    "<script>document.getElementById('f{n}').submit()</script>",
    "<script>navigator.serviceWorker && navigator.serviceWorker.register('/sw.js')</script>",
    "<script>new WebSocket('ws://b{n}.example/socket')</script>",
    "<script>new EventSource('http://b{n}.example/events')</script>",
    "<script>setTimeout(() => {{ top.location = 'http://b{n}.example/top' }}, 300)</script>",
    "<meta http-equiv=refresh content='1; url=http://b{n}.example/refresh'>",
)
EVIL_PAGE = (
    "<!doctype html><html><body style='margin:0'>"
    "<a id=out href='http://evil.example/next' style='display:block;height:90px'>next</a>"
    + "".join(one.format(n=n) for n, one in enumerate(_BEACONS))
).encode()


class LiveWeb:
    """Answers for every host; `asked` holds the host and path of each request.

    `spoken` are the first lines of all connections, those of TLS with the name of the host in
    them; `silent` are the connections on which nothing was said, as `preconnect` makes them.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.spoken: list[bytes] = []
        self.silent: set[object] = set()
        live = self

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                live.silent.add(self)
                super().setup()

            def handle_one_request(self) -> None:
                super().handle_one_request()
                if self.raw_requestline:
                    live.silent.discard(self)
                    live.spoken.append(self.raw_requestline)

            def do_GET(self) -> None:
                live.asked.append(f"{self.headers['Host']}{self.path}")
                body = EVIL_PAGE if self.path == "/page" else b""
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET  # noqa: N815 - so named by http.server

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]


@contextmanager
def live_web() -> Iterator[LiveWeb]:
    """Run the web while the block runs."""
    web = LiveWeb()
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield web
    finally:
        web.server.shutdown()
        thread.join()
        web.server.server_close()

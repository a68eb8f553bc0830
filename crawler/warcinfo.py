"""What the warcinfo record of a capture says: who asked, with what, how, and under which rules."""

from __future__ import annotations

import json
import platform
import re
from importlib.metadata import version
from typing import Any

from crawler.options import CaptureOptions
from crawler.own_address import own_address

_NAMED = 3
# Names of this machine's files are nobody's business.
_PRIVATE = {"collection", "log_file", "skipped_file", "ca_file"}
_USER = re.compile(r"(?<=://)[^/?#\s]*@")
_MASK = "***@"


def warcinfo_fields(options: CaptureOptions, collection: str) -> tuple[tuple[str, str], ...]:
    """Return the fields, named as WARC 1.1 section 6.2 and Heritrix name them.

    `settings` has every option of the crawl in one line of JSON; whatever in them is a user name
    or a password before a host is masked.
    """
    operator = (("operator", options.operator),) if options.operator else ()
    address = own_address()
    return (
        ("software", _software()),
        *operator,
        *((("ip", address),) if address else ()),
        ("isPartOf", collection),
        ("description", _description(options)),
        ("robots", "obey" if options.obey_robots else "ignore"),
        ("http-header-user-agent", options.agent),
        ("settings", json.dumps(_settings(options), ensure_ascii=True)),
    )


def _software() -> str:
    parts = {
        "Muniment": version("muniment"),
        "Python": platform.python_version(),
        "Scrapy": version("scrapy"),
    }
    return " ".join(f"{name}/{number}" for name, number in parts.items())


def _description(options: CaptureOptions) -> str:
    """Return in a sentence what was captured."""
    seeds = [_masked(url) for url in options.start_urls]
    named = ", ".join(seeds[:_NAMED])
    more = f" and {len(seeds) - _NAMED} more" if len(seeds) > _NAMED else ""
    profile = f" by the profile {options.profile}" if options.profile else ""
    return f"Capture from {named}{more}{profile}"


def _settings(options: CaptureOptions) -> dict[str, Any]:
    asked = json.loads(options.to_json())
    return {name: _masked(value) for name, value in asked.items() if name not in _PRIVATE}


def _masked(value: Any) -> Any:
    """Return an option's value without what stands for user and password in an address."""
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return _USER.sub(_MASK, value) if isinstance(value, str) else value

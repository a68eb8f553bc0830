"""What one crawl is asked to do, as a value that crosses to the crawling process as JSON."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, get_type_hints

from crawler.reach import ScopeType
from pipelines.sites import PROFILES, SiteProfile, profile_named
from pipelines.urls import canonical

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class OptionsError(ValueError):
    """An option that cannot be followed; the message says which one and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureOptions:
    """One crawl: into which collection, from where, how far and how fast.

    `seeds` where the profile's start pages are not wanted; `hosts` (`host` or `host:port`) are in
    scope besides the seeds' and the profile's. `include` and `exclude` are regular expressions
    searched in the whole URL; `scope` says how far links lead from the seeds, and addresses that
    end as one of `skip_types` ("video/*") are left out. `sitemaps` are those that robots.txt
    names, or else /sitemap.xml. `delay` is in seconds between two requests to one host and
    `concurrency` counts the requests under way at one host. The delay grows up to `max_delay` where
    a host gets slow; a second try comes after `backoff` seconds and more, and no pause of a host,
    asked for or not, is longer than `retry_after_cap`. What is under way when the crawl is to end
    has `grace` seconds. Budgets are None where there is none;
    `full` asks for pages captured before as if they had not been.
    `max_pages` counts answers of every kind except robots.txt. `allow_ranges`, `connect_to`,
    `resolver` ("address:port"), `ca_file` and `proxy` go to the wire as they are. WARC files are
    named after `prefix` and closed at `warc_size` bytes or `warc_age` seconds.
    """

    collection: Path
    spider: str = "pages"
    profile: str | None = None
    seeds: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    scope: ScopeType = ScopeType.HOST
    skip_types: tuple[str, ...] = ()
    max_depth: int | None = None
    max_query_variants: int = 1000
    requisites: bool = True
    requisites_anywhere: bool = False
    sitemaps: bool = True
    concurrency: int = 2
    delay: float = 1.0
    retries: int = 2
    max_delay: float = 60.0
    backoff: float = 0.5
    retry_after_cap: float = 120.0
    grace: float = 10.0
    timeout: float = 300.0
    max_size: int | None = None
    max_pages: int | None = None
    max_bytes: int | None = None
    max_seconds: float | None = None
    obey_robots: bool = True
    full: bool = False
    allow_ranges: tuple[str, ...] = ()
    connect_to: tuple[str, ...] = ()
    resolver: str | None = None
    ca_file: Path | None = None
    proxy: str | None = dataclasses.field(default=None, repr=False)
    user_agent: str | None = None
    contact: str | None = None
    operator: str | None = None
    prefix: str | None = None
    warc_size: int = 1_000_000_000
    warc_age: float = 86_400
    keep_credentials: bool = False
    log_file: Path | None = None
    skipped_file: Path | None = None

    def __post_init__(self) -> None:
        if self.spider == "statements" and self.profile is None:
            raise OptionsError(f"spider statements needs a profile: {_profile_names()}")
        if not self.start_urls:
            raise OptionsError("nothing to start from: give seeds, or a profile with start pages")
        for seed in self.start_urls:
            _check_seed(seed)
        if self.concurrency < 1 or self.delay < 0 or self.retries < 0 or self.timeout <= 0:
            raise OptionsError("concurrency, delay, retries and timeout cannot be that small")
        if min(self.max_delay, self.backoff, self.retry_after_cap) < 0:
            raise OptionsError("max_delay, backoff and retry_after_cap cannot be less than 0")
        if self.warc_size < 1 or self.warc_age <= 0:
            raise OptionsError("warc_size and warc_age cannot be less than 1")
        _check_patterns("include", self.include)
        _check_patterns("exclude", self.exclude)

    @property
    def site(self) -> SiteProfile | None:
        """Return the profile; raise OptionsError where there is none of that name."""
        if self.profile is None:
            return None
        try:
            return profile_named(self.profile)
        except KeyError:
            raise OptionsError(f"no profile {self.profile!r}: {_profile_names()}") from None

    @property
    def start_urls(self) -> tuple[str, ...]:
        """Return where the crawl begins: the seeds, or else the profile's start pages."""
        return self.seeds or (self.site.start_urls if self.site else ())

    @property
    def agent(self) -> str:
        """Return the User-Agent: who asks, for what, and how to reach them."""
        contact = f"; {self.contact}" if self.contact else ""
        return self.user_agent or f"muniment/0.1 (archival capture{contact})"

    def to_json(self) -> str:
        """Return the options as one JSON object."""
        return json.dumps(dataclasses.asdict(self), default=str, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the options `to_json` wrote; raise OptionsError for anything else."""
        try:
            values = json.loads(text)
        except ValueError as error:
            raise OptionsError(f"the options are not JSON: {error}") from None
        if not isinstance(values, dict):
            raise OptionsError("the options are not a JSON object")
        return cls.from_values(values)

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> Self:
        """Return options from plain values; text, as `scrapy crawl -a` gives it, is understood."""
        hints = get_type_hints(cls)
        if unknown := sorted(values.keys() - hints.keys()):
            raise OptionsError(f"unknown option {unknown[0]!r}")
        given = {name: _parse(name, hints[name], value) for name, value in values.items()}
        return cls(**{"collection": Path("collections/default"), **given})


def _check_seed(seed: str) -> None:
    try:
        canonical(seed)
    except ValueError as error:
        raise OptionsError(f"seed {seed!r} is not an http or https URL: {error}") from None


def _check_patterns(name: str, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise OptionsError(f"{name} {pattern!r} is no regular expression: {error}") from None


def _profile_names() -> str:
    return "there are " + ", ".join(profile.name for profile in PROFILES)


def _parse(name: str, hint: Any, value: Any) -> Any:
    """Return `value` as the type `hint` names; raise OptionsError where it cannot be."""
    kinds = getattr(hint, "__args__", (hint,))
    if value is None and type(None) in kinds:
        return None
    if getattr(hint, "__origin__", None) is tuple:
        return tuple(value.split(",") if isinstance(value, str) else map(str, value))
    kind = kinds[0]
    try:
        return _boolean(value) if kind is bool else kind(value)
    except (TypeError, ValueError):
        raise OptionsError(f"{name} cannot be {value!r}") from None


def _boolean(value: Any) -> bool:
    text = str(value).lower()
    if text not in _TRUE | _FALSE:
        raise ValueError(text)
    return text in _TRUE

"""The settings: flags over `muniment.toml` over these defaults, read once into frozen values."""

from __future__ import annotations

import re
import tomllib
import types
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from crawler.reach import ScopeType
from pipelines.lifecycle_rules import LifecycleRules
from pipelines.verdicts.pack_names import PackName
from reports.formats import DEFAULT as DEFAULT_FORMATS
from warc.http.userinfo import masked

FILE_NAME = "muniment.toml"


class ConfigError(Exception):
    """The configuration cannot be used: the message says where and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How hosts are reached; shared by capture and checks.

    An empty `user_agent` means the stage's own, which names Muniment and the `contact`.
    """

    user_agent: str = ""
    contact: str = ""
    resolver: str = ""
    connect_to: tuple[str, ...] = ()
    allow_ranges: tuple[str, ...] = ()
    ca_file: Path | None = None
    proxy: str = ""


class Requisites(StrEnum):
    """From where the images, styles, scripts and frames of a page are captured."""

    NONE = "none"
    SAME = "same"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What is captured, and how gently; seconds and bytes. 0 means no limit, but for `depth`.

    `hosts` are in scope besides the seeds'; `include` and `exclude` are regular expressions.
    A WARC file is closed at `warc_size` bytes or `warc_age` seconds; its name begins with
    `prefix`, or the collection's name. `full` asks again for pages that have not changed, and
    `keep_credentials` keeps Cookie and Authorization in the request records.
    """

    profile: str = "state-2009-2017"
    seeds: tuple[str, ...] = ()
    scope: ScopeType = ScopeType.HOST
    hosts: tuple[str, ...] = ()
    depth: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    skip_types: tuple[str, ...] = ()
    requisites: Requisites = Requisites.SAME
    sitemaps: bool = True
    concurrency: int = 2
    delay: float = 1.0
    max_delay: float = 60.0
    retries: int = 2
    retry_after_cap: float = 120.0
    timeout: float = 300.0
    obey_robots: bool = True
    full: bool = False
    operator: str = ""
    max_pages: int = 0
    max_bytes: int = 0
    max_seconds: int = 0
    max_size: int = 0
    warc_size: int = 1_000_000_000
    warc_age: int = 86_400
    prefix: str = ""
    keep_credentials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """How statements are derived: in how many processes; 0 means one for each core.

    `parquet` writes statements/NAME.parquet beside each part.
    """

    workers: int = 0
    parquet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How links are asked; seconds.

    Where none of the `control_urls` opens, or `void_share` of at least `void_hosts` hosts fail
    at once, the run of checks is void: it changes no link's state.
    """

    concurrency: int = 64
    per_host: int = 2
    per_host_delay: float = 0.5
    timeout: float = 20.0
    retries: int = 1
    retry_delay: float = 15.0
    retry_after_cap: float = 120.0
    control_urls: tuple[str, ...] = ()
    void_share: float = 0.2
    void_hosts: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Where the report's evidence links lead, when broken links fail the run, what is written.

    `pack` is the definition of what is broken.
    """

    replay_base: str = "http://localhost:8090/"
    fail_on: str = "none"
    formats: tuple[str, ...] = DEFAULT_FORMATS
    pack: PackName = PackName.STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of one collection; `collection` is absolute."""

    collection: Path = field(default_factory=lambda: Path("collections/state-2009-2017").absolute())
    network: Network = Network()
    capture: Capture = Capture()
    extract: Extract = Extract()
    check: Check = Check()
    lifecycle: LifecycleRules = field(default_factory=LifecycleRules)
    report: Report = Report()


_T = TypeVar("_T")


def load(path: Path | None) -> Config:
    """Return the settings of `path`, or of `muniment.toml` here, or the defaults.

    Paths in the file are relative to the file's folder. Raises ConfigError naming the file and
    the line for what cannot be read, is unknown or has the wrong type.
    """
    if path is None:
        path = Path(FILE_NAME)
        if not path.exists():
            return Config()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error
    return _fill(Config, table, _Source(path, text), ())


def override(value: _T, **flags: object) -> _T:
    """Return the dataclass `value` with the flags that were given (those not None or empty)."""
    given = {name: flag for name, flag in flags.items() if flag not in (None, ())}
    return replace(value, **given)  # type: ignore[type-var]


@dataclass(frozen=True, slots=True)
class _Source:
    """A configuration file, able to say on which line a key stands."""

    path: Path
    text: str

    def error(self, keys: tuple[str, ...], problem: str) -> ConfigError:
        return ConfigError(f"{self.path}:{self._line(keys)}: {problem}")

    def _line(self, keys: tuple[str, ...]) -> int:
        """Return the line of `keys`; tables may be headers, dotted keys or inline tables."""
        table: tuple[str, ...] = ()
        best = 1
        for number, line in enumerate(self.text.splitlines(), start=1):
            header = re.match(r"\s*\[\s*([^\]]+?)\s*\]", line)
            if header:
                table = _dotted(header[1])
            assignment = re.match(r"\s*([\w\-.\"' ]+?)\s*=", line)
            here = table + (_dotted(assignment[1]) if assignment else ())
            if here == keys:
                return number
            if here and keys[: len(here)] == here:
                best = number
        return best


def _dotted(text: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in text.split("."))


def _fill(kind: type[_T], table: dict[str, Any], source: _Source, at: tuple[str, ...]) -> _T:
    """Return a `kind` filled from `table`; unknown keys and wrong types are errors."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        here = (*at, key)
        if key not in hints:
            near = get_close_matches(key, hints, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(hints)}"
            raise source.error(here, f"unknown setting {'.'.join(here)!r}{hint}")
        values[key] = _value(hints[key], value, source, here)
    try:
        return kind(**values)
    except ValueError as error:
        raise source.error(at, str(error)) from error


def _value(kind: Any, value: Any, source: _Source, at: tuple[str, ...]) -> Any:
    """Return `value` as `kind`, or raise the error that says what was expected."""
    name = ".".join(at)
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(k for k in get_args(kind) if k is not type(None))
    if is_dataclass(kind) and isinstance(kind, type):
        if isinstance(value, dict):
            return _fill(kind, value, source, at)
        raise source.error(at, f"{name!r} is a table: write [{name}]")
    if get_origin(kind) is tuple:
        if isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise source.error(at, f"{name!r} must be a list of strings")
    return _scalar(kind, value, source, at)


def _scalar(kind: Any, value: Any, source: _Source, at: tuple[str, ...]) -> Any:
    if kind is Path and isinstance(value, str):
        return (source.path.absolute().parent / Path(value).expanduser()).resolve()
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        if value in list(kind):
            return kind(value)
        expected = ", ".join(kind)
        raise source.error(at, f"{'.'.join(at)!r} must be one of {expected}, not {value!r}")
    if type(value) is kind:
        return value
    expected = _NAMES.get(kind, "a string")
    raise source.error(at, f"{'.'.join(at)!r} must be {expected}, not {value!r}")


_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def as_table(value: Any) -> Any:
    """Return a settings value as plain JSON types and without passwords, for `run.json`."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_table(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [as_table(each) for each in value]
    return masked(str(value)) if isinstance(value, Path | str) else value

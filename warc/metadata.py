"""The metadata record of an exchange: `application/warc-fields`, written and read back.

It holds what a response record has no place for: how the exchange ended, why there was no answer,
timings, TLS. `fetchTimeMs` and whatever the caller appends (`via`, `hopsFromSeed`, `outlink`) are
spelt as Heritrix spells them.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from warc.exchange import Ending, Exchange, Failure, FailureKind, Spool, Timings, TlsParameters

Fields = tuple[tuple[str, str], ...]

_NAME = re.compile(r"[!#-'*+\-.^_`|~0-9A-Za-z]+")  # a token, WARC 1.1 section 4
_TIMES = ("resolved", "connected", "secured", "first_byte", "ended")
_TIME_NAMES = ("resolvedSeconds", "connectedSeconds", "securedSeconds", "firstByteSeconds")
_OURS = frozenset(
    {
        *_TIME_NAMES,
        "fetchTimeMs",
        "targetUri",
        "method",
        "began",
        "ending",
        "failure",
        "failureDetail",
        "ipAddress",
        "port",
        "headSize",
        "responseSize",
        "endedSeconds",
        "tlsVersion",
        "tlsCipher",
        "tlsCertificate",
        "tlsCertificatesIn",
        "interim",
        "note",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReference:
    """The metadata record, earlier in the same file, that holds the same certificate chain.

    A chain is some 4 KB that no compression helps; writing it once a file, not once an exchange,
    halves the archive of an https site.
    """

    record_id: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeMetadata:
    """What a metadata record says of its exchange.

    `chain` is set where `tls` has no certificates of its own because an earlier record of the
    file holds them. `fields` are those that the caller of the writer appended.
    """

    target_uri: str
    method: str
    began: datetime
    ending: Ending
    timings: Timings
    head_size: int
    response_size: int
    failure: Failure | None
    address: str | None
    port: int | None
    tls: TlsParameters | None
    chain: ChainReference | None
    interim: bytes
    notes: tuple[str, ...]
    fields: Fields

    def exchange(
        self, request: bytes, response: Spool, certificates: tuple[bytes, ...] = ()
    ) -> Exchange:
        """Return the exchange, with the bytes of its request and response records.

        `certificates` are those of the record that `chain` names.
        """
        tls = self.tls
        if tls is not None and certificates:
            tls = TlsParameters(version=tls.version, cipher=tls.cipher, certificates=certificates)
        return Exchange(
            target_uri=self.target_uri,
            method=self.method,
            began=self.began,
            request=request,
            response=response,
            head_size=self.head_size,
            ending=self.ending,
            timings=self.timings,
            interim=self.interim,
            failure=self.failure,
            address=self.address,
            port=self.port,
            tls=tls,
            notes=self.notes,
        )


def format_fields(fields: Iterable[tuple[str, str]]) -> bytes:
    """Return `name: value` lines in UTF-8 (WARC 1.1 section 4 and annex).

    A line break inside a value becomes a folded line. Raise ValueError for a name that is none.
    """
    pairs = list(fields)
    for name in {name for name, _ in pairs}:
        _check_name(name)
    text = "".join([f"{name}: {value}\r\n" for name, value in pairs])
    if not text.count("\n") == text.count("\r") == len(pairs):
        text = "".join([f"{name}: {_folded(value)}\r\n" for name, value in pairs])
    return text.encode("utf-8", "backslashreplace")


@lru_cache(maxsize=256)
def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a field name: {name!r}")


def _folded(value: str) -> str:
    if "\n" in value or "\r" in value:
        return re.sub(r"\r\n|\r|\n", "\r\n ", value.strip())
    return value


def parse_fields(block: bytes) -> Fields:
    """Return the fields of any warc-fields block in order; lines without a colon are left out.

    A folded line is joined to its value with a line break.
    """
    fields: list[tuple[str, str]] = []
    for raw in block.decode("utf-8", "replace").split("\n"):
        line = raw.removesuffix("\r")
        if line[:1] in (" ", "\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value}\n{line[1:]}")
            continue
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
    return tuple(fields)


def encode(
    exchange: Exchange,
    fields: Sequence[tuple[str, str]] = (),
    chain: ChainReference | None = None,
) -> bytes:
    """Return the block of the exchange's metadata record, `fields` after our own.

    With `chain` the certificates are left out for a reference to it. Raise ValueError for a field
    whose name is one of ours.
    """
    if taken := _OURS.intersection([name for name, _ in fields]):
        raise ValueError(f"a field name of the metadata record's own: {min(taken)!r}")
    return format_fields((*_own_fields(exchange, chain), *fields))


def _own_fields(exchange: Exchange, chain: ChainReference | None) -> list[tuple[str, str]]:
    times = exchange.timings
    own = [
        ("fetchTimeMs", str(round(times.ended * 1000))),
        ("targetUri", exchange.target_uri),
        ("method", exchange.method),
        ("began", exchange.began.astimezone(UTC).isoformat(timespec="microseconds")),
        ("ending", exchange.ending.value),
        ("headSize", str(exchange.head_size)),
        ("responseSize", str(exchange.response.size)),
    ]
    if exchange.address is not None:
        own.append(("ipAddress", exchange.address))
    if exchange.port is not None:
        own.append(("port", str(exchange.port)))
    reached = (times.resolved, times.connected, times.secured, times.first_byte)
    for name, seconds in zip(_TIME_NAMES, reached, strict=True):
        if seconds is not None:
            own.append((name, str(seconds)))
    own.append(("endedSeconds", str(times.ended)))
    if exchange.failure is not None:
        own.append(("failure", str(exchange.failure.kind)))
        own.append(("failureDetail", exchange.failure.detail))
    if exchange.tls is not None:
        own.extend(_tls_fields(exchange.tls, chain))
    if exchange.interim:
        own.append(("interim", base64.b64encode(exchange.interim).decode("ascii")))
    return own + [("note", note) for note in exchange.notes]


def _tls_fields(tls: TlsParameters, chain: ChainReference | None) -> list[tuple[str, str]]:
    own = [("tlsVersion", tls.version), ("tlsCipher", tls.cipher)]
    if chain is not None:
        where = f"{chain.record_id} {chain.offset} {chain.length}"
        return [*own, ("tlsCertificatesIn", where)]
    return own + [
        ("tlsCertificate", base64.b64encode(der).decode("ascii")) for der in tls.certificates
    ]


def decode(block: bytes) -> ExchangeMetadata:
    """Return what `encode` wrote; raise ValueError where the block is not one of ours."""
    fields = parse_fields(block)
    own = {name: value for name, value in reversed(fields) if name in _OURS}
    try:
        return _decoded(own, fields)
    except (KeyError, ValueError) as error:
        raise ValueError(f"not the metadata of an exchange: {error}") from None


def _decoded(own: dict[str, str], fields: Fields) -> ExchangeMetadata:
    failure = own.get("failure")
    times = {name: own.get(field) for name, field in zip(_TIMES, _TIME_NAMES, strict=False)}
    return ExchangeMetadata(
        target_uri=own["targetUri"],
        method=own["method"],
        began=datetime.fromisoformat(own["began"]).astimezone(UTC),
        ending=Ending(own["ending"]),
        timings=Timings(
            **{name: None if time is None else float(time) for name, time in times.items()},
            ended=float(own["endedSeconds"]),
        ),
        head_size=int(own["headSize"]),
        response_size=int(own["responseSize"]),
        failure=Failure(kind=FailureKind(failure), detail=own["failureDetail"])
        if failure
        else None,
        address=own.get("ipAddress"),
        port=int(own["port"]) if "port" in own else None,
        tls=_tls(own, fields),
        chain=_chain(own.get("tlsCertificatesIn")),
        interim=base64.b64decode(own.get("interim", "")),
        notes=tuple(value for name, value in fields if name == "note"),
        fields=tuple(field for field in fields if field[0] not in _OURS),
    )


def _tls(own: dict[str, str], fields: Fields) -> TlsParameters | None:
    if "tlsVersion" not in own:
        return None
    return TlsParameters(
        version=own["tlsVersion"],
        cipher=own["tlsCipher"],
        certificates=tuple(
            base64.b64decode(value) for name, value in fields if name == "tlsCertificate"
        ),
    )


def _chain(value: str | None) -> ChainReference | None:
    if value is None:
        return None
    record_id, offset, length = value.split()
    return ChainReference(record_id=record_id, offset=int(offset), length=int(length))

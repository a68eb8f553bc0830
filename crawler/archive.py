"""The Scrapy extension that owns a crawl's one wire and one WARC writer."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.disk import told_by_system
from crawler.options import CaptureOptions, OptionsError
from crawler.warcinfo import warcinfo_fields
from warc.collection import Collection
from warc.exchange import Exchange
from warc.files.originals import FILE_NAME as ORIGINALS
from warc.http.addresses import AddressPolicy
from warc.http.resolver import DnsResolver
from warc.wire import ConnectTo, Limits, Wire, WireRequest
from warc.writer import WarcWriter, WriterOptions, Written

logger = logging.getLogger(__name__)


def utcnow() -> datetime:
    """Return the time of day."""
    return datetime.now(UTC)


class Archive:
    """Asks over the wire and writes down what came: in the WARC before Scrapy hears of it."""

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        if not isinstance(options, CaptureOptions):
            raise NotConfigured("no CAPTURE_OPTIONS")
        self._options = options
        self._wire: Wire | None = None
        self._writer: WarcWriter | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening to the crawl."""
        archive = cls(crawler)
        crawler.signals.connect(archive.close, signals.engine_stopped)
        return archive

    async def ask(self, request: WireRequest) -> Exchange:
        """Return the exchange; what the network does is in it and never an exception."""
        if self._wire is None:
            self._wire = wire_for(self._options)
        return await self._wire.fetch(request)

    def cut(self) -> None:
        """End the answers under way as cut by time."""
        if self._wire is not None:
            self._wire.cut()

    def write(self, exchange: Exchange, fields: tuple[tuple[str, str], ...]) -> Written:
        """Write the exchange with `fields` in its metadata; raise OSError where it cannot be."""
        with told_by_system(ORIGINALS):
            if self._writer is None:
                self._writer = WarcWriter(writer_options(self._options), clock=utcnow)
            return self._writer.write_exchange(exchange, fields=fields)

    def sync(self) -> None:
        """Put all that is written on the disk; raise OSError where it cannot be."""
        if self._writer is not None:
            with told_by_system(ORIGINALS):
                self._writer.sync()

    async def close(self) -> None:
        """Close the connections, then the WARC, which gets its final name.

        Where there is no room for its index, it stays open for the next start to close.
        """
        wire, self._wire = self._wire, None
        writer, self._writer = self._writer, None
        try:
            if wire is not None:
                await wire.close()
        finally:
            if writer is not None:
                _close(writer)


def _close(writer: WarcWriter) -> None:
    try:
        with told_by_system(ORIGINALS):
            writer.close()
    except OSError as error:
        logger.error("The WARC stays open for the next start to close: %s", error)


def wire_for(options: CaptureOptions) -> Wire:
    """Return the wire that the options describe; raise OptionsError where they contradict it."""
    try:
        return Wire(
            resolver=DnsResolver(_nameserver(options.resolver)),
            policy=AddressPolicy(allowed=tuple(ip_network(r) for r in options.allow_ranges)),
            limits=Limits(total=options.timeout, response_bytes=options.max_size),
            connect_to=tuple(ConnectTo.parse(text) for text in options.connect_to),
            ca_file=options.ca_file,
            proxy=options.proxy,
            clock=utcnow,
        )
    except ValueError as error:
        raise OptionsError(str(error)) from error


def writer_options(options: CaptureOptions) -> WriterOptions:
    """Return how the WARC is written, and what its warcinfo says of the crawl."""
    collection = Collection(options.collection)
    return WriterOptions(
        archive=collection.archive,
        indexes=collection.indexes,
        prefix=re.sub(r"[^\w.-]+", "-", options.prefix or collection.name),
        info=warcinfo_fields(options, collection.name),
        max_bytes=options.warc_size,
        max_age_seconds=options.warc_age,
        keep_credentials=options.keep_credentials,
    )


def _nameserver(text: str | None) -> tuple[str, int] | None:
    if text is None:
        return None
    host, colon, port = text.rpartition(":")
    if not colon:
        return (text, 53)
    if not port.isdigit():
        raise OptionsError(f"resolver {text!r} is not address:port")
    return (host.strip("[]"), int(port))

"""How links are asked."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.checks.politeness import Pace
from warc.wire import Limits

USER_AGENT = "Mozilla/5.0 (compatible; Muniment/0.1; link check of an archive)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOptions:
    """How to ask; times in seconds.

    `concurrency` bounds requests at once over all hosts, `per_host` those to one. `body_limit`
    bounds an answer in bytes as received. `timeout` is the longest wait for a connection, for
    TLS, and for any next byte; a whole exchange may take `total`, three timeouts where that is
    None. A fault that may pass is tried again up to `retries` times, each `retry_delay` later.
    `retry_after_cap` bounds how long a server's Retry-After is obeyed. `breaker` requests in a
    row without an answer put a server in doubt.
    """

    concurrency: int = 64
    per_host: int = 2
    delay: float = 0.5
    max_redirects: int = 20
    body_limit: int = 2 << 20
    user_agent: str = USER_AGENT
    timeout: float = 20.0
    total: float | None = None
    retries: int = 1
    retry_delay: float = 15.0
    retry_after_cap: float = 120.0
    breaker: int = 3

    def limits(self, idle: float | None = None) -> Limits:
        """Return the wire's bounds for one exchange; `idle` is a shorter patience than usual."""
        return Limits(
            connect=self.timeout,
            idle=self.timeout if idle is None else idle,
            total=3 * self.timeout if self.total is None else self.total,
            response_bytes=self.body_limit,
        )

    @property
    def pace(self) -> Pace:
        """Return how each host is treated."""
        return Pace(
            per_host=self.per_host,
            delay=self.delay,
            breaker=self.breaker,
            rest=self.retry_delay if self.retries else None,
            longest_pause=self.retry_after_cap,
        )

"""How links are asked, as the settings say."""

from __future__ import annotations

from muniment import __version__
from muniment.config import Config, Network
from pipelines.checks.probe import ProbeOptions
from pipelines.void_runs import VoidRules


def user_agent(network: Network) -> str:
    """Return what links are asked as: a browser's form, since walls are built against others."""
    about = "link check for an archive"
    about = f"{about}; {network.contact}" if network.contact else about
    return network.user_agent or f"Mozilla/5.0 (compatible; Muniment/{__version__}; {about})"


def probe_options(config: Config) -> ProbeOptions:
    """Return how a probe is to ask."""
    asked = config.check
    return ProbeOptions(
        concurrency=asked.concurrency,
        per_host=asked.per_host,
        delay=asked.per_host_delay,
        timeout=asked.timeout,
        retries=asked.retries,
        retry_delay=asked.retry_delay,
        retry_after_cap=asked.retry_after_cap,
        user_agent=user_agent(config.network),
    )


def void_rules(config: Config) -> VoidRules:
    """Return when a run is void."""
    return VoidRules(share=config.check.void_share, hosts=config.check.void_hosts)

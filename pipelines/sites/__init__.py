"""The sites whose pages are understood: one frozen profile an era, data and no class tree."""

from __future__ import annotations

from urllib.parse import urlsplit

from pipelines.sites.profile import Field, SiteProfile
from pipelines.sites.state_2009_2017 import STATE_2009_2017

__all__ = ["PROFILES", "Field", "SiteProfile", "profile_named", "site_for"]

PROFILES: tuple[SiteProfile, ...] = (STATE_2009_2017,)
_BY_HOST = {host: profile for profile in reversed(PROFILES) for host in profile.hosts}


def profile_named(name: str) -> SiteProfile:
    """Return the profile of that name; raise KeyError, naming those there are, for another."""
    for profile in PROFILES:
        if profile.name == name:
            return profile
    raise KeyError(f"no site named {name!r}; there are {', '.join(p.name for p in PROFILES)}")


def site_for(url: str) -> SiteProfile:
    """Return the profile of the host of `url`; the first profile where none claims it."""
    return _BY_HOST.get((urlsplit(url).hostname or "").lower(), PROFILES[0])

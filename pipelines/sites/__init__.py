"""The sites whose pages are understood: one frozen profile an era, data and no class tree."""

from __future__ import annotations

from pipelines.sites.generic import GENERIC
from pipelines.sites.profile import SiteProfile
from pipelines.sites.state_1997_2001 import STATE_1997_2001
from pipelines.sites.state_2001_2009 import STATE_2001_2009
from pipelines.sites.state_2009_2017 import STATE_2009_2017
from pipelines.sites.state_2017_2021 import STATE_2017_2021
from pipelines.sites.state_2021_2025 import STATE_2021_2025
from pipelines.sites.state_current import STATE_CURRENT
from pipelines.sites.template import Template
from pipelines.urls import host_of

__all__ = ["GENERIC", "PROFILES", "SiteProfile", "profile_named", "site_for", "template_of"]

PROFILES: tuple[SiteProfile, ...] = (
    STATE_2009_2017,
    STATE_2001_2009,
    STATE_1997_2001,
    STATE_2017_2021,
    STATE_2021_2025,
    STATE_CURRENT,
)
SISTER_HOSTS = frozenset(host for profile in PROFILES for host in profile.hosts)
_BY_HOST = {host: profile for profile in PROFILES for host in profile.hosts}


def profile_named(name: str) -> SiteProfile:
    """Return the profile of that name; raise KeyError, naming those there are, for another."""
    for profile in PROFILES:
        if profile.name == name:
            return profile
    raise KeyError(f"no site named {name!r}; there are {', '.join(p.name for p in PROFILES)}")


def site_for(url: str) -> SiteProfile:
    """Return the profile of the host of `url`; the generic one where none claims it."""
    return _BY_HOST.get(host_of(url), GENERIC)


def template_of(source: bytes, site: SiteProfile) -> Template | None:
    """Return the template whose signs are in a page's source, the site's own tried first.

    A host carries pages of other eras: www.state.gov those of all, an archive those it took over.
    None where a known site has a page of no known template; for other sites the generic one.
    """
    for template in _candidates(site):
        if any(sign in source for sign in template.signs):
            return template
    return GENERIC.template if site is GENERIC else None


def _candidates(site: SiteProfile) -> list[Template]:
    if site is GENERIC:
        return []
    own = site.template
    return [own, *(p.template for p in PROFILES if p.template is not own)]

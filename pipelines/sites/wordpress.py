"""The WordPress template of www.state.gov since 2019, and of the archives made of it."""

from __future__ import annotations

from pipelines.sites.template import FIELD_PARTS, Region, Template

WORDPRESS = Template(
    name="wordpress",
    signs=(b"/wp-content/", b"wp-block-", b"featured-content__headline"),
    window=Region(start=b"<main", end=b"</main>"),
    title=("h1.featured-content__headline", "h1.page-header__title", "h1"),
    crumbs=(".bc_content a", ".breadcrumbs a", ".breadcrumb a"),
    header=Region(
        selectors=("header.featured-content", ".featured-content", "header.page-header", "header")
    ),
    body=Region(selectors=(".entry-content",)),
    field_parts=FIELD_PARTS,
    dropped=(".related-tags", ".sharedaddy", ".related-articles"),
    report_signs=(b'class="wp-block-reports-hero', b'class="report__main'),
    places_in_body=True,
)

EXCLUDED = (
    r"^/(?:wp-admin|wp-json|wp-login)",
    r"[?&]s=",
    r"^/search\b",
    r"[?&]print\b",
    r"/feed/?(?:index\.html)?$",
)
INDEXES = (
    r"^/(?:index\.html)?$",
    r"^/(?:press-releases|department-press-briefings|briefings|remarks|newsroom|countries-areas"
    r"|bureaus-offices|public-schedule|reports|subjects)/?(?:index\.html)?$",
    r"/page/\d+/?",
    r"/index\.htm$",
)

"""Lead what an SVG drawing loads and links into the archive, and nothing in it run."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from warc.replay.leads import Lead, Leads
from warc.replay.rewrite import DROPPED, STYLED
from warc.replay.srcset import rewrite_srcset
from warc.replay.style_sheets import rewrite_style

_LINKS = frozenset({"href", "src", "data"})
_RUN = frozenset({"script", "handler", "listener", "base", "meta"})
_MOVE = frozenset({"animate", "set"})


def rewrite_svg(svg: bytes, page: str, to_resource: Lead, to_page: Lead) -> bytes | None:
    """Return a drawing with its links led, in UTF-8; None where it is no well-formed XML.

    Entities are put in place and the document type with them is left out, as are processing
    instructions: what they load is not seen here.
    """
    try:
        # Expat asks for no external entity, and bounds what others grow to.
        root = ElementTree.fromstring(svg)  # noqa: S314 - see above
    except (ElementTree.ParseError, ValueError):
        return None
    leads = Leads(page=page, base=page, to_resource=to_resource, to_page=to_page)
    for node in root.iter():
        for child in list(node):
            if _is_taken_out(child):
                node.remove(child)
        _rewrite(node, leads)
    try:
        return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
    except RecursionError:  # it nests as no drawing does
        return None


def _is_taken_out(node: Element) -> bool:
    tag = _local(node.tag)
    moves = tag in _MOVE and _local(node.get("attributeName") or "") in _LINKS
    return tag in _RUN or moves


def _rewrite(node: Element, leads: Leads) -> None:
    tag = _local(node.tag)
    for name, value in list(node.attrib.items()):
        made = _made(tag, _local(name), value, leads)
        if made is None:
            del node.attrib[name]
        elif made != value:
            node.set(name, made)
    if tag == "a":
        node.set("target", "_top")
    if tag == "style" and node.text:
        node.text = rewrite_style(node.text, leads.resource)


def _made(tag: str, name: str, value: str, leads: Leads) -> str | None:
    """Return what an attribute's value becomes; None for one that goes."""
    if name.startswith("on") or name in DROPPED or name == "srcdoc":
        return None
    if name in _LINKS:
        return leads.followed(value) if tag in {"a", "area"} else leads.resource(value)
    if name in STYLED:
        return rewrite_style(value, leads.resource)
    return rewrite_srcset(value, leads.resource) if name == "srcset" else value


def _local(name: str) -> str:
    """Return a name without its namespace or prefix, in lower case."""
    return name.rpartition("}")[2].rpartition(":")[2].lower()

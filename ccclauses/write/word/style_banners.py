"""Headers and footers of a house style: which there are, and what they carry along."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lxml import etree

from ...model.diagnostic import Diagnostic, Position, Severity
from ...ooxml.elements import DECLARATION, attribute
from ...ooxml.headers import default_footer, default_header, joined_tokens
from ...ooxml.namespaces import w
from ...ooxml.package.package import Package, Relationship, content_type, rels_name
from ...ooxml.styles import Styles
from .banners import Settling, settle, used_relationships

HEADER_KINDS = ("header", "footer")
BANNER_TYPES = MappingProxyType({"default": "page", "first": "first-page", "even": "even-page"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """A page header or footer of a template: its type (default, first, even), its text, what it points to."""

    kind: str  # header or footer
    type: str
    name: str  # part name in the annex
    text: str
    relationships: bytes = b""


def note(file: str, rule: str, message: str, hint: str, severity: Severity = Severity.NOTE) -> Diagnostic:
    return Diagnostic(rule=rule, severity=severity, message=message, at=Position(file=file), hint=hint)


def bookmarks_at_end(package: Package) -> frozenset[str]:
    """The bookmarks at the very end of the template's text, by which some footers count its pages."""
    body = package.xml(package.main_part).find(w("body"))
    out: set[str] = set()
    for block in reversed(list(body) if body is not None else []):
        ends = list(block.iter(w("tr")))[-1:] or [block]
        out.update(mark.get(w("name"), "") for end in ends for mark in end.iter(w("bookmarkStart")))
        if any((t.text or "").strip() for t in block.iter(w("t"))):
            break
    return frozenset(out)


def banners_of(
    package: Package,
    references: Mapping[tuple[str, str], str],
    styles: Styles,
    role_styles: Mapping[str, str],
    file: str,
) -> tuple[tuple[Banner, ...], list[str], list[Diagnostic]]:
    """The headers and footers, the parts that they reach, and what they lose; plain ones where there are none."""
    by_id = {rel.id: rel for rel in package.relationships(package.main_part)}
    out: list[Banner] = []
    reach: list[str] = []
    lost: list[Diagnostic] = []
    counts = {"header": 0, "footer": 0}
    used = frozenset(role_styles[role] for role in ("title", "subtitle", "heading", "clause", "schedule"))
    last_bookmarks = bookmarks_at_end(package)

    def name(kind: str) -> str:
        counts[kind] += 1
        return f"word/{kind}{counts[kind]}.xml"

    for (kind, type_), rel_id in sorted(references.items()):
        rel = by_id.get(rel_id)
        if rel is None or rel.external or rel.target not in package.parts:
            lost.append(
                note(
                    file, "template-header", f"the {BANNER_TYPES[type_]} {kind} of the template is not in its file", ""
                )
            )
            continue
        rels = package.relationships(rel.target)
        known = Settling(
            file=file,
            where=f"the {BANNER_TYPES[type_]} {kind}",
            styles=styles,
            used=used,
            last_bookmarks=last_bookmarks,
            relationships={r.id: r for r in rels},
            parts=frozenset(package.parts),
        )
        tree = settle(package.xml(rel.target), known)
        lost += known.found
        rels = tuple(used_relationships(tree, rels))
        text = etree.tostring(joined_tokens(tree), encoding="unicode")
        out.append(
            Banner(
                kind=kind,
                type=type_,
                name=name(kind),
                text=DECLARATION + text,
                relationships=_relationships_part(name(kind), rels) if rels else b"",
            )
        )
        reach += [r.target for r in rels if not r.external]
    for kind, default in (("header", default_header), ("footer", default_footer)):
        if not any(b.kind == kind and b.type == "default" for b in out):
            tabs = max(1, styles.tab_stops(role_styles[kind]))
            out.append(Banner(kind=kind, type="default", name=name(kind), text=default(role_styles[kind], tabs)))
    return tuple(out), reach, lost


def relative_to_word(name: str) -> str:
    """The name of a part as a part in word/ points to it; some readers don't follow names from the root."""
    return posixpath.relpath(name, "word")


def _relationships_part(part: str, rels: Sequence[Relationship]) -> bytes:
    from ...ooxml.output import relationships_xml  # which imports python-docx, for which most templates need not wait

    return relationships_xml(part, rels)


def carry_over(
    package: Package, reach: list[str]
) -> tuple[dict[str, bytes], dict[str, str], tuple[tuple[str, str], ...]]:
    """The parts of a template that go along unchanged: theme, fonts, and what they and the headers show."""
    relationships = []
    waiting = list(reach)
    for kind in ("theme", "fontTable"):
        if target := package.related(kind):
            relationships.append((kind, target))
            waiting.append(target)
    parts: dict[str, bytes] = {}
    types: dict[str, str] = {}
    listing = package.xml("[Content_Types].xml")
    while waiting:
        name = waiting.pop()
        if name in parts or name not in package.parts:
            continue
        parts[name] = package.parts[name]
        types[name] = content_type(listing, name)
        if rels := package.relationships(name):
            parts[rels_name(name)] = _relationships_part(name, rels)
            waiting += [r.target for r in rels if not r.external]
    return parts, types, tuple(relationships)


def plain_markup(element: etree._Element) -> str:
    """A childless element as markup that leans on the prefix `w` of the part it is put into."""
    attributes = "".join(f' w:{etree.QName(k).localname}="{attribute(v)}"' for k, v in element.attrib.items())
    return f"<w:{etree.QName(element).localname}{attributes}/>"

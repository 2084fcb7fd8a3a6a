"""The checklist that every result has to pass before it is written: the agreement kept, the annex whole, the file sound.

It reads the files afresh and takes nothing from the surgery but where the annex was to go and what was reported of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from ...ooxml.namespaces import w
from ...ooxml.package.package import CONTENT_TYPES_PART, Package, rels_name
from ...ooxml.package.record import ANNEX_STYLE
from ...ooxml.revisions import accept_all, has_revisions, list_revisions, reject_all
from ..fit.fit import Fitted
from ..host.contents import deepest_listed
from ..host.facts import PAGE as _PAGE
from ..host.facts import Fact, Facts
from ..host.place import Place
from ..splice import Spliced
from .sound import faults

_LABEL = re.compile(r"(?:schedule|exhibit|appendix|annex|annexure|attachment|part|anlage|anhang|annexe) \S+$", re.I)
_SAID_ONCE = ("titlePg", "pgNumType")  # what a section does not say again behind the annex


def prove(
    host: Package, place: Place, fitted: Fitted, spliced: Spliced, *, tracked: bool, labels: bool
) -> Iterator[str]:
    """What is wrong with a result, each in a sentence; nothing where it is as it has to be.

    `place` counts the blocks of the agreement as it was. A tracked result is proved with its changes accepted, and rejecting
    them has to give the agreement. `labels` says that no two headings may bear one label, which a user may choose otherwise.
    """
    package = spliced.package
    old, new = host.xml(host.main_part), package.xml(package.main_part)
    yield from sorted(faults(package, new) - faults(host, old))
    yield from _parts_kept(host, spliced)
    if not tracked:
        before, after = Facts(host, old), Facts(package, new)
        yield from _kept(before, after, place, spliced)
        yield from _revisions(before, after, place)
        yield from _annex(after, fitted, spliced, labels)
        return
    if not has_revisions(new):
        yield "nothing of it is tracked"
    accepted = Facts(package, accept_all(deepcopy(new)))
    yield from _annex(accepted, fitted, spliced, labels)
    rejected = Facts(package, reject_all(new))
    if not has_revisions(old):
        before = Facts(host, old)
        yield from _kept(before, accepted, place, spliced)
        yield from _rejected(before, rejected)
        return
    yield from _read_alike(Facts(host, accept_all(deepcopy(old))), accepted, place, spliced)
    yield from _rejected(Facts(host, reject_all(old)), rejected)


def _rejected(was: Facts, now: Facts) -> Iterator[str]:
    found = now.paragraphs
    if len(was.body) < 2 or was.body[-2].tag != w("p"):  # where no paragraph ends the text, Word adds an empty one
        found = found[:-1] if found and not found[-1].text else found
    if len(was.paragraphs) != len(found):
        yield f"with its changes rejected it has {len(now.paragraphs)} paragraphs, where the agreement has {len(was.paragraphs)}"
        return
    for one, other in zip(was.paragraphs, found):
        if (one.text, one.number, one.look) != (other.text, other.number, other.look):
            yield f"with its changes rejected {one.said} is not as it was"
        if one.page != other.page or one.shown != other.shown:
            yield f"with its changes rejected {one.said} is on another kind of page"
            return


def _read_alike(was: Facts, now: Facts, place: Place, spliced: Spliced) -> Iterator[str]:
    """What differs in the words of an agreement with pending changes, all accepted, besides what the annex replaces."""
    first, last = now.bounds(spliced.tag)
    old = [" ".join(f.text.split()) for f in was.paragraphs]
    new = [" ".join(f.text.split()) for at, f in enumerate(now.paragraphs) if not first <= at <= last]
    lost = Counter(filter(None, old)) - Counter(filter(None, new))
    added = Counter(filter(None, new)) - Counter(filter(None, old))
    if added and not place.bookmark:
        yield f"with all changes accepted, “{next(iter(added))[:50]}” is in the agreement and was not"
    if lost and place.gone == place.seam and place.control is None and not place.bookmark:
        yield f"with all changes accepted, “{next(iter(lost))[:50]}” is no longer in the agreement"


# -- the agreement ----------------------------------------------------------------------------------------------------


def _kept(was: Facts, now: Facts, place: Place, spliced: Spliced) -> Iterator[str]:
    first, last = now.bounds(spliced.tag)
    if first < 0 or last < first:
        yield "the annex is not there, or not marked"
        return

    def ours(fact: Fact) -> bool:  # the small line that ends a section of an annex
        return not fact.text and now.styles.name(_style(fact)).startswith(ANNEX_STYLE)

    before = [f for f in now.paragraphs[:first] if not ours(f)]
    after = [f for f in now.paragraphs[last + 1 :] if not ours(f)]
    old_before = [f for f in was.paragraphs if f.block < place.gone and not ours(f)]
    old_after = [f for f in was.paragraphs if f.block >= place.seam and not ours(f)]
    if place.bookmark:
        parts = [*before[len(old_before) :], *after[: max(0, len(after) - len(old_after))]]
        if [f.text.strip() for f in parts if f.text.strip()] != _around(was, place):
            yield f"the words around the bookmark {place.bookmark} are not those that they were"
        before = before[: len(old_before)]
        after = after[max(0, len(after) - len(old_after)) :]
    opening = {f.block for f in old_before if f.block >= place.gone - spliced.opening}
    if place.control is not None:  # whose placeholder was taken out
        old_before, before = ([f for f in x if f.block != place.control] for x in (old_before, before))
    for old, new, where in ((old_before, before, "before"), (old_after, after, "after")):
        if len(old) != len(new):
            yield f"{len(old)} paragraphs of the agreement are {where} the place, and {len(new)} are left"
            continue
        yield from _same(old, new, opening, after=where == "after")
    annex = range(now.paragraphs[first].block, now.paragraphs[last].block + 1)
    names, left = was.names(range(place.gone, place.seam)), now.names(annex)
    gone = {
        b.get(w("name"))
        for f in was.paragraphs
        if place.gone <= f.block < place.seam
        for b in f.element.iter(w("bookmarkStart"))
    }
    for name, words in names.items():
        if (
            name not in gone
            and name != place.bookmark
            and name not in spliced.moved
            and left.get(name) != words
            and name not in _edges(spliced)
        ):
            yield f"the bookmark {name} of the agreement covers other words than before"


def _around(was: Facts, place: Place) -> list[str]:
    """The words before and after a bookmark in the paragraphs that it begins and ends in."""
    out = [""]
    inside, id_ = False, None
    for block in was.body[place.gone : place.seam]:
        for element in block.iter(w("bookmarkStart"), w("bookmarkEnd"), w("t"), w("p")):
            if element.tag == w("bookmarkStart") and element.get(w("name")) == place.bookmark:
                inside, id_ = True, element.get(w("id"))
            elif element.tag == w("bookmarkEnd") and element.get(w("id")) == id_:
                inside = False
                out.append("")
            elif element.tag == w("p"):
                out.append("")
            elif element.tag == w("t") and not inside:
                out[-1] += element.text or ""
    return [text.strip() for text in out if text.strip()]


def _edges(spliced: Spliced) -> set[str]:
    """The bookmarks that were reported to end at the edge now."""
    return {m for line in spliced.told if "now ends at its edge" in line for m in re.findall(r"“([^”]*)”", line)}


def _same(old: Sequence[Fact], new: Sequence[Fact], opening: set[int], *, after: bool) -> Iterator[str]:
    """What differs between paragraphs of the agreement as they were and as they are.

    Those of `opening` are on the annex's first page now, so only the size of their page is held; behind the annex a section
    has no first page and no first number any more.
    """
    pages = set()
    for one, other in zip(old, new):
        if one.text != other.text:
            yield f"the words of {one.said} changed"
        if one.number != other.number:
            yield f"the number of {one.said} changed from {one.number or 'none'} to {other.number or 'none'}"
        if one.look != other.look:
            changed = [f"{a} > {b}" for a, b in zip(one.look, other.look) if a != b]
            yield f"the look of {one.said} changed ({', '.join(changed)})"
        held = ("pgSz", "pgMar") if one.block in opening else _PAGE
        page = tuple(
            n for n in held if one.page.get(n, "") != other.page.get(n, "") and not (after and n in _SAID_ONCE)
        )
        if page and page not in pages:
            pages.add(page)
            yield f"the page of {one.said} changed ({', '.join(page)})"
        if one.block not in opening and one.shown != other.shown and "shown" not in pages:
            pages.add(("shown",))
            yield f"the headers or footers over {one.said} changed"


def _style(fact: Fact) -> str:
    named = fact.element.find(f"{w('pPr')}/{w('pStyle')}")
    return "" if named is None else named.get(w("val"), "")


def _revisions(was: Facts, now: Facts, place: Place) -> Iterator[str]:
    kept = Counter(
        change.identity + (change.text,)
        for at, b in enumerate(was.body)
        if not place.gone <= at < place.seam
        for change in list_revisions(b)
    )
    left = Counter(change.identity + (change.text,) for change in list_revisions(now.body))
    if kept - left or (left - kept and not place.bookmark):
        yield "the tracked changes of the agreement are not those that they were"


def _parts_kept(host: Package, spliced: Spliced) -> Iterator[str]:
    package = spliced.package
    styles, lists, settings = (host.related(k) for k in ("styles", "numbering", "settings"))
    touched = {host.main_part, rels_name(host.main_part), CONTENT_TYPES_PART, styles, lists, settings}
    touched |= {host.related(k) for k in ("comments", "footnotes", "endnotes", "commentsExtended", "commentsIds")}
    for name, data in host.parts.items():
        if name in touched or package.parts.get(name) == data:
            continue
        gone = name not in package.parts and any(
            x.target == name and x.kind in ("header", "footer", "customXml") for x in host.relationships(host.main_part)
        )
        if not gone and not name.startswith("customXml/"):
            yield f"the part {name} of the agreement changed"
    for part, kinds in ((styles, ("style", "docDefaults", "latentStyles")), (lists, ("abstractNum", "num"))):
        if not part:
            continue
        left = Counter(etree.tostring(e, method="c14n") for e in package.xml(part) if isinstance(e.tag, str))
        for element in host.xml(part):
            if element.tag in map(w, kinds) and not left[etree.tostring(element, method="c14n")]:
                name = (
                    element.get(w("styleId"))
                    or element.get(w("numId"))
                    or element.get(w("abstractNumId"))
                    or element.tag
                )
                if not str(name).startswith("cc") and element.tag == w("style"):
                    yield f"the style {name} of the agreement changed"
                elif element.tag in (w("docDefaults"), w("latentStyles")):
                    yield "the defaults of the agreement's styles changed"


# -- the annex --------------------------------------------------------------------------------------------------------


def _annex(now: Facts, fitted: Fitted, spliced: Spliced, labelled: bool) -> Iterator[str]:
    first, last = now.bounds(spliced.tag)
    if first < 0:
        return
    alone = _alone(fitted)
    inside = now.paragraphs[first : last + 1]
    ours = [f for f in alone.paragraphs]
    while ours and not ours[0].text.strip():
        ours.pop(0)
    while ours and not ours[-1].text.strip():
        ours.pop()
    if len(ours) != len(inside):
        yield f"the annex has {len(ours)} paragraphs, and {len(inside)} are in the agreement"
        return
    for at, (one, other) in enumerate(zip(ours, inside)):
        title = at == 0 and fitted.titled
        if one.text != other.text:
            yield f"the words of {one.said} in the annex changed"
        if one.number != other.number and not title:
            yield f"the number of {one.said} in the annex is {other.number or 'none'} instead of {one.number or 'none'}"
        if one.look != other.look and not title:
            changed = [f"{a} > {b}" for a, b in zip(one.look, other.look) if a != b]
            yield f"the look of {one.said} in the annex changed ({', '.join(changed)})"
        if ("orient=landscape" in one.page.get("pgSz", "")) != ("orient=landscape" in other.page.get("pgSz", "")):
            yield f"{one.said} in the annex is on a page turned the wrong way"
        if "num=" in other.page.get("cols", "") and "num=1" not in other.page["cols"]:
            yield f"{one.said} in the annex is in columns"
    labels = Counter(f.number.casefold() for f in now.paragraphs if _LABEL.match(f.number))
    mine = {f.number.casefold() for f in inside}
    for label, count in labels.items():
        if labelled and count > 1 and label in mine:
            yield f"{count} headings bear the label {label}"
    deepest = deepest_listed(now.root)
    listed = [f for f in inside[int(fitted.titled) :] if f.outline and f.outline <= deepest]
    if listed:
        yield f"the contents list of the agreement would gain {len(listed)} lines of the annex, such as {listed[0].said}"


def _alone(fitted: Fitted) -> Facts:
    """The annex as a file of its own, with what was left out gone."""
    root = fitted.package.xml(fitted.package.main_part)
    body = root[0]
    for child in list(body):
        body.remove(child)
    body.extend([*map(deepcopy, fitted.blocks), deepcopy(fitted.last)])
    return Facts(fitted.package, root)

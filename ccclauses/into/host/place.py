"""Words such as "Schedule 4" → the one seam of an agreement that they name, or the places there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from ...model.diagnostic import nearest
from ...ooxml.namespaces import w
from ...ooxml.package.record import ANNEX_STYLE, BEGIN, END, read_records
from ...ooxml.style_sheet import value
from .host import Heading, Host, Refused, paragraphs_of, pending, shown

BOOKMARK = "bookmark:"
NUMBERED = "#"  # before the number of a heading among those of the same words
_ONE_OF = re.compile(rf"(.*\S)\s*{NUMBERED}([1-9]\d{{0,3}})")
LISTED = 40  # headings that a refusal lists
NEAR = 6  # blocks between a heading and the seam for the heading to go with the annex


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an annex goes: before block `seam`, in place of the blocks from `gone` to it, under `heading` if it has one.

    `bookmark` names the bookmark that is kept around the annex, `control` the block whose placeholder is cleared.
    """

    seam: int
    gone: int
    told: str  # the place in words
    heading: int | None = None
    bookmark: str = ""
    control: int | None = None
    older: str = ""  # the mark of an annex of ours that is replaced
    mentions: int = 0  # of the marker in sentences, headers and elsewhere, which are left


def outline(host: Host) -> tuple[str, ...]:
    """The headings of an agreement as they are listed to choose from."""
    return tuple(f"{'  ' * min(h.rank - 1, 3)}{h.text}" for h in host.headings)


def places_of(host: Host) -> list[tuple[str, str, int]]:
    """What can be chosen: each heading as it is named and as it is said, with its depth from 0, and the end.

    A heading whose words are found several times is named by its number among them, and said with the heading before it.
    """
    alike: dict[str, list[Heading]] = {}
    for heading in host.headings:
        for name in _names(heading):
            alike.setdefault(name, []).append(heading)
    blocks = {h.block for h in host.headings}
    others = {plain(host.words(at)) for at in range(len(host.blocks)) if at not in blocks}
    found = []
    for heading in host.headings:
        same = alike[plain(heading.text)]
        name = words = heading.text
        if len(same) > 1 or plain(heading.text) in others:
            name = f"{heading.text} {NUMBERED}{same.index(heading) + 1}"
        if len(same) > 1:
            words = f"{heading.text} ({same.index(heading) + 1} of {len(same)}, {_where(host, heading)})"
        found.append((name, words, min(heading.rank - 1, 3)))
    return [*found, ("end", "the end of the agreement", 0)]


def _where(host: Host, heading: Heading) -> str:
    """Where a heading stands, told by the nearest one before it whose words are found once, else by the nearest of other words."""
    counts = Counter(plain(h.text) for h in host.headings)
    own = plain(heading.text)
    above = [h.text for h in reversed(host.headings) if h.block < heading.block and plain(h.text) != own]
    before = next((text for text in above if counts[plain(text)] == 1), next(iter(above), ""))
    return f"after “{before[:60]}”" if before else "at the beginning"


def listed_places(host: Host) -> list[tuple[str, str]]:
    """What can be chosen, as it is named and as it is shown in a list."""
    return [(name, "  " * depth + words) for name, words, depth in places_of(host)]


def older_annexes(host: Host) -> list[tuple[str, int, int]]:
    """The annexes of ours that an agreement holds already: the mark of each, its first block and the one after its last."""
    out = []
    for mark in host.root.iter(w("bookmarkStart")):
        name = mark.get(w("name"), "")
        if not name.startswith(BEGIN):
            continue
        tag = name[len(BEGIN) :]
        end = next((e for e in host.root.iter(w("bookmarkStart")) if e.get(w("name")) == END + tag), None)
        if end is not None:
            first, last = _top(host, mark), _top(host, end)
            while last + 1 < len(host.blocks) and _ends_annex(host, last + 1):
                last += 1
            out.append((tag, first, last + 1))
    return out


def _ends_annex(host: Host, at: int) -> bool:
    """Whether a block is the small line that ends an annex: an empty paragraph in a style of the annex."""
    paragraph = host.paragraph(at)
    return paragraph is not None and not host.words(at) and host.styles.name(paragraph.style).startswith(ANNEX_STYLE)


def _older(host: Host) -> Place:
    """The place of the one annex of ours that is there already."""
    found = older_annexes(host)
    if len(found) > 1:
        told = tuple(f"bookmark:{BEGIN}{tag}: {host.words(first)[:60]}" for tag, first, _ in found)
        raise Refused(
            "the agreement holds more than one annex of ours", hint="name the one to replace with --at", listed=told
        )
    tag, first, end = found[0]
    above = next((h for h in reversed(host.headings) if h.block < first), None)
    near = above is not None and not any(host.words(n) for n in range(above.block + 1, first))
    records = read_records(host.package)
    headed = records[tag][1].choices.get("heading") == "agreement" if tag in records else near
    heading = above.block if headed and above is not None else None
    return Place(seam=end, gone=first, told="in place of the earlier annex", heading=heading, older=tag)


def find_place(host: Host, asked: str, *, instead: bool, tracked: bool) -> Place:
    """The place that the words name; raises `Refused` where there is none, there are several, or it can't hold an annex."""
    if not asked.strip() and older_annexes(host):
        return _judged(host, _older(host), tracked)
    if not asked.strip():
        raise Refused("no place was named", hint="name one with --at", listed=outline(host)[:LISTED])
    if asked.strip().casefold() == "end":
        return _judged(
            host, Place(seam=len(host.blocks), gone=len(host.blocks), told="at the end of the agreement"), tracked
        )
    if asked.casefold().startswith(BOOKMARK):
        return _judged(host, _bookmark(host, asked[len(BOOKMARK) :].strip()), tracked)
    wanted = plain(asked)
    headings = [h for h in host.headings if wanted in _names(h)]
    if not headings and (one := _ONE_OF.fullmatch(wanted)):
        headings = [h for h in host.headings if one[1] in _names(h)][int(one[2]) - 1 : int(one[2])]
    markers = [at for at in range(len(host.blocks)) if at not in {h.block for h in headings} and _is(host, at, wanted)]
    if len(headings) + len(markers) > 1:
        told = tuple(f"{asked} {NUMBERED}{n}: {h.text}, {_where(host, h)}" for n, h in enumerate(headings, 1))
        told += tuple(f"paragraph {at + 1}: {host.words(at)}" for at in markers)
        raise Refused(
            f"“{asked}” is found {len(told)} times",
            hint="name the whole heading, add its number to the name, or set a bookmark and name it",
            listed=told,
        )
    if headings:
        return _judged(host, _under(host, headings[0], instead), tracked)
    if markers:
        return _judged(host, _marker(host, markers[0], wanted), tracked)
    raise _missing(host, asked, wanted)


def plain(text: str) -> str:
    """Words as they are compared: spaces, quotation marks and case made equal."""
    text = text.replace("\u2011", "-").translate(str.maketrans("“”„‘’", '"""\'\''))
    return " ".join(text.casefold().split()).rstrip(".:")


def _names(heading: Heading) -> set[str]:
    """What a heading may be called."""
    label, words = plain(heading.label), plain(heading.words)
    return {n for n in (label, words, f"{label} {words}", f"{label}: {words}", f"{label} - {words}") if n}


def _is(host: Host, at: int, wanted: str) -> bool:
    """Whether a block outside tables is the marker and nothing else; a content control may hold empty lines besides."""
    if host.blocks[at].tag == w("tbl"):
        return False
    found = [p for b in host.read[at] for p in paragraphs_of(b) if shown(p).strip()]
    return len(found) == 1 and plain(shown(found[0])) == wanted and not found[0].contents


def _under(host: Host, heading: Heading, instead: bool) -> Place:
    if host.takes_in_files and heading.label:
        raise Refused(
            "the agreement takes in another file that Word expands on opening, so numbers counted here may be wrong",
            hint="open the agreement in Word, save it, and take that file; or name a marker or end",
        )
    end = host.part_end(heading)
    gone = heading.block + 1 if instead else end
    several = sum(plain(h.text) == plain(heading.text) for h in host.headings) > 1
    told = f"under “{heading.text}”" + (f" ({_where(host, heading)})" if several else "")
    told += ", in place of the text that was there" if instead and end > gone else ""
    return Place(seam=end, gone=gone, told=told, heading=heading.block)


def _marker(host: Host, at: int, wanted: str) -> Place:
    mentions = sum(
        wanted in plain(shown(p))
        for other, found in enumerate(host.read)
        if other != at
        for b in found
        for p in paragraphs_of(b)
    ) + sum(wanted in plain(shown(p)) for p in (*host.stories, *host.boxes))
    told = f"in place of the marker “{host.words(at)}”"
    if host.blocks[at].tag == w("p"):
        above = next((h for h in reversed(host.headings) if h.block < at), None)
        near = above is not None and not any(host.words(n) for n in range(above.block + 1, at))
        heading = above.block if near and above is not None else None
        return Place(seam=at + 1, gone=at, told=told, heading=heading, mentions=mentions)
    return Place(seam=at + 1, gone=at + 1, told=f"{told}, after its content control", control=at, mentions=mentions)


def _bookmark(host: Host, name: str) -> Place:
    starts = [e for e in host.root.iter(w("bookmarkStart")) if e.get(w("name")) == name]
    if not starts:
        names = [e.get(w("name"), "") for e in host.root.iter(w("bookmarkStart"))]
        listed = tuple(n for n in names if not n.startswith("_"))
        raise Refused(
            f"the agreement has no bookmark “{name}”", hint=nearest(name, listed) or "", listed=listed[:LISTED]
        )
    start = starts[0]
    end = next((e for e in host.root.iter(w("bookmarkEnd")) if e.get(w("id")) == start.get(w("id"))), None)
    if end is None:
        raise Refused(f"the bookmark “{name}” has no end", hint="set it anew in Word")
    first, last = _top(host, start), _top(host, end)
    for place in (start, end):
        if next(place.iterancestors(w("tc"), w("txbxContent")), None) is not None:
            raise Refused(
                f"the bookmark “{name}” begins or ends inside a table or a text box",
                hint="set it around whole paragraphs",
            )
        if next(place.iterancestors(w("sdtContent")), None) is not None:
            raise Refused(
                f"the bookmark “{name}” begins or ends inside a content control", hint="set it outside of the control"
            )
    for at in range(first, last + 1):
        held, kept = host.paragraph(at), (host.paragraph(n) for n in range(last + 1, len(host.blocks)))
        if (
            held
            and held.heading
            and held.number.strip()
            and any(p and p.number and p.style == held.style for p in kept)
        ):
            raise Refused(
                f"the bookmark “{name}” holds the heading “{held.number.strip()} {host.words(at)[:60]}”, and without it "
                "the headings after it would be numbered otherwise",
                hint="name the heading with --at, which keeps it, or set the bookmark under it",
            )
    told = f"in place of what the bookmark “{name}” holds"
    empty = first == last and not any(True for _ in _between(host.blocks[first], start, end))
    if empty:
        return Place(
            seam=first + 1, gone=first + 1, told=f"after the paragraph with the bookmark “{name}”", bookmark=name
        )
    return Place(seam=last + 1, gone=first, told=told, bookmark=name)


def _between(block: etree._Element, start: etree._Element, end: etree._Element) -> Iterator[etree._Element]:
    """What shows between two marks of one paragraph."""
    inside = False
    for element in block.iter():
        if element is start:
            inside = True
        elif element is end:
            return
        elif inside and element.tag in (w("t"), w("drawing"), w("pict"), w("object"), w("tab"), w("sym")):
            yield element


def _top(host: Host, element: etree._Element) -> int:
    """The block that an element is in, or is."""
    at = element
    while at.getparent() is not host.body:
        parent = at.getparent()
        if parent is None:
            raise Refused("the place is not in the text of the agreement", hint="name a place in the text")
        at = parent
    return host.blocks.index(at)


def _missing(host: Host, asked: str, wanted: str) -> Refused:
    """Why words name no place: where they were found that can't hold an annex, or what there is."""
    listed = outline(host)[:LISTED]
    for at, block in enumerate(host.blocks):
        found = [p for b in host.read[at] for p in paragraphs_of(b) if plain(shown(p)) == wanted]
        if found and block.tag == w("tbl"):
            after = next((host.words(n) for n in range(at + 1, len(host.blocks)) if host.words(n)), "")
            hint = f"name the paragraph after the table (“{after[:60]}”), or end" if after else "name end"
            return Refused(f"the place “{asked}” is inside a table, which can't hold an annex", hint=hint)
        if found and block.tag == w("sdt") and not all(p.contents for p in found):
            for control in block.iter(w("sdt")):
                _refuse_control(control, block)
            raise Refused(
                f"the place “{asked}” is in a content control that holds other text too, which can't be divided",
                hint="remove the control in Word (its text stays), or name a place outside of it",
            )
        if found and all(p.contents for p in found):
            return Refused(
                f"“{asked}” is found only in the contents list", hint="name a heading of the text", listed=listed
            )
    for paragraph in (*host.boxes, *host.stories):
        if plain(shown(paragraph)) == wanted:
            return Refused(
                f"the place “{asked}” is in a {paragraph.story}, which can't hold an annex",
                hint="name a place in the text",
                listed=listed,
            )
    texts = [plain(shown(p)) for found in host.read for b in found for p in paragraphs_of(b)]
    mentions = sum(wanted in t for t in texts)
    said = f", only mentioned in {mentions} sentence{'s' if mentions > 1 else ''}" if mentions else ""
    close = nearest(wanted, [n for h in host.headings for n in _names(h)])
    return Refused(
        f"the place “{asked}” is not found in the agreement{said}",
        hint=close or "name one of its headings",
        listed=listed,
    )


def _judged(host: Host, place: Place, tracked: bool) -> Place:
    """The place, unless it can't hold an annex."""
    named = [place.heading] if place.heading is not None else []
    named += [at for at in range(place.gone, place.seam)][:1]
    for block in host.blocks[place.gone : place.seam] if place.control is None else [host.blocks[place.control]]:
        for control in block.iter(w("sdt")):
            _refuse_control(control, block, goes=place.control is None)
    for at in named:
        if host.blocks[at].find(f"{w('pPr')}/{w('framePr')}") is not None:
            raise Refused(
                f"the place “{host.words(at)[:60]}” is in a frame, which can't hold an annex",
                hint="take the frame away in Word, or name another place",
            )
    if place.seam < len(host.blocks) and host.open_fields[place.seam]:
        raise Refused(
            "the place is inside the result of a field, such as a contents list", hint="name a place outside of it"
        )
    for at in named:
        change = pending(host.blocks[at])
        if change is None:
            continue
        deleted = change.tag in (w("del"), w("moveFrom"))
        if deleted or not tracked:
            who = f"the change of {change.get(w('author'), 'an unnamed author')}{_day(change.get(w('date'), ''))}"
            raise Refused(
                f"the place is itself a pending change ({host.words(at)[:60] or 'a paragraph'})",
                hint=f"accept or reject {who} first" + ("" if deleted else ", or add --track"),
            )
    before = place.gone - 1
    if before >= 0 and host.blocks[before].tag == w("p"):
        mark = host.blocks[before].find(f"{w('pPr')}/{w('rPr')}")
        gone = None if mark is None else mark.find(w("del"))
        if gone is not None:
            who = f"{gone.get(w('author'), 'an unnamed author')}{_day(gone.get(w('date'), ''))}"
            raise Refused(
                "the paragraph before the place has a pending deletion, which would draw the annex into it",
                hint=f"accept or reject the change of {who} first",
            )
    return place


def _refuse_control(control: etree._Element, block: etree._Element, *, goes: bool = False) -> None:
    """Raise `Refused` for a locked control in a block that goes or holds the place, and for a bound one that is all of it."""
    properties = control.find(w("sdtPr"))
    lock = value(properties, "lock")
    own, whole = ("".join(t.text or "" for t in e.iter(w("t"))).strip() for e in (control, block))
    bound = properties is not None and properties.find(w("dataBinding")) is not None and own == whole
    locked = lock in ("contentLocked", "sdtContentLocked", *(["sdtLocked"] if goes else []))
    if bound or locked:
        name = value(properties, "alias") or value(properties, "tag")
        what = f" “{name}”" if name else ""
        kind = "locked" if locked else "bound"
        raise Refused(
            f"the place is inside the {kind} content control{what}",
            hint="unlock or remove the control in Word, or name a place outside of it",
        )


def _day(moment: str) -> str:
    """When a change was made, as it is said."""
    if not re.match(r"\d{4}-\d\d-\d\d", moment):
        return ""
    day = date.fromisoformat(moment[:10])
    return f" of {day.day} {day:%B %Y}"

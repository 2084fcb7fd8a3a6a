"""What differs outside the body: headers, footers, notes, text boxes, links, settings, fields, objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TypeVar

from ...compare.align import align
from ...compare.contents import tidy_text
from ...compare.wording import change_words
from ...model.findings.comparison import WordChange
from ...model.findings.review import ChangeKind, Finding, Source
from ...ooxml.package.package import Package
from ...ooxml.package.targets import TAKEN_IN, held
from ...read.word.document import ReadDocument, ReadDrawing, ReadParagraph
from ...read.word.fields import SHOWN_BY_CODE, newly_stale
from .quantities import changed_quantities
from .units import words_of

# How far a measure of a drawing may differ before a reader sees it: a centimetre, a fifth of its size, five degrees.
_TOLERATED = {
    "left": 360_000, "top": 360_000, "width": 20, "height": 20, "turned": 300_000, "mirrored": 0,
    **{f"cut off ({side})": 5_000 for side in "ltrb"},
}  # fmt: skip
_MEASURES = {"left": "place from the left", "top": "place from the top", "turned": "turn"}
T = TypeVar("T")
SECTION = "file"
_TAKEN_IN = "another file that is taken in here; Word shows its words, which were not read"
_REPEATED = ("header", "footer")  # Word and others keep several copies of one
# Fields that change nothing by being there, or that are looked at where they stand. FILLIN computes nothing: its words are
# compared as any others, and LibreOffice writes one in place of a content control.
_PLAIN_FIELDS = frozenset(
    {
        "",
        "FILLIN",
        "TOC",
        "REF",
        "PAGE",
        "NUMPAGES",
        "PAGEREF",
        "HYPERLINK",
        "SECTIONPAGES",
        "SEQ",
        "NOTEREF",
        "SECTION",
    }
)
_HARMLESS = frozenset(
    {"changes are tracked", "names of authors are removed on saving", "the display of changes is set"}
)


def stories(before: ReadDocument, after: ReadDocument, source: Source, known: Mapping[str, str]) -> Iterator[Finding]:
    """What differs in headers, footers, notes, text boxes and drawings."""
    old, new = _by_story(before, {}), _by_story(after, known)
    for story in dict.fromkeys((*old, *new)):
        left, right = old.get(story, []), new.get(story, [])
        if story in _REPEATED:
            left, right = list(dict.fromkeys(left)), list(dict.fromkeys(right))
            shared = set(left) & set(right)
            left, right = [t for t in left if t not in shared], [t for t in right if t not in shared]
        pairs = [(" ".join(left[x.a0 : x.a1]), " ".join(right[x.b0 : x.b1])) for x in align(left, right)]
        # A note or a box that went with its paragraph stands elsewhere in the order, and says the same.
        carried = Counter(was for was, now in pairs if not now) & Counter(now for was, now in pairs if not was)
        left_out = [carried.copy(), carried.copy()]
        for was, now in pairs:
            if was == now:
                continue
            if not (was and now) and left_out[bool(was)][was or now]:
                left_out[bool(was)][was or now] -= 1
                continue
            yield _story_finding(story, was, now, source)


def carried_notes(before: ReadDocument, after: ReadDocument, source: Source) -> Iterator[Finding]:
    """Notes that say the same of other words: both those that they stood behind and the others are on both sides."""
    was, now = _places(before), _places(after)
    left, right = ([tidy_text(p.text) for p in side.paragraphs()] for side in (before, after))
    for (story, words), new in now.items():
        old = was.get((story, words), new)
        if old != new and any(t.startswith(old) for t in right) and any(t.startswith(new) for t in left):
            yield _story_finding(story, f"{words} (on “{old}”)", f"{words} (on “{new}”)", source)


def _places(document: ReadDocument) -> dict[tuple[str, str], str]:
    """The words before each note that says what no other says, by its story and its words."""
    notes = [((n.story, tidy_text(n.text)), tidy_text(n.about)) for n in document.stories if n.about]
    counts = Counter(note for note, _ in notes)
    return {note: about for note, about in notes if counts[note] == 1}


def _by_story(document: ReadDocument, known: Mapping[str, str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for paragraph in document.stories:
        text = story_text(paragraph, known)
        if text:
            out.setdefault(paragraph.story, []).append(text)
    return out


def story_text(paragraph: ReadParagraph, known: Mapping[str, str]) -> str:
    """The words of a paragraph outside the body as findings tell them."""
    marks = (("hidden", paragraph.hidden), ("can't be seen", paragraph.faint), ("struck through", paragraph.struck))
    told = "".join(f" [{what}: {tidy_text(words)}]" for what, words in marks if words.strip())
    return tidy_text(words_of(paragraph, {}, known).text) + told


def _story_finding(story: str, was: str, now: str, source: Source) -> Finding:
    words = change_words(was, now)
    if not was or not now:
        words = (WordChange(kind="delete" if was else "insert", before=was, after=now),)
    kind: ChangeKind = "reworded" if was and now else "deleted" if was else "new"
    values = changed_quantities(was, now, words)
    return Finding(
        source=source, kind=kind, section=SECTION, what=story, before=was, after=now, words=words, values=values
    )


def file_changes(before: ReadDocument, after: ReadDocument, sent: Package, returned: Package) -> Iterator[Finding]:
    """What differs in the file itself, which no change of words shows."""
    was, now = (tuple(address.rstrip("/") for address in d.external) for d in (before, after))
    for address in dict.fromkeys(now):
        if address in was:
            continue  # of how many headers repeat it is not what they say
        yield _file("link", address, "the file points to an address outside; it was not fetched")
    led, leads = (tuple((shown, to.rstrip("/")) for shown, to in d.links) for d in (before, after))
    texts = {p.text.strip() for p in after.paragraphs()} | set(was)
    for shown, words in dict.fromkeys(link for link in leads if link not in led):
        to = dict(led).get(shown, "")
        if to and words and to in texts:
            yield _file("link", f"“{shown}” leads to “{words[:60]}”", f"it led to “{to[:60]}”")
    for setting in _more(after.settings, before.settings):
        if setting not in _HARMLESS:
            yield _file("setting", setting, "a setting of the file")
    for note in _more(after.notes, before.notes):
        yield _file("part", note, "not read")
    known = Counter(_codes(before).values())
    found = _codes(after)
    for at, code in found.items():
        if known[code] > 0:
            known[code] -= 1
            continue
        shown = after.fields[at].shown
        yield _file(
            "field", f"{{{code}}} showing “{tidy_text(shown)}”", "a field, whose words its code computes", kind="field"
        )
    for code in known.elements():
        if next(iter(code.split(None, 1)), "").upper() in SHOWN_BY_CODE:
            yield _file("field", f"{{{code}}}", "Word shows what it computes from this code", kind="field", gone=True)
    yield from _drawings(before, after)
    old, new = held(sent), held(returned)
    for digest, name in new.items():
        if digest not in old:
            yield _file(
                "object",
                name,
                _TAKEN_IN
                if name.startswith(TAKEN_IN)
                else "a picture or object that was not in the file that was sent",
            )
    for digest, name in old.items():
        if digest not in new:
            yield _file("object", name, "a picture, an object or a file taken in is gone or was replaced", gone=True)


def _drawings(before: ReadDocument, after: ReadDocument) -> Iterator[Finding]:
    """Drawings that both files have as often, and that stand elsewhere, are of another size or are cut or turned otherwise."""
    sides: list[dict[str, list[ReadDrawing]]] = [{}, {}]
    for side, document in zip(sides, (before, after)):
        for drawing in document.drawings:
            side.setdefault(drawing.what, []).append(drawing)
    for what, old in sides[0].items():
        new = sides[1].get(what, [])
        for one, other in zip(old, new) if len(old) == len(new) else ():
            if one.measured_from != other.measured_from:
                continue  # another program wrote it in another way
            how = [name for name, most in _TOLERATED.items() if _differ(one, other, name, most)]
            if how:
                remark = f"it differs in its {', '.join(_MEASURES.get(name, name) for name in how)}"
                yield _file("object", what, remark)


def _differ(one: ReadDrawing, other: ReadDrawing, name: str, most: int) -> bool:
    was, now = one.measures.get(name, 0), other.measures.get(name, 0)
    return abs(was - now) > (max(was, now) * most // 100 if name in ("width", "height") else most)


def stale_fields(before: ReadDocument, rejected: ReadDocument) -> Iterator[Finding]:
    """Fields that show what they will no longer show once they are brought up to date, and did not do so before.

    The returned file is looked at without its tracked changes: what a tracked deletion does to a reference is not a silent change.
    """
    for field in newly_stale(before, rejected):
        text = f"{{{field.code}}} showing “{tidy_text(field.shown)}”"
        yield _file("field", text, f"it will show “{tidy_text(field.now)}” once fields are updated", kind="field")


def _more(now: tuple[T, ...], was: tuple[T, ...]) -> Iterator[T]:
    yield from (Counter(now) - Counter(was)).keys()


def _codes(document: ReadDocument) -> dict[int, str]:
    """The codes of fields that could show anything, by their place."""
    return {
        n: f.code
        for n, f in enumerate(document.fields)
        if next(iter(f.code.split(None, 1)), "").upper() not in _PLAIN_FIELDS
    }


def _file(what: str, text: str, remark: str, *, kind: ChangeKind = "file", gone: bool = False) -> Finding:
    before, after = (text, "") if gone else ("", text)
    return Finding(source="silent", kind=kind, section=SECTION, what=what, remark=remark, before=before, after=after)

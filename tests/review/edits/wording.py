"""Edits inside paragraphs: a value, a sentence, a few words, the number of a reference.

A change of words is made in three ways: silently in one run, silently in runs that a program cut, and tracked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from ccclauses.ooxml.namespaces import make, w

from .draft import Draft, Edit, Expected, cut_runs, sentences, set_text, several, text_of, track_text

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


@dataclass(frozen=True)
class Change:
    """A change of words: which paragraphs it can be made in, and what it makes of them."""

    name: str
    fits: Callable[[str], bool]
    made: Callable[[str], str]


def _swapped(name: str, pattern: str, new: Callable[[re.Match[str]], str]) -> Change:
    """Put something else in place of what a pattern finds first."""
    found = re.compile(pattern)
    return Change(name, lambda t: len(t) > 30 and bool(found.search(t)), lambda t: found.sub(new, t, count=1))


def _longer(match: re.Match[str]) -> str:
    return str(int(match[1].replace(",", "")) + 48)


def has_number(text: str) -> bool:
    return NUMBER.fits(text)


NUMBER = _swapped("number", r"(?<![\d.,])(\d{1,3})(?![\d.,]*\d)\b", _longer)
PERIOD = _swapped("period", r"\b(\d{1,3})(?= (?:hours?|minutes?|months?|years?|(?:Business )?[Dd]ays?)\b)", _longer)
UNIT = _swapped("unit", r"(?<=\d )hours\b", lambda m: "Business Days")
PERCENTAGE = _swapped("percentage", r"\b(\d{1,2})(?=(?:\.\d+)?\s?%)", _longer)
MONEY = _swapped("money", r"(?:(?<=[A-Z]{3} )|(?<=[€£$]))(\d[\d,]*)", _longer)
CURRENCY = _swapped(
    "currency", r"\b(GBP|EUR|USD|INR)(?= \d)|[€£$](?=\d)", lambda m: "CHF " if len(m[0]) == 1 else "CHF"
)
DATE = _swapped("date", rf"\b\d{{1,2}} (?:{_MONTHS}) \d{{4}}", lambda m: "31 December 2031")
PARTY = _swapped("party", r"\bthe (Provider|Client|Supplier|Customer) (?=shall|may|must)", lambda m: "either party ")
DUTY = _swapped("duty", r"\bshall (?!not)", lambda m: "may ")
NOT = _swapped("not", r"\bshall not\b", lambda m: "shall")
DELETED_SENTENCE = Change("deleted sentence", several, lambda t: " ".join(sentences(t)[:-1]))
DELETED_FIRST = Change("deleted first sentence", several, lambda t: " ".join(sentences(t)[1:]))
ADDED_SENTENCE = Change(
    "added sentence", lambda t: t.endswith("."), lambda t: t + " The Provider may charge for this at its usual rates."
)
PUT_BEFORE = Change(
    "sentence put before",
    lambda t: len(t) > 60,
    lambda t: "Subject to the availability of its staff, this applies. " + t,
)
ADDED_WORDS = Change(
    "added words", lambda t: len(t) > 60, lambda t: t.rstrip(".;") + ", so far as this is commercially reasonable."
)
REWRITTEN = Change(
    "rewritten",
    lambda t: len(t) > 60,
    lambda t: " ".join(
        (*t.split()[:6], "as the parties agree from time to time in good faith and in writing", *t.split()[-6:])
    ),
)
CHANGES = (
    NUMBER,
    PERIOD,
    UNIT,
    PERCENTAGE,
    MONEY,
    CURRENCY,
    DATE,
    PARTY,
    DUTY,
    NOT,
    DELETED_SENTENCE,
    DELETED_FIRST,
    ADDED_SENTENCE,
    PUT_BEFORE,
    ADDED_WORDS,
    REWRITTEN,
)


def silently(change: Change) -> Edit:
    """The edit that makes a change in one run without tracking it."""

    def edit(draft: Draft) -> list[Expected]:
        section, block = draft.paragraph(change.fits)
        set_text(block, change.made(text_of(block)))
        return [("silent", "reworded", section)]

    return named(edit, f"{change.name}, silent")


def in_cut_runs(change: Change) -> Edit:
    """The same where a program has cut the paragraph into many runs."""

    def edit(draft: Draft) -> list[Expected]:
        section, block = draft.paragraph(change.fits)
        cut_runs(block, change.made(text_of(block)))
        return [("silent", "reworded", section)]

    return named(edit, f"{change.name}, silent in cut runs")


def with_tracking(change: Change) -> Edit:
    """The edit that makes a change and tracks it."""

    def edit(draft: Draft) -> list[Expected]:
        section, block = draft.paragraph(change.fits)
        track_text(block, change.made(text_of(block)))
        return [("tracked", "reworded", section)]

    return named(edit, f"{change.name}, tracked")


def silent_over_tracked(change: Change) -> Edit:
    """Words are added with tracking and a value is changed without in one paragraph."""

    def edit(draft: Draft) -> list[Expected]:
        section, block = draft.paragraph(lambda t: change.fits(t) and ADDED_WORDS.fits(t))
        old = change.made(text_of(block))
        set_text(block, old)
        track_text(block, ADDED_WORDS.made(old))
        return [("silent", "reworded", section), ("tracked", "reworded", section)]

    return named(edit, f"{change.name}, silent under tracked words")


def named(edit: Edit, name: str) -> Edit:
    edit.__name__ = name.replace(" ", "_").replace(",", "")
    return edit


change_number, change_number_in_split_runs, change_number_tracked = (
    f(NUMBER) for f in (silently, in_cut_runs, with_tracking)
)
delete_sentence, delete_sentence_tracked = silently(DELETED_SENTENCE), with_tracking(DELETED_SENTENCE)
add_words = silently(ADDED_WORDS)


def beside_a_reference(draft: Draft) -> list[Expected]:
    """A word is changed in a paragraph that holds live references."""
    section, block = draft.paragraph(lambda t: " shall " in t, runs=lambda n: n > 3)
    words = next(t for t in block.iter(w("t")) if " shall " in (t.text or ""))
    words.text = words.text.replace(" shall ", " may ", 1)
    return [("silent", "reworded", section)]


def move_sentence(draft: Draft) -> list[Expected]:
    """A sentence goes from one clause to the end of a paragraph of another."""
    section, block = draft.paragraph(several)
    other, target = draft.paragraph(lambda t: t.endswith(".") and len(t) > 60, but=section)
    *rest, last = sentences(text_of(block))
    set_text(block, " ".join(rest))
    set_text(target, f"{text_of(target)} {last}")
    return [("silent", "moved", section)]


def move_sentence_tracked(draft: Draft) -> list[Expected]:
    section, block = draft.paragraph(several)
    other, target = draft.paragraph(lambda t: t.endswith(".") and len(t) > 60, but=section)
    *rest, last = sentences(text_of(block))
    track_text(block, " ".join(rest))
    track_text(target, f"{text_of(target)} {last}")
    return [("tracked", "moved", section)]


def swap_sentences(draft: Draft) -> list[Expected]:
    """Two sentences of one paragraph change places."""
    section, block = draft.paragraph(several)
    set_text(block, " ".join(reversed(sentences(text_of(block)))))
    return [("silent", "reworded", section)]


def hide_words(draft: Draft) -> list[Expected]:
    """A sentence in hidden text after what can be seen."""
    section, block = draft.paragraph()
    run = next(block.iter(w("r")))
    copy = deepcopy(run)
    properties = copy.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        copy.insert(0, properties)
    properties.append(make("vanish"))
    set_text(copy, " This paragraph does not bind the Provider.")
    run.addnext(copy)
    return [("silent", "hidden", section)]


def hide_what_was_there(draft: Draft) -> list[Expected]:
    """Words that were sent are made hidden; nothing is typed."""
    section, block = draft.paragraph(several)
    *rest, last = sentences(text_of(block))
    _formatted_apart(block, " ".join(rest), " " + last, "vanish")
    return [("silent", "reworded", section)]


def strike_words(draft: Draft) -> list[Expected]:
    """Words that were sent are struck through as if deleted; they still stand there."""
    section, block = draft.paragraph(several)
    text = text_of(block)
    last = sentences(text)[-1]
    _formatted_apart(block, text.removesuffix(last), last, "strike")
    return [("silent", "struck through", section)]


def _formatted_apart(block: etree._Element, first: str, last: str, mark: str) -> None:
    """The words of a paragraph as two runs, the last one formatted so."""
    run = next(block.iter(w("r")))
    copy = deepcopy(run)
    set_text(run, first)
    set_text(copy, last)
    properties = copy.find(w("rPr"))
    if properties is None:
        properties = etree.Element(w("rPr"))
        copy.insert(0, properties)
    properties.append(make(mark))
    run.addnext(copy)


def change_term_everywhere(draft: Draft, term: str = "Provider", new: str = "Supplier") -> list[Expected]:
    for words in draft.root.iter(w("t")):
        if words.text:
            words.text = re.sub(rf"\b{term}\b", new, words.text)
    return [("silent", "term", new)]


def edit_definition(draft: Draft) -> list[Expected]:
    """The meaning of a defined term is narrowed."""
    found = [
        b
        for b in draft.body.iter(w("p"))
        if any(m.get(w("name"), "").startswith("_cd_") for m in b.iter(w("bookmarkStart")))
        and b not in draft.used
        and text_of(b).endswith(".")
    ]
    block = draft.random.choice(found)
    draft.used.add(block)
    words = [t for t in block.iter(w("t")) if t.text][-1]
    words.text = words.text.rstrip(".") + ", except where the Provider could not have known of it."
    return [("silent", "reworded", "front:definitions")]


def wrong_reference(draft: Draft) -> list[Expected]:
    """The number that a live reference shows is typed over."""
    section, field = draft.reference()
    next(field[1].iter(w("t"))).text = "97.8"
    return [("silent", "field", section)]


def reference_elsewhere(draft: Draft) -> list[Expected]:
    """A live reference shows the number that it showed, and points to something else."""
    section, field = draft.reference()
    names = sorted(
        {m.get(w("name")) for m in draft.root.iter(w("bookmarkStart")) if m.get(w("name"), "").startswith("_cc_")}
    )
    code = field[0]
    own = code.text.split()[1]
    code.text = code.text.replace(own, draft.random.choice([n for n in names if n != own]))
    return [("silent", "field", section)]

"""What readers of whole annexes found and a machine can see: words without their term, doubled words, units, clocks nobody can know."""

from __future__ import annotations

import re

import pytest

from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compose.annex import block_inlines, compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Annex, Paragraph, Reference, plain_text
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
EXAMPLES = sorted(p.stem for p in examples_folder().glob("*.yaml"))
# Words by which a paragraph may speak of a unit that it does not name.
SPOKEN = {
    "person": r"person|people|Personnel|agents|badge|account|Access|sign-in|home working|home shift|card number",
    "system": r"[Ss]ystem|software|store|data|record|AI\b|voiceprint|Sensitive",
    "Device": r"Device|computer|Provider System",
    "Device or medium": r"Device|medi(?:um|a)\b",
    "system, account or place": r"[Ss]ystem|kept?|delete",
    "request, return or erasure": r"request|return|eras|data",
    "activity": r"anything|tool",
    "measure or policy": r"measure|policy",
    "recipient": r"transfer|Subcontractor|responder",
    "tool or system": r"tool|system|AI\b|model",
    "sale or use": r"sell|use",
    "document": r"document|Evidence",
    "audit": r"audit",
    "event": r"event",
    "Critical Finding": r"Finding",
    "Security Breach": r"Security Breach|ransom",
    "certificate": r"certif",
    "request": r"request|Regulator",
    "country": r"countr",
    "test": r"test",
    "use": r"use",
    "policy": r"insurance|cover",
}


@pytest.fixture(scope="module", params=EXAMPLES)
def annex(request) -> Annex:
    profile, _ = load_profile(examples_folder() / f"{request.param}.yaml", LIBRARY)
    resolution, _ = resolve(profile, LIBRARY)
    return compose_annex(resolution)[0]


def texts(annex: Annex) -> list[str]:
    """The words of the clauses and definitions, paragraph by paragraph."""
    found = [b.text for c in annex.clauses for b in c.blocks if isinstance(b, Paragraph)]
    return found + [plain_text(d.inlines) for d in annex.definitions]


def test_no_term_of_the_library_stands_in_an_annex_that_does_not_define_it(annex):
    """A Recording in a deal without recordings, a Repository where nothing is stored. AI is also a plain word."""
    whole = " ".join(texts(annex)) + " ".join(plain_text(i) for b in annex.preliminaries for i in [block_inlines(b)])
    defined = {d.term for d in annex.definitions} | set(re.findall(r"“([A-Z][A-Za-z -]+)”", whole))
    for term, definition in {d.term: d for d in LIBRARY.definitions.values()}.items():
        if term in defined or term == "AI" or not term[0].isupper() or annex.form == "short":
            continue
        spelling = re.search(rf"\b(?:{'|'.join(map(re.escape, (term, *definition.forms)))})\b", whole)
        assert spelling is None, f"{term}: {whole[max(0, spelling.start() - 60) : spelling.end() + 20]}"


def test_no_word_stands_doubled(annex):
    twice = re.compile(r"\b(?:its|the|a|an|their) (?:current )?(?:a|an|the) |\b(\w+) \1\b(?<!that that)")
    for text in texts(annex):
        assert not twice.search(text), text


def test_the_unit_of_a_failure_is_what_its_paragraph_speaks_of(annex):
    """A credit for each `system` under a paragraph about media can be counted in three ways."""
    labelled = {(c.id, b.label): b for c in annex.clauses for b in c.blocks if isinstance(b, Paragraph) and b.label}
    assert labelled
    for clause in LIBRARY.clauses.values():
        for failure in clause.failures.values():
            block = labelled.get((clause.id, failure.paragraph))
            if block is not None and not failure.any_other:
                spoken = SPOKEN.get(failure.unit, re.escape(failure.unit))
                assert re.search(spoken, block.text, re.IGNORECASE), f"{failure.unit}: {block.text}"


def test_a_clock_of_a_breach_starts_when_somebody_can_know(annex):
    """From becoming Aware, from a request or from a document; never from the event itself."""
    known = re.compile(r"Aware|request|notice|report|call|rehearsal|containment|filing|payment|learning|invoice")
    for clause in (LIBRARY.clauses["breach-handling"], LIBRARY.clauses["data-misuse"]):
        for duty in clause.duties:
            if duty.within or duty.every:
                assert known.search(duty.trigger) or "order" in duty.trigger or "finding" in duty.trigger, duty


def test_of_two_limits_the_words_say_which_counts(annex):
    """ "For up to 6 months or until the Agreement would have expired" is two sums."""
    two = re.compile(
        r"\b(?:for up to|before|until|within) (?:(?!\b(?:if|whichever)\b)[^.;:,])*? or (?:until|\d+ (?:hours|days|months|Business Days) after)\b"
    )
    for text in texts(annex):
        assert not (found := two.search(text)), found[0]


def test_termination_without_time_to_cure_is_for_prohibitions(annex):
    """A paragraph that also holds general duties would make each of their breaches a ground to end the Agreement."""
    if annex.form != "full":
        return
    paragraphs = [b for c in annex.clauses for b in c.blocks if isinstance(b, Paragraph)]
    listed = next(b for b in paragraphs if "breaches a prohibition in" in b.text)
    targets = {i.target for i in listed.inlines if isinstance(i, Reference)}
    cited = [b for b in paragraphs if b.anchor in targets]
    assert len(cited) >= 9
    for paragraph in cited:
        assert "shall not" in paragraph.text, paragraph.text


def test_only_a_later_instruction_excuses_or_may_be_suspended(annex):
    """The Agreement and the annex are Instructions too, so that the excuse would have no end."""
    for text in texts(annex) if annex.form == "full" else ():
        assert not re.search(r"act or omission of the Client, an Instruction|may suspend the Instruction", text), text

"""Signed annexes, and libraries that changed after they were signed: a small one, and the shipped one."""

from __future__ import annotations

import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

from ccclauses.amend.effect import Case, effect_of
from ccclauses.amend.papers import papers
from ccclauses.amend.writing.document import Terms
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.diagnostic import errors
from ccclauses.model.findings.amendment import Effect
from ccclauses.model.library.library import Library
from ccclauses.ooxml.package.package import read_package, write_package
from ccclauses.pipeline import Built, build_annex

TESTS = Path(__file__).parents[1]
SMALL = TESTS / "library"
FULL = (TESTS / "profiles/full.yaml").read_text(encoding="utf-8")
DAY = date(2026, 12, 1)
NAME = "deal"

Change = tuple[str, str, str]  # a file of a library, words in it, the words that take their place
ACCESS, BREACH, CARD, RECORDS = (
    "security/access.yaml",
    "security/breach.yaml",
    "security/card-data.yaml",
    "governance/records.yaml",
)
REWORDED: Change = (BREACH, "before the Client agrees.", "before the Client agrees in writing.")
# A paragraph before the one to which the clause on access refers.
GROWN: Change = (
    RECORDS,
    "      2. [#produce]",
    "      1. [#keep] The Provider shall keep its records.\n      2. [#produce]",
)
MOVED: Change = (RECORDS, "baseline: 10 Business Days\n    standard: 5", "baseline: 10 Business Days\n    standard: 4")
DEFINED: Change = (
    "definitions.yaml",
    "means an event that exposes Client Data.",
    "means an event that may expose Client Data.",
)
DROPPED: Change = (CARD, "applies_when: takes_payments and", 'applies_when: region == "far" and')
# The signed libraries were at versions 3 and 2.
WRITING = "Consent to tell others is given in writing, so that it can be proved."
VERSIONS: tuple[Change, ...] = (
    (BREACH, "version: 3\nchanges:\n", f"version: 4\nchanges:\n  4: {WRITING}\n"),
    (RECORDS, "version: 2\nchanges:\n", "version: 3\nchanges:\n  3: Records are kept, and the report is due sooner.\n"),
)
FORBIDS: Change = (
    "constraints.yaml",
    "- id: far-away",
    """- id: new-law
  when: framework("gdpr")
  limit: leaver_revoke <= "2 hours"
  severity: error
  reason: The new Act wants it.
  source: Example Act, s 3
- id: far-away""",
)
CAPS: Change = ("constraints.yaml", "- id: far-away", FORBIDS[2].replace('leaver_revoke <= "2', 'breach_notice <= "3'))
ALL = (REWORDED, GROWN, MOVED, DEFINED, DROPPED, *VERSIONS)
NEW_CLAUSE = """id: imitated-voices
version: 1
title: Imitated voices
topic: {topic}
purpose: Nobody moves data on the strength of a voice.
summary: Staff call back before they act on a voice alone.
applies_when: seats > 0
requires: [{records}]
parameters:
  callback_record:
    type: duration
    label: Record of a call back
    range: [1 day, 10 days]
    stricter: lower
    baseline: 5 days
    standard: 3 days
    strict: 1 day
variants:
  - posture: [strict, standard, baseline]
    note: A note that stays at home.
    text: |
      1. [#callback] The Provider shall call back before it acts on a voice that concerns Client Data.
      2. [#record] The Provider shall record each call back within {{{{ callback_record }}}} of it. The Client may
         inspect the record under {{{{ ref("{records}#produce") }}}}.
duties:
  - paragraph: record
    obligor: provider
    action: record
    object: each call back
    trigger: the call back
    within: callback_record
    counts_from: event
    evidence: Entry with its time
    check: {records}#produce
    consequence: callback
"""


def changed(target: Path, *changes: Change, adds: bool = False) -> Path:
    """A folder with the small library and those changes in it."""
    shutil.copytree(SMALL, target)
    for file, words, others in changes:
        text = (target / file).read_text(encoding="utf-8")
        assert words in text, (file, words)
        (target / file).write_text(text.replace(words, others), encoding="utf-8")
    if adds:
        clause = NEW_CLAUSE.format(topic="access", records="records")
        (target / "security/imitated-voices.yaml").write_text(clause, encoding="utf-8")
    return target


def changed_shipped(target: Path) -> Path:
    """A folder with the shipped library, with a new clause, a new paragraph and a definition in other words."""
    shutil.copytree(library_folder(), target)
    clause = NEW_CLAUSE.format(topic="new_technology", records="general-mechanism")
    (target / "technology/imitated-voices.yaml").write_text(clause, encoding="utf-8")
    for file, pattern, words in (
        (
            "place/workplace.yaml",
            r"\n      (?=1\. \[#work-at-sites\])",
            "\n      1. [#added] The Provider shall name a warden.\n      ",
        ),
        ("definitions.yaml", r"(- term: Client Data\n(?:  forms:.*\n)?  text: \|\n    )means", r"\1means at any time"),
    ):
        text, count = re.subn(pattern, words, (target / file).read_text(encoding="utf-8"))
        assert count, (file, pattern)
        (target / file).write_text(text, encoding="utf-8")
    return target


def read_library(*folders: Path) -> Library:
    library, problems = load_library(*folders)
    assert not errors(problems), problems
    return library


@cache
def small() -> Library:
    return read_library(SMALL)


@cache
def shipped() -> Library:
    return read_library(library_folder())


@cache
def built() -> Built:
    """The annex of the full profile under the small library."""
    return _built(TESTS / "profiles/full.yaml", small())


@cache
def example(name: str) -> Built:
    return _built(examples_folder() / f"{name}.yaml", shipped())


def _built(path: Path, library: Library) -> Built:
    profile, _ = load_profile(path, library)
    assert profile is not None
    found, problems = build_annex(profile, library)
    assert found is not None, problems
    return found


def sign(folder: Path, *changes: tuple[str, str], profile: bool = True, under: Library | None = None) -> Path:
    """The annex as a signed file, after those changes of its words, with its profile beside it."""
    package = read_package((_built(TESTS / "profiles/full.yaml", under) if under else built()).data)
    text = package.parts["word/document.xml"].decode()
    for words, others in changes:
        assert words in text, words
        text = text.replace(words, others)
    folder.mkdir(exist_ok=True)
    (folder / f"{NAME}.docx").write_bytes(write_package({**package.parts, "word/document.xml": text.encode()}))
    if profile:
        (folder / f"{NAME}.yaml").write_text(FULL, encoding="utf-8")
    return folder


def case(new: Library, old: Library | None = None, base: Path | None = None) -> Case:
    return Case(old=old, new=new, base=base, template="", terms=Terms(day=DAY))


def effect(folder: Path, of: Case, name: str = NAME) -> tuple[Effect, dict[str, bytes]]:
    paper = next(p for p in papers(folder, folder / "out") if p.path.stem == name)
    return effect_of(paper, of)

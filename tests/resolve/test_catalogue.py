"""Clauses found by words, and one clause shown."""

from __future__ import annotations

import json

import pytest
from small_library import (
    at,
    clause,
    framework,
    hours,
    law,
    library,
    parameter,
    variant,
    when,
)

from ccclauses.common.resources import library_folder
from ccclauses.derive.catalogue import clause_dict, clause_text, find_clauses, find_settings
from ccclauses.derive.explain import NOT_ADVICE
from ccclauses.load.library.library import load_library
from ccclauses.model.library.clause import Negotiation, Part
from ccclauses.model.words.quantity import Duration

LEAVER = parameter(
    "leaver", hours(1, 8, 24), minimum=Duration(0, "hours"), maximum=Duration(72, "hours"), stricter="lower"
)


@pytest.fixture
def lib():
    return library(
        clause(
            "access-control",
            LEAVER,
            purpose="Only those who need it get in.",
            summary="Leavers lose access.",
            requires=("records",),
            maps_to={"pci": {"8.2.5": ("revoke",)}},
            negotiation=Negotiation(preferred="One hour.", walk_away="No list."),
            notes="Mind the clock.",
            variants=(
                variant("strict", text="1. Strict words.\n"),
                variant("standard", "baseline", text="1. Softer words.\n", note="Accept for small teams."),
            ),
            parts=(
                Part(name="remedy", text="9. Any law.\n", text_line=1, at=at("a")),
                Part(name="remedy", laws=("civil_law",), text="9. Civil law.\n", text_line=1, at=at("a")),
            ),
        ),
        clause("records", purpose="Access to evidence.", applies_when=when("takes_payments")),
        frameworks={"pci": framework("pci", **{"8.2.5": "control"})},
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["access-control", "records"]),
        ("ACCESS", ["access-control", "records"]),
        ("softer", ["access-control"]),
        ("evidence access", ["records"]),
        ("nothing", []),
    ],
)
def test_clauses_are_found_by_words(lib, words, found):
    assert [c.id for c in find_clauses(lib, words)] == found


def test_a_word_in_the_title_comes_first(lib):
    assert [c.id for c in find_clauses(lib, "records")] == ["records"]
    assert [c.id for c in find_clauses(library(clause("b", purpose="On audit."), clause("audit")), "audit")] == [
        "audit",
        "b",
    ]


def test_a_clause_is_shown_with_its_source_and_notes(lib):
    assert (
        clause_text(lib.clauses["access-control"], lib, source=True)
        == f"""\
Access control (access-control, version 1)
  topic: Access

Purpose
  Only those who need it get in.

In plain words
  Leavers lose access.

In an annex: always
Requires: records

Values
  leaver: Leaver (0 hours to 72 hours)
    strict 1 hour, standard 8 hours, baseline 24 hours; lower is stricter

Wordings, each the fallback of the one above
  strict
    1. Strict words.
  standard, baseline
    1. Softer words.
    Note: Accept for small teams.
  part `remedy` under any other law
    9. Any law.
  part `remedy` under civil_law
    9. Civil law.

Negotiation: preferred
  One hour.

Negotiation: walk away
  No list.

Drafting notes
  Mind the clock.

Framework references
  PCI 8.2.5 (revoke): Do it

{NOT_ADVICE}
"""
    )


def test_a_posture_and_a_law_narrow_what_is_shown(lib):
    text = clause_text(lib.clauses["access-control"], lib, "strict", law("DE", "civil_law"), source=True)
    assert "Strict words" in text and "Softer words" not in text
    assert "Civil law." in text and "Any law." not in text
    assert "strict 1 hour; lower is stricter" in text


def test_the_ladder_is_shown_as_a_person_reads_it(lib):
    text = clause_text(lib.clauses["access-control"], lib, law=law("DE", "civil_law"))
    section = text[text.index("Wording under") : text.index("Negotiation")]
    assert section.splitlines()[1:] == [
        "  strict",
        "    1 Strict words.",
        "  standard",
        "    1 Softer words.",
        "    Note: Accept for small teams.",
        "  baseline",
        "    the same words and values",
        "    Note: Accept for small teams.",
        "",
    ]


def test_plain_values(lib):
    shown = json.loads(json.dumps(clause_dict(lib.clauses["access-control"], lib, "standard")))
    assert shown["parameters"][0]["values"] == {"standard": "8 hours"}
    assert shown["parameters"][0]["range"] == ["0 hours", "72 hours"]
    assert [v["text"] for v in shown["ladder"]] == ["1. Softer words.\n"]
    assert shown["frameworks"] == [
        {"framework": "PCI", "ref": "8.2.5", "duty": "Do it", "checked": "primary", "paragraphs": ["revoke"]}
    ]
    assert shown["notice"] == NOT_ADVICE


def shipped():
    return load_library(library_folder())[0]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("breach notice", "breach_notice"), ("leaver", "leaver_revoke"), ("backup interval", "backup_interval"),
        ("annual cap", "annual_cap"), ("idle", "idle_timeout"),
    ],
)  # fmt: skip
def test_the_setting_that_is_looked_for_comes_first(words, first):
    assert find_settings(shipped(), words)[0].name == first


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("breach", "breach-handling"),
        ("audit", "audit"),
        ("home", "home-working"),
        ("erasure", "erasure"),
        ("insurance", "insurance"),
    ],
)
def test_the_clause_on_a_subject_comes_first(words, first):
    found = find_clauses(shipped(), words)
    assert found[0].id == first and len(found) > 1


def test_every_setting_is_listed_once_with_its_bounds():
    library = shipped()
    names = [info.name for info in find_settings(library)]
    assert sorted(names) == sorted(n for c in library.clauses.values() for n in c.parameters)
    assert all(info.bounds for info in find_settings(library)) and not find_settings(library, "qqqq")
    (notice,) = [i for i in find_settings(library) if i.name == "breach_notice"]
    assert notice.cost.startswith("credits for late notice") and notice.direction.startswith("a smaller value")

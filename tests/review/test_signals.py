"""What a change of words alters without any figure in it is called out: triggers, conditions, parties, substitutions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.cli import cli
from ccclauses.common.resources import library_folder
from ccclauses.load.library.library import load_library
from ccclauses.model.library.signal import Callout
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import read_package
from ccclauses.review.find.signals import Signals

from . import edits

LIBRARY, _ = load_library(library_folder())
SENT = (
    "Within 24 hours of when it becomes aware of a Security Breach, the Provider shall notify the Client by phone and "
    "email, and let the Client audit each Site."
)


def run(*arguments: str):
    return CliRunner().invoke(cli, arguments)


def called_out(old: str, new: str) -> set[str]:
    assert old in SENT
    found = Signals(LIBRARY.signals).changed(SENT, SENT.replace(old, new))
    return {f"{c.label}: {c.before} → {c.after}" for c in found}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    (
        ("becomes aware of", "has confirmed", "Trigger: becomes aware → confirmed"),
        ("becomes aware of", "has satisfied itself of", "Trigger: becomes aware → has satisfied itself"),
        ("shall notify", "shall use reasonable endeavours to notify", "Standard of the duty:  → reasonable endeavours"),
        ("shall notify", "may notify", "Obligation: shall → may"),
        ("shall notify", "shall not notify", "Negation:  → not"),
        ("audit each Site", "receive a report on each Site", "Proof: audit → report"),
        ("audit each Site", "have a certificate instead of an audit of each Site", "Substitution: audit → instead of"),
        ("phone and email", "phone or email", "Link: and → or"),
        ("a Security Breach", "a material Security Breach", "Qualifier:  → material"),
        ("each Site", "each Site subject to its policies", "Condition:  → subject to"),
        ("audit each Site.", "audit each Site if it has agreed.", "Condition:  → if"),
        ("audit each Site.", "audit each Site unless it is busy.", "Condition:  → unless"),
    ),
)
def test_a_shifted_duty_is_called_out(old, new, expected):
    assert expected in called_out(old, new)


def test_turned_round_parties_are_called_out_both_ways():
    turned = called_out("the Provider shall notify the Client", "the Client shall notify the Provider")
    assert turned == {"Party: Provider → Client", "Party: Client → Provider"}


@pytest.mark.parametrize(
    ("old", "new"), (("24", "48"), ("email", "e-mail"), ("each Site.", "each Site and its rooms."), ("phone", "fax"))
)
def test_other_words_are_not(old, new):
    assert not called_out(old, new)


def test_nothing_is_called_out_where_nothing_changed_or_all_is_new():
    signals = Signals(LIBRARY.signals)
    assert signals.changed(SENT, SENT) == signals.changed("", SENT) == signals.changed(SENT, "") == ()
    assert Signals(()).changed(SENT, SENT + " If.") == ()


def test_a_firm_adds_words_of_its_own_and_every_mistake_is_reported(tmp_path):
    path = tmp_path / "signals.yaml"
    path.write_text("- id: insurer\n  label: Insurer\n  effect: who pays\n  words: [underwriter*]\n")
    library, problems = load_library(library_folder(), tmp_path)
    assert not problems
    (found,) = Signals(library.signals).changed("Paid by the underwriters.", "Paid by a bank.")
    assert found == Callout(label="Insurer", effect="who pays", before="underwriters", after="a bank")
    path.write_text("- id: insurer\n  label: Insurer\n  words: []\n  counts: sometimes\n")
    _, problems = load_library(library_folder(), tmp_path)
    assert {(p.rule, p.at.line) for p in problems} >= {("missing-key", 1)} and len(problems) >= 2
    assert all(p.at.file == str(path) for p in problems)


def test_what_is_called_out_is_in_the_review_the_points_and_what_was_accepted(tmp_path):
    sent, returned = tmp_path / "sent.docx", tmp_path / "returned.docx"
    profile = Path(__file__).parents[1] / "profiles" / "short.yaml"
    assert run("build", str(profile), "-o", str(sent)).exit_code == 0
    draft = edits.Draft(read_package(sent))
    text = next(
        t for b in draft.sections()["breach-handling"] for t in b.iter(w("t")) if "shall notify" in (t.text or "")
    )
    text.text = text.text.replace("shall notify", "shall use reasonable endeavours to notify", 1)
    returned.write_bytes(draft.saved())
    said = "Standard of the duty (result or mere effort): “reasonable endeavours” added"
    found = run("review", str(profile), str(returned), "--respond", "hold")
    assert found.exit_code == 1 and said in found.stdout
    (point,) = json.loads((tmp_path / "returned-answer.json").read_text())["points"]
    assert point["called_out"] == [said] and point["done"] == "restored"
    page = tmp_path / "review.html"
    run("review", str(profile), str(returned), "-o", str(page))
    assert said in page.read_text()
    assert said in run("accept", str(returned), "--sent", str(profile)).stdout

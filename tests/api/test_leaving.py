"""A clause left out with a reason: `check` names what fell with it, in money and law."""

from __future__ import annotations

from ccclauses import api
from ccclauses.common.resources import examples_folder
from ccclauses.model.diagnostic import Severity, errors


def told(tmp_path, exclude, more=""):
    path = tmp_path / "deal.yaml"
    path.write_text(f"extends: {examples_folder() / 'retail-uk.yaml'}\nexclude: {{{exclude}}}\n{more}")
    problems = api.check(path)
    assert not errors(problems)
    return {p.message: p for p in problems if p.rule == "left-out"}


def test_what_falls_with_the_credits_is_told_in_money(tmp_path):
    (message,) = told(tmp_path, "penalties: The client wants no credits.")
    assert message.startswith("“Credits” is left out (The client wants no credits). With it fall ")
    assert "the most that a month of failures costs goes from GBP 54,000.00 to nothing" in message


def test_a_requirement_that_falls_is_named_and_makes_it_a_warning(tmp_path):
    found = told(tmp_path, "training: Done by us., insurance: Group policy.")
    training = next(p for m, p in found.items() if m.startswith("“Training”"))
    insurance = next(p for m, p in found.items() if m.startswith("“Insurance”"))
    assert training.severity is Severity.WARNING and "PCI DSS v4.0.1 12.6" in training.message
    assert insurance.severity is Severity.NOTE and "Nothing in the annex answers" not in insurance.message


def test_without_charges_the_credits_are_told_in_money_and_sums_are_refused(tmp_path):
    text = (examples_folder() / "startup-full.yaml").read_text()
    bare = text.replace('charges: {monthly: "GBP 14,500.00"}', "currency: GBP")
    assert bare != text
    path = tmp_path / "bare.yaml"
    path.write_text(bare)
    (note,) = [p for p in api.check(path) if p.rule == "missing-charges"]
    assert note.severity is Severity.NOTE and "all credits of a month at most GBP 10,000.00" in note.message
    path.write_text(bare + "credits: {b_person: GBP 9}\n")
    (error,) = [p for p in errors(api.check(path)) if p.rule == "missing-charges"]
    assert "`b_person` sets a sum" in error.message and error.at.line == bare.count("\n") + 1

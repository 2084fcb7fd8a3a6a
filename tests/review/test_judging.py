"""What a change means: values on the ladder, what they break, wording that is known and wording that is not."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from ccclauses.cli.common import load_inputs
from ccclauses.compare.contents import tidy_text
from ccclauses.compare.wording import change_words
from ccclauses.model.annex import Paragraph, Reference, Table, Text, Value, plain_text
from ccclauses.model.diagnostic import Diagnostic
from ccclauses.model.findings.review import Finding, Review, SectionReview
from ccclauses.model.library.library import Library
from ccclauses.model.words.quantity import Duration
from ccclauses.review.find.quantities import changed_quantities
from ccclauses.review.judge.judging import Judging, agreed_values, judge_review
from ccclauses.review.judge.known import Known, known_from_annex, read_sent
from ccclauses.review.judge.ladder import judge_value
from ccclauses.review.judge.values import mask_values

EXAMPLE = Path(__file__).parents[2] / "examples" / "insurer-germany.yaml"


@lru_cache(maxsize=1)
def known() -> Known:
    _, found, _ = read_sent(EXAMPLE, load_inputs)
    assert found
    return found


@lru_cache(maxsize=1)
def library() -> Library:
    return known().library


def printing(parameter: str) -> tuple[str, str, str]:
    """The clause, the text and the printed value of a paragraph that prints a parameter."""
    for clause in known().annex.clauses:
        for block in clause.blocks:
            for inline in block.inlines if isinstance(block, Paragraph) else ():
                if isinstance(inline, Value) and inline.parameter == parameter:
                    return clause.id, tidy_text(block.text), tidy_text(inline.text)
    raise AssertionError(f"nothing prints {parameter}")


def restated(parameter: str, value: str) -> str:
    """The text of that paragraph with another value in the place of the printed one."""
    for paragraph in known().annex.paragraphs():
        inlines = tuple(
            replace(i, text=value) if isinstance(i, Value) and i.parameter == parameter else i
            for i in paragraph.inlines
        )
        if inlines != paragraph.inlines:
            return tidy_text(plain_text(inlines))
    raise AssertionError(f"nothing prints {parameter}")


def judged(
    section: str, before: str, after: str, kind: str = "reworded", against: Known | None = None, **more: str
) -> Review:
    words = change_words(before, after)
    finding = Finding(
        source="silent",
        kind=kind,
        section=section,
        before=before,
        after=after,
        words=words,  # type: ignore[arg-type]
        values=changed_quantities(before, after, words),
        **more,  # type: ignore[arg-type]
    )
    part = SectionReview(id=section, kind="clause", number="", title="", findings=(finding,))
    return judge_review(Review(sent="a", returned="b", sections=(part,)), against or known())


def changed_to(value: str, parameter: str, **more) -> Review:
    section, text, _ = printing(parameter)
    return judged(section, text, restated(parameter, value), **more)


def a_ladder() -> tuple[str, list[Duration]]:
    """A parameter of which less is stricter, printed in the annex, with three different values."""
    for name in known().annex.parameters:
        parameter = library().parameter(name)
        if parameter and parameter.stricter == "lower" and parameter.type == "duration":
            values = list(parameter.values.values())
            if len(set(map(str, values))) == 3 and all(v.unit == "hours" for v in values) and parameter.maximum:
                try:
                    printing(name)
                except AssertionError:
                    continue
                return name, values
    raise AssertionError("the library has no such parameter")


def test_a_value_is_told_with_its_rung():
    name, (strict, standard, baseline) = a_ladder()
    parameter = library().parameter(name)
    assert judge_value(parameter, strict, library()).verdict == "preferred"
    assert judge_value(parameter, standard, library()).verdict == "rung"
    assert judge_value(parameter, baseline, library()).rung == "baseline"
    worse = replace(baseline, amount=baseline.amount + 1)
    assert judge_value(parameter, worse, library()).verdict == "below walk-away"
    assert judge_value(parameter, None, library()).verdict == "unknown"


@pytest.mark.parametrize("place", range(3))
def test_no_rung_of_any_ladder_is_below_the_walk_away(place):
    for clause in library().clauses.values():
        for parameter in clause.parameters.values():
            value = list(parameter.values.values())[place]
            assert judge_value(parameter, value, library()).verdict in ("preferred", "rung"), parameter.name


def test_a_changed_value_is_named_as_the_library_names_it():
    name, (_, _, baseline) = a_ladder()
    review = changed_to(f"{baseline.amount + 100} hours", name)
    (finding,) = review.findings
    assert [v.parameter for v in finding.values] == [name]
    assert finding.judgement.verdict == "below walk-away"
    assert agreed_values(review, known()) == {name: Duration(baseline.amount + 100, "hours")}


def test_a_ceiling_of_a_framework_is_told_with_its_source():
    (finding,) = changed_to("72 hours", "breach_notice").findings
    assert any("24 hours" in b and "DORA" in b for b in finding.judgement.breaks), finding.judgement
    assert not finding.judgement.acceptable


def test_a_rule_of_several_frameworks_is_told_as_one_of_those_that_are_on():
    judging, on, partly = Judging(known()), set(known().profile.frameworks), 0
    for constraint in library().constraints:
        named = dict.fromkeys(t.name for t in constraint.when.tests() if t.kind == "framework")
        partly += bool(on & set(named)) and bool(set(named) - on)
        told = judging._told(Diagnostic(rule=constraint.id, message="Said.", at=constraint.at))
        shorts = ", ".join(library().frameworks[n].short for n in named if n in on)
        assert told == (f"{shorts}: Said." if shorts else "Said.")
    assert partly


def both(*parts: tuple[str, str, str, str]) -> tuple[Finding, ...]:
    """The judged findings of some sections that each change a text: kind and id of the section, before, after."""
    sections = [
        SectionReview(
            id=id_,
            kind=kind,
            number="",
            title="",
            findings=(  # type: ignore[arg-type]
                Finding(
                    source="silent",
                    kind="reworded",
                    section=id_,
                    before=before,
                    after=after,
                    what="row of a table" if " | " in before else "",
                    words=change_words(before, after),
                ),
            ),
        )
        for kind, id_, before, after in parts
    ]
    return judge_review(Review(sent="a", returned="b", sections=tuple(sections)), known()).findings


def test_a_value_that_the_worked_example_repeats_is_judged_as_that_of_its_clause():
    section, text, printed = printing("annual_cap")
    example = f"Annual cap {printed} of a sum; not exceeded."
    clause, repeated = both(
        ("clause", section, text, restated("annual_cap", "12%")),
        ("schedule", "schedule:penalties", example, example.replace(printed, "12%")),
    )
    assert [v.parameter for v in repeated.values] == ["annual_cap"]
    assert repeated.judgement.verdict == clause.judgement.verdict != "unknown"
    assert repeated.judgement.reason.startswith("repeats ")
    (other,) = both(("schedule", "schedule:penalties", example, example.replace(printed, "12%")))
    assert other.judgement.verdict == "unknown"


def test_a_figure_that_ends_like_the_value_is_no_repetition_of_it():
    section, text, printed = printing("annual_cap")
    example = f"A sum of 1{printed} of it."
    _, other = both(
        ("clause", section, text, restated("annual_cap", "12%")),
        ("schedule", "schedule:penalties", example, example.replace(printed, "12%")),
    )
    assert other.judgement.verdict == "unknown" and not any(v.parameter for v in other.values)


def test_a_value_changed_in_its_repetition_alone_contradicts_the_clause():
    _, _, printed = printing("annual_cap")
    label = library().parameter("annual_cap").label
    (row,) = both(("front", "front:title", f"{label} | {printed}", f"{label} | 12%"))
    assert f"{label}: the clause still says {printed}" in row.judgement.breaks and not row.judgement.acceptable


def test_unknown_wording_is_called_unknown():
    section, text, _ = printing(a_ladder()[0])
    (finding,) = judged(section, text, f"{text} This applies so far as the Provider can be expected to do so.").findings
    assert finding.judgement.verdict == "unknown"


def test_the_wording_of_another_posture_is_known():
    strict = {tidy_text(b.text) for c in known().annex.clauses for b in c.blocks if isinstance(b, Paragraph)}
    from ccclauses.compose.annex import compose_annex
    from ccclauses.resolve import resolve
    from ccclauses.sides.annex import at_posture

    profile, _ = at_posture(known().profile, library(), "baseline")
    annex, _ = compose_annex(resolve(profile, library())[0])
    judging, tried = Judging(known()), 0
    for clause in annex.clauses:
        own = next((c for c in known().annex.clauses if c.id == clause.id), None)
        for block in clause.blocks:
            if own is None or not isinstance(block, Paragraph) or tidy_text(block.text) in strict or not block.label:
                continue
            sent = next((b for b in own.blocks if isinstance(b, Paragraph) and b.label == block.label), None)
            if sent is None or mask_values(sent.text) == mask_values(block.text):
                continue
            before, after = tidy_text(sent.text), tidy_text(block.text)
            finding = judging.judged(
                Finding(
                    source="silent",
                    kind="reworded",
                    section=clause.id,
                    before=before,
                    after=after,
                    words=change_words(before, after),
                )
            )
            tried += 1
            assert finding.judgement.verdict in ("preferred", "rung", "between", "better"), (
                block.text,
                finding.judgement,
            )
    assert tried > 3


def test_a_clause_that_every_rung_has_is_missed():
    clause = next(c for c in known().annex.clauses if c.id == "breach-handling")
    text = "\n".join(b.text for b in clause.blocks if isinstance(b, Paragraph))
    (finding,) = judged(clause.id, f"{clause.title}\n{text}", "", kind="deleted", what="clause").findings
    assert finding.judgement.verdict == "below walk-away"
    assert any(b.startswith("nothing answers") for b in finding.judgement.breaks)
    assert not finding.judgement.acceptable


def test_a_figure_that_ends_like_a_value_is_not_taken_for_it():
    """A paragraph that prints 24 hours may speak of 4 hours as well; 40 hours in their place are no 240 hours."""
    name = next(n for n in known().annex.parameters if re.fullmatch(r"\d\d hours", known().annex.parameters[n].text))
    section, text, printed = printing(name)
    clause = next(c for c in known().annex.clauses if c.id == section)
    block = next(b for b in clause.blocks if isinstance(b, Paragraph) and tidy_text(b.text) == text)
    longer = replace(block, inlines=(*block.inlines, Text(f" A drill takes {printed[1:]}.")))
    blocks = tuple(longer if b is block else b for b in clause.blocks)
    clauses = tuple(replace(clause, blocks=blocks) if c is clause else c for c in known().annex.clauses)
    against = replace(known(), annex=replace(known().annex, clauses=clauses))
    before = tidy_text(longer.text)
    after = before.replace(f"A drill takes {printed[1:]}", "No drill takes more than 90 hours")
    (finding,) = judged(section, before, after, against=against).findings
    assert [v.parameter for v in finding.values] == [""] and finding.judgement.verdict == "unknown"
    after = before.replace(printed, "96 hours", 1).replace("A drill", "No drill")
    (finding,) = judged(section, before, after, against=against).findings
    assert [(v.parameter, v.after) for v in finding.values] == [(name, "96 hours")]


def test_what_refers_to_a_deleted_paragraph_is_told_and_nothing_where_nothing_does():
    cells = [c for t in known().annex.key_values if isinstance(t, Table) for row in t.rows for c in row]
    pointed = {i.target for p in (*known().annex.paragraphs(), *cells) for i in p.inlines if isinstance(i, Reference)}
    paragraphs = [(c.id, b) for c in known().annex.clauses for b in c.blocks if isinstance(b, Paragraph) and b.label]
    for refers in (True, False):
        section, block = next((s, b) for s, b in paragraphs if (b.anchor in pointed) is refers)
        (finding,) = judged(section, tidy_text(block.text), "", kind="deleted", what="paragraph").findings
        assert any(b.startswith("paragraphs refer to it: ") for b in finding.judgement.breaks) is refers


def test_the_preferred_wording_is_that_of_the_first_posture_also_where_that_makes_no_annex():
    judging = Judging(known())
    section, block = next(
        (s, b)
        for s, blocks in judging.rungs["baseline"].items()
        for masked, b in blocks.items()
        if masked not in judging.rungs["strict"].get(s, {masked: b})
    )
    judging.__dict__["rungs"] = {"baseline": judging.rungs["baseline"]}
    after = tidy_text(block.text)
    finding = judging.judged(Finding(source="silent", kind="reworded", section=section, before="As sent.", after=after))
    assert (finding.judgement.verdict, finding.judgement.rung) == ("rung", "baseline")


def test_the_exposure_follows_the_caps():
    review = changed_to("1%", "at_risk_month")
    before, after = review.exposure_before, review.exposure_after
    assert (
        before.month.amount > after.month.amount == before.month.amount / 5
    )  # the monthly caps follow from 5% as sent


def test_an_annex_alone_is_judged_without_the_rules_that_rest_on_facts():
    alone = known_from_annex(known().annex, library(), "annex.json")
    name, (_, _, baseline) = a_ladder()
    review = changed_to(f"{baseline.amount + 100} hours", name, against=alone)
    assert review.findings[0].judgement.verdict == "below walk-away"
    assert any("judged by what the sent file itself tells" in n for n in review.notes)


def told_of(clause: str, terms: str) -> list[str]:
    """The notes on the yearly cap, changed to these texts in its clause and in the key terms; empty is unchanged."""
    section, text, printed = printing("annual_cap")
    label = library().parameter("annual_cap").label
    parts = []
    if clause:
        parts.append(("clause", section, text, restated("annual_cap", clause)))
    if terms:
        parts.append(("front", "key-terms", f"{label} | {printed} | 26.1", f"{label} | {terms} | 26.1"))
    sections = [
        SectionReview(id=p[1], kind=p[0], number="", title="", findings=(f,)) for p, f in zip(parts, both(*parts))
    ]
    review = judge_review(Review(sent="a", returned="b", sections=tuple(sections)), known())
    return [n.removeprefix(f"{label}: ") for n in review.notes if n.startswith(f"{label}: ")]


def test_a_value_that_clause_and_key_terms_say_otherwise_is_told():
    printed = printing("annual_cap")[2]
    assert told_of("12%", "") == [f"the clause now says 12%, the key terms {printed}"]
    assert told_of("", "12%") == [f"the key terms now says 12%, the clause {printed}"]
    assert told_of("12%", "13%") == ["the clause now says 12%, the key terms 13%"]
    assert told_of("12%", "12%") == told_of("12%", "12% of the Annual Charges") == told_of("12% of it", "12%") == []

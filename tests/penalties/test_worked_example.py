"""The worked example of the brief, to the cent, and its annex read back out of Word."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ccclauses.model.annex import Paragraph
from ccclauses.model.settlement import round_money

from .conftest import statement_of

FIRST = "event=A, failure=late_notice, due=2025-12-10T10:00+01:00, done=2025-12-10T10:30+01:00"
LATE = "event=B, failure=late_notice, start=2026-03-30 22:15 Europe/Madrid, done=2026-04-01 05:40 Europe/Madrid"
RECORDS = "event=B, failure=breach_records, at=2026-03-31, count=3200"
SEVERITY = "event=B, failure=breach_severity, at=2026-03-31, severity=2"


def test_worked_example_of_the_brief(annex):
    # 212,400 were used in the year: 1,500 of them for the first failure, the rest outside this ledger.
    statement = statement_of(annex, FIRST, LATE, RECORDS, SEVERITY, used="210900")
    march = statement.months[-1]
    assert march.month == date(2026, 3, 1)  # the deadline passed on 31 March
    amounts = {x.event.schedule.name: (x.amount, x.counts) for x in march.lines}
    assert amounts["late_notice"] == (18_000, 18_000)
    assert amounts["breach_records"] == (5_300, 0)
    assert amounts["breach_severity"] == (12_000, 12_000)
    late = next(x for x in march.lines if x.event.schedule.name == "late_notice")
    assert late.event.measure.units == 8 and "445 minutes late" in late.event.fact
    results = {s.rule: s.result for s in march.steps}
    assert results["sum"] == 30_000
    assert results["month_cap"] == 24_000
    assert results["annual_cap"] == 18_000
    assert march.credit == 18_000
    assert march.caps == ("month_cap", "annual_cap")


def test_each_step_rests_on_a_paragraph_that_says_so(annex):
    statement = statement_of(annex, FIRST, LATE, RECORDS, SEVERITY)
    numbers = {p.full_number: p.text for p in annex.paragraphs()}
    words = {
        "repeat": "multiplied",
        "event_cap": "one event",
        "overlap": "root cause",
        "month_cap": "month",
        "annual_cap": "year",
        "rounding": "rounding",
    }
    seen = set()
    for month in statement.months:
        for step in (*month.steps, *(s for x in month.lines for s in x.steps)):
            if step.rule in words:
                seen.add(step.rule)
                number = step.paragraph.removeprefix("Article ").removeprefix("clause ")
                assert words[step.rule] in numbers[number].casefold(), step
    assert seen == set(words)


def test_a_library_that_labels_its_paragraphs_otherwise_is_cited_by_what_they_print(annex):
    def unlabelled(clause):
        blocks = (replace(b, label="") if isinstance(b, Paragraph) else b for b in clause.blocks)
        return replace(clause, blocks=tuple(blocks)) if clause.topic == "penalties" else clause

    def cited(of):
        statement = statement_of(of, FIRST, LATE, RECORDS, SEVERITY)
        return {
            s.rule: s.paragraph for m in statement.months for s in (*m.steps, *(s for x in m.lines for s in x.steps))
        }

    labelled, bare = cited(annex), cited(replace(annex, clauses=tuple(map(unlabelled, annex.clauses))))
    paragraphs = {p.full_number: p for c in annex.clauses if c.topic == "penalties" for p in c.blocks}
    for rule, label in (("repeat", "repeat"), ("event_cap", "caps"), ("month_cap", "caps"), ("annual_cap", "caps")):
        assert paragraphs[bare[rule].split()[-1]].label == label
    assert {r for r in bare if bare[r] == labelled[r]} >= {"rate", "fact", "charges", "repeat"}
    assert bare["rounding"] == bare["sum"] == bare["overlap"] == ""  # nothing that they print tells them from others


def test_a_law_of_its_own_numbering_is_cited_in_its_own_words(annex):
    statement = statement_of(annex, FIRST)
    noun = annex.numbering.clause[1].noun
    assert noun and statement.months[0].lines[0].steps[1].paragraph.startswith(noun)


def test_example_in_the_word_file_recomputes(annex):
    """Every product that the worked example of the generated file prints is true."""
    from docx import Document

    from ccclauses.pipeline import house_style
    from ccclauses.write.docx import write_docx

    style, problems = house_style("legal", None, None)  # type: ignore[arg-type]
    assert style, problems
    document = Document(io.BytesIO(write_docx(annex, style)))
    texts = [p.text for p in document.paragraphs]
    products = [t for t in texts if re.search(r"= EUR [\d,.]+", t) and "×" in t]
    assert len(products) >= 3
    for text in products:
        checked = 0
        for left, right in re.findall(
            r"((?:[\d,.]+%?|EUR [\d,.]+)(?: [a-zA-Z ]*)?(?: [×+] (?:[\d,.]+%|EUR [\d,.]+|[\d,.]+))+) = EUR ([\d,.]*\d)",
            text,
        ):
            total = Decimal(0)
            for term in left.split(" + "):
                product = Decimal(1)
                for factor in re.findall(r"[\d,]*\d(?:\.\d+)?%?", term):
                    value = Decimal(factor.rstrip("%").replace(",", ""))
                    product *= value / 100 if factor.endswith("%") else value
                total += product
            assert round_money(total, "EUR") == Decimal(right.replace(",", "")), text
            checked += 1
        assert checked, text


def test_a_duty_that_leans_on_the_penalty_of_another_clause_has_its_own_period_when_it_is_named(annex):
    """A lost device is to be told sooner than another breach; the same hours draw more Credit for it."""
    row = "event=C, failure={}, start=2026-03-30 22:15 Europe/Madrid, done=2026-04-01 05:40 Europe/Madrid"
    (breach,) = statement_of(annex, row.format("late_notice")).months[-1].lines
    (loss,) = statement_of(annex, row.format("removable-media#loss")).months[-1].lines
    assert loss.event.schedule.name == breach.event.schedule.name == "late_notice"
    assert loss.event.measure.units == breach.event.measure.units + 16  # 8 hours in place of 24

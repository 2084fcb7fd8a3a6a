"""A deal that is not complete: a draft with brackets, one list in the order of the questions, refused when final."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.api import check, read_deal, review, verify
from ccclauses.cli import cli
from ccclauses.derive.explain import explain
from ccclauses.derive.open_points import open_points
from ccclauses.load.inputs import load_inputs_of_text, shipped_library
from ccclauses.model.annex import plain_text
from ccclauses.model.diagnostic import OPEN_RULES, errors
from ccclauses.pipeline import build_annex, compose_profile, compose_shown
from ccclauses.write.plain.markdown import write_markdown

LAW_ALONE = "law: GB-EAW\n"
STARTED = """parties:
  client: {name: Pebblebox Bikes Ltd, country: GB}
  provider: {name: Evergood Support Ltd, country: GB}
law: GB-EAW
"""
DEAL = Path("examples/startup-full.yaml")


def shown(text):
    profile, library, problems = load_inputs_of_text(text, Path("deal.yaml"), as_far=True)
    assert profile and library
    annex, resolution, found = compose_shown(profile, library)
    assert annex and resolution
    return annex, resolution, [*problems, *found]


def paths(text):
    return [p.path for p in open_points(shown(text)[1])]


def test_a_law_alone_makes_a_draft_with_a_bracket_for_each_open_value():
    annex, resolution, problems = shown(LAW_ALONE)
    assert errors(problems) == []
    text = write_markdown(annex).replace("\\", "")
    for point in open_points(resolution):
        if point.kind == "missing" and not point.path.startswith(("parties.client.reg", "parties.provider.reg")):
            assert point.printed in text, point
    assert "(2) [the call centre's name]" in text
    assert annex.status == "draft" and annex.date == date.min


def test_the_list_follows_the_order_of_the_questions():
    found = paths(LAW_ALONE)
    order = ["parties.client.name", "parties.provider.country", "currency", "agreement.title", "annex.date", "term.start",
             "charges.monthly", "processing.subject", "sites", "confirmed.data_cap", "contacts", "parties.client.address"]  # fmt: skip
    assert [p for p in found if p in order and p != "contacts"] == [p for p in order if p != "contacts"]
    assert found.index("confirmed.data_cap") < found.index("contacts") < found.index("parties.client.address")
    told = [d.message for d in shown(LAW_ALONE)[2] if d.rule in OPEN_RULES]
    assert told[0] == "still open: the client's name; the draft prints [the client's name]"
    assert len(told) == len(found) - 3  # the four sums are told together


def test_what_is_answered_is_open_no_more():
    before, after = paths(LAW_ALONE), paths(STARTED)
    assert set(before) - set(after) == {
        "parties.client.name", "parties.client.country", "parties.provider.name", "parties.provider.country",
        "settings.allowed_countries",
    }  # fmt: skip
    assert paths(DEAL.read_text("utf-8")) == []


def test_a_final_annex_is_refused_with_the_same_list():
    draft = [(d.rule, d.at.line > 0) for d in shown(STARTED)[2] if d.rule in OPEN_RULES]
    profile, library, _ = load_inputs_of_text(STARTED + "annex: {status: final}\n", Path("deal.yaml"))
    built, problems = build_annex(profile, library)
    assert built is None
    assert [(d.rule, d.at.line > 0) for d in errors(problems) if d.rule in OPEN_RULES] == draft
    assert {d.severity.name for d in problems if d.rule in OPEN_RULES} == {"ERROR"}


def test_build_writes_the_draft_and_lists_what_is_open(tmp_path):
    (tmp_path / "deal.yaml").write_text(STARTED, "utf-8")
    done = CliRunner().invoke(cli, ["build", str(tmp_path / "deal.yaml")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "deal.docx").exists()
    count = len([d for d in check(tmp_path / "deal.yaml") if d.rule in OPEN_RULES])
    assert f"Open before it can be final ({count}), in the order in which it is asked:\n  1. " in done.output
    told = CliRunner().invoke(cli, ["build", str(tmp_path / "deal.yaml"), "--force", "--format", "json"])
    listed = json.loads(told.stdout)["open"]
    assert listed[0]["path"] == "currency" and {"label", "kind", "printed", "why"} < set(listed[0])


@pytest.mark.parametrize("form", ["full", "short"])
def test_a_draft_with_brackets_reads_back_as_itself(tmp_path, form):
    (tmp_path / "deal.yaml").write_text(f"{STARTED}form: {form}\n", "utf-8")
    assert CliRunner().invoke(cli, ["build", str(tmp_path / "deal.yaml")]).exit_code == 0
    assert verify(tmp_path / "deal.docx", tmp_path / "deal.yaml").findings == ()
    assert review(tmp_path / "deal.yaml", tmp_path / "deal.docx").review.findings == ()
    read = CliRunner().invoke(cli, ["read", str(tmp_path / "deal.docx")])
    assert read.exit_code == 0, read.output


def test_a_date_that_is_open_dates_no_duty_from_the_year_one():
    annex, _, _ = shown(STARTED)
    from ccclauses.derive.obligations import date_obligations

    calendar, problems = date_obligations(annex, date(2026, 4, 1), date(2027, 3, 31))
    assert problems == [] and calendar
    assert min(o.due for o in calendar.occurrences).year >= 2026


# -- sums of the library ------------------------------------------------------------------------------------------------

PRICED = STARTED + 'charges: {monthly: "GBP 14,500.00"}\n'


def test_sums_of_the_library_are_placeholders_until_confirmed_or_written():
    annex, resolution, problems = shown(PRICED)
    sums = [p for p in open_points(resolution) if p.kind == "placeholder"]
    assert {p.path for p in sums} == {"confirmed.data_cap", "confirmed.cyber_limit", "confirmed.professional_limit",
                                      "confirmed.crime_limit", "confirmed.credits"}  # fmt: skip
    assert "[£5,000,000]" in write_markdown(annex).replace("\\", "")
    told = next(d for d in problems if d.rule == "placeholder-sum")
    assert "confirmed: [data_cap, " in told.hint
    because = {o.name: o.because for o in explain(resolution).settings}
    assert because["data_cap"].endswith("a placeholder that nobody has confirmed yet")

    annex, resolution, _ = shown(PRICED + "confirmed: [data_cap]\nsettings: {cyber_limit: GBP 3,000,000.00}\n")
    assert {p.path for p in open_points(resolution) if p.kind == "placeholder"} == {
        "confirmed.professional_limit", "confirmed.crime_limit", "confirmed.credits"}  # fmt: skip
    assert "[£5,000,000]" not in write_markdown(annex).replace("\\", "")

    annex, resolution, _ = shown(PRICED + "confirmed: sums\n")
    assert [p for p in open_points(resolution) if p.kind == "placeholder"] == []


def test_the_sums_of_the_credit_table_are_in_brackets_until_confirmed():
    def credits(text):
        annex, _, _ = shown(text)
        tables = [b for s in annex.schedules if s.id == "penalties" for b in s.blocks if hasattr(b, "rows")]
        return [plain_text(c.inlines) for t in tables for r in t.rows for c in r if "£" in plain_text(c.inlines)]

    open_, confirmed = credits(PRICED), credits(PRICED + "confirmed: credits\n")
    assert open_ and all("[£" in t for t in open_)
    assert [t.replace("[", "").replace("]", "") for t in open_] == confirmed


def test_a_name_of_no_sum_is_refused():
    _, _, problems = shown(STARTED + "confirmed: [data_capp]\n")
    told = next(d for d in problems if d.rule == "unknown-sum")
    assert told.hint == "did you mean `data_cap`?"


# -- whatever is wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, rules",
    [
        ("", {"empty-file"}),
        ("law: GB-EAW\nexclude: {audit: not wanted, interpretation: not wanted}\n", {"excluded-but-required"}),
        (
            "law: XX\nsettings: {breach_notice: 900 years, nothing: 3}\nfacts: {seats: many}\n",
            {"unknown-law", "wrong-type"},
        ),
        ("law: GB-EAW\ncharges: {monthly: USD 5}\ncurrency: GBP\n", {"several-currencies"}),
        ("law: [a]\nparties: 3\nannex: []\nfacts: x\nsettings: [1]\ncontacts: {a: b}\nprocessing: 4\n", {"wrong-type"}),
        ("law: GB-EAW\nannex: {language: German}\nterms: {Provider: x}\n", {"unknown-language", "wrong-term"}),
        (
            "law: GB-EAW\nform: short\nframeworks: [dora, nope]\nexclude: {general-mechanism: y}\n",
            {"unknown-framework"},
        ),
    ],
)
def test_an_annex_always_shows(text, rules):
    annex, _, problems = shown(text)
    assert len(annex.clauses) > 10
    assert rules <= {d.rule for d in errors(problems)}


def test_a_wrong_value_costs_only_itself():
    annex, _, problems = shown(
        "parties: {client: {name: A plc, country: Narnia}, provider: {name: B Ltd, country: GB}}\nlaw: GB-EAW\n"
        "annex: {date: soon, title: My Annex}\n"
    )
    assert (annex.title, annex.client.name, annex.provider.name) == ("My Annex", "A plc", "B Ltd")
    assert {d.rule for d in errors(problems)} == {"unknown-country", "wrong-type"}
    # What is wrong is not told a second time as open.
    assert not [
        d
        for d in problems
        if d.rule == "open-value" and ("date of the annex" in d.message or "client's country" in d.message)
    ]


def test_a_wrong_value_stops_a_build(tmp_path):
    (tmp_path / "deal.yaml").write_text(STARTED + "annex: {date: soon}\n", "utf-8")
    assert CliRunner().invoke(cli, ["build", str(tmp_path / "deal.yaml")]).exit_code == 1
    assert not (tmp_path / "deal.docx").exists()


def test_a_complete_deal_composes_as_before():
    deal = read_deal(DEAL)
    annex, _, problems = compose_profile(deal.profile, shipped_library())
    assert annex and not [d for d in problems if d.rule in OPEN_RULES]

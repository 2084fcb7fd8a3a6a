from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from ccclauses.cli.new import new
from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.intake import questions
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.diagnostic import errors
from ccclauses.resolve import resolve

GIVEN = ["--yes", "--client-name", "A plc", "--client-country", "GB", "--provider-name", "B Ltd"]


@pytest.fixture(scope="module")
def library():
    return load_library(library_folder())[0]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *args, **kwargs: CliRunner().invoke(new, list(args), **kwargs)


def test_it_runs_unattended_and_the_profile_loads_clean(run, tmp_path, library):
    result = run("deal.yaml", *GIVEN, "--date", "2026-03-02", "--charges", "GBP 9,000.00", "--start", "2026-04-01",
                 "--framework", "gdpr", "--framework", "uk_gdpr", "--fact", "takes_payments=yes", "--fact", "seats=12")  # fmt: skip
    assert result.exit_code == 0, result.output
    profile, found = load_profile(tmp_path / "deal.yaml", library)
    assert found == []
    assert (profile.law, profile.time_zone, profile.currency, profile.frameworks) == (
        "GB-EAW",
        "Europe/London",
        "GBP",
        ("gdpr", "uk_gdpr"),
    )
    assert (profile.facts["takes_payments"].value, profile.facts["seats"].value) == (True, 12)
    assert set(profile.facts) == set(library.facts)


@pytest.mark.parametrize("country", ["GB", "IE", "DE", "FR", "NL", "ES", "IN", "PH", "SG", "ZA"])
def test_the_proposals_for_a_country_load_clean(run, tmp_path, library, country):
    result = run("deal.yaml", *GIVEN, "--client-country", country)
    assert result.exit_code == 0, result.output
    profile, found = load_profile(tmp_path / "deal.yaml", library)
    assert found == []
    assert profile.law.startswith(country)
    assert profile.calendar.startswith(country)
    resolution, problems = resolve(profile, library)
    assert resolution, problems
    annex, problems = compose_annex(resolution)
    assert annex and errors(problems) == []


@pytest.mark.parametrize(
    "name", ["Smith & Sons: #1 \"The\" {{ x }} **y** 'z'", "no", "12", "- a", "株式会社", "2026-01-01", "null"]
)
def test_names_pass_through_as_they_are_given(run, tmp_path, library, name):
    assert run("deal.yaml", *GIVEN, "--client-name", name).exit_code == 0
    profile, _ = load_profile(tmp_path / "deal.yaml", library)
    assert profile.client.name == name


def test_every_wrong_option_is_told_and_nothing_is_written(run, tmp_path):
    result = run(
        "deal.yaml",
        *GIVEN,
        "--law",
        "GB-EAV",
        "--fact",
        "take_payments=yes",
        "--date",
        "2026-02-30",
        "--framework",
        "gdprr",
    )
    assert result.exit_code == 2
    for words in (
        "did you mean GB-EAW?",
        "did you mean `takes_payments`?",
        "February 2026 has 28 days",
        "did you mean gdpr?",
    ):
        assert words in result.output
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_told_all_at_once(run):
    result = run("deal.yaml", "--yes")
    assert result.exit_code == 2
    for option in ("--client-name", "--client-country", "--provider-name", "--law"):
        assert option in result.output


def test_a_profile_that_exists_is_left_as_it_is(run, tmp_path):
    (tmp_path / "deal.yaml").write_text("mine", "utf-8")
    assert run("deal.yaml", *GIVEN).exit_code == 2
    assert (tmp_path / "deal.yaml").read_text("utf-8") == "mine"
    assert run("deal.yaml", *GIVEN, "--force").exit_code == 0


def test_answers_are_kept_and_a_run_goes_on_where_it_was_left(run, tmp_path, library):
    first = run("deal.yaml", input="A plc\n\nEurope\nGB\n")  # a wrong answer is asked for again
    assert first.exit_code == 1
    assert "“Europe” is not one country" in first.output
    assert "--resume" in first.output
    kept = json.loads((tmp_path / ".deal.yaml.answers.json").read_text("utf-8"))
    assert kept == {"client-name": "A plc", "client-address": "", "client-country": "GB"}
    assert run("deal.yaml", *GIVEN).exit_code == 2  # neither lost nor taken without being asked for
    second = run("deal.yaml", "--resume", "--yes", "--provider-name", "B Ltd")
    assert second.exit_code == 0, second.output
    profile, _ = load_profile(tmp_path / "deal.yaml", library)
    assert (profile.client.name, profile.provider.name) == ("A plc", "B Ltd")
    assert [p.name for p in tmp_path.iterdir()] == ["deal.yaml"]


@pytest.mark.parametrize("stored", ["", "[", "[]", '{"client-name": 3, "law": "XX", "other": "x"}', "\x00"])
def test_a_spoiled_file_of_answers_harms_nothing(run, tmp_path, stored):
    (tmp_path / ".deal.yaml.answers.json").write_text(stored, "utf-8")
    result = run("deal.yaml", "--resume", *GIVEN)
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_there_must_be_something_to_go_on_with(run):
    assert run("deal.yaml", "--resume").exit_code == 2


def test_answers_are_read_as_people_write_them(run, tmp_path, library):
    result = run("deal.yaml", "--yes", "--client-name", "A plc", "--client-country", "England", "--provider-name", "B Ltd",
                 "--provider-country", "Deutschland", "--law", "English", "--charges", "£14.5k a month", "--date",
                 "3 March 2026", "--months", "three years", "--framework", "PCI DSS", "--framework", "UK GDPR",
                 "--fact", "seats=12 agents", "--fact", "takes_payments=y", "--time-zone", "London")  # fmt: skip
    assert result.exit_code == 0, result.output
    profile, found = load_profile(tmp_path / "deal.yaml", library)
    assert found == []
    assert (profile.client.country, profile.provider.country, profile.law) == ("GB", "DE", "GB-EAW")
    assert (str(profile.monthly_charges), str(profile.date), profile.term_months) == ("GBP 14,500.00", "2026-03-03", 36)
    assert (profile.frameworks, profile.time_zone) == (("pci_dss_4_0_1", "uk_gdpr"), "Europe/London")
    assert (profile.facts["seats"].value, profile.facts["takes_payments"].value) == (12, True)


def test_an_answer_with_two_meanings_is_never_taken(run, tmp_path):
    result = run("deal.yaml", *GIVEN, "--charges", "1.500", "--start", "03/02/2026")
    assert result.exit_code == 2
    assert "write 1,500.00, or 1.50" in result.output
    assert "write 2026-02-03 for 3 February 2026, or 2026-03-02 for 2 March 2026" in result.output
    assert list(tmp_path.iterdir()) == []


def test_which_meaning_is_meant_is_asked(run, tmp_path):
    answers = ["A plc", "", "UK", "B Ltd", "", "", "", "03/02/2026", "2"]
    result = run("deal.yaml", input="\n".join(answers) + "\n")
    assert "We read: United Kingdom" in result.output
    assert "1  3 February 2026\n  2  2 March 2026\n  3  none of these" in result.output
    kept = json.loads((tmp_path / ".deal.yaml.answers.json").read_text("utf-8"))
    assert (kept["client-country"], kept["agreement-date"]) == ("GB", "2026-03-02")


def test_what_is_not_known_is_an_answer(run, tmp_path, library):
    assert run("deal.yaml", *GIVEN, "--fact", "takes_payments=don't know", "--fact", "seats=not sure").exit_code == 0
    profile, found = load_profile(tmp_path / "deal.yaml", library)
    assert found == []
    assert {n for n, a in profile.facts.items() if a.unknown} == {"takes_payments", "seats"}


def test_each_fact_is_asked_with_its_reason(run, library):
    answers = ["A plc", "", "UK", "B Ltd", *[""] * 14, "I don't know yet"]
    output = run("deal.yaml", input="\n".join(answers) + "\n").output
    assert f"Why we ask: {library.facts['takes_payments'].why}" in output
    assert "We read: not known yet; until it is, we assume yes" in output


def test_frameworks_are_suggested_with_their_reason_and_never_switched_on(run, tmp_path, library):
    result = run("deal.yaml", *GIVEN, "--fact", "takes_payments=yes")
    assert "pci_dss_4_0_1      PCI DSS v4.0.1. Agents take card payments" in result.output
    profile, _ = load_profile(tmp_path / "deal.yaml", library)
    assert profile.frameworks == ()
    asked = ["A plc", "", "UK", "B Ltd", *[""] * 13, "yes", *[""] * 19]
    assert (
        "suggested: pci_dss_4_0_1 (PCI DSS v4.0.1). Agents take card"
        in run("x.yaml", input="\n".join(asked) + "\n").output
    )


def test_every_question_has_an_option(library):
    asked = {q.name for q in questions(library, "2026-03-02")}
    options = {p.opts[0].removeprefix("--") for p in new.params}
    assert {name for name in asked if not name.startswith("fact-")} - {"frameworks"} <= options
    assert {"framework", "fact"} <= options

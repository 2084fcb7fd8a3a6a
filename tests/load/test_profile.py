from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccclauses.load import places
from ccclauses.load.profile.layers import profile_libraries
from ccclauses.load.profile.profile import load_profile, load_profile_text
from ccclauses.load.profile.profile_format import profile_record
from ccclauses.load.profile.synonyms import SYNONYMS
from ccclauses.model.diagnostic import errors
from ccclauses.model.words.quantity import Duration, Money

FULL = Path(__file__).parent.parent / "profiles" / "full.yaml"


def read(text, library):
    profile, found = load_profile_text(text, "p.yaml", library)
    assert not errors(found), [str(d) for d in found]
    assert profile is not None
    return profile


def test_every_key_arrives(small):
    profile, found = load_profile(FULL, small)
    assert found == []
    assert (profile.title, profile.reference, profile.version, profile.status) == ("Test Annex", "T-1", "2.0", "final")
    assert profile.date == datetime.date(2026, 3, 2)
    assert profile.client.signatories == (("A. One", "Director"), ("B. Two", ""))
    assert (profile.law, profile.calendar, profile.time_zone, profile.currency) == (
        "GB-EAW",
        "GB-ENG",
        "Europe/London",
        "GBP",
    )
    assert profile.monthly_charges == Money(Decimal(240000), "GBP")
    assert (profile.term_start, profile.term_months) == (datetime.date(2026, 4, 1), 36)
    assert profile.frameworks == ("gdpr", "card_standard")
    assert {k: v.value for k, v in profile.facts.items()} == {"takes_payments": True, "seats": 120, "region": "near"}
    assert (profile.posture, dict(profile.postures)) == ("standard", {"breach": "strict"})
    assert profile.exclude["open-recording"][0] == "Nothing is recorded."
    assert profile.settings["leaver_revoke"].value == Duration(4, "hours")
    assert profile.settings["item_rate"].value == Money(Decimal(150), "GBP")  # a bare sum is in the contract's currency
    assert profile.settings["countries"].value == ("GB", "IE")
    assert profile.contacts[0].phone == "+49 30 0000"
    assert (profile.sites[0].country, profile.subcontractors[0].data) == ("GB", "Recordings")
    assert profile.processing.persons == ("customers",)
    assert (profile.approved_only, profile.signatures, profile.template, profile.page) == (False, True, "modern", "A4")


def test_a_key_that_stands_too_high_is_told_where_it_belongs(small, minimal):
    _, found = load_profile_text(minimal + "client: {name: A plc}\nmonthly: GBP 5\n", "p.yaml", small)
    assert [(d.message, d.hint) for d in found] == [
        ("unknown key `client` in a profile", "it belongs under `parties`"),
        ("unknown key `monthly` in a profile", "it belongs under `charges`"),
    ]


def told(text, small):
    return {(d.message, d.hint) for d in load_profile_text(text, "p.yaml", small)[1]}


def test_a_key_by_another_name_is_told_once_with_its_own(small, minimal):
    text = minimal.replace("law:", "Governing-Law:").replace("client:", "customer:").replace("provider:", "supplier:")
    assert told(text + "start_date: 2026-01-01\n", small) == {
        ("unknown key `Governing-Law` in a profile", "it is called `law` here"),
        ("unknown key `customer` in the parties", "it is called `client` here"),
        ("unknown key `supplier` in the parties", "it is called `provider` here"),
        ("unknown key `start_date` in a profile", "it is called `start` here, and belongs under `term`"),
    }


def test_a_group_that_is_missing_is_told_beside_what_stands_too_high(small, minimal):
    lines = [line for line in minimal.splitlines() if not line.startswith(("parties:", " "))]
    found = told("\n".join([*lines, "vendor: {name: B Ltd}"]), small)
    assert ("unknown key `vendor` in a profile", "it is called `provider` here, and belongs under `parties`") in found


def test_every_other_name_stands_for_a_key_of_a_profile(small):
    record = profile_record(small)
    for name, path in SYNONYMS.items():
        fields = record.fields
        for key in path.split("."):
            assert key in fields and name not in fields, (name, path)
            fields = getattr(fields[key].kind, "fields", {})


def test_every_value_knows_its_place(small):
    profile, _ = load_profile(FULL, small)
    lines = FULL.read_text("utf-8").splitlines()
    asked = profile.settings["leaver_revoke"].at
    assert lines[asked.line - 1][asked.column - 1 :] == "4 hours"
    assert lines[profile.at("law").line - 1].startswith("law:")
    assert lines[profile.at("parties.client").line - 1].strip() == "client:"
    assert profile.at("monthly_charges") == profile.at("charges.monthly")
    assert profile.at("nothing").line == 1


def test_what_is_left_out_takes_its_usual_value(small, minimal):
    profile = read(minimal, small)
    assert (profile.title, profile.version, profile.status) == ("Security Annex", "1.0", "draft")
    assert (profile.calendar, profile.time_zone, profile.language) == ("GB-ENG", "Europe/London", "en-GB")
    assert (profile.currency, profile.open, profile.monthly_charges) == ("GBP", {"currency"}, None)
    assert profile.posture == "standard"
    assert profile.signatures


def test_the_currency_may_stand_with_the_charges(small, minimal):
    assert read(minimal + "charges: {monthly: EUR 100}\n", small).currency == "EUR"


@pytest.mark.parametrize(
    "name",
    [
        "Smith & Sons <Ltd>",
        'O\'Neil "The" Co',
        "{{ client }} {% if x %}",
        "**Bold** *x* \\*",
        "شركة المثال",
        "株式会社例",
        "a|b",
        "🦊 Ltd",
        "NO",
        "1.50",
    ],
)
def test_names_pass_through_as_they_are_written(small, minimal, name):
    quoted = "'" + name.replace("'", "''") + "'"
    assert read(minimal.replace("A plc", quoted), small).client.name == name


def test_words_that_yaml_takes_for_something_else(small, minimal):
    text = minimal.replace("{date: 2026-03-02}", "{date: 2026-03-02, version: 1.10, reference: 007}")
    profile = read(text.replace("country: GB}, provider", "country: NO}, provider"), small)
    assert (profile.version, profile.reference, profile.client.country) == ("1.10", "007", "NO")


def test_a_key_with_nothing_after_it_counts_as_not_written(small, minimal):
    profile = read(minimal + "posture:\nfacts:\nsettings:\n  leaver_revoke:\n", small)
    assert (profile.posture, profile.settings) == ("standard", {})


def write(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")


def test_a_profile_builds_on_another(tmp_path, small, minimal):
    write(
        tmp_path,
        house=minimal
        + "posture: strict\npostures: {breach: standard, access: standard}\nframeworks: [gdpr]\n"
        + "include: [card-data]\nexclude: {open-recording: House rule.}\nsettings: {leaver_revoke: 8 hours, access_review: 90 days}\n"
        + "sites: [{name: Old, country: GB}]\n",
        deal="extends: house.yaml\nparties: {provider: {name: C Ltd, country: IE}}\npostures: {breach: strict}\n"
        + "frameworks: [card_standard]\ninclude: [open-recording]\nexclude: {card-data: No cards.}\n"
        + "settings: {leaver_revoke: 4 hours}\nsites: [{name: New, country: IE}]\n",
    )
    profile, found = load_profile(tmp_path / "deal.yaml", small)
    assert found == []
    assert (profile.client.name, profile.provider.name, profile.law) == ("A plc", "C Ltd", "GB-EAW")
    assert (profile.posture, dict(profile.postures)) == ("strict", {"breach": "strict", "access": "standard"})
    assert profile.frameworks == ("gdpr", "card_standard")
    assert (set(profile.include), set(profile.exclude)) == ({"open-recording"}, {"card-data"})
    assert [s.name for s in profile.sites] == ["New"]
    assert profile.settings["leaver_revoke"].at.file == str(tmp_path / "deal.yaml")
    assert profile.settings["access_review"].at.file == str(tmp_path / "house.yaml")
    assert profile.file == str(tmp_path / "deal.yaml")


def test_the_fingerprint_of_a_profile_follows_its_base(tmp_path, small, minimal):
    write(tmp_path, house=minimal, deal="extends: house.yaml\n")
    before, _ = load_profile(tmp_path / "deal.yaml", small)
    write(tmp_path, house=minimal + "# changed\n")
    after, _ = load_profile(tmp_path / "deal.yaml", small)
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    "base, own",
    [
        ("include: [[a]]", "exclude: {access: Not asked.}"),
        ("exclude: {[a]: Not asked.}", "include: [access]"),
        ("frameworks: [[gdpr]]", "frameworks: [gdpr]"),
    ],
)
def test_a_list_in_a_base_where_a_name_belongs_is_told(tmp_path, small, minimal, base, own):
    write(tmp_path, house=f"{minimal}{base}\n", deal=f"extends: house.yaml\n{own}\n")
    profile, problems = load_profile(tmp_path / "deal.yaml", small)
    assert profile is None and any("house.yaml" in d.at.file for d in problems)


def test_a_key_that_stands_twice_in_the_base_is_told_there(tmp_path, small, minimal):
    write(
        tmp_path, house=minimal + "posture: strict\nposture: strict\n", deal="extends: house.yaml\nposture: baseline\n"
    )
    _, found = load_profile(tmp_path / "deal.yaml", small)
    assert [(d.rule, d.at.file) for d in found] == [("duplicate-key", str(tmp_path / "house.yaml"))]


def test_paths_start_from_the_file_that_they_stand_in(tmp_path, small, minimal):
    (tmp_path / "house").mkdir()
    write(tmp_path / "house", base=minimal + "libraries: [clauses]\ntemplate: letterhead.docx\n")
    write(tmp_path, deal="extends: house/base.yaml\nlibraries: [../ours]\n")
    folders, found = profile_libraries(tmp_path / "deal.yaml")
    assert found == []
    assert folders == (tmp_path / "house" / "clauses", tmp_path.parent / "ours")
    profile, _ = load_profile(tmp_path / "deal.yaml", small)
    assert profile.template == str(tmp_path / "house" / "letterhead.docx")
    assert profile.libraries == tuple(map(str, folders))


def test_a_long_chain_of_profiles_is_refused(tmp_path, small):
    write(tmp_path, **{f"p{n}": f"extends: p{n + 1}.yaml\n" for n in range(40)})
    _, found = load_profile(tmp_path / "p0.yaml", small)
    assert [d.rule for d in found] == ["too-deep"]


def test_a_profile_that_is_too_large_or_not_there_is_told(tmp_path, small):
    with (tmp_path / "large.yaml").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    for name, rule in (("large", "file-too-large"), ("none", "unreadable-file")):
        profile, found = load_profile(tmp_path / f"{name}.yaml", small)
        assert (profile, [d.rule for d in found]) == (None, [rule])
        assert [d.rule for d in profile_libraries(tmp_path / f"{name}.yaml")[1]] == [rule]


def test_every_place_is_one_that_holidays_knows():
    known = holidays.list_supported_countries(include_aliases=False)
    assert set(places.COUNTRIES) <= set(known)
    assert all(set(parts) <= set(known[country]) for country, parts in places.PLACES.items())


def test_every_usual_time_zone_and_currency_is_one():
    import zoneinfo

    assert set(places.TIME_ZONE_OF.values()) <= zoneinfo.available_timezones()
    assert set(places.CURRENCY_OF.values()) <= places.CURRENCIES


LINES = FULL.read_text("utf-8").splitlines()


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_mutated_profile_gives_diagnostics_and_never_an_exception(small, data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = data.draw(st.integers(0, len(line)))
        junk = data.draw(
            st.one_of(
                st.text(max_size=8),
                st.sampled_from(["[", "{a: b}", "~", "&a", "<<: x", "- x", "\t", "99999999999999999999 hours"]),
            )
        )
        lines[at] = line[:cut] + junk + line[data.draw(st.integers(cut, len(line))) :]
    text = "\n".join(lines)
    profile, found = load_profile_text(text, "p.yaml", small)
    assert (profile is None) == bool(errors(found))
    assert all(str(d) for d in found)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_any_text_as_a_profile(small, text):
    profile, found = load_profile_text(text, "p.yaml", small)
    assert profile is None
    assert found


VALUES = st.sampled_from(
    [
        "x",
        "[]",
        "{}",
        "[x]",
        "{x: y}",
        "[[x]]",
        "~",
        "'",
        "8 hours",
        "GBP 1",
        "-1",
        "2026-01-01",
        "{x: [y]}",
        "yes",
        '"\\0"',
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([
    "extends", "annex", "agreement", "parties", "law", "calendar", "time_zone", "currency", "charges", "term", "frameworks", "facts",
    "posture", "postures", "include", "exclude", "settings", "libraries", "template", "page", "approved_only", "signatures",
    "contacts", "sites", "subcontractors", "processing",
]), VALUES, max_size=8))  # fmt: skip
def test_any_value_under_any_key(small, keys):
    text = "".join(f"{key}: {value}\n" for key, value in keys.items())
    profile, found = load_profile_text(text, "p.yaml", small)
    assert (profile is None) == bool(errors(found))

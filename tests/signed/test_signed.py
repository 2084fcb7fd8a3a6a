"""Annexes that were signed before the clauses became one instrument are still read and compared."""

import lzma
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from amend.applied import applied, said
from click.testing import CliRunner

from ccclauses.amend.effect import Case, effect_of, readable
from ccclauses.amend.known import Known
from ccclauses.amend.merging.merge import consolidate
from ccclauses.amend.papers import papers
from ccclauses.amend.writing.document import Terms
from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder, library_folder
from ccclauses.compare.contents import tidy_text
from ccclauses.load.library.library import load_library
from ccclauses.load.profile.profile import load_profile
from ccclauses.model.annex import Paragraph, Reference, Table, Text
from ccclauses.model.library.counting import DayOfYear
from ccclauses.ooxml.package.package import read_package
from ccclauses.pipeline import build_annex, house_style
from ccclauses.read.recover import recover_annex
from ccclauses.read.word.docx import read_docx
from ccclauses.report.diff.diff_shown import Shown
from ccclauses.review.find.findings import review
from ccclauses.sides.read import SideReader, compare_sides
from ccclauses.write.data.annex_json import read_json
from ccclauses.write.data.format_1 import as_format_2
from ccclauses.write.word.docx import write_docx

HERE = Path(__file__).parent
SIGNED = sorted(p.stem for p in HERE.glob("*.docx"))
AS_DATA = sorted(p.name.partition(".")[0] for p in HERE.glob("*.json.xz"))


@cache
def library():
    found, problems = load_library(library_folder())
    assert found is not None, problems
    return found


def as_data(name):
    annex, problems = read_json(lzma.decompress((HERE / f"{name}.json.xz").read_bytes()).decode())
    assert annex is not None, problems
    return annex


def recovered(name):
    annex, _ = recover_annex(read_docx(read_package((HERE / f"{name}.docx").read_bytes()), name=name), library())
    assert annex is not None
    return annex


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    """The first example as it is built today, as a Word file."""
    profile, _ = load_profile(examples_folder() / "startup-full.yaml", library())
    built, problems = build_annex(profile, library())
    assert built is not None, problems
    path = tmp_path_factory.mktemp("today") / "startup-baseline.docx"
    path.write_bytes(built.data)
    return path


def compared(before, after):
    reader = SideReader(load_profile=None)
    sides = [reader.read(str(path))[0] for path in (before, after)]
    return compare_sides(*sides)


@pytest.mark.parametrize("name", SIGNED)
def test_read_prints_it(name):
    result = CliRunner().invoke(cli, ["read", str(HERE / f"{name}.docx")])
    assert result.exit_code == 0, result.output
    assert "Provider shall" in result.output


@pytest.mark.parametrize("name", AS_DATA)
def test_the_word_file_still_holds_what_the_annex_as_data_holds(name):
    found, data = recovered(name), as_data(name)
    for part in ("title", "reference", "version", "date", "status", "law", "currency", "time_zone"):
        assert getattr(found, part) == getattr(data, part), part
    assert [(c.id, c.title) for c in found.clauses] == [(c.id, c.title) for c in data.clauses]
    assert [s.id for s in found.schedules] == [s.id for s in data.schedules]
    assert {d.term for d in found.definitions} == {d.term for d in data.definitions}


@pytest.mark.parametrize("name", AS_DATA)
def test_values_are_those_that_the_annex_states(name):
    found, data = recovered(name), as_data(name)
    tables = [t for part in data.schedules if part.id == "parameters" for t in part.blocks if isinstance(t, Table)]
    stated = {tidy_text(row[0].text) for table in (*tables, data.key_terms) for row in table.rows}
    assert set(found.parameters) == set(data.parameters)
    assert {tidy_text(e.label) for e in found.parameters.values()} <= stated
    texts = {n: (e.text, data.parameters[n].text) for n, e in found.parameters.items()}
    assert {n: t for n, t in texts.items() if not (t[0] == t[1] or t[0].startswith(t[1]))} == {}


@pytest.mark.parametrize("name", AS_DATA)
def test_duties_of_an_annex_as_data_say_what_they_count_from(name):
    duties = as_data(name).obligations
    assert len(duties) > 200
    assert all(bool(d.deadline.counts_from) == bool(d.deadline.every or d.deadline.within or d.deadline.before) for d in duties)  # fmt: skip
    assert {"calendar_period", "services_start", "event"} <= {d.deadline.counts_from for d in duties}


@pytest.mark.parametrize(
    ("trigger", "member", "moment"),
    [
        ("15 April", "every", {"type": "DayOfYear", "day": 15, "month": 4}),
        ("the end of each calendar month", "every", "calendar_period"),
        ("the last Business Day of each calendar quarter", "every", "last_business_day"),
        ("the end of each period", "every", "services_start"),
        ("each anniversary of the date of this Annex", "every", "annex_date"),
        ("the date of this Annex", "within", "annex_date"),
        ("the start of the Services", "within", "services_start"),
        ("Aware of a Security Breach", "within", "event"),
    ],
)
def test_what_a_duty_of_format_1_counts_from(trigger, member, moment):
    duty = {"trigger": trigger, "deadline": {member: {}}, "penalty": "late"}
    (found,) = as_format_2({"obligations": [duty], "penalties": {}})["obligations"]
    assert found == {"trigger": trigger, "deadline": {member: {}, "counts_from": moment}}
    assert not isinstance(moment, dict) or DayOfYear(moment["day"], moment["month"])


def test_what_is_not_as_format_1_has_it_is_left_to_the_reader():
    assert as_format_2({"obligations": [7, {"deadline": 3}]}) == {"obligations": [7, {"deadline": 3}]}
    assert as_format_2({"obligations": 7}) == {"obligations": 7}


def test_diff_faces_a_clause_of_today_with_those_that_it_took_over(today):
    found = compared(HERE / "startup-baseline.docx", today)
    kinds = {kind: {c.title for c in found.clauses if c.kind == kind} for kind in ("added", "removed")}
    old = {c.id: c.title for c in as_data("startup-baseline").clauses}
    carried = {i for c in library().clauses.values() for i in (c.id, *c.formerly)}
    there = {c.title for c in found.clauses if c.kind != "removed"}
    # What is gone has no successor in today's annex, and what is new took nothing over.
    assert kinds["removed"] == {title for i, title in old.items() if i not in carried}
    successors = {c.title for c in library().clauses.values() if {c.id, *c.formerly} & set(old)}
    assert not kinds["added"] & successors and len(kinds["added"]) < 5 < len(there)
    (mechanism,) = (c for c in found.clauses if c.id.endswith("general_mechanism"))
    assert {old["audit-findings"], old["records-evidence"]} <= set(mechanism.before_title.split("; "))
    assert "was" in next(p.happened for p in Shown(found).parts if p.part is mechanism)


def test_the_other_way_round_clauses_are_gone_and_come_the_same(today):
    there = compared(HERE / "startup-baseline.docx", today)
    back = compared(today, HERE / "startup-baseline.docx")
    titles = [{c.title for c in one.clauses if c.kind == kind} for one, kind in ((there, "added"), (back, "removed"))]
    assert titles[0] == titles[1]


@pytest.fixture(scope="module")
def amended(tmp_path_factory):
    """What today's library means for the first example, signed, with its annex as data and its profile beside it."""
    folder = tmp_path_factory.mktemp("amended")
    name = "startup-baseline"
    (folder / f"{name}.docx").write_bytes((HERE / f"{name}.docx").read_bytes())
    (folder / f"{name}.json").write_bytes(lzma.decompress((HERE / f"{name}.json.xz").read_bytes()))
    (folder / f"{name}.yaml").write_bytes(
        (examples_folder() / "startup-full.yaml").read_bytes()
    )  # the same desk in the full form
    (paper,) = papers(folder, folder / "out")
    case = Case(old=None, new=library(), base=None, template="", terms=Terms(day=date(2026, 12, 1)))
    return effect_of(paper, case)


def test_amend_needs_no_old_library_where_the_annex_as_data_lies_beside_the_file(amended):
    found, files = amended
    assert found.state == "affected" and found.left == ()
    assert {"startup-baseline-amendment.docx", "startup-baseline-amended.json"} <= set(files)


def test_amend_says_where_a_clause_went(amended):
    why = {a.id: a.why for a in amended[0].amended}
    reasons = {w for reasons in why.values() for w in reasons}
    assert "now part of “General mechanism”" in reasons
    assert "the library no longer has this clause" not in reasons


@pytest.fixture(scope="module")
def consolidated(amended):
    annex, problems = read_json(amended[1]["startup-baseline-amended.json"].decode())
    assert annex is not None, problems
    return annex


def test_a_merged_clause_takes_the_place_of_one_that_it_took_over(consolidated):
    before = as_data("startup-baseline").clauses
    formerly = {c.id: c.formerly for c in library().clauses.values()}
    for own, now in zip(before, consolidated.clauses):
        unused = (now.title, now.blocks) == ("Not used", ())
        assert now.number == own.number and (unused or now.id == own.id or own.id in formerly[now.id])
    assert {"general-mechanism", "exit", "personal-data"} <= {c.id for c in consolidated.clauses[: len(before)]}
    # What stands after the last took nothing over.
    added, ours = consolidated.clauses[len(before) :], {c.id for c in before}
    assert added and not [c.id for c in added if {c.id, *formerly[c.id]} & ours]


def test_schedules_that_the_library_no_longer_has_are_gone_and_no_other_gets_another_number(consolidated):
    before = as_data("startup-baseline").schedules
    now = {s.number: (s.id, s.title) for s in consolidated.schedules}
    assert {s.id for s in before if now[s.number][1] == "Not used"} == {"parameters", "calendar", "evidence"}
    assert all(now[s.number][0] == s.id for s in before if now[s.number][1] != "Not used")
    assert "Particulars of the processing" in {title for _, title in now.values()}
    assert [i for i, _ in list(now.values())[len(before) :]] == ["systems"]


def test_the_amendment_done_to_the_signed_annex_is_the_consolidated_one(amended, consolidated):
    amendment = amended[1]["startup-baseline-amendment.docx"]
    assert applied(as_data("startup-baseline"), amendment) == said(consolidated)


def test_the_consolidated_annex_is_read_back_from_word(consolidated):
    style, _ = house_style("legal", load_profile(examples_folder() / "startup-full.yaml", library())[0], None)
    package = read_package(write_docx(consolidated, style, draft=False))
    again, _ = recover_annex(read_docx(package, name="consolidated"), library(), consolidated)
    assert readable(again) == readable(consolidated)


def test_a_signed_file_alone_is_not_amended_and_the_reason_is_given(tmp_path):
    (tmp_path / "deal.docx").write_bytes((HERE / "startup-baseline.docx").read_bytes())
    (paper,) = papers(tmp_path, tmp_path / "out")
    case = Case(old=None, new=library(), base=None, template="", terms=Terms(day=date(2026, 12, 1)))
    found, files = effect_of(paper, case)
    assert (found.state, files) == ("unknown", {})
    assert any("what the old library said is not known" in line for line in found.went_by)


def test_a_signed_file_is_reviewed_against_itself_without_a_finding():
    package = read_package((HERE / "startup-baseline.docx").read_bytes())
    assert review(package, package).findings == ()


@pytest.fixture(scope="module")
def negotiated():
    """The consolidated annex of the first example, whose parties changed a schedule and a clause that names another."""
    annex = as_data("startup-baseline")
    schedules = {s.id: s for s in annex.schedules}
    own = Paragraph(level=2, inlines=(Text("The Client reads it weekly."),))
    kept = Paragraph(
        level=2, inlines=(Text("See "), Reference(schedules["calendar"].anchor, "", "Schedule 3"), Text("."))
    )
    screening = next(c for c in annex.clauses if c.id == "screening")
    signed = replace(
        annex,
        clauses=tuple(replace(c, blocks=(*c.blocks, kept)) if c is screening else c for c in annex.clauses),
        schedules=tuple(replace(s, blocks=(*s.blocks, own)) if s.id == "evidence" else s for s in annex.schedules),
    )
    profile, _ = load_profile(examples_folder() / "startup-full.yaml", library())
    package = read_package((HERE / "startup-baseline.docx").read_bytes())
    known = Known(
        package=package, agreement=None, signed=signed, profile=profile, old=annex, under_old=None, built=annex, made=False,
        postures={}, values={}, went_by=(),
    )  # fmt: skip
    found, problems = consolidate(known, None, library())
    assert found is not None, problems
    return found


def test_a_schedule_stays_that_the_parties_changed_or_to_which_agreed_words_refer(negotiated):
    titles = {s.id: s.title for s in negotiated.annex.schedules}
    assert "screening" in negotiated.negotiated and {"calendar", "evidence"} <= set(titles)
    assert "parameters" not in titles
    assert "evidence" in negotiated.clashes and "calendar" not in negotiated.clashes

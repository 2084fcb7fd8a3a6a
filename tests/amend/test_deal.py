"""A deal that changes: its amendment, what stays as it was agreed, and each day by its own terms."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from ccclauses.amend.merging.same import merge
from ccclauses.api.amendment import amend
from ccclauses.api.performance import obligations, penalties
from ccclauses.cli import cli
from ccclauses.common.resources import examples_folder
from ccclauses.into.merge import Choices
from ccclauses.into.merge import merge as put_in
from ccclauses.load.inputs import load_inputs
from ccclauses.model.diagnostic import InputError
from ccclauses.ooxml.package.package import read_package, serialize_xml, write_package
from ccclauses.ooxml.revisions import accept_all, reject_all
from ccclauses.pipeline import build_annex
from ccclauses.read.word.docx import read_docx
from ccclauses.write.data.annex_json import read_json

NEW = """extends: old.yaml
charges: {monthly: "GBP 20,000.00"}
settings: {breach_notice: 12 hours}
sites:
  - {name: Cardiff, address: "19 Example Street, Cardiff CF10 0AA", country: GB, purpose: Support by phone and chat}
  - {name: Swansea, address: "1 Example Row, Swansea SA1 0AA", country: GB, purpose: Evenings}
"""
NEWER = """extends: signed-amended.yaml
charges: {monthly: "GBP 30,000.00"}
settings: {breach_notice: 6 hours}
"""
AGREED = ("by telephone (or voice message) and email", "by telephone and by registered letter")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A signed annex in one of whose sentences the parties agreed other words, and two amendments of it."""
    folder = tmp_path_factory.mktemp("deal")
    shutil.copy(examples_folder() / "startup-baseline.yaml", folder / "old.yaml")
    profile, library, _ = load_inputs(folder / "old.yaml")
    built, problems = build_annex(profile, library)
    assert built is not None, problems
    package = read_package(built.data)
    words = package.parts["word/document.xml"].decode()
    assert AGREED[0] in words
    signed = write_package({**package.parts, "word/document.xml": words.replace(*AGREED).encode()})
    (folder / "signed.docx").write_bytes(signed)
    (folder / "new.yaml").write_text(NEW)
    (folder / "newer.yaml").write_text(NEWER)
    for name, was, to, day in (
        ("signed", "old", "new", date(2026, 10, 15)),
        ("signed-amended", "signed-amended", "newer", date(2027, 1, 1)),
    ):
        made = amend(
            folder / f"{name}.docx",
            profile=folder / f"{was}.yaml",
            to=folder / f"{to}.yaml",
            effective=day,
            day=day,
            out=folder,
        )
        for file, data in made.files.items():
            (folder / file).write_bytes(data)
    return folder


def annex_in(place, name):
    annex, problems = read_json((place / f"{name}.json").read_text())
    assert annex is not None, problems
    return annex


def words_in(place, name):
    words = read_package((place / name).read_bytes()).parts["word/document.xml"].decode()
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", words))


def test_an_amendment_says_what_changes_from_when_and_what_stays(place):
    words = words_in(place, "signed-amendment.docx")
    assert "With effect from 15 October 2026" in words
    assert "Every other provision of the Annex continues unchanged." in words
    assert "A failure that begins before this Amendment takes effect follows the Annex as it then was" in words
    assert "Swansea" in words and "12 hours after becoming Aware" in words


def test_words_that_the_parties_agreed_stay_beside_the_value_that_changes(place):
    for name in ("signed-amended", "signed-amended-amended"):
        assert AGREED[1] in words_in(place, f"{name}.docx")
    breach = next(c for c in annex_in(place, "signed-amended").clauses if c.id == "breach-handling")
    said = next(b.text for b in breach.blocks if AGREED[1] in b.text)
    assert "12 hours" in said


def test_amendments_stack_and_each_day_has_its_terms(place):
    annex = annex_in(place, "signed-amended-amended")
    assert [e.until for e in annex.earlier] == [date(2026, 10, 14), date(2026, 12, 31)]
    notice = [
        annex.on(d).parameters["breach_notice"].text for d in (date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert notice == ["24 hours", "12 hours", "6 hours"]


def test_a_failure_is_priced_by_the_terms_of_its_day_and_counts_towards_one_cap(place):
    late = "failure=late_notice, due={}T20:00+00:00, done={}T02:30+00:00"
    events = [
        "event=A, " + late.format("2026-09-14", "2026-09-15"),
        "event=B, " + late.format("2026-10-14", "2026-10-15"),
        "event=C, " + late.format("2026-10-20", "2026-10-21"),
        "event=D, " + late.format("2027-01-20", "2027-01-21"),
    ]
    found = penalties(place / "signed-amended-amended.json", events=events, as_of=date(2027, 2, 1))
    assert [(m.name, m.credit) for m in found.months] == [
        # base and seven started hours, of a monthly cap of 10 % of each month's charges in 250 units
        ("September 2026, on the terms until 14 October 2026", Decimal("174.00") + 7 * Decimal("5.80")),
        ("October 2026, on the terms until 14 October 2026", Decimal("174.00") + 7 * Decimal("5.80")),
        ("October 2026, on the terms until 31 December 2026", Decimal("240.00") + 7 * Decimal("8.00")),
        ("January 2027", 2 * Decimal("360.00") + 7 * Decimal("12.00")),  # after two months with a credit
    ]
    second = found.months[2].steps
    assert any("used under the earlier terms GBP 214.60" in s.text for s in second)


def test_the_calendar_takes_each_date_from_the_terms_of_its_day(place):
    duties = obligations(place / "signed-amended-amended.json", until=date(2027, 5, 31))
    assert duties.start == date(2026, 6, 1)
    alone = obligations(place / "signed-amended.json", until=date(2026, 10, 14))
    early = [(o.due, o.obligation.id) for o in duties.occurrences if o.due <= date(2026, 10, 14)]
    assert early == [(o.due, o.obligation.id) for o in alone.occurrences]
    for id_ in {o.obligation.id for o in duties.occurrences}:
        numbers = [o.number for o in duties.occurrences if o.obligation.id == id_]
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("law: IE", "the governing law changes from `GB-EAW` to `IE`"),
        ("parties: {provider: {name: Other Calls Limited}}", "the provider changes from Evergood Support Limited"),
        ("settings: {breach_notice: 900 hours}", "900 hours"),
    ],
)
def test_what_no_amendment_can_do_is_refused(place, tmp_path, words, said):
    other = tmp_path / "other.yaml"
    other.write_text(f"extends: {place / 'old.yaml'}\n{words}\n")
    with pytest.raises(InputError) as refused:
        amend(
            place / "signed.docx",
            profile=place / "old.yaml",
            to=other,
            effective=date(2026, 12, 1),
            day=date(2026, 12, 1),
        )
    assert any(said in p.message for p in refused.value.problems)


def test_the_command_asks_for_all_three(place):
    found = CliRunner().invoke(cli, ["amend", str(place / "signed.docx"), "--to", str(place / "new.yaml")])
    assert found.exit_code == 2 and "--from YYYY-MM-DD" in found.output


def test_paragraphs_that_each_side_changed_keep_their_order():
    base, own, other = (
        tuple(("paragraph", 1, x) for x in side) for side in (("a", "b", "c"), ("A", "b", "c"), ("a", "B", "c"))
    )
    found, clashes = merge(base, own, other, (base, own, other), [False] * 3)
    assert [x[2] for x in found] == ["A", "B", "c"] and not clashes


def test_an_annex_inside_an_agreement_is_amended_there(place, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "into"))
    from agreements import CLAUSES, Agreement, p, schedule

    profile, library, _ = load_inputs(place / "old.yaml")
    body = CLAUSES + schedule("Prices") + p("Prices are as agreed.") + schedule("Security") + p("(to follow)")
    body += schedule("Forms") + p("No forms.")
    choices = Choices(at="Schedule 2", instead=True)
    put, problems = put_in(profile, library, Agreement(body=body).file(), name="agreement.docx", choices=choices)
    assert put is not None, problems
    (place / "agreement.docx").write_bytes(put.data)
    day = date(2026, 10, 15)
    made = amend(
        place / "agreement.docx", profile=place / "old.yaml", to=place / "new.yaml", effective=day, day=day, out=place
    )
    package = read_package(made.files["agreement-redline.docx"])
    before, after = (
        [" ".join(p.text.split()) for p in read_docx(_settled(package, settle)).paragraphs()]
        for settle in (reject_all, accept_all)
    )
    assert before == [" ".join(p.text.split()) for p in read_docx(read_package(put.data)).paragraphs()]
    assert "Prices are as agreed." in after and "No forms." in after
    assert any("12 hours after becoming Aware" in t for t in after)
    assert any("Part" in t for t in after), "the schedules of the annex keep the word that they have in the agreement"


def _settled(package, settle):
    root = settle(package.xml(package.main_part))
    return read_package(write_package({**package.parts, package.main_part: serialize_xml(root)}))

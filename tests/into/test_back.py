"""The way back: an annex in an agreement is read as the file that it was, whatever was done to the agreement around it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import datetime

import pytest
from agreements import CLAUSES, Agreement, deal, marked, p, package, put, run, schedule
from lxml import etree

from ccclauses.api.negotiation import respond
from ccclauses.api.negotiation import review as api_review
from ccclauses.common.resources import library_folder
from ccclauses.derive.obligations import date_obligations
from ccclauses.into.proof.sound import faults
from ccclauses.load.library.library import load_library
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import Package, read_package, write_package
from ccclauses.ooxml.package.record import BEGIN, END
from ccclauses.pipeline import build_annex
from ccclauses.read.recover import recover_annex
from ccclauses.read.within import alone, annex_within
from ccclauses.read.word.docx import read_docx
from ccclauses.review.find.findings import review

DAY = datetime(2026, 5, 4)
BODY = CLAUSES + "".join(schedule(t) + p(f"Text on {t}.") for t in ("Fees", "Security", "Exit"))


@pytest.fixture(scope="module")
def sent() -> Package:
    built, _ = build_annex(*deal())
    assert built
    return read_package(built.data)


def differences(sent: Package, returned: Package) -> list[str]:
    found = review(sent, alone(returned)[0], all_open=True)
    return [f"{f.source} {f.kind} {f.what} {f.before[:40]} > {f.after[:40]}" for f in found.findings]


def changed(found: Package, *pairs: tuple[str, str]) -> Package:
    text = found.parts[found.main_part].decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return read_package(write_package({**found.parts, found.main_part: text.encode()}))


@pytest.mark.parametrize(
    ("at", "choices"),
    [
        ("Schedule 2", {}),
        ("end", {}),
        ("Schedule 2", {"instead": True, "header": "host"}),
        ("end", {"title": True, "signatures": True}),
        ("Schedule 1", {"inner": "keep", "look": "annex"}),
    ],
)
def test_a_faultless_merge_differs_in_nothing_from_what_was_sent(sent, at, choices):
    assert differences(sent, package(put(Agreement(body=BODY), at, **choices))) == []


def test_names_that_had_to_give_way_are_their_own_again(sent):
    taken = f"<w:p>{marked('_cc_audit', 2, run('theirs'))}</w:p>"
    assert differences(sent, package(put(Agreement(body=BODY + taken), "Schedule 2"))) == []


def test_a_change_around_the_annex_is_told_in_one_line_and_one_inside_as_ever(sent):
    found = package(put(Agreement(body=BODY), "Schedule 2"))
    around = changed(found, ("Text on Fees.", "Fees double."), ("<w:body>", "<w:body>" + p("A preface.")))
    assert differences(sent, around) == []
    (line,) = [t for t in alone(around)[1] if t.startswith("outside")]
    assert "2 paragraphs new or reworded, the first “A preface.”; 1 paragraph gone or reworded" in line
    hours = re.search(r"\d+ hours", found.parts[found.main_part].decode())
    assert hours
    inside = differences(sent, changed(around, (hours[0], "97 hours")))
    assert len(inside) == 1 and "97 hours" in inside[0]


def test_without_its_marks_the_annex_is_found_by_its_anchors(sent):
    found = package(put(Agreement(body=BODY), "Schedule 2"))
    text = re.sub(rb'<w:bookmarkStart w:id="(\d+)" w:name="_c[ae]_[^"]*"/>', b"", found.parts[found.main_part])
    within = annex_within(replace(found, parts={**found.parts, found.main_part: text}))
    assert within is not None
    words = [x.text for x in read_docx(within.package).paragraphs()]
    assert "Text on Fees." not in words and "Text on Exit." not in words
    assert sum(len(w) for w in words) > 0.98 * sum(len(x.text) for x in read_docx(sent).paragraphs())


def test_an_annex_by_itself_is_read_as_before(sent):
    assert annex_within(sent) is None and alone(sent) == (sent, ())


def test_duties_values_and_particulars_are_those_of_the_annex_alone(sent):
    library, _ = load_library(library_folder())
    own, _ = recover_annex(read_docx(sent), library)
    found, _ = recover_annex(read_docx(alone(package(put(Agreement(body=BODY), "Schedule 2")))[0]), library)
    assert own and found
    for name in (
        "title",
        "reference",
        "version",
        "date",
        "client",
        "provider",
        "agreement",
        "parameters",
        "fingerprint",
    ):
        assert getattr(own, name) == getattr(found, name), name
    start = own.date
    assert date_obligations(own, start)[0].occurrences == date_obligations(found, start)[0].occurrences


def test_an_answer_stands_inside_the_agreement_in_its_styles_and_under_its_names(sent, tmp_path):
    """What they took out of the annex is put back as the annex says it there, and nothing around the annex is touched."""
    taken = f"<w:p>{marked('_cc_audit', 2, run('theirs'))}</w:p>"
    found = package(put(Agreement(body=BODY + taken), "Schedule 2"))
    root = found.xml(found.main_part)
    gone = next(p for p in root[0] if _leads_to(p, "_cs_"))
    words = "".join(t.text or "" for t in gone.iter(w("t")))
    style = gone.find(f"{w('pPr')}/{w('pStyle')}").get(w("val"))
    root[0].remove(gone)
    (tmp_path / "sent.docx").write_bytes(write_package(sent.parts))
    (tmp_path / "returned.docx").write_bytes(
        write_package({**found.parts, found.main_part: etree.tostring(root).replace(b"Text on Fees.", b"Fees double.")})
    )
    answer = read_package(
        respond(api_review(tmp_path / "sent.docx", tmp_path / "returned.docx"), "hold", date=DAY).data
    )
    back = [
        p
        for p in answer.xml(answer.main_part)[0]
        if p.tag == w("p") and p.find(f"{w('pPr')}/{w('rPr')}/{w('ins')}") is not None
    ]
    assert ["".join(t.text or "" for t in p.iter(w("t"))) for p in back] == [words]
    assert "Part " in words and back[0].find(f"{w('pPr')}/{w('pStyle')}").get(w("val")) == style
    assert not faults(answer)
    assert outside(found.xml(found.main_part), (b"Text on Fees.", b"Fees double.")) == outside(
        answer.xml(answer.main_part)
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("verify", "final.docx", "--against", "sent.docx"), "says what"),
        (("diff", "sent.docx", "final.docx"), "No diff"),
    ],
)
def test_what_changed_around_an_annex_is_told_beside_that_it_is_as_it_was(sent, tmp_path, command, said):
    from click.testing import CliRunner

    from ccclauses.cli import cli

    found = changed(package(put(Agreement(body=BODY), "Schedule 2")), ("Text on Fees.", "Fees double."))
    for name, data in (("sent.docx", sent), ("final.docx", found)):
        (tmp_path / name).write_bytes(write_package(data.parts))
    told = CliRunner().invoke(cli, [str(tmp_path / a) if a.endswith(".docx") else a for a in command])
    assert told.exit_code == 0 and said in told.output
    assert "outside of the annex the agreement changed" in told.output and "Fees double." in told.output


def _leads_to(paragraph: etree._Element, name: str) -> bool:
    return paragraph.tag == w("p") and any(name in (i.text or "") for i in paragraph.iter(w("instrText")))


def outside(root: etree._Element, *changes: tuple[bytes, bytes]) -> list[bytes]:
    """The blocks before and after the annex, as they are written."""
    inside, out = False, []
    for block in root[0]:
        names = [m.get(w("name"), "") for m in block.iter(w("bookmarkStart"))]
        inside = inside or any(n.startswith(BEGIN) for n in names)
        if not inside:
            text = etree.tostring(block, method="c14n")
            for old, new in changes:
                text = text.replace(old, new)
            out.append(text)
        inside = inside and not any(n.startswith(END) for n in names)
    return out


@pytest.mark.office
def test_what_libreoffice_saved_differs_in_nothing(sent, tmp_path):
    merged = put(Agreement(body=BODY), "Schedule 2")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "merged.docx").write_bytes(merged.data)
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "in" / "merged.docx")], check=True, timeout=180, capture_output=True)
    assert differences(sent, read_package(tmp_path / "merged.docx")) == []

"""Results under a second opinion that shares no code with what made them, and the ways in which a text ends or is wrapped."""

from __future__ import annotations

import pytest
from agreements import (
    CLAUSES,
    OWN_HEADER,
    Agreement,
    heading,
    marked,
    p,
    package,
    put,
    read,
    ref,
    refusal,
    run,
    schedule,
    section,
    table,
)
from judge import judge

from ccclauses.into.host.facts import Facts
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.package.package import write_package
from ccclauses.ooxml.revisions import accept_all, reject_all

SCHEDULES = "".join(schedule(t) + p(f"Text on {t}.") for t in ("Fees", "Security", "Exit"))
REFERRED = f"<w:p>{marked('_Ref1', 1, run('The price is 12 a call.'))}</w:p>" + p(
    "See ", inside=ref(r"REF _Ref1 \h", "12")
)
WIDE = p("", more=section(headers=OWN_HEADER)) + heading("Prices") + p("", more=section(size="16838 11906"))
IN_CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("body", "at", "choices", "opening"),
    [
        (CLAUSES + REFERRED + SCHEDULES, "Schedule 2", {}, 2),
        (CLAUSES + REFERRED + SCHEDULES, "Schedule 2", {"instead": True, "header": "host"}, 1),
        (CLAUSES + WIDE + SCHEDULES, "end", {"look": "annex"}, 0),
        (CLAUSES + WIDE + SCHEDULES, "Prices", {}, 2),
        (CLAUSES + table(p("Signed")), "end", {"title": True, "signatures": True}, 0),
    ],
)
def test_a_second_opinion_finds_nothing(body, at, choices, opening):
    agreement = Agreement(body=body)
    assert list(judge(agreement.file(), put(agreement, at, **choices).data, opening=opening)) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"Two years.", b"Ten years.", "reads"),
        (b'w:name="_Ref1"', b'w:name="_Ref9"', "_Ref1"),
        (b'<w:pgSz w:w="11906"', b'<w:pgSz w:w="12240"', "another page"),
        (b'w:name="_ca_', b'w:name="_cx_', "not marked"),
    ],
)
def test_the_second_opinion_sees_what_is_wrong(old, new, said):
    agreement = Agreement(body=CLAUSES + REFERRED + SCHEDULES)
    found = package(put(agreement, "Schedule 2"))
    data = found.parts[found.main_part]
    assert old in data
    spoiled = write_package({**found.parts, found.main_part: data.replace(old, new, 1)})
    assert any(said in line for line in judge(agreement.file(), spoiled, opening=2))


@pytest.mark.parametrize("body", [CLAUSES + table(p("Signed"), p("Dated")), ""], ids=["table", "nothing"])
def test_a_text_that_ends_without_a_paragraph_takes_a_tracked_annex(body):
    """Word ends every text with a paragraph; that empty one is all that is left when the annex is rejected."""
    merged = put(Agreement(body=body), "end", tracked=True)
    found = package(merged)
    root = found.xml(found.main_part)
    was = [f.text for f in Facts(found, Agreement(body=body).tree()).paragraphs]
    assert [f.text for f in Facts(found, reject_all(root)).paragraphs] == [*was, ""]
    accepted = Facts(found, accept_all(found.xml(found.main_part)))
    assert accepted.bounds(merged.spliced.tag)[1] > 0
    assert any("does not end with a paragraph" in line for line in merged.altered)


def test_a_heading_in_a_content_control_counts_among_the_numbers_that_are_taken():
    merged = put(Agreement(body=CLAUSES + IN_CONTROL.format(schedule("Fees") + p("Rates."))), "end")
    labels = [line for line in read(merged) if line.startswith(("Schedule", "Part"))]
    assert labels[0] == "Schedule 1 Fees" and not any(line.startswith("Schedule 1 ") for line in labels[1:])


def test_a_marker_among_other_words_of_a_content_control_is_refused_and_nothing_of_them_is_lost():
    body = CLAUSES + IN_CONTROL.format(p("Before it.") + p("[Security Annex]") + p("After it."))
    told = refusal(Agreement(body=body), "[Security Annex]")
    assert "content control that holds other text too" in told and "remove the control in Word" in told


def test_fonts_of_other_scripts_alone_are_no_font_of_the_text():
    odd = '<w:p><w:r><w:rPr><w:rFonts w:eastAsia="SimSun"/></w:rPr><w:t>Words in the font of the agreement, marked for another script only.</w:t></w:r></w:p>'
    found = package(put(Agreement(body=CLAUSES + odd * 3), "end"))
    fonts = [f.get(w("ascii")) for f in found.xml("word/styles.xml").iter(w("rFonts"))]
    assert set(fonts) == {"Georgia"}

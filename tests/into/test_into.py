"""What holds of every agreement with an annex in it: one test for each kind of fault that doing it by hand makes."""

from __future__ import annotations

import re

import pytest
from agreements import (
    CLAUSES,
    OWN_HEADER,
    STYLES,
    WML,
    Agreement,
    W,
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
    sections,
    table,
)
from lxml import etree

from ccclauses.into.host.facts import Facts
from ccclauses.into.host.host import Host
from ccclauses.into.host.place import places_of
from ccclauses.into.proof.sound import faults
from ccclauses.ooxml.namespaces import V, w
from ccclauses.ooxml.package.package import read_package
from ccclauses.ooxml.revisions import accept_all, list_revisions, reject_all

SCHEDULES = CLAUSES + "".join(schedule(t) + p(f"Text on {t}.") for t in ("Fees", "Security", "Exit"))


def kept(agreement: Agreement, merged, *gone: str) -> None:
    """Every paragraph of the agreement is there with its words, number and look, save those that went."""
    was, now = Facts(read_package(agreement.file(), name="a.docm")), Facts(package(merged))
    left = [(f.text, f.number, f.look) for f in now.paragraphs]
    for fact in was.paragraphs:
        if fact.text not in gone and fact.text:
            assert (fact.text, fact.number, fact.look) in left


def first_of(facts: Facts):
    """The first paragraph of the annex."""
    return next(f for f in facts.paragraphs if b'w:name="_ca_' in etree.tostring(f.element))


def test_numbers_and_looks_of_the_agreement_stay_and_its_text_goes_on_after_the_annex():
    agreement = Agreement(body=SCHEDULES)
    merged = put(agreement, "Schedule 2", instead=True)
    kept(agreement, merged, "Text on Security.")
    assert read(merged)[-2:] == ["Schedule 3 Exit", "Text on Exit."]


def test_bookmarks_that_nest_cover_the_same_words_and_a_name_of_ours_stays_theirs():
    inner = marked("Price", 9, run("12 per call"))
    body = f"<w:p>{marked('Clause', 4, run('The price is ') + inner + run(' and no more.'))}</w:p>"
    taken = (
        f"<w:p>{marked('_cc_audit', 2, run('An audit clause of the agreement'))}{ref('REF Price', '12 per call')}</w:p>"
    )
    merged = put(Agreement(body=CLAUSES + body + taken), "end")
    names = Facts(package(merged)).names()
    assert names["Price"] == "12 per call"
    assert names["Clause"] == "The price is 12 per call and no more."
    assert names["_cc_audit"] == "An audit clause of the agreement"
    assert any(n.startswith("_a2_cc_audit") for n in names)
    assert max(map(len, names)) <= 40


def test_a_section_keeps_its_paper_its_first_page_and_its_number_and_the_next_has_no_second_first_page():
    front = section(size="12240 15840", more='<w:pgNumType w:start="1"/><w:titlePg/>', headers=OWN_HEADER)
    agreement = Agreement(body=SCHEDULES, section=front)
    found = sections(package(put(agreement, "Schedule 2")))
    assert found[0] == {"size": "12240 15840", "first": "True", "start": "1"}
    assert {s["size"] for s in found} == {"12240 15840"}
    assert found[-1] == {"size": "12240 15840", "first": "False", "start": ""}


def test_the_section_after_the_annex_shows_the_headers_that_it_took_over():
    first = p("", more=section(headers=OWN_HEADER))
    merged = put(Agreement(body=CLAUSES + first + SCHEDULES, section=section()), "Schedule 2")
    facts = Facts(package(merged))
    assert facts.paragraphs[-1].shown["header", "default"] == "Agreement of the client"
    annex = first_of(facts)
    assert "Agreement of the client" not in annex.shown["header", "default"]


def test_an_agreement_without_headers_has_none_behind_the_annex():
    merged = put(Agreement(body=SCHEDULES, section=section()), "Schedule 2")
    assert not Facts(package(merged)).paragraphs[-1].shown


def test_parts_of_the_agreement_that_nothing_touches_are_the_same_bytes():
    theme = {"word/theme/theme1.xml": ("application/vnd.openxmlformats-officedocument.theme+xml", "theme", "<a/>")}
    agreement = Agreement(more=theme)
    was, now = read_package(agreement.file()), package(put(agreement, "end"))
    for name in ("word/theme/theme1.xml", "word/header1.xml", "word/footer1.xml", "word/settings.xml"):
        assert was.parts[name] == now.parts[name]


def test_a_contents_list_gains_the_title_alone_and_is_brought_up_to_date():
    toc = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-4" \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1. Services</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    merged = put(Agreement(body=toc + SCHEDULES), "end")
    found = Facts(package(merged))
    shown = [f.text for f in found.paragraphs if 0 < f.outline <= 4]
    assert shown == ["Services", "Term", "Fees", "Security", "Exit", "Security Annex"]
    assert b"updateFields" in package(merged).parts["word/settings.xml"]
    assert any("contents list" in line for line in merged.altered)


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("Schedule 2", "Security"),
        ("schedule 2:", "Security"),
        ("Security", "Security"),
        ("Schedule 2 Security", "Security"),
        ("Exit", "Exit"),
    ],
)
def test_a_place_is_named_as_a_person_names_it(at, found):
    merged = put(Agreement(body=SCHEDULES), at)
    facts = Facts(package(merged))
    assert facts.paragraphs[facts.paragraphs.index(first_of(facts)) - 1].text == f"Text on {found}."


@pytest.mark.parametrize(
    ("body", "at", "why"),
    [
        (SCHEDULES, "Schedule 7", "is not found"),
        (SCHEDULES + p("Schedule 3A Transition"), "Schedule 3B", "is not found"),
        (SCHEDULES + p("[Annex]") + p("[Annex]"), "[Annex]", "is found 2 times"),
        (CLAUSES + table(p("Security"), p("[Annex]")) + p(), "[Annex]", "inside a table"),
        (CLAUSES + p("See [Annex] for more."), "[Annex]", "only mentioned in 1 sentence"),
        (CLAUSES + f"<w:p>{marked('Anex', 4, run('x'))}</w:p>", "bookmark:Annex", "has no bookmark"),
        (CLAUSES, "Agreement of the client", "is in a header"),
        (
            CLAUSES + '<w:sdt><w:sdtPr><w:alias w:val="Plan"/><w:lock w:val="sdtContentLocked"/></w:sdtPr>'
            f"<w:sdtContent>{p('[Annex]')}</w:sdtContent></w:sdt>",
            "[Annex]",
            "locked content control “Plan”",
        ),
        (
            CLAUSES
            + '<w:p><w:r><w:t>Before</w:t></w:r></w:p><w:p><w:ins w:id="1" w:author="O. Reed" w:date="2026-03-01T00:00:00Z">'
            "<w:r><w:t>[Annex]</w:t></w:r></w:ins></w:p>",
            "[Annex]",
            "O. Reed of 1 March 2026",
        ),
    ],
)
def test_a_place_that_cannot_hold_an_annex_is_refused_with_the_way_out(body, at, why):
    told = refusal(Agreement(body=body), at)
    assert why in told and "hint:" in told


@pytest.mark.parametrize(
    ("agreement", "why"),
    [
        (Agreement(settings='<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'), "protected against changes (read only)"),
        (Agreement(settings='<w:documentProtection w:edit="forms" w:enforcement="1"/>'), "filling in forms"),
        (Agreement(settings='<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'), "add --track"),
        (Agreement(main_type=f"{WML}.template.main+xml"), "is a Word template"),
        (Agreement(more={"_xmlsignatures/sig1.xml": ("application/xml", "", "<a/>")}), "digital signature"),
    ],
)  # fmt: skip
def test_an_agreement_that_must_not_be_changed_is_refused(agreement, why):
    assert why in refusal(agreement, "end")


def test_a_protection_that_tracks_changes_is_kept_and_satisfied():
    agreement = Agreement(settings='<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>')
    merged = put(agreement, "end", tracked=True)
    assert b'w:edit="trackedChanges"' in package(merged).parts["word/settings.xml"]


def test_macros_ride_along_untouched():
    macro = {"word/vbaProject.bin": ("application/vnd.ms-office.vbaProject", "vbaProject", "macro")}
    agreement = Agreement(main_type="application/vnd.ms-word.document.macroEnabled.main+xml", more=macro)
    merged = put(agreement, "end")
    assert merged.macros and package(merged).parts["word/vbaProject.bin"] == b"macro"
    assert package(merged).main_type == "macro-enabled document"


def test_styles_and_lists_of_the_same_names_stay_apart():
    theirs = (
        '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '<w:rPr><w:color w:val="FF0000"/><w:sz w:val="60"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="ccHeading2"><w:name w:val="Annex heading 2"/></w:style>'
    )
    agreement = Agreement(body=CLAUSES + p("Rates", "Heading2") + p("More", "ccHeading2"), styles=STYLES + theirs)
    merged = put(agreement, "end")  # proved: each number and look of the annex is as in the annex alone
    kept(agreement, merged)
    assert not faults(package(merged))
    assert b"ccHeading22" in package(merged).parts["word/styles.xml"]


def test_an_agreement_without_lists_and_with_odd_defaults_changes_nothing_of_the_annex():
    odd = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/><w:i/><w:caps/><w:sz w:val="22"/><w:lang w:val="de-DE"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="300" w:after="300" w:line="480" w:lineRule="auto"/><w:ind w:left="900"/>'
        '<w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Standard">'
        '<w:name w:val="Normal"/></w:style>'
    )  # fmt: skip
    agreement = Agreement(body=p("Rahmenvertrag") + p("Es gilt die Anlage."), styles=odd, numbering="")
    merged = put(agreement, "end", look="annex")
    text = first_of(Facts(package(merged)))
    assert {"jc val left", "i False", "caps False", "lang val en-GB", "rFonts ascii Times New Roman"} <= set(text.look)
    kept(agreement, merged)


def test_the_annex_takes_the_font_and_size_of_the_agreement():
    facts = Facts(package(put(Agreement(), "end")))
    text = first_of(facts)
    assert "rFonts ascii Georgia" in text.look


def test_landscape_is_for_wide_tables_alone_on_the_paper_of_the_agreement():
    found = sections(package(put(Agreement(section=section(size="12240 15840", headers=OWN_HEADER)), "end")))
    assert {s["size"] for s in found} <= {"12240 15840", "15840 12240"}
    assert found[0]["size"] == "12240 15840"


def test_even_pages_of_the_annex_show_its_own_header():
    even = '<w:headerReference w:type="even" r:id="rIdH"/>'
    agreement = Agreement(settings="<w:evenAndOddHeaders/>", section=section(headers=OWN_HEADER + even))
    found = Facts(package(put(agreement, "end")))
    annex = first_of(found)
    assert annex.shown["header", "even"] == annex.shown["header", "default"] != "Agreement of the client"


def test_a_draft_is_marked_inside_too_and_shapes_have_ids_of_their_own():
    shape = '<v:shape id="PowerPlusWaterMarkObject1" o:spid="_x0000_s2049" type="#t"/>'
    header = p("Agreement", inside=f"<w:r><w:pict>{shape}</w:pict></w:r>")
    found = package(put(Agreement(header=header), "end"))
    names = [
        s.get("id")
        for n in found.parts
        if "header" in n and n.endswith(".xml")
        for s in found.xml(n).iter(f"{{{V}}}shape")
    ]
    assert len(names) == len(set(names)) >= 2


def test_the_total_of_pages_is_left_out_of_the_annex():
    found = package(put(Agreement(), "end"))
    footers = [
        found.parts[n].decode() for n in found.parts if "footer" in n and "annex" not in n and n.endswith(".xml")
    ]
    assert not any("NUMPAGES" in f for f in footers)
    assert any(" PAGE " in f for f in footers)


def test_no_two_headings_bear_one_label():
    lines = read(put(Agreement(body=SCHEDULES), "Schedule 2"))
    labels = [m[0] for line in lines if (m := re.match(r"(?:Schedule|Part) \d+(?= [A-Z])", line))]
    assert len(labels) == len(set(labels))
    assert not any(re.search(r"in Schedule [1-9]\b", x) for x in lines[len(lines) // 2 :] if "Part" in x)


def test_heading_and_annex_begin_on_one_page():
    found = package(put(Agreement(body=CLAUSES + schedule("Security") + p("[here]") + schedule("Exit")), "[here]"))
    blocks = list(found.xml(found.main_part)[0])
    at = next(n for n, b in enumerate(blocks) if "".join(b.itertext()) == "Security")
    assert blocks[at - 1].find(f"{w('pPr')}/{w('sectPr')}") is not None
    assert blocks[at].find(f"{w('pPr')}/{w('sectPr')}") is None


def test_a_page_break_before_the_annex_leaves_no_empty_page():
    broken = CLAUSES + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    found = package(put(Agreement(body=broken), "end"))
    assert not any(b.get(w("type")) == "page" for b in found.xml(found.main_part).iter(w("br")))


NOTES = {
    "word/footnotes.xml": (f"{WML}.footnotes+xml", "footnotes", f"<w:footnotes {W}>"
        f'<w:footnote w:id="2">{p("kept")}</w:footnote><w:footnote w:id="3">{p("gone")}</w:footnote></w:footnotes>'),
    "word/comments.xml": (f"{WML}.comments+xml", "comments", f"<w:comments {W}>"
        f'<w:comment w:id="0" w:author="A">{p("half")}</w:comment><w:comment w:id="1" w:author="B">{p("inside")}</w:comment></w:comments>'),
}  # fmt: skip


def test_an_old_schedule_goes_with_its_notes_comments_and_section_breaks_and_references_to_it_are_told():
    note = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    said = '<w:r><w:commentReference w:id="{}"/></w:r>'
    old = (
        f'<w:p>{marked("_Ref1", 7, run("Old measures"))}{note.format(3)}<w:commentRangeEnd w:id="0"/>{said.format(0)}</w:p>'
        f'<w:p><w:pPr>{section()}</w:pPr></w:p><w:p><w:commentRangeStart w:id="1"/>{run("Wide")}<w:commentRangeEnd w:id="1"/>{said.format(1)}</w:p>'
        f"<w:p><w:pPr>{section(size='16838 11906')}</w:pPr></w:p>"
    )
    begin = f'<w:p><w:commentRangeStart w:id="0"/>{run("See ")}{ref("REF _Ref1", "Old measures")}{note.format(2)}</w:p>'
    body = CLAUSES + begin + schedule("Security") + old + schedule("Exit") + p("End.")
    agreement = Agreement(body=body, more=NOTES)
    merged = put(agreement, "Schedule 1", instead=True)
    found = package(merged)
    assert not faults(found)
    assert b"gone" not in found.parts["word/footnotes.xml"] and b"kept" in found.parts["word/footnotes.xml"]
    assert b"inside" not in found.parts["word/comments.xml"] and b"half" in found.parts["word/comments.xml"]
    assert any("_Ref1" in line for line in merged.altered)
    assert read(merged)[-2:] == ["Schedule 2 Exit", "End."]


def test_what_both_say_otherwise_is_told_and_nothing_of_it_changed():
    body = (
        p("dated 4 April 2025 between Osprey Bank plc and Ferndale Voices Ltd") + heading("Interpretation")
        + p("“Business Day” means a day from Monday to Saturday.") + p("The clauses prevail over the schedules.")
        + p("This Agreement is governed by the laws of Ireland.") + p("The total liability of each party is limited to 100.")
    )  # fmt: skip
    agreement = Agreement(body=body)
    merged = put(agreement, "end")
    rules = [d.rule for d in merged.clashes]
    assert rules.count("party-not-named") == 2
    assert {"term-twice", "two-precedences", "governing-law", "liability"} <= set(rules)
    kept(agreement, merged)


def test_a_party_that_the_agreement_calls_otherwise_is_told_with_the_line_for_the_profile():
    body = p("Evergood Support Limited (the “Supplier”) answers calls for Pebblebox Bikes Limited (the “Client”).")
    told = [d for d in put(Agreement(body=body), "end").clashes if d.rule == "party-term"]
    assert len(told) == 1 and "terms: {Provider: Supplier}" in told[0].hint


def test_the_same_input_gives_the_same_bytes_and_the_annex_is_replaced_where_it_stands():
    agreement = Agreement(body=SCHEDULES)
    first, again = put(agreement, "Schedule 2", instead=True), put(agreement, "Schedule 2", instead=True)
    assert first.data == again.data
    replaced = put(first.data, "")
    assert replaced.place == "in place of the earlier annex"
    assert replaced.data == first.data


@pytest.mark.parametrize(
    ("body", "at", "instead"),
    [
        (SCHEDULES, "Schedule 2", True),
        (SCHEDULES, "end", False),
        (SCHEDULES + p("[here]"), "[here]", False),
        (CLAUSES + table(p("a"), p("b")) + p("[here]") + p("after"), "[here]", False),
        (
            CLAUSES + p("Notice is ", inside='<w:del w:id="5" w:author="O. Reed" w:date="2026-03-01T00:00:00Z"><w:r><w:delText>30</w:delText></w:r>'
            '</w:del><w:ins w:id="6" w:author="O. Reed" w:date="2026-03-01T00:00:00Z"><w:r><w:t>45</w:t></w:r></w:ins>') + p("Last"),
            "end",
            False,
        ),
    ],
)  # fmt: skip
def test_tracked_it_is_the_agreement_when_rejected_and_the_merged_one_when_accepted(body, at, instead):
    agreement = Agreement(body=body)
    plain, tracked = (
        put(agreement, at, instead=instead),
        put(agreement, at, instead=instead, tracked=True, author="Legal"),
    )
    was, now = read_package(agreement.file()), package(tracked)

    def words(found, how):
        return [t for x in how(found.xml(found.main_part)).iter(w("p")) if (t := "".join(x.itertext()).strip())]

    assert words(now, reject_all) == words(was, reject_all)
    assert words(now, accept_all) == words(package(plain), accept_all)
    theirs = [c.identity for c in list_revisions(was.xml(was.main_part))]
    assert [c.identity for c in list_revisions(now.xml(now.main_part)) if c.author != "Legal"] == theirs


def test_a_bookmark_gives_up_what_it_holds_and_stays_around_the_annex():
    first = f'<w:p>{run("Before. ")}<w:bookmarkStart w:id="3" w:name="Here"/>{run("old")}</w:p>'
    last = f'<w:p>{run("old too")}<w:bookmarkEnd w:id="3"/>{run(" After.")}</w:p>'
    merged = put(Agreement(body=CLAUSES + first + table(p("old")) + last), "bookmark:Here")
    lines = read(merged)
    assert "Before." in lines and lines[-1] == "After." and not any(x.startswith("old") for x in lines)
    assert Facts(package(merged)).names()["Here"].startswith("Security Annex")
    again = put(merged.data, "")
    assert read(again) == lines and Facts(package(again)).names()["Here"].startswith("Security Annex")


def test_a_result_that_fails_its_proof_is_not_given(monkeypatch):
    from ccclauses.into import splice

    monkeypatch.setattr(splice, "go_on", lambda *_: None)  # the next section would inherit the annex's headers
    body = CLAUSES + p("", more=section(headers=OWN_HEADER)) + SCHEDULES
    told = refusal(Agreement(body=body, section=section()), "Schedule 2")
    assert "and was not written" in told and "headers or footers" in told


TWINS = CLAUSES + "".join(schedule(t) + heading("Security") + p(f"For {t}.") for t in ("Fees", "Exit"))


def test_headings_of_the_same_words_are_told_apart_and_each_can_be_chosen():
    places = places_of(Host(read_package(Agreement(body=TWINS).file())))
    found = {name: words for name, words, _ in places if "Security" in name}
    assert found == {"3 Security": "3 Security", "4 Security": "4 Security"}  # numbered, they are no twins
    plain = TWINS.replace(heading("Security"), p("Security", "Plain"))
    agreement = Agreement(body=plain, styles=STYLES + PLAIN)
    places = places_of(Host(read_package(agreement.file())))
    found = {name: words for name, words, _ in places if "Security" in name}
    assert found == {
        "Security #1": "Security (1 of 2, after “Schedule 1 Fees”)",
        "Security #2": "Security (2 of 2, after “Schedule 2 Exit”)",
    }
    merged = put(agreement, "Security #2", instead=True)
    assert "“Security” (after “Schedule 2 Exit”)" in merged.place
    lines = read(merged)
    assert "For Fees." in lines and "For Exit." not in lines
    assert "Security #2: Security, after “Schedule 2 Exit”" in refusal(agreement, "Security")
    assert "is not found" in refusal(agreement, "Security #3")
    twice = "".join(schedule(t) + p("Annex A") + p("Annex B") for t in ("Fees", "Exit"))
    places = places_of(Host(read_package(Agreement(body=twice).file())))
    assert "Annex B (2 of 2, after “Schedule 2 Exit”)" in [words for _, words, _ in places]


PLAIN = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Plain"><w:name w:val="Plain"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


LOCKED = '<w:alias w:val="Plan"/><w:lock w:val="sdtContentLocked"/>'
BOUND = '<w:alias w:val="Plan"/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>'


@pytest.mark.parametrize(
    ("held", "at", "said"),
    [
        (f"<w:p>{control(run('[here]'), LOCKED)}</w:p>", "[here]", "locked content control “Plan”"),
        (f"<w:p>{control(run('[here]'), BOUND)}</w:p>", "[here]", "bound content control “Plan”"),
        (control(control(p("[here]"), LOCKED)), "[here]", "locked content control “Plan”"),
        (schedule("Plans") + table(control(p("old"), LOCKED)), "Schedule 1", "locked content control “Plan”"),
        (schedule("Plans") + control(p("old"), '<w:lock w:val="sdtLocked"/>'), "Schedule 1", "locked content control"),
        (p("[here]", more='<w:framePr w:w="3000" w:wrap="around"/>'), "[here]", "in a frame"),
    ],
)
def test_a_place_in_a_control_within_a_line_a_table_or_another_control_or_in_a_frame_is_refused(held, at, said):
    told = refusal(Agreement(body=CLAUSES + held + p("After.")), at, instead=at != "[here]")
    assert said in told and "failed" not in told


def test_a_control_keeps_what_is_beside_the_place_and_goes_with_a_line_that_it_does_not_lock():
    merged = put(Agreement(body=CLAUSES + control(p("[here]")) + p("After.")), "[here]")
    assert "[here]" not in read(merged) and read(merged)[-1] == "After."
    assert any("placeholder" in line for line in merged.altered)
    old = f"<w:p>{run('Of ')}{control(run('Osprey'), BOUND)}</w:p>"
    merged = put(Agreement(body=CLAUSES + schedule("Plans") + old + schedule("Exit")), "Schedule 1", instead=True)
    assert not any("Osprey" in line for line in read(merged))


def broken_up(*instruction: str, shown: str = "there") -> str:
    """A field whose instruction Word broke up into several runs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "".join(f'<w:r><w:instrText xml:space="preserve">{x}</w:instrText></w:r>' for x in instruction)
    return mark.format("begin") + code + mark.format("separate") + run(shown) + mark.format("end")


@pytest.mark.parametrize(
    "instruction", [(" RE", "F Old ", "\\h "), (" HYPERLINK ", ' \\l "Old" '), (" Old ",), (" pageref ", "Old")]
)
@pytest.mark.parametrize("instead", [True, False])
def test_a_reference_that_word_broke_up_leads_to_the_annex_when_its_target_goes(instruction, instead):
    old = f"<w:p>{marked('Old', 50, run('[here]'))}</w:p>"
    body = CLAUSES + p("See ", inside=broken_up(*instruction)) + schedule("Plans") + old + schedule("Exit")
    merged = put(Agreement(body=body), "Schedule 1" if instead else "[here]", instead=instead)
    assert Facts(package(merged)).names()["Old"] == "Plans"
    assert any("references to Old" in line for line in merged.altered)


def test_a_contents_list_of_all_levels_still_gains_the_title_alone():
    toc = p("", inside=broken_up(r' TOC \o "1-9" \u ', shown="1. Services"))
    merged = put(Agreement(body=toc + SCHEDULES), "end")
    listed = [f.text for f in Facts(package(merged)).paragraphs if f.outline]
    assert listed == ["Services", "Term", "Fees", "Security", "Exit", "Security Annex"]


@pytest.mark.parametrize("field", [ref("INCLUDETEXT x.docx", "x"), broken_up(" INCLU", 'DETEXT "x.docx" ')])
def test_a_number_is_no_place_where_word_takes_in_another_file(field):
    told = refusal(Agreement(body=CLAUSES + p("", inside=field) + SCHEDULES), "Schedule 2")
    assert "takes in another file" in told


BREAK = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize("tracked", [False, True])
@pytest.mark.parametrize(
    ("body", "where"),
    [
        (CLAUSES + p("", inside=BREAK) + p("") + schedule("Security") + p("[here]"), "right before the annex"),
        (CLAUSES + p("", "Sched", inside=BREAK + run("Security")) + p("[here]"), "before the heading of the annex"),
        (CLAUSES + p("[here]") + p("", inside=BREAK) + heading("Exit"), "right after the annex"),
    ],
)
def test_no_page_break_at_a_seam_leaves_an_empty_page(body, where, tracked):
    merged = put(Agreement(body=body), "[here]", tracked=tracked)
    root = package(merged).xml("word/document.xml")
    assert not any(b.get(w("type")) == "page" for b in (accept_all(root) if tracked else root).iter(w("br")))
    assert any(f"a page break {where}" in line for line in merged.altered)


@pytest.mark.parametrize("tracked", [False, True])
def test_a_bookmark_that_stands_between_paragraphs_is_a_place(tracked):
    held = f'<w:bookmarkStart w:id="3" w:name="Here"/>{p("old")}{table(p("old"))}<w:bookmarkEnd w:id="3"/>'
    merged = put(Agreement(body=CLAUSES + held + p("After.")), "bookmark:Here", tracked=tracked)
    lines = [f.text for f in Facts(package(merged), accept_all(package(merged).xml("word/document.xml"))).paragraphs]
    assert "old" not in lines and lines[-1] == "After."


def test_what_another_bookmark_holds_at_the_edge_of_the_place_stays():
    first = (
        f'<w:p>{run("Pre ")}<w:bookmarkStart w:id="4" w:name="Other"/>{run("kept ")}<w:bookmarkStart w:id="3" w:name="Here"/>'
        f'{run("old")}<w:bookmarkEnd w:id="4"/></w:p>'
    )
    body = (
        CLAUSES + first + f'<w:p>{run("old")}<w:bookmarkEnd w:id="3"/></w:p>' + p("", inside=ref("REF Other", "kept"))
    )
    names = Facts(package(put(Agreement(body=body), "bookmark:Here"))).names()
    assert names["Other"] == "kept " and names["Here"].startswith("Security Annex")


def test_a_bookmark_around_a_heading_that_others_are_numbered_after_is_refused():
    head = f'<w:p><w:pPr><w:pStyle w:val="Sched"/></w:pPr>{marked("Here", 3, run("Security"))}</w:p>'
    told = refusal(Agreement(body=CLAUSES + head + p("old") + schedule("Exit")), "bookmark:Here")
    assert "“Schedule 1 Security”" in told and "numbered otherwise" in told


def test_a_text_that_an_annex_ends_with_a_table_ends_with_a_paragraph():
    body = package(put(Agreement(), "end")).xml("word/document.xml")[0]
    assert [b.tag for b in body][-3:] == [w("tbl"), w("p"), w("sectPr")]


@pytest.mark.parametrize(
    "said",
    [
        p("Business Day means a day from Monday to Saturday."),
        p("The term Business Day shall mean any day from Monday to Saturday."),
        table(p("Business Day"), p("means a day from Monday to Saturday.")),
        table(p("“Business Day”"), p("a day from Monday to Saturday")),
    ],
)
def test_a_term_is_found_twice_however_the_agreement_defines_it(said):
    told = [d for d in put(Agreement(body=CLAUSES + said), "end").clashes if d.rule == "term-twice"]
    assert len(told) == 1 and "Monday to Saturday" in told[0].message


def test_a_row_that_only_begins_with_a_term_defines_nothing():
    body = CLAUSES + table(p("Business Day"), p("12 an hour")) + p("Services means a lot, and a Business Day is one.")
    told = [d.message for d in put(Agreement(body=body), "end").clashes if d.rule == "term-twice"]
    assert not any("Business Day" in line for line in told)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("If they differ, the main body has priority over its schedules.", "two-precedences"),
        ("It shall be construed in accordance with the law of Scotland.", "governing-law"),
    ],
)
def test_precedence_and_law_are_found_in_other_words_too(said, rule):
    assert rule in [d.rule for d in put(Agreement(body=CLAUSES + p(said)), "end").clashes]

"""Redlines of what contracts are made of: one case, one thing that changes."""

from __future__ import annotations

import pytest
from redline_files import (
    R,
    accepted,
    compare,
    holds,
    p,
    package,
    rejected,
    run,
    seen,
    table,
    tags,
)

from ccclauses.ooxml.namespaces import w

LONG = "The Supplier shall keep records of each incident for seven years and show them on request."
HEADER = '<w:headerReference xmlns:r="{}" w:type="default" r:id="header"/>'.format(R)


def kinds(result):
    return [(change.kind, change.before, change.after) for change in result.changes]


def test_a_changed_word_is_one_change():
    result = holds(p("notify within 24 hours"), p("notify within 72 hours"))
    assert kinds(result) == [("replaced", "24", "72")]


def test_an_inserted_word_brings_its_space():
    assert kinds(holds(p("shall notify"), p("shall promptly notify"))) == [("inserted", "", "promptly ")]


def test_an_inserted_sentence_starts_where_sentences_start():
    result = holds(p("One is so. Two is so."), p("One is so. Three is so. Two is so."))
    assert kinds(result) == [("inserted", "", "Three is so. ")]


def test_paragraphs_split_and_merge_at_their_marks():
    one, two = p("Notice is given. It is in writing."), p("Notice is given. ") + p("It is in writing.")
    assert kinds(holds(one, two)) == [("inserted", "", "¶")]
    assert kinds(holds(two, one)) == [("deleted", "¶", "")]


def test_a_last_paragraph_comes_and_goes():
    short, long = p("First."), p("First.") + p("Second.")
    holds(short, long)
    holds(long, short)


def told(result):
    return [(change.kind, change.category, change.before, change.after) for change in result.changes]


def test_a_paragraph_that_came_or_went_is_told_with_its_words():
    short, long = p("First.") + p("End."), p("First.") + p(LONG) + p("End.")
    assert told(holds(short, long)) == [("inserted", "paragraph", "", LONG)]
    assert told(holds(long, short)) == [("deleted", "paragraph", LONG, "")]


def boxed(text: str) -> str:
    return (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
        f"{p(text)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def test_a_change_in_a_text_box_is_told_as_that():
    result = compare(p("Beside:", boxed("within 24 hours")), p("Beside:", boxed("within 72 hours")))
    assert told(result) == [("replaced", "text-box", "24", "72")]


def test_the_name_of_a_heading_style_may_be_written_in_capitals():
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="{}"/></w:style>'
    before, after = (p("Fees", properties='<w:pStyle w:val="H"/>') + p(f"within {n} hours") for n in (24, 72))
    for name, where in (("Heading 1", "Fees"), ("heading 1", "Fees"), ("Title", ""), ("Quote", "")):
        files = (package(body, styles=styles.format(name)) for body in (before, after))
        assert [change.where for change in compare(*files).changes] == [where]


def test_a_moved_paragraph_is_a_move():
    before = p(LONG) + p("Alpha stays here.") + p("Beta stays here.") + p("End.")
    after = p("Alpha stays here.") + p("Beta stays here.") + p(LONG) + p("End.")
    result = holds(before, after)
    assert told(result) == [("moved", "paragraph", LONG, LONG)]
    root = result.package.xml("word/document.xml")
    assert not list(root.iter(w("delText")))  # Word wants w:t inside w:moveFrom
    assert {"moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeEnd"} <= tags(result)
    plain = holds(before, after, moves=False)
    assert {kind for kind, _, _ in kinds(plain)} == {"inserted", "deleted"}


def test_formatting_is_tracked_or_ignored():
    before, after = p("Fees are due."), p(run("Fees", "<w:b/>"), " are due.")
    result = holds(before, after)
    assert [change.kind for change in result.changes] == ["formatted"]
    ignored = compare(before, after, formatting=False)
    assert ignored.changes == () and accepted(ignored) == rejected(ignored) == ["*Fees* are due."]


def test_paragraph_formatting_is_tracked():
    result = holds(p("Fees"), p("Fees", properties='<w:pStyle w:val="Heading1"/>'))
    assert "pPrChange" in tags(result)


def test_no_break_spaces_may_be_ignored():
    before, after = p("24 hours"), p("24\u00a0hours")
    assert compare(before, after).changes
    result = compare(before, after, ignore_no_break_space=True)
    assert not result.changes and any("No-break" in note for note in result.notes)


def test_rows_come_and_go():
    before, after = table(("a", "1"), ("b", "2")), table(("a", "1"), ("new", "9"), ("b", "2"))
    result = holds(before + p("End"), after + p("End"))
    assert kinds(result) == [("inserted", "", "new | 9")]
    holds(after + p("End"), before + p("End"))


def test_columns_come_and_go():
    before = table(("Service", "Level"), ("Calls", "95 %"))
    after = table(("Service", "Measured", "Level"), ("Calls", "monthly", "95 %"))
    result = holds(before + p("End"), after + p("End"))
    assert "cellIns" in tags(result)
    holds(after + p("End"), before + p("End"))


def test_a_table_before_a_last_empty_paragraph():
    holds(p("Terms") + table(("a", "b")), p("Terms") + table(("a", "c")) + p(""))


def test_nested_tables():
    def outer(text):
        return table(
            ("left", p("x") + table((text,)) + p("y")),
        )

    result = holds(outer("one") + p("End"), outer("two") + p("End"))
    assert kinds(result) == [("replaced", "one", "two")]


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}"><w:p>{run(text)}</w:p></w:footnote>'


def reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def test_notes_are_compared_by_content_whatever_their_ids():
    before = package(
        p("Fees", reference(1), " and costs", reference(2)), footnotes=note(1, "In euro.") + note(2, "Without tax.")
    )
    after = package(p("Fees", " and costs", reference(1)), footnotes=note(1, "Without any tax."))
    result = holds(before, after)
    texts = " ".join(accepted(result, "word/footnotes.xml"))
    assert "Without any tax." in texts
    assert "In euro." in " ".join(rejected(result, "word/footnotes.xml"))
    assert ("inserted", "", "any ") in kinds(result)


def test_headers_are_compared():
    before = package(p("Body"), section=HEADER, header=p("Draft of June"))
    after = package(p("Body"), section=HEADER, header=p("Draft of July"))
    result = compare(before, after)
    assert accepted(result, "word/header.xml") == ["Draft of July"]
    assert rejected(result, "word/header.xml") == ["Draft of June"]
    assert [(change.where, change.category) for change in result.changes] == [("Header", "header-footer")]


def test_a_header_that_only_one_side_has():
    with_header = package(p("Body"), section=HEADER, header=p("Confidential"))
    result = compare(package(p("Body")), with_header)
    assert (accepted(result, "word/header.xml"), rejected(result, "word/header.xml")) == (["Confidential"], [""])
    result = compare(with_header, package(p("Body")))
    (part,) = [name for name in result.package.parts if "header" in name and "rels" not in name]
    assert (accepted(result, part), rejected(result, part)) == ([""], ["Confidential"])


def test_links_to_elsewhere_are_changes():
    def link(address):
        body = p("See ", f'<w:hyperlink r:id="link">{run("the site")}</w:hyperlink>', ".")
        return package(body, rels=(("link", "hyperlink", address),))

    assert not compare(link("https://example.org/a"), link("https://example.org/a")).changes
    result = holds(link("https://example.org/a"), link("https://example.org/b"))
    assert kinds(result) == [("replaced", "the site", "the site")]
    targets = {row.target for row in result.package.relationships("word/document.xml")}
    assert {"https://example.org/a", "https://example.org/b"} <= targets


def test_a_field_changes_as_one():
    def field(name, shown):
        return p("See ", f'<w:fldSimple w:instr=" REF {name} \\h ">{run(shown)}</w:fldSimple>', " above.")

    result = holds(field("_cc_fees", "4.2"), field("_cc_terms", "4.2"))
    assert {"delInstrText", "instrText", "fldChar"} <= tags(result)
    assert not holds(field("_cc_fees", "4.2"), field("_cc_fees", "4.2")).changes
    assert kinds(holds(field("_cc_fees", "4"), field("_cc_fees", "5"))) == [("replaced", "4", "5")]


def control(text: str, tag: str = "party") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{p(text)}</w:sdtContent></w:sdt>'


def test_content_controls_keep_their_frame():
    result = holds(control("Acme Ltd") + p("End"), control("Acme GmbH") + p("End"))
    assert "sdt" in tags(result) and kinds(result) == [("replaced", "Ltd", "GmbH")]


def test_styles_and_lists_of_the_earlier_file_come_along():
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{0}"/></w:style>'
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="{}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    item = '<w:pStyle w:val="Old"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    before = package(
        p("Kept") + p("Gone entirely", properties=item), styles=style.format("Old"), numbering=lists.format("decimal")
    )
    after = package(p("Kept"), styles=style.format("New"), numbering=lists.format("bullet"))
    result = holds(before, after)
    ids = {s.get(w("styleId")) for s in result.package.xml("word/styles.xml").iter(w("style"))}
    assert ids == {"Old", "New"}
    formats = {f.get(w("val")) for f in result.package.xml("word/numbering.xml").iter(w("numFmt"))}
    assert formats == {"decimal", "bullet"}


def test_changes_that_the_inputs_track_are_taken_as_accepted_and_told():
    marked = (
        '<w:p><w:ins w:id="1" w:author="Ann" w:date="2025-01-01T00:00:00Z">' + run("new ") + "</w:ins>"
        '<w:del w:id="2" w:author="Ann"><w:r><w:delText>old </w:delText></w:r></w:del>' + run("terms") + "</w:p>"
    )
    result = compare(marked, p("new conditions"))
    assert rejected(result) == ["new terms"]
    assert any("Ann" in note and "accepted" in note for note in result.notes)


def test_comments_of_both_sides_stay():
    def commented(number, text):
        return package(
            p("Fees", f'<w:r><w:commentReference w:id="{number}"/></w:r>'),
            comments=f'<w:comment w:id="{number}" w:author="Ann"><w:p>{run(text)}</w:p></w:comment>',
        )

    result = compare(commented(0, "why?"), commented(0, "agreed"))
    comments = result.package.xml("word/comments.xml")
    assert {"".join(c.itertext()) for c in comments.iter(w("comment"))} == {"why?", "agreed"}
    ids = {c.get(w("id")) for c in comments.iter(w("comment"))}
    assert {r.get(w("id")) for r in result.package.xml("word/document.xml").iter(w("commentReference"))} == ids
    assert any("comment" in note for note in result.notes)


def test_bookmarks_of_both_sides_stay_and_are_not_doubled():
    def marked(name, text):
        return p(f'<w:bookmarkStart w:id="0" w:name="{name}"/>', text, '<w:bookmarkEnd w:id="0"/>')

    result = holds(marked("_cc_a", "One.") + marked("_cc_old", "Two."), marked("_cc_a", "One more."))
    starts = list(result.package.xml("word/document.xml").iter(w("bookmarkStart")))
    assert sorted(s.get(w("name")) for s in starts) == ["_cc_a", "_cc_old"]
    assert len({s.get(w("id")) for s in starts}) == 2


def test_sections_are_tracked():
    page = '<w:pgSz w:w="{}" w:h="100"/>'
    result = compare(package(p("Body"), section=page.format(200)), package(p("Body"), section=page.format(300)))
    assert "sectPrChange" in tags(result)
    assert [change.after for change in result.changes] == ["page layout"]


def test_changes_stand_under_their_heading():
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    title = p("Liability", properties='<w:pStyle w:val="H"/>')
    before, after = (package(title + p(f"capped at {n}"), styles=styles) for n in (10, 20))
    assert [(change.where, change.after) for change in compare(before, after).changes] == [("Liability", "20")]


@pytest.mark.parametrize("size", [400])
def test_unlike_files_cost_little_more_than_alike_ones(size):
    import random
    import time

    words = [f"w{n}" for n in range(2000)]

    def body(seed):
        drawn = random.Random(seed)
        return "".join(p(" ".join(drawn.choice(words) for _ in range(40))) for _ in range(size))

    start = time.perf_counter()
    result = compare(body(1), body(2))
    assert time.perf_counter() - start < 20  # seconds, on any machine; it takes about one
    assert accepted(result) == seen(package(body(2)))


def equation(letters: str) -> str:
    base = f"<m:sSup><m:e><m:r><m:t>{letters}</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    return f'<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{base}</m:oMath>'


def test_equations_change_by_their_letters():
    result = compare(p("Area: ", equation("r")), p("Area: ", equation("s")))
    assert kinds(result) == [("replaced", "r", "s")]
    assert not compare(p(equation("r")), p(equation("r"))).changes


def test_a_changed_number_is_one_change():
    result = holds(p("A credit of GBP 500.00 is due."), p("A credit of GBP 2,500.00 is due."))
    assert [(c.before, c.after) for c in result.changes] == [("500.00", "2,500.00")]

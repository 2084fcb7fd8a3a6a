"""What is compared of a document: its headings as they are called, whatever their numbers and pages."""

from __future__ import annotations

import pytest
from read.test_docx import W, p, package, r

from ccclauses.review.find.findings import review
from ccclauses.review.find.units import entry_title


@pytest.mark.parametrize(
    "text",
    [
        "Breach handling",
        "4. Breach handling",
        "4.\tBreach handling",
        "4.\tBreach handling\t12",
        "4.\tBreach handling \t 12",
        "Breach handling\t12",
        "4. Breach handling ..... 12",
        "  BREACH  HANDLING ",
    ],
)
def test_an_entry_of_a_contents_list_is_called_like_its_heading(text):
    assert entry_title(text) == "breach handling"


def test_a_number_alone_is_no_title():
    assert entry_title("12") == entry_title("\t") == entry_title("") == ""


# --- a contents list that became plain text ---

STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style></w:styles>'
)


def heading(text: str) -> str:
    return p(r(text), '<w:pStyle w:val="H"/>')


def entry(text: str, page: int, style: str = '<w:pStyle w:val="T"/>') -> str:
    return p(f"{r(text)}<w:r><w:tab/></w:r>{r(str(page))}", style)


BODY = (heading("Breaches"), p(r("Tell us within a day.")), heading("Audits"), p(r("We may audit once a year.")))
SENT = (p(r("Contents")), entry("Breaches", 1), entry("Audits", 2), *BODY)


def told(*after: str, before: tuple[str, ...] = SENT) -> list[tuple[str, str, str]]:
    files = (package("".join(blocks), styles=STYLES) for blocks in (before, after))
    return [(f.kind, f.before, f.after) for f in review(*files).findings]


def test_a_contents_list_that_became_plain_text_is_no_change():
    assert told(*SENT) == []
    assert told(SENT[0], entry("Breaches", 1, ""), entry("Audits", 3, ""), *BODY) == []
    one = (SENT[0], entry("Breaches", 1), *BODY[:2])
    assert told(SENT[0], entry("Breaches", 4, ""), *BODY[:2], before=one) == []


def test_words_that_are_put_into_a_contents_list_are_told():
    for style in ("", '<w:pStyle w:val="T"/>'):
        added = entry("Audits are never paid for", 2, style)
        ((kind, before, after),) = told(*SENT[:3], added, *BODY)
        assert (kind, before) == ("new", "") and after.startswith("Audits are never paid for")


def test_words_between_the_entries_of_a_contents_list_in_plain_text_are_told():
    added = p(r("Audits are never paid for."))
    after = (SENT[0], entry("Breaches", 1, ""), added, entry("Audits", 2, ""), *BODY)
    assert ("new", "", "Audits are never paid for.") in told(*after)


def test_a_title_with_a_number_that_stands_alone_is_told():
    """It may be a period: "Audits 30"."""
    assert told(*SENT, p(r("Audits 30"))) == [("new", "", "Audits 30")]
    assert told(*BODY, p(r("Audits 30")), before=BODY) == [("new", "", "Audits 30")]
    assert told(p(r("Breaches 1")), p(r("Audits 3")), *BODY, before=BODY) == []

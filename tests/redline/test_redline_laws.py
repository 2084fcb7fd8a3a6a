"""What holds for every redline, on files and edits drawn at random."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from redline_files import (
    accepted,
    compare,
    holds,
    p,
    package,
    rejected,
    run,
    seen,
    table,
)

from ccclauses.ooxml.package.package import write_package

WORDS = st.sampled_from(
    "the Supplier shall notify Client within 24 72 hours of an incident. , ; \u00a0 € \t".split(" ") + ["  "]
)
TEXT = st.lists(WORDS, max_size=12).map(" ".join)
RUN = st.tuples(TEXT, st.sampled_from(["", "<w:b/>", "<w:i/>"])).map(lambda drawn: run(*drawn) if drawn[0] else "")
STYLE = st.sampled_from(["", '<w:pStyle w:val="Clause"/>', '<w:jc w:val="both"/>'])
PARAGRAPH = st.tuples(st.lists(RUN, max_size=4), STYLE).map(lambda drawn: p(*drawn[0], properties=drawn[1]))
TABLE = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3).map(lambda rows: table(*rows))
BODY = st.lists(st.one_of(PARAGRAPH, PARAGRAPH, PARAGRAPH, TABLE), max_size=7).map(
    lambda blocks: [*blocks, p("Signed")]
)


@st.composite
def edited(draw):
    """Return two bodies, the second an edit of the first: blocks dropped, added, moved, changed, doubled."""
    before = draw(BODY)
    after = list(before[:-1])
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["drop", "add", "move", "change"]))
        at = draw(st.integers(0, max(len(after) - 1, 0)))
        if kind == "add" or not after:
            after.insert(at, draw(st.one_of(PARAGRAPH, TABLE)))
        elif kind == "drop":
            del after[at]
        elif kind == "move":
            after.insert(draw(st.integers(0, len(after))), after.pop(at))
        else:
            after[at] = after[at].replace("shall", "must").replace(" 24", " 48").replace("hours", "")
    return "".join(before), "".join([*after, before[-1]])


@settings(max_examples=150, deadline=None)
@given(edited(), st.booleans())
def test_accepted_is_after_and_rejected_is_before(bodies, moves):
    holds(*bodies, moves=moves)


@settings(max_examples=60, deadline=None)
@given(BODY, BODY)
def test_it_holds_for_unlike_files_too(before, after):
    holds("".join(before), "".join(after))


@settings(max_examples=60, deadline=None)
@given(BODY)
def test_a_file_has_no_change_from_itself(body):
    result = compare("".join(body), "".join(body))
    assert result.changes == ()
    assert accepted(result) == rejected(result) == seen(package("".join(body)))


@settings(max_examples=25, deadline=None)
@given(edited())
def test_the_same_inputs_give_the_same_bytes(bodies):
    first, second = (write_package(compare(*bodies).package.parts) for _ in range(2))
    assert first == second


@settings(max_examples=40, deadline=None)
@given(edited())
def test_every_revision_has_an_author_a_date_and_an_id_of_its_own(bodies):
    from ccclauses.ooxml.namespaces import w
    from ccclauses.ooxml.revisions import REVISIONS

    root = compare(*bodies).package.xml("word/document.xml")
    found = list(root.iter(*REVISIONS))
    ids = [change.get(w("id")) for change in found]
    assert len(set(ids)) == len(ids) and all(ids)
    assert all(change.get(w("author")) == "Counsel" for change in found if change.tag != w("tblGridChange"))

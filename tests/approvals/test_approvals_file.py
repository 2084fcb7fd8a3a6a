"""The approvals file: every mistake with its place, and what is written can be read."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.load.approvals import approvals_text, load_approvals, load_approvals_text
from ccclauses.model.diagnostic import Position
from ccclauses.model.library.approval import Approval

HASH = "0123456789abcdef" * 4
GOOD = f"""\
approvals:
  breach:
    version: 2
    content: {HASH}
    date: 2026-03-02
    by: Ada Byron
"""


def read(text):
    return load_approvals_text(text, "approvals.yaml")


def test_an_approval_knows_its_place():
    approvals, problems = read(GOOD)
    assert problems == []
    assert approvals["breach"] == Approval(
        clause="breach", version=2, content=HASH, date=date(2026, 3, 2), by="Ada Byron", note="",
        at=Position(file="approvals.yaml", line=2, column=3),
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong, right, said",
    [
        ("version: 2", "version: two", "approvals.yaml:3:14: error: `two` was found where a whole number is expected"),
        (HASH, "0x1", "approvals.yaml:4:14: error: `0x1` was found where the hash of a clause is expected"),
        ("2026-03-02", "2026-02-30", "approvals.yaml:5:11: error: `2026-02-30` was found where a date is expected"),
        ("by: Ada Byron", "bye: Ada Byron", "approvals.yaml:6:5: error: unknown key `bye` in an approval"),
        ("by: Ada Byron", "by:", "approvals.yaml:3:5: error: `by` is missing in an approval"),
        ("  breach:", "  Breach Notice:", "approvals.yaml:2:3: error: `Breach Notice` can't be an id here"),
        ("approvals:", "approval:", "approvals.yaml:1:1: error: unknown key `approval` in an approvals file"),
        ("    by: Ada Byron", "    by: &a Ada", "approvals.yaml:6:"),
    ],
)
def test_a_mistake_is_told_with_its_place(wrong, right, said):
    approvals, problems = read(GOOD.replace(wrong, right))
    assert not approvals
    assert any(str(p).startswith(said) for p in problems), problems


def test_all_mistakes_at_once():
    _, problems = read(
        GOOD.replace("version: 2", "version: two").replace("2026-03-02", "soon").replace("Ada Byron", "[]")
    )
    assert [p.at.line for p in problems] == [3, 5, 6]


def test_no_file_and_an_empty_one(tmp_path):
    _, problems = load_approvals(tmp_path / "approvals.yaml")
    assert [p.rule for p in problems] == ["unreadable-file"]
    approvals, problems = read("approvals:\n")
    assert not approvals and problems == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(min_size=1, max_size=40).map(lambda t: " ".join(t.split())).filter(bool),
    st.text(max_size=60).map(lambda t: " ".join(t.split())),
)
def test_what_is_written_is_read_or_refused(by, note):
    given_ = Approval(
        clause="breach", version=1, content=HASH, date=date(2026, 1, 1), by=by, note=note,
        at=Position(file="approvals.yaml", line=3, column=3),
    )  # fmt: skip
    approvals, problems = read(approvals_text([given_]))
    if problems:
        assert not approvals and {p.rule for p in problems} <= {"refused-character", "wrong-type", "missing-key"}
    else:
        assert list(approvals.values()) == [given_]


def test_approvals_are_written_by_clause():
    one, two = (
        Approval(clause=c, version=1, content=HASH, date=date(2026, 1, 1), by="A", at=Position(file="x")) for c in "ba"
    )
    assert approvals_text([one, two]) == approvals_text([two, one])
    assert "ccclauses approve" in approvals_text([]).splitlines()[0]

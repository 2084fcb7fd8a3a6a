"""Each row that can't be counted is refused with its place and the reason, and one bad row doesn't hide the next."""

from __future__ import annotations

from datetime import datetime, timezone

import openpyxl
import pytest

from ccclauses.common.limits import Limits, set_limits
from ccclauses.model.diagnostic import Severity
from ccclauses.penalties import read_events, read_ledger

from .conftest import AS_OF, TERM, events_of

GOOD = "failure=late_notice, due=2026-05-31T22:15+02:00, done=2026-06-01T05:40+02:00"


@pytest.mark.parametrize(
    ("option", "rule", "words"),
    [
        ("failure=late_notise, due=2026-05-31T22:15+02:00", "unknown-duty", "late_notise"),
        ("due=2026-05-31T22:15+02:00", "missing-value", "failed"),
        ("failure=late_notice, due=2026-05-31T22:15, done=2026-06-01T05:40+02:00", "missing-time-zone", "`due`"),
        ("failure=late_notice, due=2026-05-31, done=2026-06-01T05:40+02:00", "missing-time", "no time of day"),
        ("failure=late_notice, due=2026-03-29 01:30 Europe/London", "unclear-time", "change"),
        ("failure=late_notice, due=2026-10-25 02:30 Mars/Olympus", "unknown-time-zone", "Mars"),
        ("failure=late_notice, due=2026-05-31T22:15, time_zone=+2", "unknown-time-zone", "not an offset"),
        ("failure=late_notice, due=2026-05-31T22:15, time_zone=-01:0Z", "unknown-time-zone", "not an offset"),
        ("failure=late_notice, due=31.05.2026 22:15", "wrong-time", "not a date"),
        ("failure=late_notice, due=2026-02-30T22:15Z", "wrong-time", "exists"),
        ("failure=late_notice, due=1899-12-31T22:15Z", "wrong-time", "exists"),
        ("failure=late_notice, due=2026-05-31T22:15+24:00", "unknown-time-zone", "offset"),
        ("failure=late_notice, due=2026-05-31T22:15+02:60", "unknown-time-zone", "offset"),
        ("failure=late_notice, done=2026-06-01T05:40+02:00", "missing-value", "was due"),
        ("failure=late_notice, due=2027-05-31T22:15+02:00", "future-event", "after"),
        # The hours of the notice are not over at the day of the statement.
        ("failure=late_notice, start=2026-09-30T13:00+02:00", "future-event", "due only at"),
        ("failure=disclosure, at=2029-07-01, count=3", "outside-term", "after the term"),
        ("failure=disclosure, at=2026-12-01, count=3", "future-event", "after"),
        ("failure=disclosure, at=2026-03-30, count=3", "outside-term", "before the term"),
        ("failure=disclosure, at=2026-05-01, count=-3", "negative-value", "`count`"),
        ("failure=disclosure, at=2026-05-01, count=3.5", "wrong-value", "whole number"),
        ("failure=disclosure, at=2026-05-01, count=9,999,999,999,999", "wrong-value", "whole number"),
        ("failure=disclosure, at=2026-05-01, count=1,00", "wrong-value", "whole number"),
        ("failure=disclosure, at=2026-05-01, currency=USD", "other-currency", "USD"),
        ("failure=disclosure, at=2026-05-01, damages=USD 5", "other-currency", "USD"),
        ("failure=disclosure, at=2026-05-01, damages=-5", "negative-value", "damages"),
        ("failure=disclosure, due=2026-05-01T10:00Z", "wrong-column", "`due` says nothing"),
        ("failure=disclosure", "missing-value", "when it happened"),
        ("failure=late_certificate, at=2026-05-01, done=2026-05-02", "wrong-column", "`done` says nothing"),
        ("failure=late_recovery, at=2026-05-01T10:00Z", "missing-value", "how long"),
        ("failure=late_recovery, at=2026-05-01T10:00Z, lasted=3 Business Days", "wrong-unit", "per hour"),
        ("failure=late_recovery, at=2026-05-01T10:00Z, lasted=3 hours, done=2026-05-01T13:00Z", "wrong-column", "both"),
        ("failure=late_review, start=2026-05-01", "unclear-deadline", "do not have one period"),
        (f"{GOOD}, earlier=101", "wrong-value", "more than 100"),
        (f"{GOOD}, damages=9999999999999999", "wrong-value", "not a sum"),
        (f"{GOOD}, tolled=2 Business Days", "wrong-unit", "per hour"),
        (f"{GOOD}, tolled=soon", "wrong-value", "`soon`"),
        ("failure=late_review, due=2026-06-05, tolled=3 hours", "wrong-unit", "per Business Day"),
        ("failure=disclosure, at=2026-05-01, count=3, disputed=3 hours", "wrong-column", "only delay"),
        (f"{GOOD}, start=2026-05-30T22:15+02:00", "wrong-column", "both"),
        ("failure=late_notice, start=2026-05-31T22:15+02:00, done=2026-05-31T22:14+02:00", "negative-value", "before"),
        (
            "failure=late_notice, due=2026-09-30T15:00+02:00, stopped=2026-09-30T13:00+02:00",
            "future-event",
            "lies after",
        ),
    ],
)
def test_a_bad_event_is_refused(annex, option, rule, words):
    as_of = datetime(2029, 7, 2, tzinfo=timezone.utc) if "2029" in option else AS_OF
    events, problems = events_of(annex, f"event=X, {option}", as_of=as_of)
    assert not events
    assert rule in [p.rule for p in problems], problems
    assert any(words in p.message for p in problems), problems


def test_the_good_event_is_taken(annex):
    events, problems = events_of(annex, GOOD)
    assert len(events) == 1 and not problems


def test_a_failure_may_be_named_by_its_duty_or_its_paragraph(annex):
    duty = next(o for o in annex.obligations if o.failure == "late_notice")
    for name in ("late_notice", duty.id, duty.number):
        events, problems = events_of(annex, GOOD.replace("late_notice", name))
        assert not problems and events[0].sanction.name == "late_notice"


def test_the_same_event_twice_is_refused_and_a_twin_is_told(annex):
    events, problems = events_of(annex, f"event=A, {GOOD}", f"event=A, {GOOD}", f"event=B, {GOOD}")
    assert [(p.rule, p.severity) for p in problems] == [
        ("event-twice", Severity.ERROR),
        ("event-alike", Severity.WARNING),
    ]


def test_every_bad_row_is_told_at_once_with_its_row_and_column(tmp_path, annex, work):
    path = tmp_path / "events.csv"
    path.write_text(
        "event,failure,due,done,at,count\n"
        "A,late_notice,2026-05-31T22:15,2026-06-01T05:40+02:00,,\n"
        '"B\nsecond line",disclosure,,,2026-05-01,-4\n'
        "C,nothing,,,,\n"
        "D,disclosure,,,2026-05-01,4\n",
        encoding="utf-8",
    )
    rows, problems = read_ledger(path)
    assert not problems
    events, problems = read_events(rows, annex, work, as_of=AS_OF, term=TERM)
    assert [(p.rule, p.at.line, p.at.column) for p in problems] == [
        ("missing-time-zone", 2, 3),
        ("negative-value", 3, 6),
        ("unknown-duty", 5, 2),
    ]
    assert [e.id for e in events] == ["D"]


def test_a_workbook_is_read_with_its_dates_and_time_zone(tmp_path, annex, work):
    book = openpyxl.Workbook()
    book.active.append(["Event", "Failure", "Due", "Done", "At", "Count", "Time zone"])
    book.active.append(
        ["A", "late_notice", datetime(2026, 5, 31, 22, 15), datetime(2026, 6, 1, 5, 40), None, None, "Europe/London"]
    )
    book.active.append(["B", "coverage_gap", None, None, datetime(2026, 5, 4), 7, None])
    book.active.append(["C", "late_notice", datetime(2026, 5, 31, 22, 15), None, None, None, None])
    book.save(tmp_path / "events.xlsx")
    rows, problems = read_ledger(tmp_path / "events.xlsx")
    assert not problems
    events, problems = read_events(rows, annex, work, as_of=AS_OF, term=TERM)
    assert sorted((e.id, len(e.days), e.units) for e in events) == [("A", 8, 1), ("B", 1, 7)]
    assert [(p.rule, p.at.line, p.at.column) for p in problems] == [("missing-time-zone", 4, 3)]


@pytest.mark.parametrize(("name", "text"), [("e.yaml", "- {event: A, failure: disclosure, at: 2026-05-01, count: 010}\n"),
                                            ("e.json", '[{"event": "A", "failure": "disclosure", "at": "2026-05-01", "count": 10}]')])  # fmt: skip
def test_events_from_yaml_and_json(tmp_path, annex, work, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    rows, problems = read_ledger(tmp_path / name)
    events, found = read_events(rows, annex, work, as_of=AS_OF, term=TERM)
    assert not problems + found and events[0].units == 10


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("e.csv", b"event,failing\nA,b\n", "unknown-column"),
        ("e.csv", b"event,event\nA,b\n", "duplicate-column"),
        ("e.csv", b"event,failure\nA,b,c\n", "extra-cell"),
        ("e.csv", b"", "empty-ledger"),
        ("e.csv", b'event,failure\n"A,b\n', "unreadable-file"),
        ("e.csv", b"event,failure\nA,\xff\n", "not-utf-8"),
        ("e.xlsx", b"PK\x03\x04 no workbook", "unreadable-file"),
        ("e.yaml", b"event: A\n", "wrong-type"),
        ("e.yaml", b"- [1]\n", "wrong-type"),
        ("e.yaml", b"- {event: [1]}\n", "wrong-type"),
        ("e.txt", b"x", "unreadable-file"),
    ],
)
def test_a_ledger_that_is_none_is_refused(tmp_path, name, data, rule):
    (tmp_path / name).write_bytes(data)
    rows, problems = read_ledger(tmp_path / name)
    assert rule in [p.rule for p in problems]


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path):
    (tmp_path / "e.csv").write_bytes("\ufeffevent;failure;count\nA;disclosure;3,200\n".encode())
    rows, problems = read_ledger(tmp_path / "e.csv")
    assert not problems and rows[0].text("count") == "3,200"


def test_an_event_option_may_name_a_file(tmp_path):
    from ccclauses.penalties import read_option

    path = tmp_path / "event.yaml"
    path.write_text('- {event: A, failure: late_notice, due: "2026-05-31T22:15+01:00"}\n')
    rows, problems = read_option(str(path), 1)
    assert len(rows) == 1 and not problems
    assert read_option(str(tmp_path / "gone.yaml"), 1)[1][0].rule == "unreadable-file"


def test_an_option_that_is_no_pairs_is_told():
    from ccclauses.penalties import read_option

    for text, rule, column in (
        ("failure=late_notice, due", "", 0),  # a comma before what is no pair separates nothing
        ("late, failure=late_notice", "event-option", 1),
        ("failure=late_notice, dew=2026-05-31", "unknown-column", 22),
        ("tolled=1 hour, note=a, tolled=2 hours", "duplicate-column", 24),
    ):
        _, problems = read_option(text, 1)
        assert [(p.rule, p.at.column) for p in problems] == ([(rule, column)] if rule else []), text


def test_a_ledger_without_end_is_cut_off_and_says_so(tmp_path):
    set_limits(Limits(rows=2))
    for name, text in (
        ("e.csv", "event,failure\n" + "A,late_notice\n" * 3),
        ("e.yaml", "- {event: A, failure: late_notice}\n" * 3),
    ):
        for kept, rules in ((3, ["too-many-rows"]), (2, [])):
            lines = text.splitlines(keepends=True)
            (tmp_path / name).write_text("".join(lines if kept == 3 else lines[:-1]), encoding="utf-8")
            assert [p.rule for p in read_ledger(tmp_path / name)[1]] == rules


def test_a_comma_that_is_missing_between_pairs_is_told():
    from ccclauses.penalties import read_option

    _, problems = read_option("failure=late_notice due=2026-05-31, note=a = b", 1)
    assert [(p.message, p.hint) for p in problems] == [
        ("`due=` appears inside the value of `failure`", "put a comma before it")
    ]


@pytest.mark.parametrize("name", ["4.1", "4(1)", "§ 4(1)", "clause 4.1", "Late notice"])
def test_a_failure_is_named_as_the_document_prints_it(annex, name):
    number = next(
        b.full_number
        for c in annex.clauses
        if c.id == annex.sanctions["late_notice"].clause
        for b in c.blocks
        if getattr(b, "label", "") == annex.sanctions["late_notice"].paragraph
    )
    head, _, rest = number.partition(".")
    name = name.replace("4.1", number).replace("4(1)", f"{head}({rest})")
    events, found = events_of(annex, GOOD.replace("late_notice", name))
    assert not found and [e.sanction.name for e in events] == ["late_notice"]


def test_no_break_spaces_of_a_ledger_are_spaces(tmp_path, annex, work):
    path = tmp_path / "l.csv"
    path.write_text(
        "event,failure,due,done\nINC-1,late_notice,2026-05-31\u00a022:15 Europe/London,2026-06-01\u202f05:40\u00a0Europe/London\u00a0\n\u00a0,,,\n",
        "utf-8",
    )
    rows, problems = read_ledger(path)
    events, found = read_events(rows, annex, work, as_of=AS_OF, term=TERM)
    assert not problems and not found and len(events) == 1

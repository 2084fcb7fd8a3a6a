"""After signature: the client's own acts, the ledger by the sentence of a failure, the statement in Word."""

from datetime import date, datetime, timezone

import pytest

from ccclauses.api import performance as api
from ccclauses.deals import performance as p
from ccclauses.deals.folder import DealError
from ccclauses.ooxml.package.package import read_package

from .negotiating import sent_deal

NOW = datetime(2026, 8, 10, 12, tzinfo=timezone.utc)
LATE = {"failure": "late_notice", "due": "2026-07-06 22:15", "done": "2026-07-07 05:40", "note": "=SUM(A1)"}


@pytest.fixture
def deal(tmp_path):
    return sent_deal(tmp_path)


def test_the_calendar_opens_on_our_own_acts_and_gathers_theirs_by_month(deal):
    found = p.calendar(deal)
    assert found.own and all(
        o.obligation.obligor == "client"
        for o in found.duties.occurrences
        if o.due == found.own[0].due and p._act(o) in found.own
    )
    months = [d.month for d in found.deliveries]
    assert months == sorted(set(months)) and sum(d.count for d in found.deliveries) > len(months)
    own, every = (p.calendar_file(deal, "ics", own_only=o) for o in (True, False))
    assert 0 < own.count(b"BEGIN:VEVENT") < every.count(b"BEGIN:VEVENT")
    assert p.calendar_file(deal, "xlsx", own_only=True)[:2] == b"PK"


def test_each_failure_has_the_sentence_that_was_not_kept(deal):
    found = {f.name: f for f in p.failures(p.performed(deal).annex)}
    notice = found["late_notice"]
    assert "72 hours after becoming Aware" in notice.sentence.replace("\u00a0", " ") and notice.by_time
    assert len(found) > 50 and all(f.sentence and f.paragraph for f in found.values())


def test_an_entry_is_reckoned_added_and_read_by_the_command(deal):
    tried = p.try_entry(deal, LATE, NOW)
    assert tried.money(tried.total) == "GBP 220.40" and not deal.path("ledger.csv").exists()
    p.add_entry(deal, LATE, NOW)
    p.add_entry(deal, {**LATE, "due": "2026-08-01 10:00", "done": "2026-08-01 12:00"}, NOW)
    told = api.penalties(deal.profile, ledger=deal.path("ledger.csv"), as_of=NOW)
    assert told.total == p.statement(deal, NOW).total > tried.total
    assert [m.month for m in told.months] == [date(2026, 7, 1), date(2026, 8, 1)]
    assert [r["note"] for r in p.entries(deal)] == ["SUM(A1)", "SUM(A1)"]  # no formula for a spreadsheet
    assert "word/document.xml" in read_package(p.statement_word(deal, NOW, date(2026, 7, 1))).parts
    p.drop_entry(deal, 1)
    assert len(p.entries(deal)) == 1


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"failure": "late_notice"}, "due"),
        ({**LATE, "done": "yesterday"}, "yesterday"),
        ({**LATE, "failure": "nonsense"}, "nonsense"),
        ({**LATE, "due": "2031-01-01 10:00"}, "."),
    ],
)
def test_an_entry_that_can_not_be_counted_is_told_and_nothing_is_added(deal, cells, why):
    p.add_entry(deal, LATE, NOW)
    before = deal.read("ledger.csv")
    with pytest.raises(DealError, match=why):
        p.add_entry(deal, cells, NOW)
    assert deal.read("ledger.csv") == before


def test_an_empty_ledger_makes_no_statement(deal):
    assert p.statement(deal, NOW) is None
    with pytest.raises(DealError, match="The ledger is still empty"):
        p.statement_word(deal, NOW)

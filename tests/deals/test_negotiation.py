"""A round on the table: rows, what they mean, decisions and the way back, the answer in Word, the next round, signing."""

import shutil
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from ccclauses.deals.folder import Deal, DealError
from ccclauses.deals.rounds import negotiation as n
from ccclauses.deals.rounds import papers, signing
from ccclauses.deals.rounds.table import by_clause, on_ladder, shown, state
from ccclauses.ooxml.package.package import read_package
from ccclauses.read.word.docx import read_docx
from ccclauses.review.find.findings import review

from .negotiating import DAY, NOW, USUAL, annex_file, later_notice, returned, sent_deal


@pytest.fixture(scope="module")
def desk():
    made = n.Desk()
    yield made
    made.close()


@pytest.fixture(scope="module")
def back(tmp_path_factory, desk) -> Deal:
    """A deal whose annex came back changed; tests work on copies of it."""
    deal = sent_deal(tmp_path_factory.mktemp("deals"))
    n.add_returned(deal, "Back.docx", returned(*USUAL), DAY, desk)
    return deal


@pytest.fixture
def deal(back, tmp_path) -> Deal:
    shutil.copytree(back.folder, tmp_path / back.slug)
    return Deal(tmp_path, back.slug)


def table(deal, desk, number=1):
    return n.negotiated(deal, number, desk)


def row(now, before):
    return next(r for r in now.table.rows if before in r.before)


def notice(now):
    return row(now, "at the latest 72 hours after")


def test_a_silent_change_below_the_limit_is_told_with_its_money_and_hold_comes_first(deal, desk):
    found = notice(table(deal, desk))
    assert found.flags == ("not tracked", "below limit", "breaks a rule") and found.hold_first
    money = [m.text for m in found.means if m.kind == "money"]
    assert money == [
        "Notice of a Security Breach late, done 8 hours after our time: ours GBP 220.40 "
        "(GBP 174.00 + 8 × GBP 5.80), theirs GBP 0.00."
    ]
    assert any(m.text.endswith("They disagree.") and "72 hours" in m.text for m in found.means)
    assert not any("`" in m.text or "_" in m.text for r in table(deal, desk).table.rows for m in r.means)


def test_what_is_deleted_or_unknown_is_never_accepted_by_a_list(deal, desk):
    now = table(deal, desk)
    gone = [r for r in now.table.rows if "deleted" in r.flags]
    unknown = [r for r in now.table.rows if "not judged" in r.flags]
    assert gone and unknown
    needs = shown(now.table.rows, "needs-you", now.answers)
    assert all(r in needs and r not in on_ladder(now.table.rows, now.answers) for r in (*gone, *unknown))


def test_the_worst_clause_comes_first_or_the_order_of_the_contract(deal, desk):
    rows = table(deal, desk).table.rows
    assert (
        by_clause(rows, worst_first=True)[0][1][0] is notice(table(deal, desk))
        or "below limit" in by_clause(rows, worst_first=True)[0][1][0].flags
    )
    assert [r for _, g in by_clause(rows, worst_first=False) for r in g] == list(rows)


def test_decisions_are_kept_and_undone_one_by_one(deal, desk):
    now = table(deal, desk)
    found = notice(now)
    n.decide(deal, now, {found.number: n.hold(found, "Our own clock", only_us="walk-away")})
    n.decide(deal, now, {found.number: n.ask(found, "Priya", "Can we live with it?")})
    assert state(found, table(deal, desk).answers) == "asked"
    assert n.undo(deal, 1) and state(found, table(deal, desk).answers) == "held"
    assert n.undo(deal, 1) and state(found, table(deal, desk).answers) == "undecided"
    assert not n.undo(deal, 1) and not deal.path("rounds", "01-answers.yaml").exists()


def test_below_the_limit_accepting_asks_why_for_our_own_side(deal, desk):
    now = table(deal, desk)
    with pytest.raises(n.Refused, match="below our limit"):
        n.accept(notice(now), "Agreed")
    assert n.accept(notice(now), only_us="The board wants this deal").decision == "accept"


def test_a_counter_is_judged_as_it_is_typed(deal, desk):
    now = table(deal, desk)
    found = notice(now)

    def line(hours):
        return n.judged(now, found, found.before.replace("72 hours", hours), desk)

    assert line("60 hours").line == "60 hours: between Standard and Baseline, breaks nothing."
    assert line("24 hours").line == "24 hours: the Standard rung of our ladder, breaks nothing."
    assert line("80 hours").good is False and "below our limit, breaks" in line("80 hours").line
    assert line("72 hours").line.startswith("These are our own words")
    with pytest.raises(n.Refused, match="their own words"):
        n.counter(found, found.after)
    assert n.counter(found, found.before).decision == "refuse"


def test_the_answer_is_read_back_and_accepting_our_changes_gives_our_text(deal, desk):
    now = table(deal, desk)
    n.decide(deal, now, {r.number: n.hold(r, only_us="never below 72") for r in now.table.rows if r.can_be_held})
    written = n.write_answer(deal, table(deal, desk), "Pebblebox Bikes Limited", NOW, desk)
    assert written.back.problems == () and written.back.silent == written.back.marked == 2
    answer = read_package(written.data)
    left = review(read_package(annex_file()), answer, read_as="accepted").findings
    assert {f.source for f in left} == {"comment"}  # our own
    everything = b"".join(
        ZipFile(BytesIO(written.data)).read(name) for name in ZipFile(BytesIO(written.data)).namelist()
    )
    assert b"never below" not in everything and b"walk-away" not in everything
    assert sum("came back untracked" in c.text for c in read_docx(answer).comments) == 2


def test_what_was_not_decided_stays_open_in_the_answer(deal, desk):
    written = n.write_answer(deal, table(deal, desk), "Pebblebox", NOW, desk)
    assert {done for _, done in written.done} <= {"shown", "commented"} and written.back.problems == ()


def test_an_answer_goes_out_and_the_next_round_knows_what_was_countered(deal, desk):
    now = table(deal, desk)
    found = notice(now)
    given = {r.number: n.hold(r) for r in now.table.rows if r.can_be_held}
    given[found.number] = n.counter(found, found.before.replace("72 hours", "60 hours"))
    with pytest.raises(n.Refused, match="not written yet"):
        n.send_answer(deal, 1, DAY)
    n.decide(deal, now, given)
    written = n.write_answer(deal, table(deal, desk), "Pebblebox", NOW, desk)
    n.decide(deal, table(deal, desk), {found.number: n.hold(found)})
    with pytest.raises(n.Refused, match="Write it again"):
        n.send_answer(deal, 1, DAY)
    n.undo(deal, 1)
    written = n.write_answer(deal, table(deal, desk), "Pebblebox", NOW, desk)
    n.send_answer(deal, 1, DAY)
    with pytest.raises(n.Refused, match="gone out"):
        n.decide(deal, table(deal, desk), {found.number: n.hold(found)})

    def later(draft):
        for run in draft.root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"):
            if run.text == "60" or (run.text and "60 hours" in run.text):
                run.text = run.text.replace("60", "66")

    n.add_returned(deal, "Back 2.docx", returned(later, data=written.data), DAY, desk)
    (only,) = table(deal, desk, 2).table.rows  # our own comments are no news
    assert "on our ladder" in only.flags and ("60" in only.before, "66" in only.after) == (True, True)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Choose the file"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "."),
    ],
)
def test_a_file_that_can_not_be_read_is_told_and_changes_nothing(tmp_path, desk, data, why):
    deal = sent_deal(tmp_path)
    before = sorted((p, p.read_bytes()) for p in deal.folder.rglob("*") if p.is_file())
    with pytest.raises(DealError, match=why):
        n.add_returned(deal, "x.docx", data, DAY, desk)
    assert sorted((p, p.read_bytes()) for p in deal.folder.rglob("*") if p.is_file() and p.name != ".lock") == before


def test_another_word_file_is_never_reported_as_changes(tmp_path, desk):
    deal, made, buffer = sent_deal(tmp_path), Document(), BytesIO()
    made.add_heading("Minutes of the board", 1)
    for number in range(40):
        made.add_heading(f"{number + 1} Audit and confidentiality", 2)
        made.add_paragraph("The chair welcomed those present, and the Provider shall notify the Client of cake.")
    made.save(buffer)
    with pytest.raises(n.NotOurs, match="Nothing was compared") as refused:
        n.add_returned(deal, "minutes.docx", buffer.getvalue(), DAY, desk)
    assert refused.value.clauses == 0 and n.rounds_of(deal).last.returned is None


def test_the_annex_of_another_deal_is_none_of_this_one(tmp_path, desk):
    deal = sent_deal(tmp_path)
    with pytest.raises(n.NotOurs, match="another deal"):
        n.add_returned(deal, "x.docx", annex_file("startup-baseline"), DAY, desk)
    n.add_returned(deal, "x.docx", annex_file("startup-baseline"), DAY, desk, anyway=True)


def test_a_reader_that_takes_too_long_is_ended(deal):
    desk = n.Desk(seconds=0.01)
    with pytest.raises(papers.CantRead, match="takes longer"):
        n.negotiated(deal, 1, desk)
    desk.close()


# -- signing ----------------------------------------------------------------------------------------------------------


def settled(deal, desk):
    """Everything held, sent, and returned with all accepted."""
    now = table(deal, desk)
    n.decide(deal, now, {r.number: n.hold(r) for r in now.table.rows if r.can_be_held})
    n.write_answer(deal, table(deal, desk), "Pebblebox", NOW, desk)
    n.send_answer(deal, 1, DAY)


def test_the_paper_that_says_what_was_agreed_is_marked_as_signed(deal, desk):
    with pytest.raises(DealError, match="waits for our answer"):
        signing.add_final(deal, "final.docx", annex_file(), desk)
    settled(deal, desk)
    signing.add_final(deal, "final.docx", annex_file(), desk)
    final = signing.final_paper(deal, desk)
    assert final.may_be_signed and final.table.rows == ()
    signing.mark_signed(deal, DAY, ("Imogen Clarke", "Gareth Pugh"), desk)
    assert signing.signed(deal) == signing.Signed(day="2026-05-04", by=("Imogen Clarke", "Gareth Pugh"))
    assert 'extends: "../profile.yaml"' in deal.read("signed", "agreed.yaml").decode()


def test_what_differs_from_what_was_agreed_is_agreed_or_sent_back(deal, desk):
    settled(deal, desk)
    signing.add_final(deal, "final.docx", returned(later_notice), desk)
    final = signing.final_paper(deal, desk)
    assert [r.after for r in final.open] == [notice(table(deal, desk)).after] and not final.may_be_signed
    with pytest.raises(DealError, match="1 differences? (is|are) not agreed"):
        signing.mark_signed(deal, DAY, (), desk)
    signing.choose(deal, final.open[0].key, "agree")
    assert signing.final_paper(deal, desk).may_be_signed
    files = signing.mark_signed(deal, DAY, (), desk)
    assert "breach_notice" in files.profile and "96 hours" in files.profile


def test_a_tracked_change_in_the_final_paper_counts(deal, desk):
    settled(deal, desk)
    signing.add_final(deal, "final.docx", deal.read("rounds", "02-sent.docx") or b"", desk)
    final = signing.final_paper(deal, desk)
    assert {r.source for r in final.open} >= {"tracked", "comment"}

"""A redline never says that files are the same that a reader sees to differ: each difference is tracked, or listed and marked."""

from datetime import datetime

import pytest
from word_pairs import item, level, levels, package
from word_siblings import ALIKE, DIFFERENT

from ccclauses.ooxml.namespaces import w
from ccclauses.read.word.docx import read_docx
from ccclauses.redline import redline
from ccclauses.report.review.redline import report_text

NOW = datetime(2026, 1, 1)


@pytest.mark.parametrize("way", DIFFERENT)
def test_what_a_reader_sees_to_differ_is_tracked_or_listed(way):
    result = redline(*DIFFERENT[way](), date=NOW)
    assert result.changes or result.untracked
    assert "say the same" not in report_text(result, "a", "b")


@pytest.mark.parametrize("way", DIFFERENT)
def test_what_is_not_listed_comes_back_when_all_is_rejected(way):
    before, after = DIFFERENT[way]()
    result = redline(before, after, date=NOW)
    if not result.untracked:
        old, new = read_docx(before), read_docx(result.package, view="rejected")
        assert [(p.number, p.shown, p.hidden, p.faint) for p in new.paragraphs() if p.shown] == [
            (p.number, p.shown, p.hidden, p.faint) for p in old.paragraphs() if p.shown
        ]


@pytest.mark.parametrize("way", ALIKE)
def test_what_nobody_sees_is_no_change(way):
    result = redline(*ALIKE[way](), date=NOW)
    assert (result.untracked, [c for c in result.changes if c.kind != "formatted"]) == ((), [])


def test_a_number_that_can_not_be_tracked_is_marked_by_a_comment_at_its_place():
    before, after = (package(item("One") + item("Two"), numbering=levels(level(text))) for text in ("%1.", "%1)"))
    result = redline(before, after, author="Legal", date=NOW)
    assert [str(u) for u in result.untracked] == ["number at “One”: 1. → 1)", "number at “Two”: 2. → 2)"]
    found = [(c.author, c.about, c.text.splitlines()[1]) for c in read_docx(result.package).comments]
    assert found == [("Legal", u.words, str(u)) for u in result.untracked]


def test_a_control_with_a_tracked_change_is_no_longer_filled_from_the_data():
    result = redline(*DIFFERENT["data of a control"](), date=NOW)
    root = result.package.xml(result.package.main_part)
    assert [c.before + c.after for c in result.changes] == ["2496"]
    assert next(root.iter(w("dataBinding")), None) is None


@pytest.mark.parametrize(
    ("granularity", "changes"),
    [
        ("word", [("24", "72")]),
        ("clause", [("within 24 hours, ", "within 72 hours, ")]),
        ("sentence", [("It tells, within 24 hours, the Client. ", "It tells, within 72 hours, the Client. ")]),
    ],
)
def test_how_much_is_shown_as_replaced_may_be_chosen(granularity, changes):
    from word_pairs import p, r

    from ccclauses.redline.model import RedlineOptions

    files = (package(p(r(f"It logs. It tells, within {hours} hours, the Client. It pays."))) for hours in (24, 72))
    result = redline(*files, date=NOW, options=RedlineOptions(granularity=granularity))
    assert [(c.before, c.after) for c in result.changes] == changes


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("供应商应当在二十四小时内通知客户", "供应商应当在四十八小时内通知客户", ("二十四", "四十八")),
        ("事業者は二十四時間以内に通知する。", "事業者は二十四時間以内に報告する。", ("通知", "報告")),
        ("ผู้ให้บริการต้องแจ้งภายใน ๒๔ ชั่วโมง", "ผู้ให้บริการต้องแจ้งภายใน ๗๒ ชั่วโมง", ("๒๔", "๗๒")),
    ],
)
def test_scripts_without_spaces_are_redlined_by_word(before, after, change):
    from word_pairs import p, r

    result = redline(package(p(r(before))), package(p(r(after))), date=NOW)
    assert [(c.before, c.after) for c in result.changes] == [change]

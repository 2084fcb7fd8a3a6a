"""Which texts of two documents answer to which: whatever was done to them, each text is in one pair, and the likely one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.review.find.match import Pair, match_units
from ccclauses.review.find.units import Unit

NOTIFY = "The Provider shall notify the Client of each breach within 24 hours of learning of it."
RECORD = "The Provider shall keep a record of every access to the recordings of calls for two years."
AUDIT = "The Client may audit the premises of the Provider once in each year on ten days' notice."
TRAIN = "Each agent is trained on fraud before the first call and again every twelve months."
NONE = "Nothing herein is a waiver."
TEXTS = (NOTIFY, RECORD, AUDIT, TRAIN, NONE)


def units(*texts: str, anchors: bool = True, **more) -> list[Unit]:
    """A paragraph for each text, with an anchor of its own if asked for."""
    return [
        Unit(kind="paragraph", text=t, whole=t, anchors=(f"_cc_{t.split()[3]}",) if anchors else (), **more)
        for t in texts
    ]


def row(*cells: str, table: int = 0) -> Unit:
    text = " | ".join(cells)
    return Unit(kind="row", text=text, whole=text, cells=cells, table=table)


def told(a: list[Unit], b: list[Unit]) -> list[tuple]:
    """The pairs as places on either side, with what is said of them: how, and whether it was moved."""
    return [(p.a, p.b, p.how, p.moved) for p in match_units(a, b)]


WORDS = st.sampled_from("the provider shall tell client of each breach within a day and keep records".split())
MADE = st.builds(
    lambda words, anchors, kind: Unit(
        kind=kind,
        text=" ".join(words),
        anchors=tuple(anchors),
        cells=tuple(words) if kind == "row" else (),
        number=anchors[0][-1] if anchors else "",
    ),
    st.lists(WORDS, max_size=6),
    st.lists(st.sampled_from(["_cc_1", "_cc_2", "_cc_3"]), max_size=2, unique=True),
    st.sampled_from(["paragraph", "paragraph", "heading", "row"]),
)


@settings(max_examples=60)
@given(st.lists(MADE, max_size=7), st.lists(MADE, max_size=7), st.randoms(use_true_random=False))
def test_every_text_is_in_one_pair_and_the_pairs_follow_the_second_document(a, other, random):
    b = [*a[: len(a) // 2], *other]
    random.shuffle(b)
    pairs = match_units(a, b)
    assert sorted(i for p in pairs for i in p.a) == list(range(len(a)))
    assert sorted(j for p in pairs for j in p.b) == list(range(len(b)))
    firsts = [p.b[0] for p in pairs if p.b]
    assert firsts == sorted(firsts)
    steady = [p.a[0] for p in pairs if p.a and p.b and not p.moved]
    assert steady == sorted(steady)
    assert all(p.how != "none" for p in pairs if p.a and p.b)
    crossed = [(a[i], b[j]) for p in pairs for i in p.a for j in p.b if (a[i].kind == "row") != (b[j].kind == "row")]
    assert all(one.text == two.text for one, two in crossed)


@settings(max_examples=40)
@given(st.lists(MADE.filter(lambda u: u.text), max_size=7))
def test_a_document_answers_to_itself(a):
    texts = [u.text for u in a]
    pairs = match_units(a, a)
    assert not any(p.moved for p in pairs)
    assert [(texts[p.a[0]], len(p.a), len(p.b)) for p in pairs] == [(t, 1, 1) for t in texts]


def test_what_came_and_what_went_stand_alone_where_they_stood():
    new = "A wholly other sentence about parking spaces."
    for anchors in (True, False):
        a, b = units(NOTIFY, RECORD, AUDIT, anchors=anchors), units(NOTIFY, AUDIT, new, anchors=anchors)
        how = "anchor" if anchors else "likeness"
        assert told(a, b) == [
            ((0,), (0,), how, False),
            ((1,), (), "none", False),
            ((2,), (1,), how, False),
            ((), (2,), "none", False),
        ]


def test_what_was_carried_elsewhere_is_told_as_moved():
    for anchors in (True, False):
        pairs = match_units(units(*TEXTS, anchors=anchors), units(*TEXTS[1:], NOTIFY, anchors=anchors))
        assert [(p.a, p.moved) for p in pairs] == [(((n + 1) % 5,), n == 4) for n in range(5)]


def test_a_text_carried_elsewhere_and_reworded_is_still_the_same():
    late = NOTIFY.replace("24 hours", "72 hours")
    for position in (3, 4):
        b = list(TEXTS[1:])
        b.insert(position, late)
        (pair,) = (p for p in match_units(units(*TEXTS, anchors=False), units(*b, anchors=False)) if p.moved)
        assert (pair.a, pair.b) == ((0,), (position,))


def test_two_texts_that_changed_places_and_words_answer_by_likeness():
    """Each of them has the other in its place; words decide."""
    a = units(NOTIFY, RECORD, AUDIT, anchors=False)
    b = units(AUDIT.replace("once", "twice"), NOTIFY.replace("24", "36"), RECORD.replace("two", "ten"), anchors=False)
    assert {(p.a, p.b) for p in match_units(a, b)} == {((2,), (0,)), ((0,), (1,)), ((1,), (2,))}


def test_an_anchor_that_was_carried_to_another_text_decides_nothing():
    first, second = units(NOTIFY, RECORD)
    carried = replace(second, anchors=first.anchors)
    assert told([first, second], [carried]) == [((0,), (), "none", False), ((1,), (0,), "likeness", False)]


def test_two_paragraphs_made_one_with_both_anchors_are_answered_once():
    first, second = units(NOTIFY, RECORD)
    both = replace(first, text=f"{NOTIFY} {RECORD}", anchors=first.anchors + second.anchors)
    assert [(p.a, p.b) for p in match_units([first, second], [both])] == [((0, 1), (0,))]
    assert [(p.a, p.b) for p in match_units([both], [first, second])] == [((0,), (0, 1))]


def test_an_anchor_that_stands_twice_decides_nothing():
    first, second, third = units(NOTIFY, RECORD, AUDIT)
    b = [replace(third, anchors=first.anchors), first]
    assert (0,) in {p.b for p in match_units([first, second, third], b) if p.a == (2,)}


def split(text: str) -> tuple[str, str]:
    words = text.split()
    return " ".join(words[:9]), " ".join(words[9:])


def test_a_paragraph_split_in_two_and_two_made_one_are_one_pair():
    head, tail = split(RECORD)
    for anchors in (True, False):
        whole, parts = units(NOTIFY, RECORD, AUDIT, anchors=anchors), units(NOTIFY, head, tail, AUDIT, anchors=anchors)
        if anchors:  # the first half keeps the anchor, or the second does
            for keeps in (1, 2):
                halves = [replace(u, anchors=whole[1].anchors if n == keeps else ()) for n, u in enumerate(parts)]
                halves[0], halves[3] = whole[0], whole[2]
                assert [(p.a, p.b) for p in match_units(whole, halves)] == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]
                assert [(p.a, p.b) for p in match_units(halves, whole)] == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]
        else:
            assert [(p.a, p.b) for p in match_units(whole, parts)] == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]
            assert [(p.a, p.b) for p in match_units(parts, whole)] == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,))]


def test_the_only_text_between_two_that_stayed_answers_by_its_number_though_few_words_are_left():
    other = "The Provider keeps what it likes, when it likes, and shows nobody anything at all of this."
    for kind, number, is_same in (("paragraph", "2.1", True), ("paragraph", "2.2", False), ("paragraph", "", False)):
        a = units(NOTIFY, RECORD, AUDIT, number="2.1", anchors=False)
        b = [a[0], replace(a[1], kind=kind, text=other, number=number), a[2]]
        assert (((1,), (1,)) in {(p.a, p.b) for p in match_units(a, b)}) is is_same
    heading = replace(a[1], kind="heading", text="Records")
    assert Pair((1,), (1,), "likeness") in match_units(
        [a[0], heading, a[2]], [a[0], replace(heading, text="Logs"), a[2]]
    )


def test_how_a_pair_was_found_is_said():
    a = [replace(u, kind="heading", number=str(n)) for n, u in enumerate(units("Breaches", "Audits", anchors=False), 1)]
    assert [p.how for p in match_units(a, a)] == ["number and heading"] * 2
    assert [p.how for p in match_units(a, [replace(u, number="7") for u in a])] == ["likeness"] * 2


def test_rows_stay_rows_of_their_table_when_a_column_comes():
    a = [row("Severity", "Credit"), row("1", "20%"), row("2", "5%"), row("3", "1%")]
    b = [row("Severity", "Note", "Credit"), row("1", "of all", "20%"), row("2", "as said", "5%"), row("3", "n/a", "1%")]
    assert [(p.a, p.b) for p in match_units(a, b)] == [((n,), (n,)) for n in range(4)]


def test_a_row_answers_to_no_paragraph_of_other_words():
    b = units(NOTIFY.replace("24", "36"), anchors=False)
    assert [(p.a, p.b) for p in match_units([row(NOTIFY)], b)] == [((), (0,)), ((0,), ())]
    assert [(p.a, p.b) for p in match_units(b, [row(NOTIFY)])] == [((), (0,)), ((0,), ())]

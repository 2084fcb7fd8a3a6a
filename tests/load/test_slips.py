"""Slips of YAML are named as what they are, in the line in which they are, and the rest is read as it was meant."""

from __future__ import annotations

import pytest

from ccclauses.load.document.located import parse

SLIPS = [
    ("law:\u00a0GB-EAW\nb: 1\n", (1, 5), "a no-break space (U+00A0) follows `law:`"),
    ("- a: 1\n\u202f\u202fb: 2\n", (2, 1), "a no-break space (U+202F)"),
    ("a:\n  -\u00a0b: 2\n  - c\n", (2, 4), "a no-break space"),
    ("a: {title: Agreement # 12}\nb: 1\n", (1, 12), "the value of `title` holds ` #`"),
    ("a: {name: Barnes: Noble, country: GB}\n", (1, 11), "the value of `name` holds `: `"),
    ("title: Agreement: the first\n", (1, 8), "the value of `title` holds `: `"),
    ("a:\n  title: Agreement: the first  # a comment\n", (2, 10), "the value of `title` holds `: `"),
    ("law:GB\ncurrency: EUR\n", (1, 4), "no space follows the colon of `law:`"),
    ('name: "Foo" Ltd\nlaw: GB\n', (1, 12), "a quotation mark closes the value of `name`"),
    ("a: {name: 'O'Brien Ltd', country: IE}\n", (1, 14), "an apostrophe closes the value of `name`"),
    ("a: {b: “x: y”, c: 1}\n", (1, 8), "`“` is a typographic quotation mark"),
]


@pytest.mark.parametrize(("text", "at", "words"), SLIPS)
def test_a_slip_is_named_and_the_rest_is_read(text, at, words):
    root, problems = parse(text, "p.yaml")
    assert root is not None
    assert [((p.at.line, p.at.column), p.rule) for p in problems] == [(at, "not-yaml")]
    assert words in problems[0].message and problems[0].hint


def test_every_slip_of_a_text_is_reported_in_one_run():
    root, problems = parse("a: {b: C: D}\ne: {f: G # 3}\nh:\u00a0I\nj: 1\n", "p.yaml")
    assert root is not None and [p.at.line for p in problems] == [1, 2, 3]


@pytest.mark.parametrize(
    "text", ["a: {b: 1\nc: 2\n", "a:\n\tb: 1\n", "a: 1\n---\nb: {c: d, e: f}\n", "a: *x\nb: {c: D: E}\n"]
)
def test_what_is_no_known_slip_is_not_read_on(text):
    root, problems = parse(text, "p.yaml")
    assert root is None and problems


@pytest.mark.parametrize("text", ["a: http://x.y/z  # see: there\nb: 'c: d # e'\n", "a: {b: 'C: D', e: \"F # 1\"}\n"])
def test_what_is_right_has_no_slip(text):
    assert parse(text, "p.yaml")[1] == []

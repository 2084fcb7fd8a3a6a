"""A profile changed value by value: only the characters of the value change."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccclauses.common.resources import examples_folder
from ccclauses.load.document.edit import CantEdit, edited, written

EXAMPLES = sorted(examples_folder().glob("*.yaml"))


def difference(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:3] not in ("---", "+++", "@@ ")]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_change_and_its_way_back_leave_the_file_as_it_was(path):
    text = path.read_text(encoding="utf-8")
    there = edited(text, [("postures.incidents", "strict"), ("settings.new_value", "5 %"), ("new.group.key", "x: y")])
    assert len(difference(text, there)) >= 3
    back = edited(there, [("new.group.key", ""), ("settings.new_value", ""), ("postures.incidents", "")])
    own = written(text).get("postures.incidents")
    assert edited(back, [("postures.incidents", own)] if own else []) == text or own


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_writing_what_stands_there_changes_nothing_that_is_said(path):
    text = path.read_text(encoding="utf-8")
    said = written(text)
    for key in said.keys():
        if value := said.get(key):
            assert written(edited(text, [(key, value)])).get(key) == value


def test_only_the_line_of_the_value_changes():
    text = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")
    new = edited(text, [("settings.breach_notice", "12 hours")])
    assert difference(text, new) == [
        "-  breach_notice: 24 hours           # the Client's own 72 hours begin when it hears of the breach",
        "+  breach_notice: 12 hours           # the Client's own 72 hours begin when it hears of the breach",
    ]


TEXT = """\
# ours
contacts:
  - {party: client, name: A}   # one
  - party: provider
    name: B  # b
    # about the phone
    phone: "1"

  # above the sites
sites: [{name: x}]

facts: # all of them
  seats: 12   # twelve
# the end
"""


@pytest.mark.parametrize(
    "change, told",
    [
        (("contacts.1.phone", ""), ['-    phone: "1"']),
        (("contacts.1.name", "C"), ["-    name: B  # b", "+    name: C  # b"]),
        (("contacts.0", ""), ["-  - {party: client, name: A}   # one"]),
        (("contacts.2", ({"party": "client", "name": "Ü: x"},)), ['+  - {party: client, name: "Ü: x"}']),
        (("sites.0.name", ""), ["-sites: [{name: x}]"]),
        (("sites.1", ({"name": "y"},)), ["-sites: [{name: x}]", "+sites: [{name: x}, {name: y}]"]),
        (("facts.home_working", "no"), ["+  home_working: no"]),
        (("facts.seats", ""), ["-facts: # all of them", "-  seats: 12   # twelve"]),
        (("law", "GB-EAW"), ["+law: GB-EAW"]),
        (("a.b.c", ("1", "x, y")), ["+a:", "+  b:", '+    c: [1, "x, y"]']),
    ],
)  # fmt: skip
def test_what_changes_is_the_value_alone(change, told):
    new = edited(TEXT, [change])
    assert difference(TEXT, new) == told
    path, value = change
    if path not in ("contacts.0", "contacts.2", "sites.1"):
        assert written(new).get(path) == value


def test_a_group_is_written_below_a_key_that_stands_alone():
    assert edited("facts: # none yet\n", [("facts.seats", "5")]) == "facts: # none yet\n  seats: 5\n"
    assert edited("", [("facts.seats", "5")]) == "facts:\n  seats: 5\n"
    assert edited("# mine\n", [("law", "DE")]) == "# mine\nlaw: DE\n"
    assert edited("law:\n", [("law", "DE")]) == "law: DE\n"


def test_a_list_of_groups_is_changed_item_by_item():
    items = ({"party": "client", "name": "A2"}, {"party": "provider", "name": "B", "phone": "1"}, {"name": "C"})
    assert difference(TEXT, edited(TEXT, [("contacts", items)])) == [
        "-  - {party: client, name: A}   # one",
        "+  - {party: client, name: A2}   # one",
        "+  - {name: C}",
    ]
    assert "# above the sites" in edited(TEXT, [("contacts", items[:1])])


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\n b: [\n", "\x00", "a: &x 1\n"])
def test_a_file_that_can_t_be_read_is_not_changed(text):
    with pytest.raises(CantEdit):
        edited(text, [("b", "1")])


def test_a_value_is_no_group():
    with pytest.raises(CantEdit):
        edited("law: DE\n", [("law.name", "1")])


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), min_size=1).filter(str.strip))
def test_any_text_that_is_written_is_read_again(text):
    value = " ".join(text.split())
    for before in ("", "a: 1 # one\n", "b: {a: x}\n", TEXT):
        for path in ("a", "b.a", "facts.seats", "contacts.0.name"):
            try:
                new = edited(before, [(path, text)])
            except CantEdit:
                continue
            assert written(new).get(path) == value

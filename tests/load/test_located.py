from __future__ import annotations

import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ccclauses.common.limits import Limits, under
from ccclauses.load.document import located
from ccclauses.load.document.located import MappingNode, ScalarNode, block_start, decode, parse, position, read_bytes


def rules(found):
    return [d.rule for d in found]


def place(found):
    return [(d.at.line, d.at.column) for d in found]


def test_scalars_are_taken_as_they_are_written():
    text = "country: NO\ncontrol: 5.30\ntime: 24:00\nnumber: 010\nnothing:\n"
    root, found = parse(text, "f.yaml")
    assert not found
    assert [v.value for _, v in root.value] == ["NO", "5.30", "24:00", "010", ""]


def test_a_place_counts_characters_and_not_bytes():
    root, _ = parse("é𝒳: 1\nä: [ß, x]\n", "f.yaml")
    assert str(position(root.value[0][1])) == "f.yaml:1:5"
    assert str(position(root.value[1][1].value[1])) == "f.yaml:2:8"


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("text: |\n  first\n  second\n", 2, 3),
        ("a:\n  - text: |\n      first\n", 3, 7),
        ("text: |\n\n\n    first\n", 2, 5),
        ("text: |  # a comment\n  first\n", 2, 3),
        ("text: |2\n    first\n", 2, 3),
        ("text: first\n", 1, 7),
        ('text: "first"\n', 1, 8),
    ],
)
def test_where_the_content_of_a_text_begins(text, line, column):
    root, _ = parse(text, "f.yaml")
    node = root.value[0][1]
    while not isinstance(node, ScalarNode):
        node = node.value[0].value[0][1]
    assert block_start(node, text) == (line, column)


@pytest.mark.parametrize(
    ("text", "rule", "at"),
    [
        ("", "empty-file", (1, 1)),
        ("# only a comment\n", "empty-file", (1, 1)),
        ("a: [1, 2\nb: 3\n", "not-yaml", (1, 4)),
        ("a: 'x\nb: 3\n", "not-yaml", (1, 4)),
        ("a: 1\n---\nb: 2\n", "not-yaml", (2, 1)),
        ("a: &x 1\n", "alias", (1, 4)),
        ("&x a: 1\n", "alias", (1, 1)),
        ("a: *x\n", "not-yaml", (1, 4)),
        ("a: !!python/object:os.system x\n", "tag", (1, 4)),
        ("!x\n", "tag", (1, 1)),
        ("a: x\x07y\n", "refused-character", (1, 5)),
        ("a:\n  b: \ue000\n", "refused-character", (2, 6)),
        ("a: \u202ex\n", "refused-character", (1, 4)),
        ("a: x\u2028y\n", "refused-character", (1, 5)),
    ],
)
def test_what_is_refused(text, rule, at):
    root, found = parse(text, "f.yaml")
    assert root is None
    assert rules(found) == [rule]
    assert place(found) == [at]


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "-\t", "-  ", "? - "])
def test_deep_nesting_is_refused_before_it_can_end_the_program(opener):
    # Without the check, libyaml's recursion overflows the stack of C, which no test could report: hence a child.
    code = (
        "import sys; from ccclauses.load.document.located import parse\n"
        f"root, found = parse({opener!r} * 200_000, 'f.yaml')\n"
        "sys.exit(0 if root is None and len(found) == 1 else 1)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=located.__file__.rsplit("/ccclauses/", 1)[0], timeout=60)
    assert done.returncode == 0


def test_deep_indentation_is_refused():
    text = "\n".join(" " * i + "a:" for i in range(300))
    assert rules(parse(text, "f.yaml")[1]) == ["too-deep"]


def test_very_many_values_are_refused():
    assert rules(parse("a: [" + "1," * 200_000 + "1]", "f.yaml")[1]) == ["too-many-values"]


def test_a_large_file_is_refused_without_being_read_whole(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    data, found = read_bytes(path)
    assert data == b""
    assert [str(d) for d in found] == [
        f"{path}:1:1: error: the file is larger than 4 MiB [file-too-large]\n"
        "  hint: split it, or check that it is the right file"
    ]
    with under(Limits(text_bytes=60 * 1024 * 1024)):
        assert read_bytes(path)[1] == []


def test_a_folder_and_a_missing_file_are_told(tmp_path):
    assert "folder" in read_bytes(tmp_path)[1][0].message
    assert "no such file" in read_bytes(tmp_path / "x.yaml")[1][0].message
    assert rules(read_bytes(tmp_path / "a\0b")[1]) == ["unreadable-file"]


def test_a_file_in_another_encoding_is_told_with_its_place():
    text, found = decode("a: 1\nb: Köln".encode("latin-1"), "f.yaml")
    assert text == ""
    assert str(found[0]).startswith("f.yaml:2:5: error: the file is not written in UTF-8 [not-utf-8]")
    assert rules(decode("a: 1".encode("utf-16"), "f.yaml")[1]) == ["not-utf-8"]
    assert "this is a PDF, not a text" in str(decode(b"%PDF-1.7", "f.yaml")[1][0])
    assert "a Word file, a workbook" in str(decode(b"PK\x03\x04...", "f.docx")[1][0])


def test_a_byte_order_mark_is_passed_over():
    assert decode(b"\xef\xbb\xbfa: 1", "f.yaml") == ("a: 1", [])


@pytest.mark.parametrize(
    "text", ["a: R&D & sons\n", "a: Stop! now\n", "a: x != y\n", "a: '& b'\n", "t: |\n  **x** & *y*\n"]
)
def test_signs_inside_a_text_are_no_anchors(text):
    root, found = parse(text, "f.yaml")
    assert isinstance(root, MappingNode)
    assert not found


def test_the_slow_reader_of_pyyaml_says_the_same(monkeypatch):
    texts = ["a: [1, 2\n", "a: 'x\n", "a: b: c\n", "a:\n\tb: 1\n", "a: @b\n", "a: 1\n---\nb: 2\n"]
    quick = [(d.rule, d.message) for t in texts for d in parse(t, "f.yaml")[1]]

    class Slow(yaml.SafeLoader):
        pass

    monkeypatch.setattr(located, "_Loader", Slow)
    assert [(d.rule, d.message) for t in texts for d in parse(t, "f.yaml")[1]] == quick


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_nodes_or_diagnostics(text):
    root, found = parse(text, "f.yaml")
    assert (root is None) == bool(found)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#, \n\t", max_size=80))
def test_any_run_of_yaml_signs_gives_nodes_or_diagnostics(text):
    root, found = parse(text, "f.yaml")
    assert (root is None) == bool(found)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_told(data):
    text, found = decode(data, "f.yaml")
    assert not (text and found)

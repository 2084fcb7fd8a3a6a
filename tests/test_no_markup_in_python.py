"""All HTML comes from templates: no string of the package outside `ooxml/` holds a tag."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ccclauses"
ELEMENTS = (
    "a|abbr|article|aside|b|base|blockquote|body|br|button|caption|code|col|colgroup|dd|del|details|dfn|dialog|div|dl|dt|em|"
    "fieldset|figure|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|mark|meta|"
    "nav|ol|option|p|pre|q|s|samp|script|section|select|small|span|strong|style|sub|summary|sup|svg|table|tbody|td|template|"
    "textarea|tfoot|th|thead|time|title|tr|u|ul|var|video"
)
TAG = re.compile(rf"(?<!\?P)<(?:/?(?:{ELEMENTS})(?:[\s/>]|$)|!doctype|!--)", re.IGNORECASE)
BEGUN = re.compile(r"</?h?$")  # a piece of an f-string after which the name of the element or its level is filled in


def tags(source: str) -> list[tuple[int, str]]:
    """The strings of a module that hold a tag, with their lines; docstrings and pieces of f-strings included."""
    nodes = list(ast.walk(ast.parse(source)))
    formats = {id(node.format_spec) for node in nodes if isinstance(node, ast.FormattedValue)}
    strings = (node for node in nodes if isinstance(node, ast.JoinedStr) and id(node) not in formats)
    pieces = {id(piece) for node in strings for piece in node.values[:-1]}
    return [
        (node.lineno, node.value[:80])
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if TAG.search(node.value) or (id(node) in pieces and BEGUN.search(node.value))
    ]


def test_no_string_holds_a_tag():
    found = [
        f"{path.relative_to(PACKAGE.parent)}:{line}: {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "ooxml" not in path.relative_to(PACKAGE).parts
        for line, text in tags(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "x = '<p>'",
        'x = f"<td{kind}>{text}</td>"',
        'x = f"a<{tag}>"',
        'x = f"<h{level}>"',
        'x = "</main>"',
        'x = "<br/>"',
        'x = "<!doctype html>"',
        'def f():\n    """Gives `<b>text</b>`."""',
    ],
)
def test_a_planted_tag_is_seen(source):
    assert tags(source)


@pytest.mark.parametrize(
    "source",
    ["x = '<'", "x = 'a < b'", "x = '<w:p>'", "x = '-> <FILE>'", 'x = f"<w:{name}>"', "x = '<='", 'x = f"{y:<{z}}"'],
)
def test_what_is_not_html_is_not_flagged(source):
    assert not tags(source)

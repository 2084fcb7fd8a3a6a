"""Jinja2's own parser, told to remember where each thing is written; its complaints are put into plain words.

Jinja2 counts lines alone. Here every node and every error has in `lineno` the offset of its text, from 0, from which the
line and the column follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from ..model.diagnostic import nearest

TAGS = ("if", "elif", "else", "endif", "include")
_LONGEST = 18  # digits that Jinja2 is given of a number; Python refuses to read thousands, and so do we
_CLOSING = {"comment_begin": ("{#", "#}"), "variable_begin": ("{{", "}}"), "block_begin": ("{%", "%}")}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the language does not have, at an offset of its text."""

    message: str
    offset: int
    hint: str
    rule: str


class Refused(Exception):
    """Carries a problem to where problems are gathered."""

    def __init__(self, message: str, offset: int, hint: str = "", rule: str = "template-construct") -> None:
        super().__init__(message)
        self.problem = Problem(message, offset, hint, rule)


class _Offsets(Extension):
    """Gives each token the offset of its text in the place of its line."""

    tokens: tuple[tuple[int, str, str], ...] = ()

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        self.tokens = tuple(_located(self.environment.lex(source), source))
        return source

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        return self.environment.lexer.wrap(self.tokens)


def _located(tokens: Iterator[tuple[int, str, str]], text: str) -> Iterator[tuple[int, str, str]]:
    """The tokens of a text, each with its offset; what white space control takes away is not among them."""
    end, start, opened = 0, 0, ""
    try:
        for _, kind, word in tokens:
            start = text.index(word, end)
            end = start + len(word)
            if kind == "whitespace":
                continue
            if kind in _CLOSING:
                opened = kind
            if kind == "raw_begin":  # Jinja2 would drop it; as a tag like any other it is refused by its name
                yield from ((start, "block_begin", "{%"), (start, "name", "raw"), (start, "block_end", "%}"))
            else:
                yield start, kind, word[:_LONGEST] if kind == "integer" else word
    except TemplateSyntaxError as problem:
        unclosed = opened == "comment_begin" and "comment" in (problem.message or "")
        raise TemplateSyntaxError(problem.message or "", start if unclosed else end) from None


def tree_of(text: str) -> nodes.Template:
    """The tree of a text whose lines end in `\\n`; raises `Refused` for the first thing that can't be read."""
    # An environment of its own: it holds the tokens of this one text, and texts are read in several threads.
    environment = Environment(
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, extensions=(_Offsets,), cache_size=0
    )
    try:
        return environment.parse(text)
    except TemplateSyntaxError as problem:
        raise _worded(problem, text) from None
    except RecursionError:
        raise Refused(
            "tags and brackets this deep inside each other can't be used here", 0, "write it flatter"
        ) from None


_HINT = "tags are {{ name }} and {% if … %} … {% endif %}; each one is closed"
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(?P<tag>\w+)'")
_EXPECTED = re.compile(r"expected token '(?P<wanted>[^']*)', got '(?P<found>.*)'", re.DOTALL)
_CHARACTER = re.compile(r"unexpected char '(?P<found>.*)' at \d+", re.DOTALL)
_BRACKET = re.compile(r"unexpected '(?P<found>.)', expected '(?P<wanted>.)'")
_FOUND = re.compile(r"(?:unexpected|Expected an expression, got) ['\"]*(?P<found>.*?)['\"]*$", re.DOTALL)
_ENDS = ("end of print statement", "end of statement block", "end of template")


def _worded(problem: TemplateSyntaxError, text: str) -> Refused:
    """What Jinja2 says of a text, in words for the author of one."""
    said, offset, hint = problem.message or "", min(problem.lineno, len(text)), _HINT
    if match := _UNKNOWN_TAG.match(said):
        tag = match["tag"]
        if tag in TAGS:
            told = f"`{{% {tag} %}}` is not inside an `{{% if %}}`, or comes after its `{{% else %}}`"
        else:
            told, hint = f"there is no tag `{tag}`", nearest(tag, TAGS) or hint
    elif said.startswith("unexpected end of template"):
        offset = max(text.rfind("{{", 0, offset + 2), text.rfind("{%", 0, offset + 2), 0)
        told = f"`{text[offset : offset + 2]}` is not closed"
    elif said.startswith("Unexpected end of template"):
        told, offset = "`{% if %}` is not closed by `{% endif %}`", _last_open(text)
    elif "end of comment" in said:
        told = "`{#` is not closed by `#}`"
    elif match := _CHARACTER.match(said):
        told = f"`{match['found']}` can't be used in a tag"
    elif (match := _EXPECTED.match(said)) and match["wanted"] in _ENDS:
        found = match["found"]
        told = "the tag ends too early" if found in _ENDS else f"`{found}` is not expected here"
        hint = "write `==` to compare" if found == "=" else hint
    elif said == "tag name expected":
        told = "a tag begins with a word, such as `if`"
    elif match := _BRACKET.match(said):
        told = f"`{match['wanted']}` is missing before `{match['found']}`"
    elif match := _FOUND.match(said):
        told = f"`{match['found']}` is not expected here"
        if match["found"] in _ENDS:
            told = "the tag is empty or ends too early"
    else:
        told = said
    return Refused(f"the text can't be read: {told}", offset, hint, "template-syntax")


def _last_open(text: str) -> int:
    """Where the last `{% if %}` is written that nothing closes."""
    open_, start = [0], 0
    for offset, kind, word in _located(Environment().lex(text), text):
        if kind == "block_begin":
            start = offset
        elif kind == "name" and not text[start + 2 : offset].strip(" \t\n-+"):
            if word == "if":
                open_.append(start)
            elif word == "endif" and len(open_) > 1:
                open_.pop()
    return open_[-1]

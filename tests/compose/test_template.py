"""The template language is small: it prints, tests and includes, and can do nothing else."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from ccclauses.common.limits import limits
from ccclauses.compose.texts import marks
from ccclauses.compose.texts.template import Scope, parse_template, render, render_all
from ccclauses.model.words.quantity import Duration
from ccclauses.resolve.judge import Judge, NotInForce


class Names(Scope):
    """A scope with a few plain names."""

    values = {"period": Duration(24, "hours"), "empty": 0, "mode": "approval", "rate": Decimal("0.1")}

    def names(self):
        return self.values

    def judge(self):
        return Judge((), ("here",), self.value, lambda name: None)

    def value(self, name):
        if name not in self.values:
            raise NotInForce(name)
        return self.values[name]

    def printed(self, name, attribute):
        return f"<{self.values[name]}{attribute and '.' + attribute}>"

    def call(self, function, argument):
        return f"[{function} {argument}]"

    def include(self, name):
        return parse_template("part of {{ period }}", "part.yaml", 50)[0] if name == "part" else None


def rendered(text: str) -> tuple[str, list[str]]:
    template, problems = parse_template(text, "clause.yaml", 10)
    if template is None:
        return "", [str(p) for p in problems]
    out, problems = render(template, Names())
    return out, [str(p) for p in problems]


def test_values_references_and_attributes():
    assert rendered('{{ period }} {{ period.every }} {{ ref("x") }}') == ("<24 hours> <24 hours.every> [ref x]", [])


@pytest.mark.parametrize(
    "test, expected",
    [
        ('mode == "approval"', "yes"),
        ('mode != "approval"', "no"),
        ("empty", "no"),
        ("not empty and mode == 'approval'", "yes"),
        ("empty or period", "yes"),
        ("empty == 0.0", "yes"),
        ("empty == 0.5", "no"),
        ("rate == 0.1", "yes"),
        ("rate < 0.1", "no"),
        ('period <= "1 day"', "yes"),
        ('"23 hours" > period', "no"),
        ('mode in ["list", "approval"]', "yes"),
        ('mode not in ["list", "approval"]', "no"),
        ('not (empty or mode == "approval")', "no"),
        ('has("here")', "yes"),
        ('has("elsewhere")', "no"),
    ],
)
def test_conditions(test, expected):
    assert rendered(f"{{% if {test} %}}\nyes\n{{% else %}}\nno\n{{% endif %}}\n") == (f"{expected}\n", [])


def test_elif_takes_the_first_that_holds():
    assert rendered("{% if empty %}a{% elif period %}b{% else %}c{% endif %}") == ("b", [])


def test_include_takes_the_part():
    assert rendered('{% include "part" %}\n') == ("part of <24 hours>\n", [])


def test_an_unknown_name_is_told_with_its_line_and_the_nearest_name():
    _, (problem,) = rendered("first\nsecond {{ perid }}\n")
    assert problem.startswith("clause.yaml:11:11: error: `perid` is not a parameter")
    assert "did you mean `period`?" in problem


def test_a_name_like_no_other_gets_a_hint_where_to_declare_it():
    template, _ = parse_template("{{ zzz_qqq }}", "clause.yaml", 1)
    _, (problem,) = render(template, Names())
    assert problem.hint.startswith("declare it under `parameters`")


def test_all_unknown_names_are_told_at_once():
    assert len(rendered("{{ a1 }}\n{{ b1 }}\n{% if c1 %}x{% endif %}")[1]) == 3


REFUSED = {  # what Jinja2 has and a clause text may not: what its refusal calls it
    "{{ period|upper }}": "a filter (`|upper`)",
    "{% if period|length %}a{% endif %}": "a filter (`|length`)",
    "{% filter upper %}x{% endfilter %}": "a filter (`filter`)",
    "{{ period ~ mode }}": "arithmetic (`~`)",
    "{{ 'a' * 999999999 }}": "arithmetic (`*`)",
    "{{ empty + 1 }}": "arithmetic (`+`)",
    "{% if empty - 1 > 2 %}a{% endif %}": "arithmetic (`-`)",
    "{% if empty == -1 %}a{% endif %}": "arithmetic (`-`)",
    "{{ period.__class__ }}": "an attribute of a value (`.__class__`)",
    "{{ period.every.x }}": "an attribute of a value (`.x`)",
    "{% if period.amount == 3 %}a{% endif %}": "an attribute of a value (`.amount`)",
    "{{ fact.payments }}": "`fact.payments`",
    "{{ period['x'] }}": "a part of a value (`[…]`)",
    "{{ period.0 }}": "a part of a value (`[…]`)",
    "{{ lipsum() }}": "a call of `lipsum`",
    "{{ has('here') }}": "a call of `has`",
    "{% if range(10) %}a{% endif %}": "a call of `range`",
    "{% if ref('x') %}a{% endif %}": "a call of `ref`",
    "{{ ref.x('a') }}": "a call of something other than a function",
    "{{ ref('a', 'b') }}": "`ref` takes one quoted name",
    "{{ ref(period) }}": "`ref` takes one quoted name",
    "{{ ref('a', x='b') }}": "`ref` takes one quoted name",
    "{% for x in period %}{{ x }}{% endfor %}": "a loop (`for`)",
    "{% set x = 1 %}": "`set`",
    "{% set x %}y{% endset %}": "`set`",
    "{% with x = 1 %}{% endwith %}": "`with`",
    "{% macro m() %}{% endmacro %}": "a macro (`macro`)",
    "{% call m() %}{% endcall %}": "a call of a macro (`call`)",
    "{% import 'os' as os %}": "`import`",
    "{% from 'os' import path %}": "`from`",
    "{% extends 'x' %}": "`extends`",
    "{% block b %}{% endblock %}": "`block`",
    "{% autoescape true %}{% endautoescape %}": "`autoescape`",
    "{% raw %}{{ x }}{% endraw %}": "there is no tag `raw`",
    "{% include period %}": "an {% include %} without exactly one quoted name",
    "{% include ['a', 'b'] %}": "an {% include %} without exactly one quoted name",
    "{% include 'a' ignore missing %}": "an {% include %} without exactly one quoted name",
    "{% include 'a' without context %}": "an {% include %} without exactly one quoted name",
    "{{ [1, 2] }}": "a list in this place",
    "{{ period, mode }}": "a list without brackets",
    "{{ {} }}": "a group of keys",
    "{{ 1 }}": "`1`",
    "{{ true }}": "`true`",
    "{{ none }}": "`none`",
    "{{ 1 if period else 2 }}": "`if` inside an expression",
    "{{ period == mode }}": "a comparison, `and`, `or` or `not`",
    "{{ not period }}": "a comparison, `and`, `or` or `not`",
    "{% if period is defined %}a{% endif %}": "a test (`is defined`)",
    "{% if 1 < 2 %}a{% endif %}": "a comparison without a name",
    "{% if 1 < empty < 3 %}a{% endif %}": "several comparisons in a row",
    "{% if mode == true %}a{% endif %}": "`true`",
    "{% if mode in ('a', 'b') %}a{% endif %}": "a list without brackets",
    "{% if mode in [] %}a{% endif %}": "an empty list",
    "{% if mode == ['a'] %}a{% endif %}": "a list in this place",
    "{% if 'a' %}a{% endif %}": "a quoted text alone",
    "{% if empty == 1_000 %}a{% endif %}": "this number",
    "{% if empty == 0x10 %}a{% endif %}": "this number",
    "{% if empty == 1e3 %}a{% endif %}": "this number",
    r"{% if mode == '\x41' %}a{% endif %}": "a quoted text with a backslash",
    "{% if mode == 'a' 'b' %}a{% endif %}": "a quoted text with a backslash, in two pieces",
}


@pytest.mark.parametrize("text", REFUSED)
def test_everything_else_is_refused_by_its_name_when_it_is_read(text):
    template, problems = parse_template(f"1. Ünder\n   {text}", "clause.yaml", 1)
    assert template is None and problems and all(p.hint for p in problems)
    found = [p for p in problems if REFUSED[text] in p.message]
    assert found and all(p.rule.startswith("template-") for p in problems)
    assert all(p.at.line == 2 and 4 <= p.at.column <= 4 + len(text) for p in problems)


def test_several_refusals_of_one_text_are_told_at_once_each_at_its_column():
    text = (
        "Über {{ a|upper }} {{ b.c }}\n"
        "  {%- if x is odd and y %}\n"
        "{# note #}  {% for i in z %}{{ i[0] }}{% endfor %}\n"
        "{% endif -%}  {{ lipsum() }} {% if q == true or w %}{% elif e + 1 == 2 %}{% endif %}\n"
    )
    found, problems = parse_template(text, "clause.yaml", 10, column=7)
    assert found is None
    assert [(p.at.line, p.at.column) for p in problems] == [
        (10, 15), (10, 29), (11, 16), (12, 22), (13, 24), (13, 47), (13, 67),
    ]  # fmt: skip
    for problem in problems:
        line = text.split("\n")[problem.at.line - 10]
        assert line[problem.at.column - 7] in "abxflqiet"


@pytest.mark.parametrize(
    "text",
    ["{% if period %}", "{{ period", "{% endif %}", "{% nonsense %}", "{{ }}", "{% else %}", "{% elif period %}"],
)
def test_an_unclosed_or_unknown_tag_is_a_diagnostic(text):
    template, problems = parse_template("ok\n" + text, "clause.yaml", 5)
    assert template is None and problems[0].rule == "template-syntax" and problems[0].at.line in (5, 6)


@pytest.mark.parametrize("tag", ["{% else %}", "{% elif period %}"])
def test_nothing_comes_after_the_else_of_a_condition(tag):
    template, (problem,) = parse_template(f"{{% if period %}}a{{% else %}}b{tag}c{{% endif %}}", "clause.yaml", 1)
    assert template is None and "after its `{% else %}`" in problem.message


SYNTAX = {  # what Jinja2 itself can't read, with the offset of its place
    "{% for %}": ("the tag is empty or ends too early", 7),
    "{{ a b }}": ("`b` is not expected here", 5),
    "{% if a = 1 %}{% endif %}": ("`=` is not expected here", 8),
    "{{ }}": ("the tag is empty or ends too early", 3),
    "{% if %}{% endif %}": ("the tag is empty or ends too early", 6),
    "{% %}": ("a tag begins with a word", 3),
    "{{ a § }}": ("`§` can't be used in a tag", 5),
    "x {# note": ("`{#` is not closed by `#}`", 2),
    "{# one #} {# two": ("`{#` is not closed by `#}`", 10),
    "x {{ a": ("`{{` is not closed", 2),
    "x {% if a": ("`{%` is not closed", 2),
    "{% if a %}{% if b %}x{% endif %}": ("`{% if %}` is not closed by `{% endif %}`", 0),
    "{% if a %}{% endif %} {% if b %}": ("`{% if %}` is not closed by `{% endif %}`", 22),
    "{{ (a }}": ("`)` is missing before `}`", 6),
    "{{ a) }}": ("`)` is not expected here", 4),
}


@pytest.mark.parametrize("text", SYNTAX)
def test_what_can_not_be_read_is_told_in_plain_words_at_its_column(text):
    words, offset = SYNTAX[text]
    template, (problem,) = parse_template(f"1. Ünder\n{text}", "clause.yaml", 10, column=7)
    assert template is None and problem.rule == "template-syntax" and words in problem.message
    assert (problem.at.line, problem.at.column) == (11, 7 + offset)


def test_a_misspelt_tag_gets_the_nearest_one():
    _, (problem, *_) = parse_template("{% endfi %}", "clause.yaml", 1)
    assert problem.hint == "did you mean `endif`?"


def test_a_text_with_endless_mistakes_is_told_a_hundred():
    assert len(parse_template("{{ 1 }}" * 5000, "clause.yaml", 1)[1]) == 100
    assert len(rendered("{{ wrong }}" * 5000)[1]) == 100


def test_numbered_paragraphs_carry_the_mark_of_their_line():
    text = "1. one\n{% if period %}\n   1. two {{ period }} 2. no\n{% endif %}\n3. three"
    lines = [11, 13, 15]
    found = re.findall(
        rf"(\d)\. {marks.LINE}(\d+){marks.END}", render(parse_template(text, "c.yaml", 11)[0], Names())[0]
    )
    assert [int(line) for _, line in found] == lines and [number for number, _ in found] == ["1", "1", "3"]


def test_a_text_beyond_the_bound_is_still_read_whole_by_those_who_read_every_branch():
    text = "word " * (limits().rendered // 5 + 1)
    template, _ = parse_template(text, "clause.yaml", 1)
    assert render_all(template, Names()) == text
    assert [p.rule for p in render(template, Names())[1]] == ["template-size"]


_SIGNS = st.sampled_from(["", "", "", "-", "+"])
_WORDS = st.sampled_from(["word", " ", "\n", "\n\n", "   ", "a b\n", "}}", "%}", "{ %", "1. x\n", "{# note #}", "\t"])
_CONDITIONS = st.sampled_from(
    [
        "period",
        "empty",
        "not empty",
        'mode == "approval"',
        "(empty or period) and not empty",
        "1 > empty",
        'has("here")',
    ]
)


@st.composite
def _tags(draw, inner: str, closing: str = "%"):
    opening = "{" if closing == "}" else "%"
    return f"{{{opening}{draw(_SIGNS.filter(lambda s: s != '+' or opening == '%'))} {inner} {draw(_SIGNS.filter(lambda s: s != '+' or opening == '%'))}{closing}}}"


@st.composite
def _texts(draw, depth: int = 2) -> str:
    out = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["words", "print", "call", "if"] if depth else ["words", "print"]))
        if kind == "words":
            out.append(draw(_WORDS))
        elif kind == "print":
            out.append(draw(_tags(draw(st.sampled_from(["period", "mode", "'quoted'"])), "}")))
        elif kind == "call":
            out.append(draw(_tags('ref("x")', "}")))
        else:
            out += [draw(_tags(f"if {draw(_CONDITIONS)}")), draw(_texts(depth - 1))]
            if draw(st.booleans()):
                out += [draw(_tags(f"elif {draw(_CONDITIONS)}")), draw(_texts(depth - 1))]
            if draw(st.booleans()):
                out += [draw(_tags("else")), draw(_texts(depth - 1))]
            out.append(draw(_tags("endif")))
    return "".join(out)


_JINJA = Environment(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


@given(_texts())
def test_what_is_accepted_prints_as_jinja2_prints_it(text):
    """Editors and people know Jinja2's syntax, so white space and conditions mean here what they mean there."""
    found, problems = parse_template(text, "clause.yaml", 1)
    assert found is not None, problems
    ours = re.sub(rf"{marks.LINE}\d+{marks.END}", "", render(found, Names())[0])
    theirs = _JINJA.from_string(text).render(
        period="<24 hours>", mode="approval", empty=0, ref=lambda x: f"[ref {x}]", has=lambda x: x == "here"
    )
    assert ours == theirs.replace("approval", "<approval>")

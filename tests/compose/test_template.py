"""The template language is small: it prints, tests and includes, and can do nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from ccclauses.compose import marks
from ccclauses.compose.template import Scope, parse_template, render, render_all
from ccclauses.limits import LIMITS


class Names(Scope):
    """A scope with a few plain names."""

    values = {"period": "24 hours", "empty": 0, "mode": "approval"}

    def names(self):
        return self.values

    def truth(self, name):
        return self.values[name]

    def printed(self, name, attribute):
        return f"<{self.values[name]}{attribute and '.' + attribute}>"

    def call(self, function, argument):
        if argument == "gone":
            raise LookupError("no such clause")
        return argument == "here" if function == "has" else f"[{function} {argument}]"

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
    assert problem.startswith("clause.yaml:11:8: error: `perid` is not a parameter")
    assert "did you mean `period`?" in problem


def test_a_name_like_no_other_gets_a_hint_where_to_declare_it():
    template, _ = parse_template("{{ zzz_qqq }}", "clause.yaml", 1)
    _, (problem,) = render(template, Names())
    assert problem.hint.startswith("declare it under `parameters`")


def test_all_unknown_names_are_told_at_once():
    assert len(rendered("{{ a1 }}\n{{ b1 }}\n{% if c1 %}x{% endif %}")[1]) == 3


@pytest.mark.parametrize(
    "text",
    [
        "{{ period|upper }}",
        "{{ period ~ mode }}",
        "{{ 'a' * 999999999 }}",
        "{{ period.__class__.__mro__ }}",
        "{{ period['x'] }}",
        "{{ ref.__globals__ }}{{ lipsum() }}",
        "{{ ref('a', 'b') }}",
        "{{ ref(period) }}",
        "{% for x in period %}{{ x }}{% endfor %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{% include period %}",
        "{% if range(10) %}{% endif %}",
        "{% block b %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{{ [1, 2] }}",
        "{{ 1 if period else 2 }}",
        "{% if 1 < 2 < 3 %}{% endif %}",
    ],
)
def test_everything_else_is_refused_when_it_is_read(text):
    template, problems = parse_template(text, "clause.yaml", 1)
    if template is None:
        assert problems and all(p.at.line == 1 and p.rule.startswith("template-") for p in problems)
    else:  # `ref.__globals__` parses as a name with an attribute, and no such name may be printed
        assert render(template, Names())[1]


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


def test_every_problem_of_a_text_is_told_at_once_at_its_column():
    text = "one {{ period | upper }}\n  {% for x in y %}two{% endfor %}\n{% if %}{{ }}{% endif %}"
    found, problems = parse_template(text, "clause.yaml", 10, column=7)
    assert found is None
    assert [(p.at.line, p.at.column, p.message) for p in problems] == [
        (10, 21, "a filter (`|`) can't be used in a clause text"),
        (11, 9, "the template can't be read: there is no tag `for`"),
        (12, 7, "the template can't be read: a tag is empty or ends too early"),
        (12, 15, "the template can't be read: a tag is empty or ends too early"),
    ]


def test_a_misspelt_tag_gets_the_nearest_one():
    _, (problem, *_) = parse_template("{% endfi %}", "clause.yaml", 1)
    assert problem.hint == "did you mean `endif`?"


def test_a_text_with_endless_mistakes_is_told_a_hundred():
    assert len(parse_template("{{ }}" * 5000, "clause.yaml", 1)[1]) == 100
    assert len(rendered("{{ wrong }}" * 5000)[1]) == 100


def test_numbered_paragraphs_carry_the_mark_of_their_line():
    text = "1. one\n{% if period %}\n   1. two {{ period }} 2. no\n{% endif %}\n3. three"
    lines = [11, 13, 15]
    found = re.findall(
        rf"(\d)\. {marks.LINE}(\d+){marks.END}", render(parse_template(text, "c.yaml", 11)[0], Names())[0]
    )
    assert [int(line) for _, line in found] == lines and [number for number, _ in found] == ["1", "1", "3"]


def test_a_text_beyond_the_bound_is_still_read_whole_by_those_who_read_every_branch():
    text = "word " * (LIMITS.rendered // 5 + 1)
    template, _ = parse_template(text, "clause.yaml", 1)
    assert render_all(template, Names()) == text
    assert [p.rule for p in render(template, Names())[1]] == ["template-size"]


_SIGNS = st.sampled_from(["", "", "", "-", "+"])
_WORDS = st.sampled_from(["word", " ", "\n", "\n\n", "   ", "a b\n", "}}", "%}", "{ %", "1. x\n", "{# note #}", "\t"])
_CONDITIONS = st.sampled_from(
    ["period", "empty", "not empty", 'mode == "approval"', "(empty or period) and not empty", "1 < 2", 'has("here")']
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

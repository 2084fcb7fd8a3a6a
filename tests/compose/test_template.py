"""The template language is small: it prints, tests and includes, and can do nothing else."""

import pytest

from ccclauses.compose.template import Scope, parse_template, render


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
    assert problem.startswith("clause.yaml:11:1: error: `perid` is not a parameter")
    assert "did you mean `period`?" in problem


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
        assert problems and all(str(p).startswith("clause.yaml:1:1: error") for p in problems)
    else:  # `ref.__globals__` parses as a name with an attribute, and no such name may be printed
        assert render(template, Names())[1]


@pytest.mark.parametrize("text", ["{% if period %}", "{{ period", "{% endif %}", "{% nonsense %}", "{{ }}"])
def test_an_unclosed_or_unknown_tag_is_a_diagnostic(text):
    template, problems = parse_template("ok\n" + text, "clause.yaml", 5)
    assert template is None and problems[0].rule == "template-syntax" and problems[0].at.line in (5, 6)

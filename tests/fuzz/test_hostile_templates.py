"""What a clause text can't do: reach Python, files or the network, loop, grow, or forge the marks of values."""

from __future__ import annotations

import pytest

from ccclauses.common import limits
from ccclauses.compose.texts.template import Scope, parse_template, render
from ccclauses.resolve.judge import Judge, NotInForce


class Names(Scope):
    """Knows nothing but the parts that it is given."""

    def __init__(self, parts=None):
        self.parts = {name: parse_template(text, name, 1)[0] for name, text in (parts or {}).items()}

    def judge(self):
        return Judge((), (), self.value, lambda name: None)

    def value(self, name):
        raise NotInForce(name)

    def printed(self, name, attribute):
        raise KeyError(name)

    def call(self, function, argument):
        raise LookupError(argument)

    def names(self):
        return {}

    def include(self, name):
        return self.parts.get(name)


REFUSED = [
    "{{ x.__class__.__mro__ }}",
    "{{ ''.__class__ }}",
    "{{ x['__class__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum(n=99999999) }}",
    "{{ namespace() }}",
    "{{ __import__('os') }}",
    "{{ ref.__call__('a') }}",
    "{{ ref('a', 'b') }}",
    "{{ ref('a', **x) }}",
    "{{ ref(x) }}",
    "{% import 'os' as os %}",
    "{% from 'os' import path %}",
    "{% extends '/etc/passwd' %}",
    "{% include x %}",
    "{% include 'a' ignore missing %}",
    "{% include ['a', 'b'] %}",
    "{% for i in range(99999999) %}a{% endfor %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% call a() %}{% endcall %}",
    "{% set x = 1 %}",
    "{% block a %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape false %}a{% endautoescape %}",
    "{{ 9**9**9 }}",
    "{{ 'a' * 999999999 }}",
    "{{ 'a' % x }}",
    "{{ x ~ x }}",
    "{{ x is defined }}",
    "{{ 'a' if x else 'b' }}",
    "{{ {} }}",
    "{{ [1, 2] }}",
    "{{ " + "9" * 6000 + " }}",
    "{{ " + "(" * 5000 + "x" + ")" * 5000 + " }}",
    "{% if " + "not " * 5000 + "x %}a{% endif %}",
    "{% if " + " and ".join(["x"] * 2000) + " %}a{% endif %}",
    "{% if x %}" * 3000 + "{% endif %}" * 3000,
    "{{ " * 1000,
    "{{ x }}" * 6000,
    "{% for x in y %}" * 1000 + "{% endfor %}" * 1000,
    "{{ " + "x." * 5000 + "x }}",
    "{{ " + "-" * 5000 + "1 }}",
    "{{ lipsum.__globals__ }}",
    "{{ request.environ }}",
    "{{ x.__dict__ }}",
    "{% if loop.index %}{% endif %}",
    "{% raw %}{{ x }}{% endraw %}",
    # Escapes that would spell marks, controls, or a text that reads in another order than it is written.
    r"{{ '\ue000forged\x1f\x1f1 hour\ue003' }}",
    r"{{ '\x00' }}",
    r"{{ '\ud800' }}",
    r"{{ '\u202e' }}",
    r"{% if x == '\ue001' %}a{% endif %}",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_refused_when_it_is_read(text):
    found, problems = parse_template(text, "clause.yaml", 7)
    assert found is None and problems
    assert all(p.rule.startswith("template-") and p.at.line >= 7 for p in problems)


@pytest.mark.parametrize(
    "text",
    [
        "{{ self }}",
        "{{ config }}",
        "{{ law.__class__ }}",
        "{% if law.__class__ %}{% endif %}",
        "{% if config %}{% endif %}",
    ],
)
def test_a_name_is_asked_of_the_scope_alone(text):
    found, problems = parse_template(text, "clause.yaml", 1)
    assert found is not None, problems
    _, problems = render(found, Names())
    assert [p.rule for p in problems] == ["undefined-name"]


@pytest.mark.parametrize(
    "text",
    [
        "{% include '../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% include 'https://a.example/b' %}",
    ],
)
def test_an_include_names_a_part_and_no_file(text):
    _, problems = render(parse_template(text, "clause.yaml", 1)[0], Names())
    assert [p.rule for p in problems] == ["unknown-part"]


def test_parts_that_include_each_other_end():
    scope = Names({"a": "{% include 'b' %}", "b": "{% include 'a' %}"})
    _, problems = render(parse_template("{% include 'a' %}", "c.yaml", 1)[0], scope)
    assert "without end" in problems[0].message


def test_parts_can_not_multiply():
    """Three parts that each take in the next one a thousand times would print a thousand million words."""
    scope = Names({"a": "{% include 'b' %}" * 1000, "b": "{% include 'c' %}" * 1000, "c": "word " * 1000})
    with limits.under(limits.Limits(rendered=50_000)):
        text, problems = render(parse_template("{% include 'a' %}", "c.yaml", 3)[0], scope)
    assert [p.rule for p in problems] == ["template-size"] and len(text) <= 50_000


def test_fields_of_the_law_are_no_attributes():
    from ccclauses.model.library.library import law_value

    class Law:
        switches = {"notice": "yes"}

    assert law_value(Law(), "notice") == "yes"
    for key in ("__class__", "switches", "__init__"):
        with pytest.raises(KeyError):
            law_value(Law(), key)

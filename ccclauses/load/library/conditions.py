"""Conditions of clause files: read from their scalars, and checked against what a library can be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yaml import Mark

from ...model.diagnostic import Diagnostic, Source, nearest
from ...model.library.condition import Condition, Listed, Named, Operand, Test, Written
from ...model.library.library import Law, Library, is_law_value, law_value
from ...model.words.periods import RHYTHMS
from ...syntax.conditions import read_condition
from ..document.kinds import COUNTRY, CURRENCY, DECIMAL, PERCENTAGE, PLACE, TIME_ZONE, Sum, kind_of
from ..document.located import Node, ScalarNode
from ..document.reading import BAD, Reader, is_blank, listed, quoted
from ..document.schema import LINE, Choice, Json, Kind, Known

# What conditions may name beside facts, parameters and `law.…`: the deal itself. `resolve.names` says what each is.
_CONTRACT: Mapping[str, tuple[str, Kind]] = {
    "language": ("text", LINE),
    "form": ("text", LINE),
    "currency": ("text", CURRENCY),
    "calendar": ("text", PLACE),
    "weekend": (
        "choice",
        Choice(dict.fromkeys(("saturday_sunday", "friday_saturday", "friday_sunday", "friday"), ""), "weekend"),
    ),
    "time_zone": ("text", TIME_ZONE),
    "client_country": ("text", COUNTRY),
    "provider_country": ("text", COUNTRY),
    "site_countries": ("countries", COUNTRY),
    "subcontractor_countries": ("countries", COUNTRY),
    "work_countries": ("countries", COUNTRY),
    "eea_countries": ("countries", COUNTRY),
    "setting_currencies": ("list", CURRENCY),
    "monthly_charges": ("money", Sum(True)),
    "month_cap_share": ("percentage", PERCENTAGE),
    "annual_cap_share": ("percentage", PERCENTAGE),
    "annual_cap_sum": ("money", Sum(True)),
}
CONTRACT_NAMES = frozenset(_CONTRACT)
_NOWHERE = Mark("", 0, 0, 0, "", 0)  # where a literal is that is looked at alone
_NUMBERS, _LISTS, _WORDS = ("integer", "decimal"), ("list", "countries"), ("text", "choice")
_EXAMPLES = {
    "duration": '"72 hours"', "money": '"1,500.00"', "percentage": '"10 %"', "date": '"2026-03-31"', "countries": '"DE"',
    "integer": "50", "decimal": "0.5",
}  # fmt: skip
_FORMER = "write it on one line or after `>-`: several tests are joined by `and`, `or`, `not` and brackets"


class ConditionKind(Kind):
    """A condition as a text."""

    def read(self, node: Node, reader: Reader, **about: Any) -> Any:
        if not isinstance(node, ScalarNode) or is_blank(node):
            return reader.expected(node, "a condition", _FORMER)
        text, source = _as_written(node, reader)
        condition, problems = read_condition(text)
        if condition is None:
            reader.diagnostics += [
                Diagnostic(rule="bad-condition", message=p.message, at=source.at(p.offset), hint=p.hint)
                for p in problems
            ]
            return BAD
        reader.conditions.append((condition, source))
        return condition

    def schema(self, known: Known) -> Json:
        return {"type": "string"}


CONDITION = ConditionKind()


def _as_written(node: ScalarNode, reader: Reader) -> tuple[str, Source]:
    """The text of a scalar as its file has it, so that places in it are places in the file.

    YAML folds lines and reads escapes; where that changes more than white space, columns count the characters of the value.
    """
    whole, start, end = reader.texts.get(node.start_mark.name, ""), node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        start = whole.find("\n", start) + 1
    elif node.style:
        start, end = start + 1, end - 1
    raw = whole[start:end]
    if raw.split() == node.value.split():
        return raw, Source(whole, node.start_mark.name, start=start)
    return node.value, Source(node.value, node.start_mark.name, node.start_mark.line + 1, node.start_mark.column + 1)


@dataclass(frozen=True, slots=True)
class Askable:
    """What the conditions of a library may name. `broken` and `loose` are names of what could not be read."""

    library: Library
    broken: Collection[str] = ()
    loose: Collection[str] = ()

    def problems(self, test: Test) -> Iterator[tuple[str, str, str]]:
        """Rule, message and hint for each name that a test can't ask for, or for what it can't compare."""
        if test.kind != "name":
            known: Collection[str] = self.library.frameworks if test.kind == "framework" else self.library.clauses
            if test.name not in known and test.name not in self.broken:
                near = self.library.nearest_clause(test.name) if test.kind == "clause" else nearest(test.name, known)
                hint = near or (f"there are {listed(known)}" if known else "")
                yield f"unknown-{test.kind}", f"unknown {test.kind} {quoted(test.name)}", hint
            return
        unknown = [name for name in dict.fromkeys(test.names) if not self._sort(name)]
        for name in unknown:
            if (
                name not in self.loose
                and "facts" not in self.broken
                and not (name[:4] == "law." and "laws" in self.broken)
            ):
                yield "unknown-name", f"unknown name {quoted(name)} in a condition", self._meant(name)
        if unknown or not test.operator or test.operand is None:
            return
        yield from self._compared(test, test.operand)

    def _meant(self, name: str) -> str:
        if name in ("law", "law_family"):
            return f"write `{'law.id' if name == 'law' else 'law.family'}`"
        laws = {f"law.{key}" for law in self.library.laws.values() for key in _law_keys(law)}
        known = sorted({*self.library.facts, *self.library.owners, *CONTRACT_NAMES, *laws})
        return nearest(name, known) or "a condition names a fact, a parameter or a term of the deal, such as `law.id`"

    def _sort(self, name: str) -> tuple[str, Kind] | None:
        """The type of a name's value and the kind that reads a literal next to it; None for an unknown name."""
        if known := self.library.parameter(name) or self.library.facts.get(name):
            if known.type in _LISTS:
                return known.type, COUNTRY if known.type == "countries" else LINE
            return known.type, DECIMAL if known.type in _NUMBERS else kind_of(known.type, known.choices)
        space, _, key = name.partition(".")
        if space == "law" and key:
            values = {law_value(law, key): "" for law in self.library.laws.values() if is_law_value(law, key)}
            return ("text", Choice(values)) if values else None
        return _CONTRACT.get(name)

    def _compared(self, test: Test, operand: Operand) -> Iterator[tuple[str, str, str]]:
        type_, kind = self._sort(test.name) or ("", LINE)
        among = test.operator in ("in", "contains")
        if test.operator == "contains" and type_ not in _LISTS:
            yield "wrong-type", f"{quoted(test.name)} is not a list and holds nothing", "compare it with `==`"
        elif type_ in _LISTS and not among:
            hint = f"write `{test.name} in …`, or `… in {test.name}`"
            yield "wrong-type", f"the list {quoted(test.name)} can't be compared with `{test.operator}`", hint
        elif type_ == "text" and test.operator not in ("==", "!=", "in", "contains"):
            yield "wrong-type", f"{quoted(test.name)} holds words, which have no order", "compare it with `==` or `!=`"
        else:
            for item in operand.items if isinstance(operand, Listed) else (operand,):
                if isinstance(item, Written):
                    yield from self._literal(test.name, type_, kind, item)
                else:
                    yield from self._named(test, type_, item, among and not isinstance(operand, Listed))

    def _literal(self, name: str, type_: str, kind: Kind, literal: Written) -> Iterator[tuple[str, str, str]]:
        against = f"{quoted(name)} can't be compared with {quoted(literal.text)}"
        if type_ == "boolean":
            yield "wrong-type", f"{against}: it is yes or no", f"write `{name}` or `not {name}`"
        elif literal.quoted == (type_ in _NUMBERS):
            example = _EXAMPLES.get(type_) or f'"{literal.text}"'
            form = "a number has no quotation marks" if literal.quoted else "this is written in quotation marks"
            yield "wrong-type", against, f"{form}, such as {example}"
        elif type_ == "duration" and literal.text in RHYTHMS:
            return
        else:
            reader = Reader()
            if kind.read(ScalarNode("", literal.text, _NOWHERE, _NOWHERE, style="'"), reader) is BAD:
                found = reader.diagnostics[0]
                if name in ("law.id", "law.family"):
                    yield "unknown-law", f"unknown law or family of laws {quoted(literal.text)}", found.hint
                elif found.rule.startswith("unknown-"):
                    yield found.rule, f"{found.message} of {quoted(name)}", found.hint
                else:
                    yield found.rule, against, found.hint

    def _named(self, test: Test, type_: str, other: Named, listed_: bool) -> Iterator[tuple[str, str, str]]:
        against, _ = self._sort(other.name) or ("", LINE)
        if listed_ and test.operator == "in":
            fits = against in _LISTS and (type_ in _LISTS or type_ in _WORDS)
        elif test.operator == "contains" or type_ in _LISTS:
            fits = against in _WORDS
        else:
            fits = bool(self._measures(test.name, type_) & self._measures(other.name, against))
        if not fits:
            message = f"{quoted(test.name)} can't be compared with {quoted(other.name)}"
            yield "wrong-type", message, "compare values of one kind"

    def _measures(self, name: str, type_: str) -> set[str]:
        """The kinds of values as which a name may be compared; a choice of rhythms is a period too."""
        if type_ in _NUMBERS:
            return {"number"}
        if type_ not in _WORDS:
            return {type_}
        known = self.library.parameter(name)
        return {"words", "duration"} if known and known.choices and set(known.choices) <= set(RHYTHMS) else {"words"}


def _law_keys(law: Law) -> tuple[str, ...]:
    return ("id", "family", "credit_label", "damages", *law.switches)


def condition_problems(conditions: list[tuple[Condition, Source]], askable: Askable) -> Iterator[Diagnostic]:
    """What is wrong with the names and literals of conditions that could be read."""
    for condition, source in conditions:
        for test in condition.tests():
            for rule, message, hint in askable.problems(test):
                yield Diagnostic(rule=rule, message=message, at=source.at(test.offset), hint=hint)

"""What can be checked only when a whole library is read: names, former ids, postures served."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from ...model.diagnostic import Position, nearest
from ...model.library.clause import Clause, Parameter
from ...model.library.condition import OPERATORS, Condition, Test
from ...model.library.library import Library
from ...model.library.roles import ROLES
from ..document.kinds import check_range, kind_of
from ..document.located import Node, ScalarNode
from ..document.reading import BAD, Named, Reader, listed, quoted
from .clause_checks import _RHYTHMS, check_clause, check_outline
from .conditions import Askable, condition_problems
from .paragraphs import labels_of
from .sight import Sight, tell


def check_library(library: Library, reader: Reader, nodes: Mapping[str, Node], broken: Collection[str]) -> Library:
    """Report what does not hold across files, and return the library with the settings of its variants typed."""
    if "postures" in broken:
        return library  # no clause was read, so every name of one would be blamed
    parameters: dict[str, Parameter] = {}
    owners: dict[str, str] = {}
    for clause in library.clauses.values():
        for name, parameter in clause.parameters.items():
            if name in parameters:
                tell(reader, "duplicate-parameter", parameter.at,
                      f"the parameter `{name}` is in `{owners[name]}` too",
                      "names are unique across the library; choose another")  # fmt: skip
                continue
            if name in library.facts:
                tell(
                    reader,
                    "duplicate-parameter",
                    parameter.at,
                    f"the parameter {quoted(name)} has the name of a fact",
                    "choose another",
                )
            parameters[name], owners[name] = parameter, clause.id
    _check_roles(reader, parameters)
    failures: dict[str, str] = {}
    for clause in library.clauses.values():
        for failure in clause.failures.values():
            if failure.name in failures:
                tell(reader, "duplicate-failure", failure.at,
                      f"the failure `{failure.name}` appears in `{failures[failure.name]}` too",
                      "names are unique across the library; choose another")  # fmt: skip
            failures.setdefault(failure.name, clause.id)
    sight = Sight(
        library=library, reader=reader, broken=broken, loose=_loose(reader), parameters=parameters, owners=owners,
        labels={c.id: labels_of(c) for c in library.clauses.values()}, reach=_reaches(library.clauses),
    )  # fmt: skip
    for named in reader.names:
        _CHECKS[named.sort](sight, named)
    askable = Askable(library, broken, sight.loose)
    reader.diagnostics += condition_problems(reader.conditions, askable)
    for constraint in library.constraints:
        _check_constraint(sight, constraint.limit, constraint.at)
    for clause in library.clauses.values():
        check_clause(sight, clause)
    for form in library.forms.values():
        check_outline(sight, form)
    clauses = {c.id: _with_settings(sight, c) for c in library.clauses.values()}
    return replace(library, clauses=MappingProxyType(clauses))


def _check_roles(reader: Reader, parameters: Mapping[str, Parameter]) -> None:
    """Each role is played by one parameter, of a type that suits it."""
    played: dict[str, str] = {}
    for name, parameter in parameters.items():
        if not parameter.role:
            continue
        types, _ = ROLES[parameter.role]
        if parameter.type not in types:
            tell(reader, "wrong-type", parameter.at, f"the role `{parameter.role}` is not for a parameter of type {parameter.type}",
                  f"it is for {listed(types)}")  # fmt: skip
        if parameter.role in played:
            tell(reader, "duplicate-role", parameter.at, f"`{name}` and `{played[parameter.role]}` have the role `{parameter.role}`",
                  "keep it in one of the two")  # fmt: skip
        played.setdefault(parameter.role, name)


def _loose(reader: Reader) -> frozenset[str]:
    return frozenset(n.name for n in reader.names if n.sort == "loose parameter")


def _reaches(clauses: Mapping[str, Clause]) -> dict[str, frozenset[str]]:
    reach: dict[str, frozenset[str]] = {}
    for start in clauses:
        seen, todo = set(), [start]
        while todo:
            id_ = todo.pop()
            if id_ not in seen and id_ in clauses:
                seen.add(id_)
                todo += clauses[id_].requires
        reach[start] = frozenset(seen)
    return reach


# -- names ----------------------------------------------------------------------------------------------------------


def _known_in(
    sort: str, table: str, rule: str, known: Callable[[Library], Mapping[str, object]]
) -> Callable[[Sight, Named], None]:
    def check(sight: Sight, named: Named) -> None:
        names = known(sight.library)
        if named.name not in names and table not in sight.broken and named.name not in sight.broken:
            sight.reader.problem(rule, named.node, f"unknown {sort} {quoted(named.name)}", suggest(named.name, names))

    return check


def _check_known_clause(sight: Sight, named: Named) -> None:
    if named.name not in sight.library.clauses and named.name not in sight.broken:
        hint = suggest_clause(named.name, sight.library)
        sight.reader.problem("unknown-clause", named.node, f"unknown clause {quoted(named.name)}", hint)


def _check_former(sight: Sight, named: Named) -> None:
    """An earlier id names no clause of today: else a profile that names it could mean either."""
    if named.name == named.owner:
        message, hint = "a clause can't be named as what it was before", "keep only the ids that are no longer used"
        sight.reader.problem("former-clause", named.node, message, hint)
    elif named.name in sight.library.clauses:
        message = f"the library still has a clause {quoted(named.name)}, and `{named.owner}` names it as an earlier one"
        hint = f"remove or rename `{named.name}.yaml`, or remove the id here"
        sight.reader.problem("former-clause", named.node, message, hint)


def suggest_clause(id_: str, library: Library) -> str:
    """The clauses that took over one of that id, else the nearest id or the first few."""
    return library.nearest_clause(id_) or suggest(id_, library.clauses)


def suggest(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names, else those that share a word with it, else the first few."""
    names = list(known)
    words = {w for w in re.split("[-_ ]", name.casefold()) if len(w) > 3}
    sharing = [n for n in names if words & set(re.split("[-_]", n))]
    if near := nearest(name, names):
        return near
    if sharing and len(sharing) < len(names):
        return f"names that share a word with it: {listed(sharing)}"
    return f"there are {listed(names)}" if names else ""


def _check_law(sight: Sight, named: Named) -> None:
    laws = sight.library.laws
    families = {law.family for law in laws.values()}
    if named.name not in laws and named.name not in families and "laws" not in sight.broken:
        hint = suggest(named.name, [*laws, *sorted(families)])
        sight.reader.problem("unknown-law", named.node, f"unknown law or family of laws {quoted(named.name)}", hint)


def _check_reference(sight: Sight, named: Named) -> None:
    framework, _, ref = named.name.partition("\n")
    known = sight.library.frameworks.get(framework)
    if known and ref not in known.references:
        hint = nearest(ref, known.references) or f"write it as in frameworks/{framework}.yaml"
        sight.reader.problem(
            "unknown-reference", named.node, f"{known.short} has no reference {quoted(ref)} here", hint
        )


def _check_label(sight: Sight, named: Named) -> None:
    clause, hash_, label = named.name.partition("#")
    if not hash_:
        clause, label = named.owner, named.name
    if clause in sight.broken or named.owner in sight.broken:
        return
    if clause not in sight.library.clauses:
        hint = suggest_clause(clause, sight.library)
        sight.reader.problem("unknown-clause", named.node, f"unknown clause {quoted(clause)}", hint)
    elif label not in sight.labels[clause]:
        hint = suggest(label, sorted(sight.labels[clause])) or f"begin the paragraph with `[#{label}]`"
        sight.reader.problem("unknown-label", named.node, f"no paragraph of `{clause}` is named {quoted(label)}", hint)
    elif clause not in sight.reach.get(named.owner, ()):
        message = f"`{named.owner}` leans on `{clause}` and does not require it"
        sight.reader.problem("not-required", named.node, message, f"add `{clause}` to `requires`")


def _check_failure(sight: Sight, named: Named) -> None:
    reach = sight.reach.get(named.owner)
    if (
        reach is None
        or any(named.name in sight.library.clauses[id_].failures for id_ in reach)
        or named.owner in sight.broken
    ):
        return
    known = {name: c.id for c in sight.library.clauses.values() for name in c.failures}
    if named.name in known:
        owner = known[named.name]
        message = f"the failure `{named.name}` belongs to `{owner}`, which `{named.owner}` does not require"
        sight.reader.problem("not-required", named.node, message, f"add `{owner}` to `requires`")
    elif not reach & set(sight.broken):
        hint = suggest(named.name, known)
        sight.reader.problem("unknown-failure", named.node, f"unknown failure {quoted(named.name)}", hint)


def _is_rhythm(parameter: Parameter) -> bool:
    return parameter.type == "duration" or (parameter.type == "choice" and _RHYTHMS.issuperset(parameter.choices))


_USES: dict[str, tuple[Callable[[Parameter], bool], str]] = {
    "parameter": (lambda p: True, ""),
    "duration": (lambda p: p.type == "duration", "a period"),
    "rhythm": (_is_rhythm, f"a period, or a choice among {listed(['weekly', 'monthly', 'quarterly', 'yearly'])}"),
    "rate": (lambda p: p.type in ("money", "percentage"), "a sum of money or a percentage"),
}


def _check_parameter(sight: Sight, named: Named) -> None:
    fits, wanted = _USES[named.sort]
    parameter = sight.parameters.get(named.name)
    if named.owner in sight.broken or (not parameter and named.name in sight.loose):
        return
    if not parameter:
        hint = suggest(named.name, sight.parameters)
        sight.reader.problem("unknown-parameter", named.node, f"unknown parameter {quoted(named.name)}", hint)
    elif not fits(parameter):
        message = f"the parameter `{named.name}` is {kind_words(parameter)} where {wanted} is needed"
        sight.reader.problem("wrong-type", named.node, message, "name another parameter")
    elif sight.owners[named.name] not in sight.reach.get(named.owner, ()):
        owner = sight.owners[named.name]
        message = f"the parameter `{named.name}` belongs to `{owner}`, which `{named.owner}` does not require"
        sight.reader.problem("not-required", named.node, message, f"add `{owner}` to `requires`")


def kind_words(parameter: Parameter) -> str:
    """What the values of a parameter are, in words without example."""
    from ..document.kinds import TYPES

    return TYPES[parameter.type].partition(",")[0]


_CHECKS: dict[str, Callable[[Sight, Named], None]] = {
    "clause": _check_known_clause,
    "replaced clause": _check_known_clause,
    "former clause": _check_former,
    "constraint": _known_in(
        "constraint", "constraints", "unknown-constraint", lambda library: {c.id: c for c in library.constraints}
    ),
    "topic": _known_in("topic", "topics", "unknown-topic", lambda library: library.topics),
    "framework": _known_in("framework", "", "unknown-framework", lambda library: library.frameworks),
    "numbering": _known_in("numbering", "laws", "unknown-numbering", lambda library: library.numberings),
    "form": _known_in("form", "forms", "unknown-form", lambda library: library.forms),
    "posture": _known_in("posture", "postures", "unknown-posture", lambda library: library.postures),
    "law or family": _check_law,
    "reference": _check_reference,
    "label": _check_label,
    "failure": _check_failure,
    "loose parameter": lambda sight, named: None,
    **dict.fromkeys(_USES, _check_parameter),
}


# -- conditions -----------------------------------------------------------------------------------------------------


def _check_constraint(sight: Sight, limit: Condition | None, at: Position) -> None:
    for part in limit.parts if limit else ():
        fine = (
            limit
            and limit.join == "all"
            and isinstance(part, Test)
            and part.kind == "name"
            and part.operator in OPERATORS
            and not part.negated
        )
        if not fine:
            tell(
                sight.reader,
                "bad-condition",
                at,
                "a limit caps one parameter",
                'write `limit: access_review <= "180 days"`, or use `rule`',
            )
            return


# -- clauses --------------------------------------------------------------------------------------------------------


def _with_settings(sight: Sight, clause: Clause) -> Clause:
    if not any(v.settings for v in clause.variants):
        return clause
    variants = tuple(replace(v, settings=_settings(sight, v.settings)) if v.settings else v for v in clause.variants)
    return replace(clause, variants=variants)


def _settings(sight: Sight, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of a variant, typed by their parameters; those taken over from a replaced clause are so already."""
    typed: dict[str, Any] = {}
    for name, value in raw.items():
        if not (isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], ScalarNode)):
            typed[name] = value
            continue
        key, node = value
        parameter = sight.parameters.get(name)
        if not parameter:
            if name not in sight.loose:
                sight.reader.problem(
                    "unknown-parameter", key, f"unknown parameter {quoted(name)}", suggest(name, sight.parameters)
                )
            continue
        read = kind_of(parameter.type, parameter.choices).read(node, sight.reader)
        if read is not BAD and check_range(name, read, parameter.minimum, parameter.maximum, node, sight.reader):
            typed[name] = read
    return MappingProxyType(typed)

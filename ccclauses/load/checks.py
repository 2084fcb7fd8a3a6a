"""What can be checked only when a whole library is read: names, former ids, postures served."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ..model.clause import Clause, Duty, FixedPeriod, Library, Parameter, closest
from ..model.condition import OPERATORS, Condition, Test
from ..model.counting import MOMENTS, ON_A_CALENDAR, RECURRING, DayOfYear
from ..model.diagnostic import Diagnostic, Position, nearest
from ..model.form import FULL, Form
from ..model.periods import periods_in, rhythms_in, same_period, says
from ..model.quantity import Duration
from .conditions import Askable, condition_problems
from ..model.roles import ROLES
from .kinds import check_range, kind_of
from .located import Node, ScalarNode
from .paragraphs import labels_of, paragraphs_of
from .schema import BAD, Named, Reader, listed, quoted

_RHYTHMS = frozenset("daily weekly monthly quarterly half-yearly yearly".split())


@dataclass(slots=True)
class Sight:
    """What is known while a library is checked. `loose` names parameters of clauses that could not be read."""

    library: Library
    reader: Reader
    broken: Collection[str]
    loose: Collection[str]
    parameters: Mapping[str, Parameter]
    owners: Mapping[str, str]
    labels: Mapping[str, frozenset[str]]
    reach: Mapping[str, frozenset[str]]  # of each clause: itself and all that it requires, directly or through others


def check_library(library: Library, reader: Reader, nodes: Mapping[str, Node], broken: Collection[str]) -> Library:
    """Report what does not hold across files, and return the library with the settings of its variants typed."""
    if "postures" in broken:
        return library  # no clause was read, so every name of one would be blamed
    parameters: dict[str, Parameter] = {}
    owners: dict[str, str] = {}
    for clause in library.clauses.values():
        for name, parameter in clause.parameters.items():
            if name in parameters:
                _tell(reader, "duplicate-parameter", parameter.at,
                      f"the parameter `{name}` is in `{owners[name]}` too",
                      "names are unique across the library; choose another")  # fmt: skip
                continue
            if name in library.facts:
                _tell(
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
                _tell(reader, "duplicate-failure", failure.at,
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
        _check_clause(sight, clause)
    for form in library.forms.values():
        _check_outline(sight, form)
    clauses = {c.id: _with_settings(sight, c) for c in library.clauses.values()}
    return replace(library, clauses=MappingProxyType(clauses))


def _tell(reader: Reader, rule: str, at: Position, message: str, hint: str = "") -> None:
    reader.diagnostics.append(Diagnostic(rule=rule, message=message, at=at, hint=hint))


def _check_roles(reader: Reader, parameters: Mapping[str, Parameter]) -> None:
    """Each role is played by one parameter, of a type that suits it."""
    played: dict[str, str] = {}
    for name, parameter in parameters.items():
        if not parameter.role:
            continue
        types, _ = ROLES[parameter.role]
        if parameter.type not in types:
            _tell(reader, "wrong-type", parameter.at, f"the role `{parameter.role}` is not for a parameter of type {parameter.type}",
                  f"it is for {listed(types)}")  # fmt: skip
        if parameter.role in played:
            _tell(reader, "duplicate-role", parameter.at, f"`{name}` and `{played[parameter.role]}` have the role `{parameter.role}`",
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
    from .kinds import TYPES

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
            _tell(
                sight.reader,
                "bad-condition",
                at,
                "a limit caps one parameter",
                'write `limit: access_review <= "180 days"`, or use `rule`',
            )
            return


# -- clauses --------------------------------------------------------------------------------------------------------


def _check_clause(sight: Sight, clause: Clause) -> None:
    reader = sight.reader
    for other in clause.conflicts:
        if other in sight.reach[clause.id]:
            _tell(
                reader,
                "requires-conflict",
                clause.at,
                f"`{clause.id}` requires `{other}` and conflicts with it",
                "remove one of the two",
            )
    for duty in clause.duties:
        timed = [name for name in ("within", "every", "before", "standing") if getattr(duty, name)]
        if not timed:
            _tell(reader, "missing-key", duty.at, "the duty has no date",
                  "write `within`, `every` or `before` with a parameter, or `standing` with the reason")  # fmt: skip
        elif len(timed) > 1 and timed not in (["within", "every"], ["every", "before"]):
            _tell(
                reader,
                "two-deadlines",
                duty.at,
                f"the duty has two dates: {listed(timed)}",
                "keep one; only `every` may be combined with `within` or `before`",
            )
        _check_counting(reader, duty, timed)
        _check_said(reader, clause, duty)
        _check_forms_of(sight, clause, duty)
    _check_served(sight, clause)


def _check_forms_of(sight: Sight, clause: Clause, duty: Duty) -> None:
    """A duty that a form prints leans on paragraphs that the form prints too."""

    def said_in(form: str, name: str) -> bool:
        owner, _, label = name.rpartition("#")
        other = sight.library.clauses.get(owner or clause.id)
        return other is None or other.id in sight.broken or label in labels_of(other, form)

    if duty.form and duty.form in sight.library.forms and not said_in(duty.form, duty.paragraph):
        _tell(sight.reader, "unknown-label", duty.at,
              f"no paragraph of `{clause.id}` is named `{duty.paragraph}` in the {duty.form} form, for which the duty is",
              "name the paragraph that states the duty in that form")  # fmt: skip
    for form in (duty.form,) if duty.form else sight.library.forms:
        if not clause.worded(form) or not said_in(form, duty.paragraph):
            continue
        for slot in ("check", "consequence"):
            name = getattr(duty, slot)
            if not said_in(form, name) and any(said_in(other, name) for other in sight.library.forms):
                _tell(sight.reader, "unknown-label", duty.at,
                      f"the {form} form prints the duty `{duty.paragraph}` and no paragraph `{name}`, its `{slot}`",
                      f"write the duty once for each form, with `form: {form}` and the `{slot}` that it has there")  # fmt: skip


def _check_outline(sight: Sight, form: Form) -> None:
    """Each clause of an outline has a wording for the form and one place, and each that has such a wording a place."""
    seen: dict[str, Position] = {}
    for _, member in form.members():
        clause = sight.library.clauses.get(member.clause)
        if member.clause in seen:
            _tell(sight.reader, "duplicate-entry", member.at, f"the outline has `{member.clause}` twice",
                  f"it is on line {seen[member.clause].line} too; keep one")  # fmt: skip
        elif clause and clause.id not in sight.broken and not clause.worded(form.id):
            _tell(sight.reader, "not-in-form", member.at, f"`{clause.id}` has no wording for the {form.id} form",
                  f"write a variant of it with `form: {form.id}`, or take it out of the outline")  # fmt: skip
        seen.setdefault(member.clause, member.at)
    for clause in sight.library.clauses.values() if form.outline else ():
        if clause.worded(form.id) and clause.id not in seen:
            _tell(sight.reader, "not-in-form", clause.at, f"`{clause.id}` has a wording for the {form.id} form and no place in its outline",
                  "name it under a heading of the outline in forms.yaml")  # fmt: skip


def _check_counting(reader: Reader, duty: Duty, timed: list[str]) -> None:
    """What a duty counts from must suit its deadline."""
    counts_from, every = duty.counts_from, duty.every.period if isinstance(duty.every, FixedPeriod) else None
    dated = [name for name in timed if name != "standing"]
    if counts_from is None:
        if dated:
            moments = listed(m for m in MOMENTS if m != "before_services_start")
            hint = f"write `counts_from` with one of {moments}, or a day of the year such as `15 April`"
            _tell(reader, "missing-key", duty.at, f"the duty does not say what `{dated[0]}` counts from", hint)
    elif "standing" in timed and not dated:
        if counts_from != "before_services_start":
            _tell(reader, "counts-from", duty.at, f"a duty with `standing` has no date that counts from `{counts_from}`",
                  "leave `counts_from` out, or write `before_services_start`")  # fmt: skip
    elif counts_from == "before_services_start":
        _tell(reader, "counts-from", duty.at, f"`before_services_start` is a date of its own beside {listed(dated)}",
              "say in `standing` that it is due before the Services start, or count from `services_start`")  # fmt: skip
    elif (counts_from in RECURRING or isinstance(counts_from, DayOfYear)) and not duty.every:
        _tell(reader, "counts-from", duty.at, f"the duty counts from `{counts_from}` and does not recur",
              "add `every` with the period")  # fmt: skip
    elif isinstance(counts_from, DayOfYear) and (every is None or not same_period(every, Duration(1, "years"))):
        _tell(reader, "counts-from", duty.at, f"`{counts_from}` comes once a year, and the duty is due every {duty.every}",
              "write `every: 1 year`")  # fmt: skip
    elif duty.first and (counts_from != "previous_act" or not duty.every):
        _tell(reader, "counts-from", duty.at, "`first` is for a duty that recurs and counts from `previous_act`",
              "add `every`, or write `within` and count from `services_start`")  # fmt: skip
    elif counts_from in ON_A_CALENDAR and every and every.unit not in ("weeks", "months", "years"):
        _tell(reader, "counts-from", duty.at, f"a period of {every} does not end with a calendar week, month or year",
              "write `every` in weeks, months or years, or count from `services_start`")  # fmt: skip


def _check_said(reader: Reader, clause: Clause, duty: Duty) -> None:
    """A period that a duty states itself must stand in its paragraph, so that calendar and text can't part."""
    for slot in ("every", "first", "within", "before"):
        fixed, recurs = getattr(duty, slot), slot == "every"
        texts = paragraphs_of(clause, duty.form).get(duty.paragraph, ()) if isinstance(fixed, FixedPeriod) else ()
        silent = [text for text in texts if not says(text, fixed.period, recurs=recurs)]
        # A duty that holds under a condition or at some postures stands in one of several wordings.
        if not silent or (len(silent) < len(texts) and (duty.postures or duty.when.parts)):
            continue
        other = list(rhythms_in(silent[0]) if recurs else periods_in(silent[0]))
        found = " and ".join(f"“{s.words}”" for s in other) or f"no {'rhythm' if recurs else 'period'} at all"
        message = f"the duty is due `{slot}: {fixed}`, and its paragraph `{duty.paragraph}` says {found}"
        instead = [f"`{slot}: {s.period}`" for s in other]
        words = fixed.period.every() if recurs else fixed.period.wording()
        hint = " or ".join(["write " + " or ".join(instead)] * bool(other) + [f"say “{words}” in the paragraph"])
        _tell(reader, "unsaid-period", fixed.at, message, hint)


def _check_served(sight: Sight, clause: Clause) -> None:
    """In each form that has the clause every posture must have a wording under every law.

    A mistyped posture or law has been reported already.
    """
    laws, postures = sight.library.laws.values(), sight.library.postures
    names = {*sight.library.laws, *(law.family for law in laws)}
    known = all(names.issuperset(v.laws) and set(postures).issuperset(v.postures) for v in clause.variants)
    if not known or "laws" in sight.broken:
        return
    for form in sight.library.forms:
        if clause.worded(form) or not clause.variants:
            _check_served_in(sight, clause, form)


def _check_served_in(sight: Sight, clause: Clause, form: str) -> None:
    laws, postures = sight.library.laws.values(), sight.library.postures
    lacking: dict[tuple[str, ...], list[str]] = {}  # laws → the postures without a wording under them
    for posture in postures:
        serving = [v for v in clause.variants if posture in v.postures and v.form == form]
        without = tuple(law.id for law in laws if not any(closest(v.laws, law) for v in serving))
        if without:
            lacking.setdefault(without, []).append(posture)
    for without, missing in lacking.items():
        where = "" if len(without) == len(sight.library.laws) else f" under {listed(without)}"
        where += "" if form == FULL else f" in the {form} form"
        what = f"the posture {quoted(missing[0])}" if len(missing) == 1 else f"the postures {listed(missing)}"
        _tell(sight.reader, "posture-not-served", clause.at, f"`{clause.id}` has no wording for {what}{where}",
              "add a variant, or let one serve them too")  # fmt: skip


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

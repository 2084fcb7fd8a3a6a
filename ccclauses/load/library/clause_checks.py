"""What must hold between the parts of a clause: its duties, labels, forms, counting, and the postures that it serves."""

from __future__ import annotations

from ...model.diagnostic import Position
from ...model.library.clause import Clause, Duty, FixedPeriod
from ...model.library.counting import MOMENTS, ON_A_CALENDAR, RECURRING, DayOfYear
from ...model.library.form import FULL, Form
from ...model.library.library import closest
from ...model.words.periods import periods_in, rhythms_in, same_period, says
from ...model.words.quantity import Duration
from ..document.reading import Reader, listed, quoted
from .paragraphs import labels_of, paragraphs_of
from .sight import Sight, tell

_RHYTHMS = frozenset("daily weekly monthly quarterly half-yearly yearly".split())


def check_clause(sight: Sight, clause: Clause) -> None:
    reader = sight.reader
    for other in clause.conflicts:
        if other in sight.reach[clause.id]:
            tell(
                reader,
                "requires-conflict",
                clause.at,
                f"`{clause.id}` requires `{other}` and conflicts with it",
                "remove one of the two",
            )
    for duty in clause.duties:
        timed = [name for name in ("within", "every", "before", "standing") if getattr(duty, name)]
        if not timed:
            tell(reader, "missing-key", duty.at, "the duty has no date",
                  "write `within`, `every` or `before` with a parameter, or `standing` with the reason")  # fmt: skip
        elif len(timed) > 1 and timed not in (["within", "every"], ["every", "before"]):
            tell(
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
        tell(sight.reader, "unknown-label", duty.at,
              f"no paragraph of `{clause.id}` is named `{duty.paragraph}` in the {duty.form} form, for which the duty is",
              "name the paragraph that states the duty in that form")  # fmt: skip
    for form in (duty.form,) if duty.form else sight.library.forms:
        if not clause.worded(form) or not said_in(form, duty.paragraph):
            continue
        for slot in ("check", "consequence"):
            name = getattr(duty, slot)
            if not said_in(form, name) and any(said_in(other, name) for other in sight.library.forms):
                tell(sight.reader, "unknown-label", duty.at,
                      f"the {form} form prints the duty `{duty.paragraph}` and no paragraph `{name}`, its `{slot}`",
                      f"write the duty once for each form, with `form: {form}` and the `{slot}` that it has there")  # fmt: skip


def check_outline(sight: Sight, form: Form) -> None:
    """Each clause of an outline has a wording for the form and one place, and each that has such a wording a place."""
    seen: dict[str, Position] = {}
    for _, member in form.members():
        clause = sight.library.clauses.get(member.clause)
        if member.clause in seen:
            tell(sight.reader, "duplicate-entry", member.at, f"the outline has `{member.clause}` twice",
                  f"it is on line {seen[member.clause].line} too; keep one")  # fmt: skip
        elif clause and clause.id not in sight.broken and not clause.worded(form.id):
            tell(sight.reader, "not-in-form", member.at, f"`{clause.id}` has no wording for the {form.id} form",
                  f"write a variant of it with `form: {form.id}`, or take it out of the outline")  # fmt: skip
        seen.setdefault(member.clause, member.at)
    for clause in sight.library.clauses.values() if form.outline else ():
        if clause.worded(form.id) and clause.id not in seen:
            tell(sight.reader, "not-in-form", clause.at, f"`{clause.id}` has a wording for the {form.id} form and no place in its outline",
                  "name it under a heading of the outline in forms.yaml")  # fmt: skip


def _check_counting(reader: Reader, duty: Duty, timed: list[str]) -> None:
    """What a duty counts from must suit its deadline."""
    counts_from, every = duty.counts_from, duty.every.period if isinstance(duty.every, FixedPeriod) else None
    dated = [name for name in timed if name != "standing"]
    if counts_from is None:
        if dated:
            moments = listed(m for m in MOMENTS if m != "before_services_start")
            hint = f"write `counts_from` with one of {moments}, or a day of the year such as `15 April`"
            tell(reader, "missing-key", duty.at, f"the duty does not say what `{dated[0]}` counts from", hint)
    elif "standing" in timed and not dated:
        if counts_from != "before_services_start":
            tell(reader, "counts-from", duty.at, f"a duty with `standing` has no date that counts from `{counts_from}`",
                  "leave `counts_from` out, or write `before_services_start`")  # fmt: skip
    elif counts_from == "before_services_start":
        tell(reader, "counts-from", duty.at, f"`before_services_start` is a date of its own beside {listed(dated)}",
              "say in `standing` that it is due before the Services start, or count from `services_start`")  # fmt: skip
    elif (counts_from in RECURRING or isinstance(counts_from, DayOfYear)) and not duty.every:
        tell(reader, "counts-from", duty.at, f"the duty counts from `{counts_from}` and does not recur",
              "add `every` with the period")  # fmt: skip
    elif isinstance(counts_from, DayOfYear) and (every is None or not same_period(every, Duration(1, "years"))):
        tell(reader, "counts-from", duty.at, f"`{counts_from}` comes once a year, and the duty is due every {duty.every}",
              "write `every: 1 year`")  # fmt: skip
    elif duty.first and (counts_from != "previous_act" or not duty.every):
        tell(reader, "counts-from", duty.at, "`first` is for a duty that recurs and counts from `previous_act`",
              "add `every`, or write `within` and count from `services_start`")  # fmt: skip
    elif counts_from in ON_A_CALENDAR and every and every.unit not in ("weeks", "months", "years"):
        tell(reader, "counts-from", duty.at, f"a period of {every} does not end with a calendar week, month or year",
              "write `every` in weeks, months or years, or count from `services_start`")  # fmt: skip


def _check_said(reader: Reader, clause: Clause, duty: Duty) -> None:
    """A period that a duty states itself must be in its paragraph, so that calendar and text can't part."""
    for slot in ("every", "first", "within", "before"):
        fixed, recurs = getattr(duty, slot), slot == "every"
        texts = paragraphs_of(clause, duty.form).get(duty.paragraph, ()) if isinstance(fixed, FixedPeriod) else ()
        silent = [text for text in texts if not says(text, fixed.period, recurs=recurs)]
        # A duty that holds under a condition or at some postures is in one of several wordings.
        if not silent or (len(silent) < len(texts) and (duty.postures or duty.when.parts)):
            continue
        other = list(rhythms_in(silent[0]) if recurs else periods_in(silent[0]))
        found = " and ".join(f"“{s.words}”" for s in other) or f"no {'rhythm' if recurs else 'period'} at all"
        message = f"the duty is due `{slot}: {fixed}`, and its paragraph `{duty.paragraph}` says {found}"
        instead = [f"`{slot}: {s.period}`" for s in other]
        words = fixed.period.every() if recurs else fixed.period.wording()
        hint = " or ".join(["write " + " or ".join(instead)] * bool(other) + [f"say “{words}” in the paragraph"])
        tell(reader, "unsaid-period", fixed.at, message, hint)


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
        tell(sight.reader, "posture-not-served", clause.at, f"`{clause.id}` has no wording for {what}{where}",
              "add a variant, or let one serve them too")  # fmt: skip

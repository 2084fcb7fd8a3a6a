"""A profile → its problems, its annex, why it is as it is, and what it answers of its frameworks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ..compose.annex import compose_annex
from ..derive.coverage import Coverage
from ..derive.coverage import coverage as coverage_of
from ..derive.explain import Explanation
from ..derive.explain import explain as explanation_of
from ..load.inputs import load_inputs
from ..model.annex import Annex
from ..model.diagnostic import Diagnostic, InputError, errors
from ..model.library.library import Library
from ..model.profile import Profile, Resolution
from ..pipeline import compose_profile
from ..resolve import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A profile, what it is read against, and the annex that it comes to; `problems` holds warnings and notes."""

    profile: Profile
    library: Library
    resolution: Resolution
    annex: Annex
    problems: tuple[Diagnostic, ...] = ()


def read_deal(profile: Path | str) -> Deal:
    """The deal of a profile, resolved and composed: what the other functions start from.

    Raises `InputError` with all that stops it.

        >>> deal = api.read_deal("examples/startup-baseline.yaml")
        >>> deal.annex.form, deal.profile.monthly_charges.currency
        ('short', 'GBP')
    """
    read, library, problems = load_inputs(Path(profile))
    if read is None or library is None or errors(problems):
        raise InputError(problems)
    resolution, found = resolve(read, library)
    annex, more = compose_annex(resolution) if resolution else (None, [])
    problems = [*problems, *found, *more]
    if resolution is None or annex is None or errors(problems):
        raise InputError(problems)
    return Deal(profile=read, library=library, resolution=resolution, annex=annex, problems=tuple(problems))


def check(profile: Path | str) -> tuple[Diagnostic, ...]:
    """Every problem of a profile in one pass, as `ccclauses check` finds them; nothing is written.

    Each has its place, what was found and what would be right; `severity` tells errors from warnings and notes.
    What can't be read is left out and the rest is checked to the end, so this raises nothing for a wrong profile.

        >>> from ccclauses.model.diagnostic import errors
        >>> errors(api.check("examples/retail-uk.yaml"))
        []
    """
    from ..derive.forms import page_problems

    read, library, problems = load_inputs(Path(profile), as_far=True)
    if read and library:
        annex, resolution, found = compose_profile(read, library, as_far=True)
        problems = problems + found
        if annex and resolution:
            problems = [*problems, *page_problems(resolution, annex)]
            if read.exclude:
                from .leaving import exclusions_told

                problems = [*problems, *exclusions_told(read, library)]
    return _causes(problems)


# Rule → those that are broken only because it is: told next to it, they would send the reader to mend what is right.
_FOLLOWS = {
    "several-currencies": frozenset(("constraint-types", "one-currency", "credit-rules", "credit-sum", "credit-law"))
}


def _causes(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The problems without those that follow from another of them."""
    found = tuple(problems)
    following = {rule for p in found for rule in _FOLLOWS.get(p.rule, ())}
    return tuple(p for p in found if p.rule not in following)


def explain(profile: Path | str) -> Explanation:
    """Why each clause is in or out, and where each value came from; `text()` and `as_dict()` show it.

    Raises `InputError` where the profile can't be resolved.

        >>> explanation = api.explain("examples/retail-uk.yaml")
        >>> explanation.law, explanation.clauses[0].because[0]
        ('the law of England and Wales', 'always in an annex')
    """
    from ..approvals import best_review, folders_of, read_approvals

    read, library, problems = load_inputs(Path(profile))
    resolution = None
    if read and library and not errors(problems):
        _, resolution, found = compose_profile(read, library)
        problems = problems + found
    if resolution is None:
        raise InputError(problems)
    given, found = read_approvals(folders_of(resolution.profile))
    reviews = {r.clause.id: best_review(r.clause, given.get(r.clause.id, ())).text() for r in resolution.clauses}
    return replace(explanation_of(resolution, reviews if given else {}), problems=(*problems, *found))


def coverage(profile: Path | str) -> Coverage:
    """What the annex answers of each framework that is on; `complete` where every contract term is answered.

    Raises `InputError` where the profile gives no annex.

        >>> [f.short for f in api.coverage("examples/retail-uk.yaml").frameworks]
        ['UK GDPR', 'PCI DSS v4.0.1']
    """
    deal = read_deal(profile)
    return replace(coverage_of(deal.annex, deal.library), problems=deal.problems)

"""Two papers → what changed, a redline, a returned file judged and answered, and whether the final one is what was agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ..compare.forms import FormsCompared, compare_forms
from ..load.answers import POLICIES, load_answers
from ..load.inputs import load_inputs
from ..model.diagnostic import Diagnostic, InputError, Position, errors
from ..model.findings.comparison import Comparison
from ..model.findings.review import Answer, Review
from ..ooxml.package.parse import PackageError
from ..read.within import alone, annex_within
from ..redline import READABLE, Redline, RedlineOptions
from ..redline import redline as make_redline
from ..review.answer.answering import decide
from ..review.answer.response import Response, answer_case
from ..review.case import Case, ReadAs, read_case
from ..sides.package import word_package
from ..sides.read import Side, SideReader, compare_sides

_NOT_WORD = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A returned file judged: `review` holds the findings in order, `case` the two files that they are of."""

    case: Case
    review: Review


def diff(
    before: Path | str,
    after: Path | str,
    *,
    posture: str = "",
    form: str = "",
    libraries: tuple[Path, ...] = (),
    exact: bool = False,
) -> Comparison | FormsCompared:
    """What changed between two profiles, annexes, Word files, clause libraries or clauses, as `ccclauses diff` names them.

    `posture` reads profiles at that posture, `form` the profile `after` in that form; annexes of different forms are
    compared by subject. `exact` takes whitespace, quotation marks, dashes and numbers for changes too. Raises `InputError`
    for a side that can't be read, or two sides of different kinds.

        >>> changes = api.diff("breach-handling@strict", "breach-handling@standard")
        >>> [clause.id for clause in changes.clauses]
        ['breach-handling']
    """
    reader = SideReader(load_profile=load_inputs, libraries=libraries, posture=posture)
    sides: list[Side] = []
    for spec, reads in ((str(before), reader), (str(after), replace(reader, form=form))):
        side, problems = reads.read(spec)
        if side is None:
            raise InputError(problems)
        sides.append(side)
    return compared(sides[0], sides[1], libraries=libraries, exact=exact)


def compared(
    before: Side, after: Side, *, libraries: tuple[Path, ...] = (), exact: bool = False
) -> Comparison | FormsCompared:
    """Two sides compared: by subject where they are annexes of different forms, else sentence by sentence."""
    if before.annex and after.annex and before.annex.form != after.annex.form:
        return compare_forms(before.annex, after.annex, (before.name, after.name))
    return compare_sides(before, after, exact=exact, libraries=libraries)


def redline(
    before: Path | str,
    after: Path | str,
    *,
    date: datetime,
    author: str = "ccclauses",
    posture: str = "",
    template: str = "",
    options: RedlineOptions | None = None,
) -> Redline:
    """Tracked changes that are `after` when all are accepted and `before` when all are rejected.

    Either side is a Word file, a profile or an annex as JSON. `posture` builds the profile `after` at it; `template` is the
    house style of profiles and annexes. `data` of the result are the bytes of the Word file.
    Raises `InputError` for a side that can't be read or compared.

        >>> from datetime import datetime, timezone
        >>> moment = datetime(2026, 6, 30, tzinfo=timezone.utc)
        >>> deal = "examples/startup-baseline.yaml"
        >>> made = api.redline(deal, deal, posture="strict", author="Legal", date=moment)
        >>> made.counts["replaced"] > 50, made.data[:2]
        (True, b'PK')
    """
    sides = []
    for side, at in ((Path(before), ""), (Path(after), posture)):
        package, problems = word_package(side, load_inputs, posture=at, template=template)
        if package is None:
            raise InputError(errors(problems))
        sides.append(package)
    old, new = sides
    if (annex_within(old) is None) != (annex_within(new) is None):
        old, new = alone(old)[0], alone(new)[0]  # an annex by itself faces the annex in an agreement
    options = options or RedlineOptions()
    if any(Path(side).suffix.lower() in _NOT_WORD for side in (before, after)):
        options = replace(options, tidy=READABLE)
    try:
        return make_redline(old, new, author=author, date=date, options=options)
    except PackageError as problem:
        at_file = Position(file=str(after))
        raise InputError([Diagnostic(rule="unreadable-file", message=str(problem), at=at_file)]) from None


def review(sent: Path | str, returned: Path | str, *, read_as: ReadAs = "marked") -> Reviewed:
    """What a counterparty changed in the Word file that it returned, each finding judged against the library.

    `sent` is the profile, the annex as JSON or the Word file; `read_as` reads the returned file with its tracked changes as
    they are marked, all accepted or all rejected. Raises `InputError` for a file that can't be read.

        >>> found = api.review("examples/startup-baseline.yaml", "returned.docx")
        >>> {finding.source for finding in found.review.findings}
        {'tracked'}
    """
    case = read_case(Path(sent), Path(returned), read_as)
    return Reviewed(case=case, review=case.judged())


def respond(
    reviewed: Reviewed,
    how: str = "open",
    *,
    date: datetime,
    answers: Mapping[int, Answer] | Path | str | None = None,
    author: str = "",
) -> Response:
    """Our answer in the file that came back, with a comment at each point; `data` of it are the bytes of the Word file.

    `how` is `accept-fallbacks`, `hold` or `open`; `answers` say otherwise for single findings, by their number or as a file.
    Raises `InputError` for a file of answers that is wrong.

        >>> found = api.review("examples/startup-baseline.yaml", "returned.docx")
        >>> from datetime import datetime, timezone
        >>> answer = api.respond(found, "hold", date=datetime(2026, 6, 30, tzinfo=timezone.utc))
        >>> {point.answer.decision for point in answer.points}
        {'refuse'}
    """
    if how not in POLICIES:
        raise ValueError(f"an answer is one of {', '.join(POLICIES)}, not {how!r}")
    if isinstance(answers, (str, Path)):
        given, how, problems = load_answers(Path(answers), reviewed.review.findings)
        if errors(problems):
            raise InputError(problems)
    else:
        given = answers or {}
    decided = decide(reviewed.review, how, given)
    return answer_case(reviewed.case, reviewed.review, decided, author=author, date=date)

"""A signed annex and a deal that changes → the amendment, its redline, and the consolidated annex as file and as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..amend.deal import DealChange, unchangeable
from ..amend.effect import Case, effect_of
from ..amend.papers import paper_of
from ..amend.writing.document import Terms
from ..load.inputs import load_inputs
from ..model.diagnostic import Diagnostic, InputError, Position, errors
from ..model.findings.amendment import Effect
from ..model.library.library import Library
from ..model.profile import Profile
from ..resolve import resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class DealAmended:
    """What an amendment changes, and the bytes of each paper by its file name."""

    effect: Effect
    files: Mapping[str, bytes]
    problems: tuple[Diagnostic, ...] = ()


def amend(
    signed: Path | str,
    *,
    profile: Path | str,
    to: Path | str,
    effective: date,
    day: date,
    reason: str = "",
    template: str = "",
    out: Path | str = "",
) -> DealAmended:
    """The amendment by which the deal of `profile`, signed as the Word file `signed`, becomes that of `to` from a day on.

    What the parties negotiated stays, line by line, unless the new profile changes the same value. `day` is the date of
    the amendment; `out` is where its papers will lie, from which the new profile names the one that it extends. Raises
    `InputError` where a side can't be read, the new profile is wrong, or the change can't be made by an amendment.

        >>> from datetime import date
        >>> day = date(2027, 3, 1)
        >>> deal = "examples/startup-baseline.yaml"
        >>> made = api.amend("agreed.docx", profile=deal, to="looser.yaml", effective=day, day=day)
        >>> [part.title for part in made.effect.amended]
        ['Key Terms', 'Security Breach']
    """
    signed, out = Path(signed), Path(out or Path(signed).parent)
    was, old, problems = load_inputs(Path(profile))
    asked, new, found = load_inputs(Path(to))
    problems = [*problems, *found]
    if was is None or old is None or asked is None or new is None or errors(problems):
        raise InputError(errors(problems) or problems)
    deal = DealChange(was=was, to=asked)
    wrong = [*unchangeable(deal), *_wrong(asked, new), *_too_early(was, effective)]
    if errors(wrong):
        raise InputError(wrong)
    terms = Terms(day=day, effective=effective, reason=reason, deal=True)
    case = Case(old=old, new=new, base=None, template=template, terms=terms, deal=deal, out=out)
    effect, files = effect_of(paper_of(signed, signed.name, profile=Path(profile)), case)
    if effect.state in ("unreadable", "unknown"):
        at = Position(file=str(signed))
        raise InputError([Diagnostic(rule="not-amendable", message=p, at=at) for p in effect.problems])
    return DealAmended(effect=effect, files=files, problems=tuple(wrong))


def _wrong(profile: Profile, library: Library) -> list[Diagnostic]:
    """What stops the new profile; what it is warned of belongs to `check`."""
    return errors(resolve(profile, library)[1])


def _too_early(was: Profile, effective: date) -> list[Diagnostic]:
    """A problem where the amendment would count from before the annex."""
    if effective > was.date:
        return []
    message = f"the amendment would take effect on {effective}, and the annex is of {was.date}"
    return [Diagnostic(rule="not-amendable", message=message, at=was.at("annex.date"), hint="name a later day")]

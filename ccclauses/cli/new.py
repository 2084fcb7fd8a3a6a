"""`ccclauses new`: the questions of an intake meeting, and the profile that the answers make."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..model.diagnostic import errors, nearest
from .common import FINDINGS, check_ending, report, write_whole

if TYPE_CHECKING:
    from ..load.profile.intake import Question
    from ..load.profile.typed import Typed
    from ..model.library.library import Library

Understand = Callable[["Question", str, Mapping[str, str]], "Typed"]

# Options for every question that does not come from the library; the facts of the library share `--fact NAME=ANSWER`.
_OPTIONS = {
    "client-name": "The client's full name, with its form.",
    "client-address": "The client's registered address.",
    "client-country": "The client's country: UK, Germany, US …",
    "provider-name": "The call centre's full name, with its form.",
    "provider-address": "The call centre's registered address.",
    "provider-country": "The call centre's country.",
    "agreement": "The title of the master agreement.",
    "agreement-date": "Its date.",
    "date": "The date of the annex.",
    "reference": "Your reference for the annex.",
    "law": "The governing law: English, New York, GB-EAW, DE …",
    "calendar": "The place whose Business Days count: GB-ENG, DE-NW …",
    "time-zone": "The time zone of the deadlines: London, Europe/Berlin …",
    "currency": "The currency: GBP, EUR …",
    "charges": "The Monthly Charges, such as 'GBP 240,000' or '14.5k'.",
    "start": "The first day of the services.",
    "months": "The length of the term in months.",
    "posture": "The negotiating position.",
    "status": "draft or final.",
    "form": "full, short … By default what the facts propose, which is printed with its reason.",
}


def _question_options(command: Any) -> Any:
    for name, text in reversed(_OPTIONS.items()):
        command = click.option(f"--{name}", metavar="ANSWER", help=text)(command)
    return command


@click.command(
    epilog="Example: ccclauses new deal.yaml --yes --client-name 'Example Retail plc' --client-country GB "
    "--provider-name 'Example Calls Ltd' --framework uk_gdpr --fact takes_payments=yes"
)
@click.argument("profile", type=click.Path(dir_okay=False, path_type=Path))
@_question_options
@click.option(
    "--framework", "frameworks", multiple=True, metavar="NAME", help="A law or standard; may be given several times."
)
@click.option(
    "--fact",
    "facts",
    multiple=True,
    metavar="NAME=ANSWER",
    help="What is true of the deal; may be given several times.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take the proposed answer wherever no option gives one.")
@click.option("--resume", is_flag=True, help="Go on with a run that was left half answered.")
@click.option("--force", is_flag=True, help="Overwrite a profile that exists, and drop a half-answered run.")
def new(
    profile: Path,
    frameworks: tuple[str, ...],
    facts: tuple[str, ...],
    yes: bool,
    resume: bool,
    force: bool,
    **options: str | None,
) -> None:
    """Ask the questions of an intake meeting and write PROFILE, commented.

    Every question can be answered by an option instead. Answers are kept as they are given: a run that was left
    half answered goes on with --resume.
    """
    from ..common.resources import library_folder
    from ..load.library.library import load_library
    from ..load.profile.intake import profile_text, questions, understood
    from ..load.profile.profile import load_profile_text
    from ..resolve.suggestions import suggested_frameworks

    check_ending(profile, ("yaml", "yml"), "The profile is")
    kept = profile.with_name(f".{profile.name}.answers.json")
    if profile.exists() and not force:
        raise click.UsageError(f"{profile} exists. Choose another name, or overwrite it with --force.")
    if kept.exists() and not (resume or force):
        raise click.UsageError(
            f"A half-answered run is kept for {profile}. Go on with --resume, or start again with --force."
        )
    library, problems = load_library(library_folder())
    if errors(problems):
        report(problems, err=True)
        raise SystemExit(FINDINGS)
    today = datetime.date.today().isoformat()
    asked = questions(
        library, today, lambda given: _proposed_form(given, asked, library), lambda given: _suggested(given, library)
    )

    def understand(question: Question, answer: str, known: Mapping[str, str]) -> Typed:
        return understood(question, answer, known, library, today)

    answers = _kept_answers(kept, asked, understand) if resume else {}
    answers |= _given(asked, options, frameworks, facts, answers, understand)
    try:
        _answer(asked, answers, kept, understand, ask=not yes)
    except click.Abort:
        if kept.exists():
            click.echo(f"\nYour answers are kept. Go on with: ccclauses new {profile} --resume", err=True)
        raise
    text = profile_text(answers, library)
    read, problems = load_profile_text(text, str(profile), library)
    if not errors(problems):
        refused = write_whole(profile, text.encode(), force=force)
        problems = [refused] if refused else []
    if problems:
        report(problems, err=True)
        raise SystemExit(FINDINGS)
    kept.unlink(missing_ok=True)
    left = list(suggested_frameworks(read, library)) if read else []
    if left:
        click.echo("Suggested by your answers, and not switched on without you:")
        for framework, because in left:
            click.echo(f"  {framework.id:<18} {framework.short}. {because}")
    click.echo(f"Written: {profile}\nNext: ccclauses check {profile}, then ccclauses build {profile}")


def _suggested(answers: Mapping[str, str], library: Library) -> Iterator[str]:
    """The frameworks that countries, law and facts suggest, each with its reason."""
    from ..load.profile.intake import scalar
    from ..load.profile.profile import load_profile_text
    from ..resolve.suggestions import suggested_frameworks

    said = {name: scalar(text) for name, text in answers.items() if text}
    facts = ", ".join(f"{n[5:]}: {text}" for n, text in said.items() if n.startswith("fact-"))
    countries = (f"{p}: {{country: {said.get(f'{p}-country', '')}}}" for p in ("client", "provider"))
    text = f"law: {said.get('law', '')}\nparties: {{{', '.join(countries)}}}\nfacts: {{{facts}}}\n"
    profile, _ = load_profile_text(text, "profile.yaml", library)
    for framework, because in suggested_frameworks(profile, library) if profile else ():
        yield f"{framework.id} ({framework.short}). {because}"


def _proposed_form(answers: Mapping[str, str], asked: tuple[Question, ...], library: Library) -> str:
    """The form that the answers propose; the reason and the length of the annex in each form are printed."""
    from ..derive.forms import offered_forms, said_offers
    from ..load.profile.intake import profile_text
    from ..load.profile.profile import load_profile_text
    from ..model.library.form import FULL

    if not all(answers.get(q.name) for q in asked if not q.optional and q.name != "form"):
        return FULL  # what is missing is reported when everything was asked
    profile, _ = load_profile_text(profile_text(answers, library), "profile.yaml", library)
    if profile is None:
        return FULL  # and what is wrong with the answers when the profile is written
    proposal, offers = offered_forms(profile, library)
    for line in said_offers(proposal, offers):
        click.echo(line)
    return proposal.form.id


def _given(
    asked: tuple[Question, ...],
    options: dict[str, str | None],
    frameworks: tuple[str, ...],
    facts: tuple[str, ...],
    before: Mapping[str, str],
    understand: Understand,
) -> dict[str, str]:
    """The answers that the options give; what can't stand is reported at once, for all of them."""
    raw = {name.replace("_", "-"): value for name, value in options.items() if value is not None}
    if frameworks:
        raw["frameworks"] = "; ".join(frameworks)
    known = {q.name: q for q in asked}
    wrong = []
    for fact in facts:
        name, equals, value = fact.partition("=")
        if f"fact-{name}" not in known or not equals:
            hint = nearest(name, [n[5:] for n in known if n.startswith("fact-")])
            wrong.append(f"--fact {fact}: write NAME=ANSWER with a known name; {hint}".rstrip("; "))
        else:
            raw[f"fact-{name}"] = value
    given: dict[str, str] = {}
    for question in asked:  # in the order of the questions, since an answer may say how another is meant
        if question.name in raw:
            typed = understand(question, raw[question.name], {**before, **given})
            if typed.meant:
                given[question.name] = typed.meant.text
            else:
                option = f"--{question.name}".replace("--fact-", "--fact ").replace("--frameworks", "--framework")
                wrong.append(f"{option}: {_reason(typed)}")
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return given


def _reason(typed: Typed) -> str:
    """Why an answer is not taken, and what would be."""
    if typed.why and typed.meanings:
        return f"{typed.why}; did you mean {' or '.join(m.text for m in typed.meanings)}?"
    if typed.meanings:
        meant = ", or ".join(f"{m.text} for {m.shown}" if m.text != m.shown else m.text for m in typed.meanings)
        return f"“{typed.given.strip()}” can be read in more than one way: write {meant}"
    return f"{typed.why}. Write it like this: {typed.example}" if typed.example else typed.why


def _answer(
    asked: tuple[Question, ...], answers: dict[str, str], kept: Path, understand: Understand, *, ask: bool
) -> None:
    """Fill in what is not answered yet, keeping each answer as it is given."""
    missing = []
    for question in asked:
        if question.name in answers:
            continue
        proposed = question.propose(answers)
        if ask:
            for line in question.suggest(answers):
                click.echo(f"  suggested: {line}")
            answers[question.name] = _ask(question, proposed, lambda text: understand(question, text, answers))
            _keep(kept, answers)
        elif proposed or question.optional:
            answers[question.name] = proposed
        else:
            missing.append(f"--{question.name}")
    if missing:
        raise click.UsageError(f"Without questions, these are needed too: {', '.join(missing)}")


def _ask(question: Question, proposed: str, understand: Callable[[str], Typed]) -> str:
    if question.why:
        click.echo(f"  Why we ask: {question.why} (“don't know” is an answer too)")
    if question.choices:
        for name, meaning in question.choices.items():
            click.echo(f"  {name:<18} {meaning}")
    default = proposed or ("" if question.optional else None)
    while True:
        answer: str = click.prompt(question.text, default=default, show_default=bool(proposed))
        typed = understand(answer)
        if typed.meant is None and typed.meanings:
            typed = _chosen(typed)
        if typed.meant:
            if typed.meant.shown != answer.strip() and typed.meant.text != answer.strip():
                click.echo(f"  We read: {typed.meant.shown}")
            if typed.note:
                click.echo(f"  {typed.note}")
            return typed.meant.text
        if typed.why:
            click.echo(f"  {_reason(replace(typed, meanings=()))}")


def _chosen(typed: Typed) -> Typed:
    """The meaning that is chosen of several, by its number; none where the answer is typed again."""
    click.echo(f"  {typed.why or 'This can be read in more than one way'}. Which is meant?")
    for number, meant in enumerate(typed.meanings, 1):
        click.echo(f"  {number}  {meant.shown}")
    again = len(typed.meanings) + 1
    click.echo(f"  {again}  none of these")
    number = click.prompt("  Number", type=click.IntRange(1, again))
    return replace(typed, why="", meanings=typed.meanings[number - 1 : number])


def _keep(kept: Path, answers: dict[str, str]) -> None:
    refused = write_whole(kept, json.dumps(answers, indent=1, ensure_ascii=False).encode(), force=True)
    if refused:
        report([refused], err=True)
        raise SystemExit(FINDINGS)


def _kept_answers(kept: Path, asked: tuple[Question, ...], understand: Understand) -> dict[str, str]:
    """The answers of a half-answered run that still can stand."""
    try:
        if os.path.getsize(kept) > 1_000_000:
            raise ValueError("too large")
        stored = json.loads(kept.read_text("utf-8"))
    except FileNotFoundError:
        raise click.UsageError(f"There is no half-answered run to go on with ({kept}).") from None
    except (OSError, ValueError, RecursionError):
        raise click.UsageError(f"The half-answered run can't be read ({kept}); start again with --force.") from None
    answers: dict[str, str] = {}
    for question in asked if isinstance(stored, dict) else ():
        answer = stored.get(question.name)
        typed = understand(question, answer, answers) if isinstance(answer, str) else None
        if typed and typed.meant:
            answers[question.name] = typed.meant.text
    return answers

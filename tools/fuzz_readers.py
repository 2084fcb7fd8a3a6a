"""Every reader of what comes from outside, as a function of bytes; `tools/fuzz.py` drives each with atheris.

A reader gives a value or diagnostics, or raises the one error that it is documented to raise. Anything else is a bug,
and goes through here as an exception. What was read goes on to what a command does with it next, since a value that no
later step can hold was not refused where it should have been. The tests drive the same functions with Hypothesis.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import pkgutil
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path
from random import Random

import fuzz_edits

import ccclauses
from ccclauses.amend.effect import Case, effect_of
from ccclauses.amend.evidence import Unreadable, gather
from ccclauses.amend.papers import papers
from ccclauses.amend.writing.document import Terms
from ccclauses.batch.plan import plan
from ccclauses.cli.new import _kept_answers as kept_answers
from ccclauses.common.workdays import WorkCalendar
from ccclauses.compare.annexes import annex_contents
from ccclauses.compare.contents import Contents
from ccclauses.compare.whole import compare_contents
from ccclauses.compose.annex import compose_annex
from ccclauses.compose.texts.markup import MarkupError, parse_markup, terms_of
from ccclauses.compose.texts.template import Scope, parse_template, render, render_all
from ccclauses.deals.edit import Change, save
from ccclauses.deals.folder import DealError, Deals
from ccclauses.deals.state import shown
from ccclauses.derive.obligations import date_obligations
from ccclauses.lint.engine import lint_annex, lint_library, lint_words
from ccclauses.linting import introduced
from ccclauses.load.answers import load_answers
from ccclauses.load.approvals import load_approvals_text
from ccclauses.load.document.located import MappingNode, decode, parse
from ccclauses.load.library.library import files_of, load_library
from ccclauses.load.profile.intake import profile_text, questions, understood
from ccclauses.load.profile.profile import load_profile_text
from ccclauses.load.spreadsheet.table import read_table
from ccclauses.load.styles import load_style_mapping
from ccclauses.model.annex import Annex
from ccclauses.model.diagnostic import Diagnostic, errors
from ccclauses.model.findings.review import Review
from ccclauses.model.library.library import Library
from ccclauses.model.profile import Profile
from ccclauses.ooxml.package.package import Package, check_comparable, read_package, write_package
from ccclauses.ooxml.package.parse import PackageError
from ccclauses.penalties import Charges, Term, read_events, read_ledger, read_option, calculate_credits
from ccclauses.penalties.ledger import Row
from ccclauses.pipeline import build_annex, house_style
from ccclauses.portfolio.filters import chosen, read_filter
from ccclauses.portfolio.holding import holding_of
from ccclauses.portfolio.index import INDEX, holdings
from ccclauses.read.word.docx import read_docx, read_views
from ccclauses.redline import redline
from ccclauses.report.performance.statement import write_statement_text
from ccclauses.report.portfolio import counts_said, write_portfolio_html, write_portfolio_table, write_portfolio_xlsx
from ccclauses.report.read_text import read_markdown, read_text
from ccclauses.report.review.review_html import write_review_html
from ccclauses.report.review.review_text import write_review_text
from ccclauses.resolve import resolve
from ccclauses.review.answer.answering import decide
from ccclauses.review.answer.respond import respond
from ccclauses.review.find.findings import review
from ccclauses.review.judge.agreed import agreed, profile_yaml
from ccclauses.review.judge.judging import judge_review
from ccclauses.review.judge.known import Known, known_from_annex, known_from_word
from ccclauses.review.rounds import history
from ccclauses.sides.word import document_contents
from ccclauses.write.data.annex_json import read_json, write_json
from ccclauses.write.word.docx import write_docx
from ccclauses.write.word.house_style import load_house_style

ROOT = Path(__file__).resolve().parent.parent
SMALL = ROOT / "tests" / "library"
PROFILE = ROOT / "tests" / "profiles" / "full.yaml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DAY = date(2026, 6, 1)
_NOW = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)
_TERM = Term(first=date(2026, 4, 1), last=date(2029, 3, 31))

READERS: dict[str, Callable[[bytes], None]] = {}
EDITS: dict[str, fuzz_edits.Edit | None] = {}  # what is made of a sound input, besides what atheris makes of bytes


def reader(edit: fuzz_edits.Edit | None) -> Callable[[Callable[[bytes], None]], Callable[[bytes], None]]:
    """A function of bytes that is driven, and how its inputs are spoiled."""

    def named(read: Callable[[bytes], None]) -> Callable[[bytes], None]:
        READERS[read.__name__], EDITS[read.__name__] = read, edit
        return read

    return named


def load_everything() -> None:
    """Load all of our modules now: what is loaded later is not watched, and what is loaded once costs no execution time."""
    for module in pkgutil.walk_packages(ccclauses.__path__, "ccclauses."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


# -- what the readers share ------------------------------------------------------------------------------------------


@functools.cache
def folder() -> Path:
    """A folder for the files of this process; it is used again, since to make one takes longer than many readers."""
    made = tempfile.TemporaryDirectory(prefix="ccclauses-fuzz-")
    _KEPT.append(made)
    return Path(made.name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []  # removed when the process ends


def _file(data: bytes, name: str) -> Path:
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _text(data: bytes) -> str | None:
    text, problems = decode(data, "fuzz")
    return None if problems else text


@functools.cache
def small_library() -> Library:
    """A library that is read quickly."""
    library, problems = load_library(SMALL)
    assert not errors(problems), problems
    return library


@functools.cache
def deal() -> tuple[Profile, Annex]:
    """A profile that uses every key, and its annex."""
    profile, problems = load_profile_text(PROFILE.read_text(encoding="utf-8"), str(PROFILE), small_library())
    assert profile, problems
    annex = _composed(profile, small_library())
    assert annex
    return profile, annex


@functools.cache
def sent() -> tuple[bytes, Package]:
    """A short annex as it goes to the other side: what is read of it takes time for each paragraph."""
    lines = PROFILE.read_text(encoding="utf-8").split("\n")
    text = "\n".join(line for line in lines if not line.startswith(("frameworks", "include")))
    text = text.replace("exclude: {", "exclude: {access: Not asked., card-data: Not asked., ")
    short, problems = load_profile_text(text, str(PROFILE), small_library())
    assert short, problems
    built, problems = build_annex(short, small_library(), template="legal")
    assert built, problems
    return built.data, read_package(built.data)


@functools.cache
def _known() -> Known:
    known = known_from_word(sent()[1], small_library(), "sent.docx")
    assert known
    return known


def _composed(profile: Profile, library: Library) -> Annex | None:
    resolution, _ = resolve(profile, library)
    return compose_annex(resolution)[0] if resolution else None


def _names_folders(text: str) -> bool:
    """Whether a profile names folders of clauses, which could be all of this machine."""
    root, _ = parse(text, "fuzz.yaml")
    return isinstance(root, MappingNode) and any(k.value == "libraries" and v.value for k, v in root.value)


# -- YAML ------------------------------------------------------------------------------------------------------------


@reader(fuzz_edits.text)
def yaml(data: bytes) -> None:
    """Any YAML."""
    text = _text(data)
    if text is not None:
        parse(text, "fuzz.yaml")


@reader(fuzz_edits.text)
def profile(data: bytes) -> None:
    """A profile next to one that it may build on, composed when it is sound."""
    text = _text(data)
    if text is None or _names_folders(text):
        return
    if not (folder() / "base.yaml").exists():
        _file(PROFILE.read_bytes(), "base.yaml")
    found, _ = load_profile_text(text, str(folder() / "fuzz.yaml"), small_library())
    if found:
        _composed(found, small_library())


@reader(fuzz_edits.text)
def base_profile(data: bytes) -> None:
    """A profile on which another one builds that says something of its lists and sections."""
    text = _text(data)
    if text is None or _names_folders(text):
        return
    _file(data, "house.yaml")
    found, _ = load_profile_text(_ON_A_BASE, str(folder() / "fuzz.yaml"), small_library())
    if found:
        _composed(found, small_library())


_ON_A_BASE = """extends: house.yaml
parties: {provider: {name: Other Ltd, country: GB}}
frameworks: [gdpr]
include: [records]
exclude: {card-data: Not asked.}
settings: {breach_notice: 12 hours}
"""


def _library(data: bytes, default: str, *, own: bool) -> None:
    """A library with `data` as one of its files: the one that a comment in the first line names, else `default`."""
    first = data.partition(b"\n")[0].decode("ascii", "replace").removeprefix("# ").strip()
    sound = folder() / "library"
    if not sound.exists():
        shutil.copytree(SMALL, sound)
    if own:
        path = _file(data, f"own/{Path(default).name}")
        library, problems = load_library(sound, path.parent)
    else:
        name = first if first in {file for file, _ in files_of(SMALL)} else default
        path = _file(data, f"library/{name}")
        try:
            library, problems = load_library(sound)
        finally:
            shutil.copy(SMALL / name, path)
    if errors(problems):
        return
    lint_library(library, [c for c in library.clauses.values() if c.at.file == str(path)])
    found, _ = load_profile_text(PROFILE.read_text(encoding="utf-8"), str(PROFILE), library)
    if found:
        _composed(found, library)


@reader(fuzz_edits.text)
def clause(data: bytes) -> None:
    """A clause file in a library; when it is sound, linted and composed."""
    _library(data, "security/breach.yaml", own=False)


@reader(fuzz_edits.text)
def own_clause(data: bytes) -> None:
    """A clause of a client's own folder, which may replace one of the library."""
    _library(data, "breach.yaml", own=True)


@reader(fuzz_edits.text)
def tables(data: bytes) -> None:
    """One of the tables of a library: laws, definitions, constraints, frame, facts, topics, postures, a framework."""
    _library(data, "definitions.yaml", own=False)


class _Anything(Scope):
    """Knows every name."""

    def truth(self, name: str) -> object:
        return name

    def printed(self, name: str, attribute: str) -> str:
        return f"\ue000{name}\x1f{attribute}\x1f\ue003"

    def call(self, function: str, argument: str) -> object:
        return f"\ue001{argument}\ue003"

    def names(self) -> dict[str, object]:
        return {}

    def include(self, name: str) -> None:
        return None


_TERMS = terms_of((("Incident", ()), ("Client Data", ("data of the Client",))))


@reader(fuzz_edits.text)
def template(data: bytes) -> None:
    """A clause's text: template, then markup."""
    text = _text(data)
    if text is None or parse(f"text: |\n{text}", "f")[1] and any("\ue000" <= c <= "\uf8ff" for c in text):
        return
    found, _ = parse_template(text, "fuzz.yaml", 1)
    if found is None:
        return
    for rendered in (render(found, _Anything())[0], render_all(found, _Anything())):
        try:
            parse_markup(rendered, _TERMS)
        except MarkupError:
            pass


@reader(fuzz_edits.text)
def approvals(data: bytes) -> None:
    """The record of approvals."""
    text = _text(data)
    if text is not None:
        load_approvals_text(text, "approvals.yaml")


@functools.cache
def _returned() -> Package:
    """The annex of `sent` with some words changed by the other side."""
    parts = dict(sent()[1].parts)
    main = "word/document.xml"
    parts[main] = parts[main].replace(b"Provider shall", b"Provider may").replace(b"hours", b"days")
    return read_package(write_package(parts))


@reader(fuzz_edits.text)
def answers(data: bytes) -> None:
    """Answers to the findings of a review, and the file that answers with them."""
    judged = _judged()
    given, policy, problems = load_answers(_file(data, "answers.yaml"), judged.findings)
    if not errors(problems) and given:
        made, _ = respond(sent()[1], _returned(), judged, decide(judged, policy, given), author="Client", date=_NOW)
        write_package(made.parts)


@functools.cache
def _judged() -> Review:
    return judge_review(review(sent()[1], _returned()), _known())


@reader(fuzz_edits.text)
def style_map(data: bytes) -> None:
    """Which style of a house style serves which role."""
    mapping, places, problems = load_style_mapping(_file(data, "styles.yaml"))
    if mapping is not None and not errors(problems):
        load_house_style(read_package(ROOT / "templates" / "legal.docx"), mapping, file="legal.docx", places=places)


@reader(fuzz_edits.text)
def edit(data: bytes) -> None:
    """A profile that is changed value by value, and what its deal then comes to."""
    text = _text(data)
    if text is None:
        return
    deal_ = Deals(folder() / "edited").new("fuzz", text)
    with suppress(DealError):
        save(
            deal_,
            [Change("facts.seats", "13"), Change("parties.client.name", "A: b # c"), Change("sites", ({"name": "x"},))],
        )
        shown(deal_)


@reader(fuzz_edits.text)
def page(data: bytes) -> None:
    """What a browser sends: a path, then a field a line as `name=value`."""
    path, *lines = data.decode("utf-8", "replace").split("\n")
    fields: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition("=")
        fields.setdefault(name, []).append(value)
    browser = _browser()
    token = browser.application.extensions["token"]
    browser.post(f"/{path.strip().lstrip('/')}", data={**fields, "token": token})


@functools.cache
def _browser():
    from ccclauses.web.app import create_app

    app = create_app(folder() / "deals", hosts=["localhost"], examples=ROOT / "examples")
    Deals(folder() / "deals").new("fuzz", PROFILE.read_text(encoding="utf-8"))
    app.testing = True  # an exception goes through
    return app.test_client()


# -- JSON ------------------------------------------------------------------------------------------------------------


@reader(fuzz_edits.tree)
def annex(data: bytes) -> None:
    """An annex as JSON: compared, linted, written, and known as what was sent."""
    text = _text(data)
    found, _ = read_json(text, "fuzz.json") if text is not None else (None, [])
    if found is None:
        return
    ours = deal()[1]
    if found != ours:
        compare_contents(annex_contents(ours), annex_contents(found), names=("a", "b"))
        lint_annex(found, "fuzz.json")
        for start in (_DAY, found.date):
            date_obligations(found, start)
        style, _ = house_style("legal", deal()[0], None)
        assert style
        write_docx(found, style)
        resolve(known_from_annex(found, small_library(), "fuzz.json").profile, small_library())


@reader(fuzz_edits.tree)
def rounds(data: bytes) -> None:
    """The index of a negotiation folder, and the history that it tells."""
    kept = folder() / "rounds"
    if not kept.exists():
        for name, paper in ROUNDS.items():
            _file(paper, f"rounds/{name}")
    history(_file(data, "rounds/rounds.json").parent, small_library())


@reader(fuzz_edits.tree)
def manifest(data: bytes) -> None:
    """What a batch has noted of its files, next to an annex that is to be amended."""
    _file(sent()[0], "signed/annex.docx")
    _file(data, "signed/manifest.json")
    for paper in papers(folder() / "signed", folder() / "out"):
        try:
            gather(paper, small_library(), PROFILE)
        except Unreadable:
            pass


@reader(fuzz_edits.tree)
def intake(data: bytes) -> None:
    """The answers of a half-answered intake, and the profile that they make."""
    import click

    library, today = small_library(), _DAY.isoformat()
    asked = questions(library, today)
    try:
        given = kept_answers(
            _file(data, ".deal.yaml.answers.json"), asked, lambda q, a, known: understood(q, a, known, library, today)
        )
    except click.UsageError:
        return
    for question in asked:
        given.setdefault(question.name, question.propose(given))
    if all(given[q.name] or q.optional for q in asked):
        found, problems = load_profile_text(profile_text(given, library), "fuzz.yaml", library)
        assert found or errors(problems)


@reader(fuzz_edits.base)
def index(data: bytes) -> None:
    """The index of a portfolio, and what is written of it."""
    paper = folder() / "portfolio" / "annex.docx"
    if not paper.exists():
        _file(word_file(PLAIN), "portfolio/annex.docx")
    _file(data, f"portfolio/{INDEX}")
    found, _ = holdings(paper.parent, small_library(), _DAY)
    for filter_ in ("supplier ~ x", "breach_notice > 4 hours", "gdpr < all", "breach >= 2", "month > GBP 1"):
        asked, _ = read_filter(filter_, small_library())
        assert asked
        chosen(found, [asked])
    write_portfolio_table(found, 100, counts_said(found))
    write_portfolio_html(found, "Portfolio", counts_said(found))
    write_portfolio_xlsx(found, "Portfolio", _DAY)


# -- tables ----------------------------------------------------------------------------------------------------------


def _reckoned(rows: list[Row], problems: list[Diagnostic]) -> None:
    ours = deal()[1]
    if errors(problems):
        return
    work = WorkCalendar(place=ours.calendar, time_zone=ours.time_zone)
    events, problems = read_events(rows, ours, work, as_of=_NOW, term=_TERM)
    if errors(problems):
        return
    charges = Charges(by_month={}, usual=Decimal(240_000), term=_TERM, currency=ours.currency)
    statement, _ = calculate_credits(ours, events, charges, as_of=_NOW, law_name="the law")
    if statement:
        write_statement_text(statement)


@reader(fuzz_edits.table)
def events_csv(data: bytes) -> None:
    """A ledger of events as CSV, and the credits that are due."""
    _reckoned(*read_ledger(_file(data, "events.csv")))


@reader(fuzz_edits.text)
def events_yaml(data: bytes) -> None:
    """A ledger of events as YAML or JSON, and the credits that are due."""
    _reckoned(*read_ledger(_file(data, "events.yaml")))


@reader(fuzz_edits.package)
def events_xlsx(data: bytes) -> None:
    """A ledger of events as a workbook, and the credits that are due."""
    _reckoned(*read_ledger(_file(data, "events.xlsx")))


@reader(fuzz_edits.text)
def event_option(data: bytes) -> None:
    """An event on the command line."""
    text = _text(data)
    if text is not None and "=" in text:
        _reckoned(*read_option(text, 1))


def _planned(path: Path) -> None:
    found, _ = read_table(path)
    if found:
        plan(replace(found, rows=found.rows[:20]), PROFILE, {}, small_library())


@reader(fuzz_edits.table)
def suppliers(data: bytes) -> None:
    """A table of suppliers as CSV, each row made a profile on a base."""
    _planned(_file(data, "suppliers.csv"))


@reader(fuzz_edits.package)
def suppliers_xlsx(data: bytes) -> None:
    """A table of suppliers as a workbook."""
    _planned(_file(data, "suppliers.xlsx"))


# -- Word ------------------------------------------------------------------------------------------------------------


def word_file(document: bytes, **more: bytes) -> bytes:
    """A Word file of a main part and others next to it, such as `styles`."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    packaged = "http://schemas.openxmlformats.org/package/2006"
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/{name.rstrip("1")}" Target="{name}.xml"/>'
        for n, name in enumerate(more, 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.'
        'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kinds}document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packaged}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{packaged}/relationships">{rows}</Relationships>',
        **{f"word/{name}.xml": part for name, part in more.items()},
    }
    return write_package({name: part.encode() if isinstance(part, str) else part for name, part in parts.items()})


PLAIN = (
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>The Provider shall notify within 24 hours.</w:t></w:r></w:p>'
    "</w:body></w:document>"
).encode()
ROUNDS = {
    "01-sent.docx": word_file(PLAIN),
    "01-returned.docx": word_file(PLAIN.replace(b"24", b"48")),
    "02-sent.docx": word_file(PLAIN.replace(b"24", b"36")),
}
ROUND_SUMS = {name: hashlib.sha256(data).hexdigest() for name, data in ROUNDS.items()}


def _read(data: bytes) -> Package | None:
    try:
        package = read_package(data)
        check_comparable(package)
    except PackageError:
        return None
    return package


@reader(fuzz_edits.package)
def word(data: bytes) -> None:
    """A Word file: read in every view, linted, reviewed, redlined both ways."""
    plain, other = _plain(), _read(data)
    if other is None:
        return
    try:
        for view in read_views(other).values():
            read_text(view)
            read_markdown(view)
            lint_words([(p.number, p.text, bool(p.heading)) for p in view.paragraphs()], "fuzz.docx")
        write_review_text(review(plain, other))
        for before, after in ((plain, other), (other, plain)):
            write_package(redline(before, after, date=_NOW).package.parts)
    except PackageError:
        pass


@functools.cache
def _plain() -> Package:
    return read_package(word_file(PLAIN))


@reader(fuzz_edits.package)
def pair(data: bytes) -> None:
    """A Word file against what a few edits make of it, so that both sides are odd and have much in common."""
    made = fuzz_edits.edited(data, fuzz_edits.package, Random(hashlib.sha256(data).digest()), ())
    before, after = _read(data), _read(made)
    if before is None or after is None:
        return
    try:
        found = review(before, after)
        write_review_html(found)
        respond(before, after, found, decide(found, "hold"), author="Client", date=_NOW)
        write_package(redline(before, after, date=_NOW).package.parts)
    except PackageError:
        pass


@reader(None)
def tree(data: bytes) -> None:
    """A Word file whose body is spelled by bytes: always well-formed, hardly ever sensible."""
    out: list[str] = []
    opened: list[str] = []
    for at in range(0, min(len(data) - 3, 4000), 4):
        what, name, attribute, value = data[at : at + 4]
        marked = fuzz_edits.MARKS[value % len(fuzz_edits.MARKS)]
        if what % 4 == 0 and opened:
            out.append(f"</w:{opened.pop()}>")
        elif what % 4 == 1 and opened and opened[-1] in ("t", "delText", "instrText"):
            out.append(marked)
        elif len(opened) < 30:
            opened.append(fuzz_edits.NAMES[name % len(fuzz_edits.NAMES)])
            attributes = fuzz_edits.ATTRIBUTES
            out.append(f'<w:{opened[-1]} w:{attributes[attribute % len(attributes)]}="{marked}">')
    out += [f"</w:{name}>" for name in reversed(opened)]
    word(word_file(f'<w:document xmlns:w="{W}"><w:body>{"".join(out)}<w:sectPr/></w:body></w:document>'.encode()))


@reader(fuzz_edits.package)
def returned(data: bytes) -> None:
    """An annex that comes back: reviewed, judged and answered."""
    back = _read(data)
    if back is None:
        return
    try:
        ours, theirs = _known().document, read_docx(back, name="back.docx")
        assert ours
        judged = judge_review(review(sent()[1], back), _known())
        write_review_html(replace(judged, lint=introduced(ours, theirs)))
        made, _ = respond(sent()[1], back, judged, decide(judged, "accept-fallbacks"), author="Client", date=_NOW)
        write_package(made.parts)
    except PackageError:
        pass


@reader(fuzz_edits.package)
def signed(data: bytes) -> None:
    """An annex that comes back signed: what was agreed, its dates, what it changes, and its place in a portfolio."""
    back = _read(data)
    if back is None:
        return
    try:
        accepted = judge_review(review(sent()[1], back, read_as="accepted"), _known())
        found = agreed(accepted, _known(), back, name="back.docx")
        if found:
            write_json(found.annex)
            text = profile_yaml(found, PROFILE.name, "sent.docx", "back.docx")
            load_profile_text(text, str(PROFILE.with_name("back.yaml")), small_library())
            date_obligations(found.annex, _DAY)
        contents = document_contents(read_docx(back, name="back.docx"))
        compare_contents(_sent_contents(), contents, names=("a", "b"))
        holding_of(data, "back.docx", small_library(), _DAY)
        known_from_word(back, small_library(), "back.docx")
    except PackageError:
        pass


@functools.cache
def _sent_contents() -> Contents:
    return document_contents(read_docx(sent()[1], name="sent.docx"))


@reader(fuzz_edits.package)
def amended(data: bytes) -> None:
    """A signed annex that a new library is to amend: amendment, redline and consolidated annex."""
    _file(data, "amend/annex.docx")
    case = Case(old=small_library(), new=_new_library(), base=None, template="legal", terms=Terms(day=_DAY))
    for paper in papers(folder() / "amend", folder() / "out"):
        effect_of(paper, case)


@functools.cache
def _new_library() -> Library:
    """The library with other words in a clause of the annex that was sent."""
    clause = (SMALL / "security" / "breach.yaml").read_text(encoding="utf-8")
    reworded = clause.replace("tell nobody else", "tell nobody").replace("standard: 24 hours", "standard: 12 hours")
    own = _file(f"extends: breach\n{reworded}".encode(), "new/breach.yaml").parent
    library, problems = load_library(SMALL, own)
    assert not errors(problems), problems
    return library


@reader(fuzz_edits.package)
def house_styles(data: bytes) -> None:
    """A Word file as the house style of an annex."""
    try:
        style, problems = load_house_style(read_package(data))
        if not errors(problems):
            read_package(write_docx(deal()[1], style))
    except PackageError:
        pass


# -- words -----------------------------------------------------------------------------------------------------------


@reader(fuzz_edits.text)
def contract(data: bytes) -> None:
    """The words of any contract, linted."""
    lines = data.decode("utf-8", "replace").split("\n")
    lint_words([("", line, line.startswith("#")) for line in lines], "fuzz.txt")

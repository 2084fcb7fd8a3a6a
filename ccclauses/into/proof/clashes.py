"""What an agreement and the annex in it say otherwise. It is reported with both places, and never rewritten: that is law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ...compare.contents import tidy_text
from ...model.annex import Annex, plain_text
from ...model.diagnostic import Diagnostic, Position, Severity
from ...model.profile import Resolution
from ...model.words.plurals import plural
from ...model.words.words import MONTHS, PARTY_TERMS
from ...read.word.document import ReadRow
from ..host.host import Host, paragraphs_of, shown
from ..host.place import Place

_DEFINED = re.compile(
    r"[“\"„](?P<term>[^“”\"„]{2,60})[”\"“]\s*(?:,\s*[^,]{1,40},\s*)?(?P<means>(?:shall )?means?\b|has the meaning\b|is defined\b|:|refers to\b)"
)
_MEANS = r"(?:shall )?means?\b|has the meaning\b|refers to\b"
_IN_BRACKETS = re.compile(r"\((?:[^()“\"]{0,40}\s)?[“\"](?P<term>[A-Z][^“”\"]{1,40})[”\"](?:[^()]{0,40})\)")
_PRECEDENCE = re.compile(
    r"\b(?:prevails?|(?:takes?|ha(?:s|ve)) (?:precedence|priority)|order of (?:precedence|priority)|shall govern in the event|(?:conflict|inconsistenc\w+) between)\b",
    re.I,
)
_ENTIRE = re.compile(
    r"\bentire agreement\b|\b(?:whole|entire) (?:agreement|understanding) (?:between|of)\b|\bis the whole agreement\b",
    re.I,
)
_LAW = re.compile(
    r"\b(?:governed by|(?:construed|interpreted) (?:in accordance with|under))\b.{0,80}?\blaws? of (?P<law>(?:the )?(?:(?:State|Province|Republic|Kingdom) of )?[A-Z][\w’' ]+?(?: and [A-Z][\w]+)?)(?=[,.;:()]|\s+(?:and|without|excluding|shall|applicable|as)\b|$)"
)
_LIABILITY = re.compile(
    r"\b(?:aggregate|total|maximum|entire)\b[^.]{0,60}\bliabilit\w+|\bliabilit\w+\b[^.]{0,80}\b(?:limited to|not exceed|capped)\b|\blimitation of liability\b",
    re.I,
)
_DATED = re.compile(
    r"\b(?:dated|made on|made as of|effective(?: as of)?|entered into on)\s+(?P<date>(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+day\s+of)?\s+[A-Z][a-z]+,?\s+\d{4}|[A-Z][a-z]+\s+\d{1,2},\s+\d{4})",
    re.I,
)
_SIGNED = re.compile(r"\b(?:signed by|in witness whereof|executed as a deed|signature)\b", re.I)
_SHOWN = 90  # characters of a text that a line quotes


def clashes(
    host: Host, place: Place, annex: Annex, resolution: Resolution, name: str, *, signatures: bool
) -> list[Diagnostic]:
    """What both say otherwise, in the order of a lawyer's questions: parties, date, terms, precedence, law, liability."""
    found = _Found(host, place, annex, resolution)
    at = Position(file=name)
    lines = [*found.parties(), *found.agreement(), *found.terms(), *found.rules()]
    if signatures:
        lines += found.signatures()
    return [
        Diagnostic(rule=rule, message=message, at=at, severity=Severity.WARNING, hint=hint)
        for rule, message, hint in lines
    ]


class _Found:
    """The agreement's paragraphs outside of what the annex replaces, each with the number of its clause."""

    def __init__(self, host: Host, place: Place, annex: Annex, resolution: Resolution) -> None:
        self.annex, self.resolution, self.profile = annex, resolution, resolution.profile
        self.lines = [(number, text) for at, number, text in _lines(host) if not place.gone <= at < place.seam]
        self.rows = [(number, text) for at, number, text in _rows(host) if not place.gone <= at < place.seam]
        self.all = " ".join([text for _, text in self.lines] + [shown(p) for p in (*host.stories, *host.boxes)])
        self.plain = tidy_text(self.all).casefold()

    def parties(self) -> Iterator[tuple[str, str, str]]:
        """Parties that the agreement doesn't name, and what it calls those that it does."""
        for role, company in (("client", self.annex.client), ("provider", self.annex.provider)):
            ours = PARTY_TERMS[role == "provider"]
            ours = self.profile.terms.get(ours, ours)
            if tidy_text(company.name).casefold() not in self.plain:
                yield "party-not-named", f"the agreement does not name the {ours} of the annex, {company.name}", ""
                continue
            theirs = self._called(company.name)
            if theirs and theirs != ours:
                old = PARTY_TERMS[role == "provider"]
                hint = f"write `terms: {{{old}: {theirs}}}` in the profile to have the annex say so too"
                yield "party-term", f"the agreement calls {company.name} “{theirs}”, and the annex “{ours}”", hint

    def _called(self, name: str) -> str:
        """The term that an agreement defines for a party right after its name."""
        for _, text in self.lines:
            at = text.casefold().find(name.casefold())
            if at >= 0:
                rest = text[at + len(name) : at + len(name) + 400]
                found = _IN_BRACKETS.search(rest)
                if found and not re.search(r"\b(?:and|between)\s*$", rest[: found.start()]):
                    return re.sub(r"^the\s+", "", found["term"], flags=re.I)
        return ""

    def agreement(self) -> Iterator[tuple[str, str, str]]:
        """Its date and its reference, where the annex states others."""
        profile = self.profile
        day = profile.agreement_date
        if day and not any(tidy_text(w).casefold() in self.plain for w in _written(day)):
            own = next(((n, m["date"]) for n, text in self.lines if (m := _DATED.search(text))), None)
            said = f"the agreement is dated {own[1]}{_at(own[0])}" if own else "the agreement does not state that date"
            yield (
                "agreement-date",
                f"the annex says that the agreement is of {day.day} {MONTHS[day.month - 1]} {day.year}; {said}",
                "",
            )
        if profile.agreement_reference and tidy_text(profile.agreement_reference).casefold() not in self.plain:
            yield (
                "agreement-reference",
                f"the reference {profile.agreement_reference} that the annex gives for the agreement is not in it",
                "",
            )
        if profile.agreement and tidy_text(profile.agreement).casefold() not in self.plain:
            yield (
                "agreement-title",
                f"the annex calls the agreement “{profile.agreement}”, which the agreement nowhere says",
                "",
            )

    def terms(self) -> Iterator[tuple[str, str, str]]:
        """Terms that both define, in other words."""
        own = {d.term.casefold(): (d.term, tidy_text(plain_text(d.inlines))) for d in self.annex.definitions}
        own |= {plural(d.term, 2).casefold(): own[d.term.casefold()] for d in self.annex.definitions}
        told: set[str] = set()
        # in bold, say, without quotation marks, at the beginning of a line
        plain = re.compile(rf"^\W*(?:the term )?(?P<term>{'|'.join(map(re.escape, own))})\s+(?P<means>{_MEANS})", re.I)
        for number, text in [*self.lines, *self.rows]:
            for match in [*_DEFINED.finditer(text), *_IN_BRACKETS.finditer(text), *plain.finditer(text)]:
                term = re.sub(r"^the\s+", "", match["term"], flags=re.I)
                known = own.get(term.casefold())
                if known is None or known[0] in told:
                    continue
                theirs = tidy_text(text[match.end() :]) if "means" in match.groupdict() else tidy_text(text)
                mine = re.sub(r"^(?:means?|has the meaning)\b\s*", "", known[1])
                if theirs.rstrip(".") == mine.rstrip("."):
                    continue
                told.add(known[0])
                hint = "decide which applies: take the definition out of one of them, or give the annex's term another name with `terms:`"
                yield (
                    "term-twice",
                    f"“{known[0]}” is defined{_at(number)} of the agreement (“{_short(theirs)}”) and otherwise in the annex (“{_short(mine)}”)",
                    hint,
                )

    def rules(self) -> Iterator[tuple[str, str, str]]:
        """Precedence, entire agreement, governing law and liability."""
        first = self._first(_PRECEDENCE)
        if first:
            yield (
                "two-precedences",
                f"the agreement rules on precedence{_at(first[0])} (“{_short(first[1])}”), and so does the annex",
                "say which of the two applies",
            )
        entire = self._first(_ENTIRE)
        if entire:
            yield (
                "entire-agreement",
                f"the agreement has a clause on the entire agreement{_at(entire[0])}; see that it takes in the annex",
                "",
            )
        law = self.resolution.law
        for number, text in self.lines:
            match = _LAW.search(text)
            if match and _bare(match["law"]) not in _bare(law.name) and _bare(law.name) not in _bare(match["law"]):
                yield (
                    "governing-law",
                    f"the agreement is governed by the law of {match['law'].strip()}{_at(number)}, and the annex is drafted for {law.name}",
                    "",
                )
                break
        cap = self._first(_LIABILITY)
        if cap:
            yield (
                "liability",
                f"the agreement limits liability{_at(cap[0])} (“{_short(cap[1])}”); check it against the credits and the liability in the annex",
                "",
            )

    def signatures(self) -> Iterator[tuple[str, str, str]]:
        """A second place to sign."""
        found = self._first(_SIGNED)
        if found and self.annex.signatures:
            yield (
                "two-signatures",
                f"the agreement is signed{_at(found[0])} (“{_short(found[1])}”), and the annex has signatures of its own",
                "",
            )

    def _first(self, pattern: re.Pattern[str]) -> tuple[str, str] | None:
        return next(((number, text) for number, text in self.lines if pattern.search(text)), None)


def _lines(host: Host) -> Iterator[tuple[int, str, str]]:
    """Block, number and words of each paragraph; one without a number is named by the heading above it."""
    above = ""
    headings = {h.block: h.text for h in host.headings}
    for at, read in enumerate(host.read):
        above = headings.get(at, above)
        for paragraph in (p for block in read for p in paragraphs_of(block)):
            if (text := " ".join(shown(paragraph).split())) and not paragraph.contents:
                yield at, paragraph.full_number.rstrip(".") or above, text


def _rows(host: Host) -> Iterator[tuple[int, str, str]]:
    """Block, place and words of each row of a table that may define a term: the term, and what it means next to it."""
    above = ""
    headings = {h.block: h.text for h in host.headings}
    for at, read in enumerate(host.read):
        above = headings.get(at, above)
        for row in (b for b in read if isinstance(b, ReadRow) and len(b.cells) > 1):
            term, meaning = (" ".join(" ".join(map(shown, cell)).split()) for cell in row.cells[:2])
            if re.match(_MEANS, meaning):
                yield at, above, f"{term} {meaning}"
            elif term[:1] in '“"„' and meaning[:1].islower():
                yield at, above, f"{term} means {meaning}"


def _at(number: str) -> str:
    return f" in {number}" if number and not number[:1].isdigit() else f" in clause {number}" if number else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def _bare(law: str) -> str:
    """The name of a law by its place alone."""
    return (
        re.sub(r"\b(?:the|laws?|of|state|province|republic|kingdom|federal)\b|[^\w\s]", " ", law.casefold())
        .strip()
        .replace("  ", " ")
    )


def _written(day: date) -> tuple[str, ...]:
    """The ways in which a contract writes a day."""
    month = MONTHS[day.month - 1]
    suffix = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return (
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day.day}{suffix} {month} {day.year}",
        f"{day.day}{suffix} day of {month} {day.year}", f"{day.day}{suffix} day of {month}, {day.year}", day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}", f"{day.day}.{day.month}.{day.year}", f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.month:02}/{day.day:02}/{day.year}", f"{day.day:02} {month} {day.year}",
    )  # fmt: skip

"""The value that a sentence states: number and unit, the words it is near, when its clock starts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.findings.assessment import Stated, ValueCue

_PERIOD = re.compile(
    r"(?<![\w.,$£€-])(?P<n>\d{1,4}(?:[.,]\d+)?)(?:\s*-\s*|\s+|\s*)(?:(?P<b>business|working|banking)[ -]+|(?:calendar|consecutive|full|clear|additional)[ -]+)?(?P<u>minute|hour|hr|day|week|month|year|quarter)s?\b(?!\s*(?:per|a|/)\s*(?:day|week)|-per|\s*increments)"
)
_RHYTHM: tuple[tuple[re.Pattern[str], float, str], ...] = tuple(
    (re.compile(p), n, u)
    for p, n, u in (
        (
            r"\b(?:semi-?\s?annual(?:ly)?|bi-?annual(?:ly)?|twice (?:a|per|each|every) year|half-?yearly|twice annually)\b",
            6,
            "months",
        ),
        (r"\b(?:each|every|per|a) 6 months\b", 6, "months"),
        (
            r"\b(?:annual(?:ly)?|yearly|once (?:a|per|each|every|in (?:a|any|each)) (?:calendar |contract |12-month |12 month )?(?:year|period)|(?:each|every|per) (?:calendar |contract |successive |consecutive )?year|per annum|at least once (?:a|per|each) year|once every 12 months|1 time (?:a|per) year)\b",
            12,
            "months",
        ),
        (
            r"\b(?:quarterly|every quarter|each quarter|once (?:a|per|each|every) (?:calendar )?quarter|per quarter)\b",
            3,
            "months",
        ),
        (r"\b(?:monthly|every month|each month|once (?:a|per) month|per month)\b", 1, "months"),
        (r"\b(?:weekly|every week|each week|once a week)\b", 7, "days"),
        (r"\b(?:daily|every day|each day|nightly)\b", 1, "days"),
    )
)
_RECURS = re.compile(
    r"(?:\b(?:every|each|any|per|once in|once during|within each|in each|at least|less than|exceed(?:s|ing)?|intervals of|greater than|longer than|not more than|more than once in)"
    r"(?: (?:a|the|consecutive|rolling|successive|calendar|once|of|every|in))*|\b(?:a|an))[ -]*$"
)
_RATE: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(p), n)
    for p, n in (
        (r"\b(?:twice|2 times|2 audits?)\b[^.]{0,40}?\b(?:year|annually|12[ -]month|12 months)", 2),
        (r"\b(?:twice|2 times) (?:a|per|each|in any) ", 2),
        (r"\b(?:semi-?annual(?:ly)?)\b", 2),
        (r"\b(?:quarterly|once (?:a|per|each|every) (?:calendar )?quarter)\b", 4),
        (
            r"\b(?:once|1 time|1 (?:\w+ ){0,3}?(?:audit|inspection|request|assessment)|1 (?:such )?\w+)\b[^.]{0,60}?\b(?:every|each|in any|in|per) (?:consecutive |rolling )?(?:2 years|24[ -]months?)",
            0.5,
        ),
        (
            r"\b(?:once|1 time|1 (?:\w+ ){0,3}?(?:audit|inspection|request|assessment)|1)\b[^.]{0,60}?\b(?:year|annually|annum|12[ -]month|12 months|12-month)",
            1,
        ),
        (r"\b(?:annual(?:ly)?|yearly|each year|every year|per year|per annum|every 12 months)\b", 1),
    )
)
_MONEY = re.compile(
    r"(?:usd|us\$|\$|eur|€|gbp|£|cad|aud)\s?(?P<n>\d[\d,.]*)\s?(?P<m>million|m\b|mm\b|k\b|thousand)?|(?P<n2>\d[\d,.]*)\s?(?P<m2>million|thousand)?\s?(?:us )?(?:dollars|euros?|pounds|usd|eur|gbp)"
)
_PERCENT = re.compile(r"(?P<n>\d{1,3}(?:\.\d+)?)\s?(?:%|percent|per cent)")
_CLOCKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("confirmation", r"\bconfirm\w*|\bdetermin\w+ that|\bverif\w+"),
        ("discovery", r"\bdiscover\w*|\bdetect\w*|\bidentif\w+"),
        ("awareness", r"\baware\w*|\bknowledge|\blearn\w*|\bsuspect\w*"),
        ("occurrence", r"\boccurr?(?:ence|ed|s)?\b"),
        ("resolution", r"\bresol(?:ution|ved)|\bclosure"),
        ("request", r"\brequest\w*|\bdemand"),
        ("the end of the services", r"\bterminat\w+|\bexpir\w+|\bend of|\bcessation|\bcancel\w+|\bcompletion"),
        ("receipt", r"\breceipt|\breceiv\w+"),
        ("notice", r"\bnoti(?:ce|fication)"),
    )
)


def value_of(cue: ValueCue, text: str, context: str = "") -> Stated | None:
    """The value that a sentence states for a question; of several the one nearest to its words."""
    found = list(_candidates(cue, text))
    if not found:
        return None
    if cue.near:
        anchors = [(m.start(), m.end()) for p in cue.near for m in p.regex.finditer(text)]
        if not anchors:
            return None if not any(p.regex.search(context) for p in cue.near) else found[0][2]
        found.sort(key=lambda f: min(_gap(f, a) for a in anchors))
        if min(_gap(found[0], a) for a in anchors) > 160:
            return None
    return found[0][2]


def _gap(found: tuple[int, int, Stated], anchor: tuple[int, int]) -> int:
    return max(found[0] - anchor[1], anchor[0] - found[1], 0)


def _candidates(cue: ValueCue, text: str) -> Iterator[tuple[int, int, Stated]]:
    for start, end, stated in _raw(cue, text):
        around = text[max(0, start - 45) : end + 18]
        if not any(p.regex.search(around) for p in cue.avoid):
            yield start, end, stated


def _raw(cue: ValueCue, text: str) -> Iterator[tuple[int, int, Stated]]:
    if cue.kind in ("period", "interval"):
        for match in _PERIOD.finditer(text):
            if cue.kind == "interval" and not _RECURS.search(text, max(0, match.start() - 40), match.start()):
                continue
            unit = "business_days" if match["b"] else {"hr": "hour"}.get(match["u"], match["u"]) + "s"
            number = float(match["n"].replace(",", "."))
            stated = Stated(text=_words(match["n"], unit), number=number, unit=unit, clock=_clock(text, match.end()))
            yield match.start(), match.end(), stated
        for pattern, number, unit in _RHYTHM if cue.kind == "interval" else ():
            for match in pattern.finditer(text):
                yield match.start(), match.end(), Stated(text=_words(f"{number:g}", unit), number=number, unit=unit)
    elif cue.kind == "rate":
        for pattern, number in _RATE:
            once = pattern.search(text)
            if once:
                yield once.start(), once.end(), Stated(text=f"{number:g} per year", number=number, unit="per_year")
                return
    elif cue.kind == "money":
        for match in _MONEY.finditer(text):
            raw, more = (match["n"] or match["n2"]).rstrip(".,"), match["m"] or match["m2"] or ""
            try:
                number = float(raw.replace(",", ""))
            except ValueError:
                continue
            number *= 1_000_000 if more.startswith("m") else 1000 if more else 1
            yield match.start(), match.end(), Stated(text=match[0], number=number, unit="money")
    elif cue.kind == "percent":
        for match in _PERCENT.finditer(text):
            yield match.start(), match.end(), Stated(text=match[0], number=float(match["n"]), unit="percent")
    for named, name in cue.names:
        for match in named.regex.finditer(text):
            yield match.start(), match.end(), Stated(text=name)


def _words(number: str, unit: str) -> str:
    name = unit.replace("_", " ")
    return f"{number} {name[:-1] if number == '1' else name}"


def _clock(text: str, end: int) -> str:
    """What starts the period that ends at `end`: the first start named after it."""
    after = re.match(
        r"\s*(?:of|after|following|from|upon|prior to|before|since|on|in advance of)\b(.{0,80})", text[end:]
    )
    if not after:
        return ""
    hits = [(m.start(), name) for name, pattern in _CLOCKS if (m := pattern.search(after[1]))]
    return min(hits)[1] if hits else ""

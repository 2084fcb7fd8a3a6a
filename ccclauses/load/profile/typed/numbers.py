"""Numbers as people write them: digits grouped in any country's way, words, and both with "k" or "million" behind."""

from __future__ import annotations

import re
from decimal import Decimal

from ....model.words.quantity import plain
from .reading import Habits, Meant, Typed, several, tidy, unread

_UNITS = {
    word: number
    for number, words in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split()
    )
    for word in [words]
} | {"a": 1, "an": 1, "no": 0, "nil": 0, "none": 0}
_TENS = {w: n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_SCALES = {
    "hundred": 100, "thousand": 10**3, "thousands": 10**3, "k": 10**3, "tsd": 10**3, "grand": 10**3, "dozen": 12,
    "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "million": 10**6, "millions": 10**6, "m": 10**6, "mn": 10**6,
    "mio": 10**6, "mln": 10**6, "crore": 10**7, "crores": 10**7, "cr": 10**7, "billion": 10**9, "bn": 10**9,
}  # fmt: skip
VAGUE = re.compile(
    r"\b(?:about|approx\w*|around|circa|ca|roughly|nearly|almost|some|up to|at least|at most|over|under|more than|less than|"
    r"between|maximum|minimum|max|min|tbc|tbd|or so|or more|plus)\b\.?|[~<>±≈≤≥+?]|\d\s*-\s*\d|\d\s+to\s+\d|\d/\d",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?P<sign>[,. '])\d{3}(?:(?P=sign)\d{3})*")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_LONGEST = 60


def values(text: str, *, decimals: int = 2) -> tuple[Decimal, ...]:
    """Each number that a text may represent, the likeliest first; none for a text that is not a number.

    `decimals` are the places that such a number usually has: "1.500" is one thousand five hundred, or one and a half, where
    it has two; with none it is a thousand and more, with three it is a fraction.
    """
    text = tidy(text).lower().replace("½", "1/2")
    if not text or len(text) > _LONGEST:
        return ()
    match = re.fullmatch(r"(?P<number>\d[\d., ']*?)\s?(?P<scale>[a-z]+)?", text)
    if not match or (match["scale"] and match["scale"].rstrip(".") not in _SCALES):
        worded = _in_words(text)
        return () if worded is None else (Decimal(worded),)
    scale = _SCALES[match["scale"].rstrip(".")] if match["scale"] else 1
    found = _in_digits(match["number"], 2 if scale > 1 else decimals)
    if scale > 1 and len(found) > 1:
        found = found[1:]  # nobody writes 1.500k for one and a half million
    return tuple(number * scale for number in found)


def _in_digits(text: str, decimals: int) -> tuple[Decimal, ...]:
    if len(re.sub(r"\D", "", text)) > 15:
        return ()
    if text.isdigit():
        return (Decimal(text),)
    match = re.fullmatch(r"(?P<whole>.+)(?P<sign>[.,])(?P<rest>\d+)", text)
    whole = match["whole"] if match else ""
    if match and match["sign"] not in whole:
        head = _ungrouped(whole)
        fraction = Decimal(f"{head}.{match['rest']}") if head else None
        thousands = _ungrouped(text)
        if fraction is None:
            return (Decimal(thousands),) if thousands else ()
        if not thousands or decimals == 3:
            return (fraction,)
        # "1,500" is never one and a half; "1.500" is both. Which of the two a fraction can't be is left out.
        if match["sign"] == "," or decimals == 0 or -int(fraction.normalize().as_tuple().exponent) > decimals:
            return (Decimal(thousands),)
        return Decimal(thousands), fraction
    thousands = _ungrouped(text)
    return (Decimal(thousands),) if thousands else ()


def _ungrouped(text: str) -> str:
    """The digits of a whole number; empty where its groups are those of no country."""
    if text.isdigit():
        return text
    if _GROUPED.fullmatch(text) and not text.startswith("0") or _INDIAN.fullmatch(text):
        return re.sub(r"\D", "", text)
    return ""


def _in_words(text: str) -> int | None:
    total = group = 0
    seen = False
    for word in re.findall(r"[a-z]+|[^a-z\s-]+", text):
        if word == "and" and seen:
            continue
        if word in _UNITS and not (seen and word in ("a", "an", "no", "nil", "none")):
            group += _UNITS[word]
        elif word in _TENS:
            group += _TENS[word] * 10
        elif word in _SCALES and len(word) > 1:
            scale = _SCALES[word]
            if scale <= 100:
                group = (group or 1) * scale
            else:
                total, group = total + (group or 1) * scale, 0
        else:
            return None
        seen = True
    return total + group if seen else None


def whole(text: str, habits: Habits) -> Typed:
    """A count: "50", "fifty", "1,200", "12 seats", "twice a year"."""
    given, text = text, tidy(text)
    example = "50"
    if VAGUE.search(text):
        return unread(given, f"“{given.strip()}” is not one number", example)
    bare = re.sub(
        r"\s+(?:a|per|each|every)\s+(?:calendar |contract )?(?:year|month|quarter|week|day)$", "", text, flags=re.I
    )
    times = _TIMES.get(bare.lower())
    found = (Decimal(times),) if times else values(bare, decimals=0)
    if not found and (match := re.fullmatch(r"(.*?\S)\s*([A-Za-z]{3,}(?: [A-Za-z]{3,})?)", bare)):
        if not re.match(r"(?:hour|hr|day|week|month|year|minute|percent|per)", match[2], re.I):
            found = values(match[1], decimals=0)
    counted = [n for n in found if n == n.to_integral_value()]
    if not counted:
        return unread(given, f"we can't read “{given.strip()}” as a whole number", example)
    return several(given, [Meant(plain(n), f"{n:,.0f}") for n in counted])


def decimal(text: str, habits: Habits) -> Typed:
    """A number that may have a fraction: "1.5", "1,5"."""
    found = () if VAGUE.search(tidy(text)) else values(text, decimals=15)
    if not found:
        return unread(text, f"we can't read “{text.strip()}” as a number", "1.5")
    return several(text, [Meant(plain(n), plain(n)) for n in found])


def percentage(text: str, habits: Habits) -> Typed:
    """A share: "5%", "5 per cent", "five percent", "0,5 %". A bare "0.05" is one twentieth of a percent or five."""
    bare = tidy(text)
    match = re.fullmatch(
        r"(?P<number>.+?)\s*(?P<sign>%|per\s?cent|percent|pct|p\.\s?c\.|pc|prozent|procent)\.?", bare, re.I
    )
    found = () if VAGUE.search(bare) else values(match["number"] if match else bare, decimals=3)
    if not found:
        return unread(text, f"we can't read “{text.strip()}” as a percentage", "5%")
    number = found[0]
    readings = [number] if match or not 0 < number <= 1 else [number * 100, number]
    return several(text, [Meant(f"{plain(n)}%", f"{plain(n)}%") for n in readings])


def months(text: str, habits: Habits) -> Typed:
    """A length in months: "36", "three years", "18 months"."""
    from .periods import period

    counted = whole(text, habits)
    if counted.meanings:
        return several(
            text, [Meant(m.text, f"{m.shown} month{'' if m.text == '1' else 's'}") for m in counted.meanings]
        )
    bare = tidy(text).lower()
    half = re.fullmatch(r"(.+?)(?:\.5| and a half)\s*years?", bare)
    read = period(f"{half[1]} years" if half else text, habits).meant
    amount, _, unit = read.text.partition(" ") if read else ("", "", "")
    factor = {"month": 1, "months": 1, "year": 12, "years": 12}.get(unit)
    if factor is None:
        return unread(text, f"we can't read “{text.strip()}” as a number of months", "36")
    number = int(amount) * factor + (6 if half else 0)
    return several(text, [Meant(str(number), f"{number} month{'' if number == 1 else 's'}")])

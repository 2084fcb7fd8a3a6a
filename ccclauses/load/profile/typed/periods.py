"""Periods as people write them: "12 hrs", "10 working days", "ten days", "a month", "a fortnight"."""

from __future__ import annotations

import re
from decimal import Decimal

from ....model.words.quantity import Duration, QuantityError
from .numbers import VAGUE, values
from .reading import Habits, Meant, Typed, several, tidy, unread

_EXAMPLE = "24 hours"
# What each unit is called; a period of "3m" may be minutes or months.
_CALLED = {
    "seconds": "s sec secs second seconds sekunde sekunden",
    "minutes": "m min mins minute minutes minuten",
    "hours": "h hr hrs hour hours std stunde stunden heure heures hora horas",
    "days": "d day days tag tage tagen jour jours dia dias",
    "weeks": "w wk wks week weeks woche wochen semaine semaines semana semanas",
    "months": "m mo mos mth mths month months monat monate monaten mois mes meses",
    "years": "y yr yrs year years jahr jahre jahren an ans ano anos annum",
    "business days": "bd bds business.day business.days working.day working.days work.day work.days workday workdays weekday "
    "weekdays bus.day bus.days banking.day banking.days werktag werktage arbeitstag arbeitstage jours.ouvres dias.habiles",
}  # fmt: skip
_UNITS: dict[str, list[str]] = {}
for _unit, _names in _CALLED.items():
    for _name in _names.split():
        _UNITS.setdefault(_name.replace(".", " "), []).append(_unit)
_WHOLE = {"fortnight": (2, "weeks"), "fortnights": (2, "weeks"), "quarter": (3, "months"), "quarters": (3, "months")}
_SMALLER = {"hours": ("minutes", 60), "days": ("hours", 24), "weeks": ("days", 7), "years": ("months", 12),
            "minutes": ("seconds", 60)}  # fmt: skip
_COUNTED = 10  # a longer period with a fraction is not a term of a contract, and its hours would not be recognised
_AT_ONCE = re.compile(r"(?:immediate(?:ly)?|at once|straight ?away|instant(?:ly)?|without delay)", re.I)
_LEAD = re.compile(r"^(?:within|in|after|every|each|per|for|a period of|no later than|not later than)\s+", re.I)


def period(text: str, habits: Habits) -> Typed:
    """A period in the form that a profile holds, with its unit: "12 hours", "10 Business Days"."""
    bare = _LEAD.sub("", tidy(text))
    said = text.strip()
    if _AT_ONCE.fullmatch(bare):
        return unread(text, f"“{said}” gives no time by which a delay can be measured", "1 hour")
    if VAGUE.search(bare):
        return unread(text, f"“{said}” is not one period", _EXAMPLE)
    bare = re.sub(r"\b(\w+)['’]s?(?= )|['’]$", r"\1", bare)  # "30 days' notice" is thirty days
    bare = re.sub(r"\s+(?:notice|of notice|in advance|prior)$", "", bare, flags=re.I)
    if (twice := re.match(r"([^\d()]+?)\s*\((\d+)\)", bare)) and values(twice[1]) == values(twice[2]):
        bare = twice[2] + bare[twice.end() :]  # "ten (10) days"
    match = re.fullmatch(r"(?P<number>.*?)[\s-]*(?P<calendar>calendar\s+|clear\s+)?(?P<unit>[^\W\d][^\d]*?)\.?", bare)
    found: list[Meant] = []
    for number_text, unit_text in _splits(match["number"], match["unit"]) if match else ():
        for number, unit in _meant(number_text, unit_text):
            if match and match["calendar"] and unit == "business days":
                continue
            if reading := _as_written(number, unit):
                found.append(Meant(reading.wording(), reading.wording()))
        if found:
            return several(text, found)
    if values(bare):
        return unread(text, f"“{said}” has no unit: hours, days or Business Days?", f"{bare} hours")
    return unread(text, f"we can't read “{said}” as a period", _EXAMPLE)


def _splits(number: str, unit: str) -> list[tuple[str, str]]:
    """The number and the unit, the number being words too: "ten working days" begins with a word."""
    words = unit.replace("-", " ").split()
    return [(f"{number} {' '.join(words[:at])}".strip(), " ".join(words[at:])) for at in range(len(words))]


def _meant(number: str, unit: str) -> list[tuple[Decimal, str]]:
    name = " ".join(unit.lower().replace(".", "").split())
    if name in _WHOLE:
        amount, unit = _WHOLE[name]
        return [(n * amount, unit) for n in (values(number, decimals=15) if number else (Decimal(1),))]
    units = _UNITS.get(name, [])
    if not number:  # "Monat", "month" alone: each means one
        return [(Decimal(1), u) for u in units if len(name) > 2]
    half = number.lower() in ("half", "half a", "half an") or (
        number.lower() in ("a", "one") and name.startswith("half ")
    )
    if half:
        return [(Decimal("0.5"), u) for u in units]
    more = Decimal(0)
    if tail := re.fullmatch(r"(.+?) and a half", number.lower()):
        number, more = tail[1], Decimal("0.5")
    return [(n + more, u) for n in values(number, decimals=15) for u in units]


def _as_written(number: Decimal, unit: str) -> Duration | None:
    """The period, in a smaller unit where it has a fraction."""
    if number % 1 and unit in _SMALLER and number < _COUNTED:
        unit, factor = _SMALLER[unit]
        number *= factor
    if number % 1 or number > 10**9:
        return None
    try:
        return Duration.parse(f"{int(number)} {unit}")
    except QuantityError:
        return None

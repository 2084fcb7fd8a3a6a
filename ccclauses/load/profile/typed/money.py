"""Sums of money as people write them, with their currency by sign, code or name: "£14,500", "14 500 EUR", "14.5k"."""

from __future__ import annotations

import re
from functools import lru_cache

from ....model.words.quantity import Money, minor_units
from ...places import CURRENCIES, CURRENCY_OF
from .numbers import VAGUE, values
from .reading import Habits, Meant, Typed, folded, several, tidy, unread

# Signs that several currencies share represent that of the deal, else that of the country, else for those listed.
_DOLLARS = ("USD", "CAD", "AUD", "SGD")
_SIGNS: dict[str, tuple[str, ...]] = {
    "£": ("GBP",), "€": ("EUR",), "$": _DOLLARS, "us$": ("USD",), "u.s.$": ("USD",), "a$": ("AUD",), "au$": ("AUD",),
    "c$": ("CAD",), "ca$": ("CAD",), "can$": ("CAD",), "nz$": ("NZD",), "s$": ("SGD",), "hk$": ("HKD",), "r$": ("BRL",),
    "¥": ("JPY", "CNY"), "₹": ("INR",), "rs": ("INR", "PKR", "LKR"), "rs.": ("INR", "PKR", "LKR"), "₱": ("PHP",),
    "php": ("PHP",), "r": ("ZAR",), "zł": ("PLN",), "kč": ("CZK",), "kr": ("SEK", "NOK", "DKK"), "kr.": ("SEK", "NOK", "DKK"),
    "fr": ("CHF",), "fr.": ("CHF",), "sfr": ("CHF",), "sfr.": ("CHF",), "ft": ("HUF",), "lei": ("RON",), "₺": ("TRY",),
    "₩": ("KRW",), "₪": ("ILS",), "₫": ("VND",), "฿": ("THB",), "₦": ("NGN",), "₴": ("UAH",), "dhs": ("AED",), "dh": ("AED",),
    "rm": ("MYR",), "rp": ("IDR",), "ksh": ("KES",), "e£": ("EGP",), "£e": ("EGP",),
}  # fmt: skip
_WORDS: dict[str, tuple[str, ...]] = {
    "pound": ("GBP",), "sterling": ("GBP",), "pound sterling": ("GBP",), "quid": ("GBP",), "euro": ("EUR",),
    "dollar": _DOLLARS, "us dollar": ("USD",), "buck": ("USD",), "rupee": ("INR", "PKR", "LKR"), "franc": ("CHF",),
    "peso": ("PHP", "MXN"), "rand": ("ZAR",), "yen": ("JPY",), "zloty": ("PLN",), "dirham": ("AED", "MAD"),
    "kronor": ("SEK",), "kroner": ("DKK", "NOK"), "krona": ("SEK",), "krone": ("DKK", "NOK"),
    "crown": ("SEK", "NOK", "DKK", "CZK"), "ringgit": ("MYR",), "shilling": ("KES",), "renminbi": ("CNY",), "yuan": ("CNY",),
}  # fmt: skip
_PER = re.compile(
    r"\s*(?:/|\b(?:a|per|each|every)\s)\s*(?P<unit>(?:calendar |contract )?[a-z]+(?: and [a-z]+)?)\.?$|\s+(?P<adverb>pcm|p\.?m\.?|p\.?a\.?|"
    r"monthly|yearly|annually|weekly|daily|hourly|net)$",
    re.I,
)
_ADVERBS = {"pcm": "month", "pm": "month", "monthly": "month", "pa": "year", "yearly": "year", "annually": "year",
            "weekly": "week", "daily": "day", "hourly": "hour", "net": ""}  # fmt: skip
_TAX = re.compile(r"\b(?:vat|gst|tax|taxes|mwst|ust|tva|iva|fees?|expenses)\b|\+", re.I)


def money(text: str, habits: Habits) -> Typed:
    """A sum with its currency: that which is written with it, else that of the deal, else none."""
    said, bare = text.strip(), tidy(text)
    example = Money.parse(f"{habits.currency or 'GBP'} 14500").wording()
    if _TAX.search(bare):
        return unread(text, f"“{said}” is more than one sum; write the sum alone, without taxes", example)
    bare, problem = _without_period(bare, habits.per)
    if problem:
        return unread(text, f"“{said}” is {problem}", example)
    if bare.startswith("-") or re.match(r"^\W*-", bare) or re.fullmatch(r"\(.*\)", bare):
        return unread(text, f"“{said}” is less than nothing", example)
    bare = re.sub(r"(?:[.,]-+|/-)$", "", bare)  # 14,500.- and 14,500/-
    if VAGUE.search(bare):
        return unread(text, f"“{said}” is not one sum", example)
    amount, named = _apart(bare)
    if named is None:
        return unread(text, f"we can't read “{said}” as a sum of money", example)
    found, read = [], False
    for currency in _currencies(named, habits):
        places = minor_units(currency or habits.currency)
        for number in values(amount, decimals=places):
            read = True
            sum_ = Money(number, currency or habits.currency)
            if number == round(number, places) and number < 10**13:
                found.append(Meant(sum_.wording(), sum_.wording()))
    if not found:
        finer = f"“{said}” has more decimal places than the currency" if read else ""
        return unread(text, finer or f"we can't read “{said}” as a sum of money", example)
    result = several(text, found)
    own = {m.shown[:3] for m in result.meanings}
    if habits.currency and named and own != {habits.currency}:
        return Typed(given=text, meanings=result.meanings, why=result.why, note=_other(own, habits.currency))
    return result


def currency(text: str, habits: Habits) -> Typed:
    """A currency by code, sign or name: "EUR", "€", "euros"."""
    named = _named(tidy(text))
    if not named:
        return unread(text, f"we know no currency “{text.strip()}”", "GBP")
    found = _currencies(named, Habits(country=habits.country))
    return several(text, [Meant(code, code) for code in found])


def _other(own: set[str], deal: str) -> str:
    return f"The deal is in {deal}. Is the contract in {' or '.join(sorted(own))}?"


def _without_period(text: str, per: tuple[str, ...]) -> tuple[str, str]:
    """The sum without "a month", and what it is where that is not what the sum is asked for."""
    match = _PER.search(text)
    if not match or not re.search(r"\d|[a-z]{3}", text[: match.start()], re.I):
        return text, ""
    if match["adverb"]:
        unit = _ADVERBS[match["adverb"].lower().replace(".", "")]
    else:
        unit = re.sub(r"^(?:calendar|contract) ", "", match["unit"].lower())
    if unit and unit not in per:
        wanted = f"; write what is due for each {per[0]}" if per else "; write the sum alone"
        return text, f"a sum for each {unit}{wanted}"
    return text[: match.start()], ""


def _apart(text: str) -> tuple[str, tuple[str, ...] | None]:
    """The amount and the currencies that are written with it; None for a name of none, or two names."""
    match = re.fullmatch(
        r"(?P<before>[^\d]*?)\s*(?P<amount>\d[\d.,' ]*?(?:\s?(?:[kKmM]|mn|mio|mln|bn|[a-z]+))?)\s*(?P<after>[^\d]*)",
        text,
    )
    tries = []
    if match:
        amount = re.fullmatch(r"(\d[\d.,' ]*?)\s*([^\d]*)", text[match.start("amount") :])
        after = (amount[2] if amount else "").strip()
        words = after.split()
        for at in range(len(words), -1, -1):  # "14.5 million euros": as many words as make a number, the rest names it
            number = " ".join([(amount[1] if amount else "").strip(), *words[:at]])
            tries.append((number, match["before"].strip(), " ".join(words[at:])))
        glued = re.fullmatch(r"([kKmM])(\W+.*|[A-Z]{3})", after)
        if glued and amount:
            tries.append((f"{amount[1].strip()}{glued[1]}", match["before"].strip(), glued[2].strip()))
    else:
        words = text.split()
        tries = [(" ".join(words[:at]), "", " ".join(words[at:])) for at in range(len(words), 0, -1)]
    for number, before, after in tries:
        if not values(number):
            continue
        names = [_named(name) for name in (before, after) if name]
        if all(names) and (len(names) < 2 or set(names[0] or ()) & set(names[1] or ())):
            return number, min((n or () for n in names), key=len, default=())
    return "", None


def _named(name: str) -> tuple[str, ...]:
    """The currencies that a code, a sign or a word represents; none for any other text."""
    name = name.strip(" .") if name.strip(" .").isalpha() else name.strip()
    if name.upper() in CURRENCIES:
        return (name.upper(),)
    if found := _SIGNS.get(name.lower()):
        return found
    word = folded(name)
    singular = word[:-1] if word.endswith("s") and word not in _WORDS else word
    if found := _WORDS.get(word) or _WORDS.get(singular) or _WORDS.get(word.replace("pounds", "pound")):
        return found
    code = _full_names().get(singular, "")
    return (code,) if code else ()


def _currencies(named: tuple[str, ...], habits: Habits) -> tuple[str, ...]:
    if len(named) > 1:
        for likely in (habits.currency, CURRENCY_OF.get(habits.country, "")):
            if likely in named or (named is _DOLLARS and likely.endswith("D") and likely in _DOLLAR_CODES):
                return (likely,)
    return named or ("",)


_DOLLAR_CODES = frozenset("USD CAD AUD SGD NZD HKD TWD JMD BBD BZD FJD TTD BSD BMD KYD XCD".split())


@lru_cache(maxsize=1)
def _full_names() -> dict[str, str]:
    from babel import Locale

    return {folded(name): code for code, name in Locale("en").currencies.items() if code in CURRENCIES}

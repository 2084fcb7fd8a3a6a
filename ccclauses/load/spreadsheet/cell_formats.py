"""What a number format of a spreadsheet shows next to the number: the sign or code of a currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..places import CURRENCIES

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<sign>[^\]]*)\]|\[[^\]]*\]|(?P<bare>.)', re.DOTALL
)
_DOLLARS = "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD ARS CLP COP CVE DOP MXN NIO UYU"
_SIGNS = {
    sign: frozenset(codes.split())
    for sign, codes in {
        "$": _DOLLARS, "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD NIO", "CA$": "CAD", "NZ$": "NZD", "S$": "SGD",
        "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN",
        "€": "EUR", "£": "GBP EGP FKP GIP LBP SHP SSP SDG SYP", "¥": "JPY CNY", "￥": "JPY CNY", "円": "JPY", "元": "CNY",
        "₹": "INR", "₨": "INR PKR LKR NPR MUR SCR", "Rs": "INR PKR LKR NPR MUR SCR", "Rs.": "INR PKR LKR NPR MUR SCR",
        "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND", "฿": "THB", "₱": "PHP", "₴": "UAH", "₦": "NGN",
        "₡": "CRC", "₵": "GHS", "₸": "KZT", "₾": "GEL", "₼": "AZN", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON",
        "лв.": "BGN", "kr": "SEK NOK DKK ISK", "kr.": "SEK NOK DKK ISK", "Fr": "CHF", "Fr.": "CHF", "SFr.": "CHF",
        "R": "ZAR", "RM": "MYR", "Rp": "IDR", "din.": "RSD",
    }.items()
}  # fmt: skip
# Which country's money a sign of several countries is, by the language code that is behind it.
_LANGUAGES = {
    "409": "USD", "en-US": "USD", "1009": "CAD", "en-CA": "CAD", "C0C": "CAD", "fr-CA": "CAD", "C09": "AUD", "en-AU": "AUD",
    "1409": "NZD", "en-NZ": "NZD", "4809": "SGD", "en-SG": "SGD", "3C09": "HKD", "C04": "HKD", "en-HK": "HKD", "404": "TWD",
    "80A": "MXN", "es-MX": "MXN", "2C0A": "ARS", "340A": "CLP", "240A": "COP", "411": "JPY", "ja-JP": "JPY", "804": "CNY",
    "zh-CN": "CNY", "809": "GBP", "en-GB": "GBP", "41D": "SEK", "sv-SE": "SEK", "414": "NOK", "nb-NO": "NOK", "406": "DKK",
    "da-DK": "DKK", "40F": "ISK", "4009": "INR", "en-IN": "INR",
}  # fmt: skip
_LETTERLESS = frozenset(sign for sign in _SIGNS if len(sign) == 1 and not sign.isalpha())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A currency as a cell shows it, and the ISO 4217 codes that it may represent."""

    sign: str
    codes: frozenset[str]


@lru_cache(maxsize=1024)
def shown_currency(number_format: str) -> Shown | None:
    """The currency that a number format names by its sign or code; None when it names none."""
    literal = ""
    for piece in _PIECE.finditer(number_format):
        if piece["sign"] is not None:
            sign, _, language = piece["sign"].partition("-")
            if found := _named(sign.strip(), language):
                return found
        else:
            literal += piece["quoted"] or piece["escaped"] or piece["bare"] or "\0"
    # What stands together is a word: `"zł"` is one, and so are the three letters of `\E\U\R`.
    for word in re.findall(r"[^\s\0#0,.?;/@%()+-]+(?:\.(?=[\s\0;]|$))?", literal):
        if found := _named(word, ""):
            return found
    sign = next((c for c in literal if c in _LETTERLESS), "")
    return _named(sign, "")


def _named(sign: str, language: str) -> Shown | None:
    codes = frozenset((sign,)) if sign in CURRENCIES else _SIGNS.get(sign, frozenset())
    if not codes:
        return None
    country = _LANGUAGES.get(language) or _LANGUAGES.get(language.upper(), "")
    return Shown(sign=sign, codes=frozenset((country,)) if country in codes else codes)

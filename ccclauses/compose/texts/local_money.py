"""Sums as the place of the law writes them: "£1,500", "₹ 1,50,000", "EUR 1,500", and read back from there.

Values and texts of the library write a sum in one way, "GBP 1,500.00"; this is the one place that knows of others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from ...model.library.library import Law

# The currency of each law that has a sign of its own; the sign itself is the law's switch `money`.
_CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        "GB": "GBP",
        "US": "USD",
        "IE": "EUR",
        "IN": "INR",
        "PH": "PHP",
        "SG": "SGD",
        "AU": "AUD",
        "ZA": "ZAR",
        "CA": "CAD",
    }
)
_CODE = "code"  # what the switch says where sums begin with the code of their currency
SIGNS: Mapping[str, str] = MappingProxyType(
    {"£": "GBP", "$": "USD", "€": "EUR", "₹": "INR", "₱": "PHP", "S$": "SGD", "A$": "AUD", "C$": "CAD", "R": "ZAR"}
)
_SUM = re.compile(r"\b(?P<currency>[A-Z]{3}) (?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d+)?(?![\d,]*\d)")
_SIGNED = re.compile(r"(?P<sign>S\$|A\$|C\$|[£$€₹₱]|R(?=\s?\d))\s?(?P<amount>\d[\d,]*(?:\.\d+)?)")


def local_sums(text: str, law: Law, currency: str) -> str:
    """A text with the sums of a contract's currency as the place of its law writes them, whole ones without decimals."""
    if currency not in text:
        return text
    home = _CURRENCIES.get(law.id.partition("-")[0], "")
    sign = law.switches.get("money", _CODE) if currency == home else _CODE
    before = f"{currency} " if sign == _CODE else f"{sign} " if sign == "₹" else sign

    def written(match: re.Match[str]) -> str:
        if match["currency"] != currency:
            return match[0]
        rest = match["rest"] or ""
        whole = match["whole"].replace(",", "")
        grouped = _lakhs(whole) if currency == home == "INR" else f"{int(whole):,}"
        return f"{before}{grouped}{'' if set(rest) <= set('.0') else rest}"

    return _SUM.sub(written, text)


def _lakhs(whole: str) -> str:
    """Digits grouped in the Indian way: 1,50,00,000."""
    head, last = whole[:-3], whole[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*groups, last]) if head else last


def plain_sum(text: str) -> str:
    """A sum as any place writes it, in the one way that values are read: "GBP 1,500" for "£1,500"."""
    match = _SIGNED.fullmatch(text.strip())
    if match:
        return f"{SIGNS[match['sign']]} {match['amount'].replace(',', '')}"
    head, _, amount = text.strip().partition(" ")
    return f"{head} {amount.replace(',', '')}" if amount and re.fullmatch("[A-Z]{3}", head) else text

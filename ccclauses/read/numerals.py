"""Numbers as a list of any maker shows them; our own annexes know fewer forms (ISO/IEC 29500-1, 17.18.59)."""

from __future__ import annotations

from ..compose.numbering import numeral

_SMALL = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen Eighteen Nineteen"
).split()
_TENS = "_ _ Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()
_ORDINAL = {
    "One": "First",
    "Two": "Second",
    "Three": "Third",
    "Five": "Fifth",
    "Eight": "Eighth",
    "Nine": "Ninth",
    "Twelve": "Twelfth",
}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def shown_numeral(number: int, style: str) -> str:
    """A number in one of Word's formats, its words in English; what is no such format, or too long for words, in digits."""
    match style:
        case "decimalZero":
            return f"{number:02}"
        case "ordinal":
            return f"{number}{'th' if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, 'th')}"
        case "cardinalText" if number < 100:
            return _cardinal(number)
        case "ordinalText" if number < 100:
            return _ordinal(_cardinal(number))
        case _:
            return numeral(number, style)


def _cardinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number < 20:
        return _SMALL[number]
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]


def _ordinal(cardinal: str) -> str:
    head, hyphen, last = cardinal.rpartition("-")
    return head + hyphen + (_ORDINAL.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"))

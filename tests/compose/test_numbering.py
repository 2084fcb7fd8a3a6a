"""Numbers are those that Word counts, and references give them in full context."""

import pytest

from ccclauses.compose.numbers.numbering import Counter, numeral
from ccclauses.model.library.library import Level


def levels(*texts: str) -> tuple[Level, ...]:
    formats = ("decimal", "decimal", "lowerLetter", "lowerRoman")
    return tuple(Level(format=f, text=t, noun="") for f, t in zip(formats, texts))


@pytest.mark.parametrize(
    "number, style, text",
    [
        (1, "decimal", "1"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (4, "lowerRoman", "iv"),
        (1999, "upperRoman", "MCMXCIX"),
    ],
)
def test_numerals(number, style, text):
    assert numeral(number, style) == text


@pytest.mark.parametrize(
    "texts, expected",
    [
        (("%1", "%1.%2", "(%3)", "(%4)"), ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.2", "2", "2.1"]),
        (
            ("Section %1.", "%1.%2", "(%3)", "(%4)"),
            ["Section 1", "1.1", "1.1(a)", "1.1(a)(i)", "1.2", "Section 2", "2.1"],
        ),
        (("§ %1", "(%2)", "%3)", "(%4)"), ["§ 1", "§ 1(1)", "§ 1(1)a)", "§ 1(1)a)(i)", "§ 1(2)", "§ 2", "§ 2(1)"]),
    ],
)
def test_full_numbers_by_scheme(texts, expected):
    counter = Counter(levels(*texts))
    assert [counter.next(level)[1] for level in (1, 2, 3, 4, 2, 1, 2)] == expected

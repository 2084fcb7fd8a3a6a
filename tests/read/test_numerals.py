import pytest

from ccclauses.read.numerals import shown_numeral


@pytest.mark.parametrize(
    "style, shown",
    [
        ("decimal", "1 2 3 5 8 9 11 12 20 21 40 99 100"),
        ("decimalZero", "01 02 03 05 08 09 11 12 20 21 40 99 100"),
        ("ordinal", "1st 2nd 3rd 5th 8th 9th 11th 12th 20th 21st 40th 99th 100th"),
        ("cardinalText", "One Two Three Five Eight Nine Eleven Twelve Twenty Twenty-One Forty Ninety-Nine 100"),
        (
            "ordinalText",
            "First Second Third Fifth Eighth Ninth Eleventh Twelfth Twentieth Twenty-First Fortieth Ninety-Ninth 100",
        ),
        ("lowerRoman", "i ii iii v viii ix xi xii xx xxi xl xcix c"),
    ],
)
def test_a_number_stands_as_its_list_shows_it(style, shown):
    assert " ".join(shown_numeral(n, style) for n in (1, 2, 3, 5, 8, 9, 11, 12, 20, 21, 40, 99, 100)) == shown

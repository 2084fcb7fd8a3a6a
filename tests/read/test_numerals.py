import pytest

from ccclauses.read.word.numerals import shown_numeral


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


@pytest.mark.parametrize(
    "style, shown",
    [
        ("chineseCounting", "一 二 十 十一 二十 九十九 一〇〇"),
        ("chineseCountingThousand", "一 二 十 十一 二十 九十九 一百"),
        ("japaneseCounting", "一 二 十 十一 二十 九十九 百"),
        ("koreanCounting", "일 이 십 십일 이십 구십구 백"),
        ("koreanLegal", "하나 둘 열 열하나 스물 아흔아홉 100"),
        ("ideographDigital", "一 二 一〇 一一 二〇 九九 一〇〇"),
        ("ideographTraditional", "甲 乙 癸 11 20 99 100"),
        ("decimalEnclosedCircle", "① ② ⑩ ⑪ ⑳ 99 100"),
        ("decimalFullWidth", "１ ２ １０ １１ ２０ ９９ １００"),
        ("numberInDash", "- 1 - - 2 - - 10 - - 11 - - 20 - - 99 - - 100 -"),
        ("hebrew1", "א ב י יא כ צט ק"),
        ("russianLower", "а б к л ф мммм нннн"),
        ("arabicAbjad", "أ ب ي ك ر سسسس عععع"),
        ("thaiNumbers", "๑ ๒ ๑๐ ๑๑ ๒๐ ๙๙ ๑๐๐"),
        ("hex", "1 2 A B 14 63 64"),
    ],
)
def test_a_number_stands_in_the_script_of_its_list(style, shown):
    """Signs and examples of ISO/IEC 29500-1, 17.18.59."""
    assert " ".join(shown_numeral(n, style) for n in (1, 2, 10, 11, 20, 99, 100)) == shown

"""Numbers as a list of any maker shows them (ISO/IEC 29500-1, 17.18.59); our own annexes know fewer forms.

A number beyond those that a format has signs for is shown in digits, as Word shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from ...compose.numbers.numbering import numeral

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

# Formats whose numbers are signs of one list; those that go round again do so with the sign written once more.
_LISTED = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "aiueo": "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ",
    "irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew2": "אבגדהוזחטיכלמנסעפצקרשת",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "chicago": "*†‡§",
}
_REPEATED = frozenset(
    {"russianLower", "russianUpper", "arabicAlpha", "arabicAbjad", "hebrew2", "thaiLetters", "chicago"}
)
_DIGITS = {
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
# Digits, the signs of ten, hundred and thousand, whether a one before them is written, and the sign of a place left out.
_COUNTED = {
    "chineseCountingThousand": ("零一二三四五六七八九", "十百千", "ones but ten", "零"),
    "taiwaneseCountingThousand": ("零一二三四五六七八九", "十百千", "ones but ten", ""),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "ones", "零"),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "ones", "零"),
    "japaneseCounting": ("〇一二三四五六七八九", "十百千", "", ""),
    "japaneseLegal": ("〇壱弐参四伍六七八九", "拾百阡", "ones", ""),
    "koreanCounting": ("영일이삼사오육칠팔구", "십백천", "", ""),
}
_HUNDRED_IN_DIGITS = {"chineseCounting": "〇一二三四五六七八九", "taiwaneseCounting": "○一二三四五六七八九"}
_KOREAN = "_ 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉".split()
_KOREAN_TENS = "_ 열 스물 서른 마흔 쉰 예순 일흔 여든 아흔".split()
_HEBREW = (
    (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"), (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"), (40, "מ"), (30, "ל"),
    (20, "כ"), (16, "טז"), (15, "טו"), (10, "י"), (9, "ט"), (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"), (3, "ג"), (2, "ב"), (1, "א"),
)  # fmt: skip
_STEMS, _BRANCHES = _LISTED["ideographTraditional"], _LISTED["ideographZodiac"]


def is_known(style: str) -> bool:
    """Whether a format is shown as Word shows it; any other is shown in digits."""
    return style in _RULES or style in _LISTED or style in _HUNDRED_IN_DIGITS or _padded(style) > 0


def shown_numeral(number: int, style: str) -> str:
    """A number in one of Word's formats, its words in English; what has no such form in digits."""
    if number < 1 and style not in ("decimal", "decimalZero", *_DIGITS):
        return _RULES[style](number) if style in ("none", "bullet", "ordinal", "cardinalText") else str(number)
    if style in _RULES:
        return _RULES[style](number)
    if style in _LISTED:
        again, index = divmod(number - 1, len(_LISTED[style]))
        return str(number) if again and style not in _REPEATED else _LISTED[style][index] * (again + 1)
    if style in _HUNDRED_IN_DIGITS:
        return _counted(number, *_COUNTED["chineseCountingThousand"]) if number < 100 else _in_digits(
            number, _HUNDRED_IN_DIGITS[style]
        )  # fmt: skip
    return f"{number:0{_padded(style)}}" if _padded(style) else str(number)


def _padded(pattern: str) -> int:
    """How many digits a pattern such as "001, 002, 003, ..." shows at least."""
    first = re.match(r"0+1(?=\s*,)", pattern)
    return len(first[0]) if first else 0


def _in_digits(number: int, signs: str) -> str:
    return "".join(signs[int(d)] for d in str(number))


def _counted(number: int, signs: str, powers: str, ones: str, gap: str) -> str:
    """A number spelled with signs for its powers of ten; beyond the thousands in plain digits."""
    if number >= 10_000:
        return str(number)
    digits = [int(d) for d in str(number)]
    out = ""
    for at, digit in enumerate(digits):
        power = len(digits) - at - 1
        if not digit:
            out += gap if gap and out and not out.endswith(gap) and any(digits[at:]) else ""
            continue
        is_bare_ten = ones == "ones but ten" and power == 1 and at == 0
        sign = "" if power and digit == 1 and (not ones or is_bare_ten) else signs[digit]
        out += sign + (powers[power - 1] if power else "")
    return out or signs[0]


def _hebrew(number: int) -> str:
    out = ""
    for amount, sign in _HEBREW:
        while number >= amount and (amount not in (15, 16) or number == amount):
            out += sign
            number -= amount
    return out


def _korean(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_KOREAN_TENS[tens] if tens else "") + (_KOREAN[ones] if ones else "")


def _cardinal(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number < 20:
        return _SMALL[number]
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]


def _ordinal(cardinal: str) -> str:
    head, hyphen, last = cardinal.rpartition("-")
    return head + hyphen + (_ORDINAL.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"))


_RULES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "none": lambda n: "",
    "bullet": lambda n: "",
    "decimalZero": lambda n: f"{n:02}",
    "ordinal": lambda n: f"{n}{'th' if n % 100 in (11, 12, 13) else _ENDINGS.get(n % 10, 'th')}",
    "cardinalText": lambda n: _cardinal(n) if n < 100 else str(n),
    "ordinalText": lambda n: _ordinal(_cardinal(n)) if n < 100 else str(n),
    "hex": lambda n: f"{n:X}",
    "numberInDash": lambda n: f"- {n} -",
    "hebrew1": lambda n: _hebrew(n) if n < 1000 else str(n),
    "koreanLegal": lambda n: _korean(n) if n < 100 else str(n),
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12],
    **{name: partial(numeral, style=name) for name in ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman")},
    **{name: partial(_in_digits, signs=signs) for name, signs in _DIGITS.items()},
    **{name: partial(_counted, signs=s, powers=p, ones=o, gap=g) for name, (s, p, o, g) in _COUNTED.items()},
}  # fmt: skip

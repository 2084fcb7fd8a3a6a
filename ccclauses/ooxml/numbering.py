"""Multi-level numbering in Word: one abstract list for clauses, one for schedules, each level linked to a style.

How Word and LibreOffice count, and why a list is never restarted by hand, is in `docs/explanation/word/numbering.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model.library.library import Level
from .elements import attribute

TWIPS = 20  # to a point
LABEL_GAP = 170  # twips between the longest label and the text
# Widths of characters in ems, in the widest of the usual faces and in bold.
_EMS = {**dict.fromkeys("ijlt.,:()[] ", 0.34), **dict.fromkeys("0123456789", 0.53), "m": 0.89, "M": 0.89}
LONGEST = {"decimal": "38", "lowerRoman": "viii", "upperRoman": "VIII", "lowerLetter": "m", "upperLetter": "M"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """A level as Word counts it: the scheme's format and text, the style linked to it, and where its text stands.

    `left` is where the text begins and `hanging` how far before it the label stands, in twips.
    """

    level: Level
    style: str
    left: int
    hanging: int
    look: str = ""  # of the label: the children of `w:rPr`


def label_width(level: Level, size: int, capitals: bool = False) -> int:
    """About how wide the longest usual label of a level is, in twips, at a font size in half-points.

    `capitals` says that the style prints each letter as a capital. An estimate on the safe side, since fonts aren't
    measured here.
    """
    sample = level.text
    for index in range(1, 10):
        own = f"%{index}" in level.text[-3:]
        sample = sample.replace(f"%{index}", LONGEST[level.format] if own else "38")
    sample = sample.upper() if capitals else sample
    ems = sum(_EMS.get(character, 0.7 if character.isupper() else 0.56) for character in sample)
    return int(ems * size / 2 * TWIPS) + LABEL_GAP


def abstract_list(number: int, levels: tuple[ListLevel, ...]) -> str:
    """The `w:abstractNum` of a list."""
    written = "".join(_level(index, level) for index, level in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x0CC00000 + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="{0x0CC10000 + number:08X}"/>{written}</w:abstractNum>'
    )


def _level(index: int, level: ListLevel) -> str:
    # No no-break space in "§ %1": LibreOffice 7.4 loses a field whose number has one and doesn't fit its line.
    text = attribute(level.level.text)
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{level.level.format}"/>'
        f'<w:pStyle w:val="{attribute(level.style)}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>'
        f'<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr>'
        f"{f'<w:rPr>{level.look}</w:rPr>' if level.look else ''}</w:lvl>"
    )


def list_instance(number: int, abstract: int) -> str:
    """The `w:num` that styles name."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'

"""A Word file of a house style without text: what a report, and a house style made from a firm's document, begin with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ...model.library.library import Level, Numbering
from ...ooxml import elements as el
from ...ooxml.headers import filled
from ...ooxml.package.archive import write_archive
from ...ooxml.package.properties import core_properties, timestamp
from .house_style import HouseStyle
from .prepared import prepare

PLAIN_NUMBERING = Numbering(  # of a file that belongs to no annex, whose law would say how to count
    clause=(
        Level(format="decimal", text="%1", noun="clause "),
        Level(format="decimal", text="%1.%2", noun="clause "),
        Level(format="lowerLetter", text="(%3)", noun="clause "),
        Level(format="lowerRoman", text="(%4)", noun="clause "),
    ),
    schedule=(
        Level(format="decimal", text="Schedule %1", noun=""),
        Level(format="decimal", text="%2", noun="paragraph "),
        Level(format="lowerLetter", text="(%3)", noun="paragraph "),
        Level(format="lowerRoman", text="(%4)", noun="paragraph "),
    ),
)


def blank_file(
    style: HouseStyle,
    *,
    properties: Mapping[str, str],
    day: date,
    values: Mapping[str, str] | None = None,
    numbering: Numbering = PLAIN_NUMBERING,
    page: str = "A4",
    language: str = "en-GB",
    landscape: bool = False,
    dropped: frozenset[str] = frozenset(),
) -> bytes:
    """The Word file: every style, list, header and footer of the house style, and an empty body.

    `values` fill the tokens of header and footer, which stay as they are when it is None; `properties` are the document
    properties by qualified name. `dropped` are styles of ours to leave out.
    """
    ready = prepare(style, numbering, page, language, dropped, landscape)
    section = ready.landscape if landscape else ready.portrait
    parts = {
        "word/document.xml": el.part("document", f"<w:body>{section}</w:body>").encode(),
        "docProps/core.xml": core_properties(properties, timestamp(day)).encode(),
    }
    for banner in ready.banners:
        parts[banner.name] = (banner.text if values is None else filled(banner.text, values)).encode()
    return write_archive(ready.packed, parts)

"""The settings part of a Word file, written afresh: nothing of a template's history goes into an annex."""

from __future__ import annotations

from ..elements import attribute, part

_COMPATIBILITY = "http://schemas.microsoft.com/office/word"


def settings_part(*, language: str, even_and_odd: bool = False, theme_colours: str = "") -> str:
    """The part word/settings.xml; `theme_colours` is a template's `w:clrSchemeMapping`, as markup."""
    options = (
        ("compatibilityMode", 15),  # Word 2013 and later; without it Word opens the file as one of 2007
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
    compatibility = "".join(f'<w:compatSetting w:name="{n}" w:uri="{_COMPATIBILITY}" w:val="{v}"/>' for n, v in options)
    return part(
        "settings",
        '<w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/>'
        + ("<w:evenAndOddHeaders/>" if even_and_odd else "")
        + '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compatibility}</w:compat>"
        f'<w:themeFontLang w:val="{attribute(language)}"/>{theme_colours}'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    )

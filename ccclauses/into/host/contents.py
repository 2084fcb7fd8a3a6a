"""The contents lists of an agreement: whether it has one, and how deep the headings go that it takes in."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ...ooxml.namespaces import make, w
from ...ooxml.shown.fields import split_instruction
from ...ooxml.style_sheet import BODY_TEXT, is_on


def instructions(root: etree._Element) -> Iterator[list[str]]:
    """The instructions of the fields of a part in words, inner ones too, however Word broke them up; the keyword is in capitals."""
    open_: list[str] = []
    for element in root.iter(w("fldChar"), w("instrText"), w("fldSimple")):
        said = ""
        if element.tag == w("fldSimple"):
            said = element.get(w("instr"), "")
        elif element.tag == w("instrText") and open_:
            open_[-1] += element.text or ""
        elif element.get(w("fldCharType")) == "begin":
            open_.append("")
        elif element.get(w("fldCharType")) == "end" and open_:
            said = open_.pop()
        if words := split_instruction(said):
            yield [words[0].upper(), *words[1:]]


def has_contents(root: etree._Element) -> bool:
    """Whether there is a contents list that counts on headings."""
    return any(words[0] == "TOC" for words in instructions(root))


def deepest_listed(root: etree._Element) -> int:
    """The deepest outline level that a contents list takes in; 0 where there is none."""
    deepest = 0
    for words in instructions(root):
        if words[0] != "TOC":
            continue
        for at, word in enumerate(words):
            if word.lower() in (r"\o", r"\u"):
                last = words[at + 1].rpartition("-")[2] if at + 1 < len(words) else ""
                deepest = max(deepest, int(last) if last.isdigit() else BODY_TEXT if word.lower() == r"\o" else 0)
    return min(deepest, BODY_TEXT)


def bring_up_to_date(settings: etree._Element) -> bool:
    """Have Word bring contents lists up to date when it opens the file; False where it does so already."""
    if is_on(settings.find(w("updateFields"))):
        return False
    for old in settings.findall(w("updateFields")):
        settings.remove(old)
    setting = make("updateFields")
    setting.set(w("val"), "true")
    at = max((n for n, c in enumerate(settings) if c.tag.rpartition("}")[2] in _BEFORE_UPDATE), default=-1) + 1
    settings.insert(at, setting)
    return True


_BEFORE_UPDATE = frozenset(
    """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries displayBackgroundShape
    printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts saveSubsetFonts
    saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop
    hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate linkStyles
    stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView trackRevisions doNotTrackMoves
    doNotTrackFormatting documentProtection autoFormatOverride styleLockTheme styleLockQFSet defaultTabStop autoHyphenation
    consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle
    evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
    drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
    doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
    noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter noLineBreaksBefore
    savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent alwaysShowPlaceholderText
    doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace""".split()
)

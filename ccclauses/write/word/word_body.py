"""The body of an annex as WordprocessingML: paragraphs in their role's style, tables, live references, contents list.

No number is typed and no look is given directly. How Word and LibreOffice see what is written here is in
`docs/explanation/word/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest

from ...model.annex import (
    Annex,
    Block,
    ClauseBlock,
    Emphasis,
    Inline,
    Paragraph,
    Reference,
    Schedule,
    Table,
    Term,
    Text,
    Value,
)
from ...ooxml import elements as el
from ...ooxml.elements import NO_BREAK_SPACE
from ..labels import has_opening, label, signature_rows, title_details
from .columns import column_widths
from .roles import paragraph_role

# Bookmarks of headings that nothing refers to but the contents list; named as Word names those it makes itself.
_CONTENTS_ANCHOR = "_Toc{:09}"
_MAIN_LEVELS = (2, 3, 4)
_MERELY_WORDS = frozenset({Text, Value, Term})
# A sign or code of a currency and its sum are not parted at the end of a line; nor are ISO and 27001.
_HELD = re.compile(r"(?<=[₹€£¥$]) (?=[0-9])|(?<=\b[A-Z]{3}) (?=[0-9])")


class Body:
    """Collects the body of one annex; `used` holds the roles that it came to use."""

    def __init__(
        self, annex: Annex, styles: Mapping[str, str], pages: Mapping[str, int] | None, table_size: int = 19
    ) -> None:
        self.annex = annex
        self.styles = styles
        self.pages = pages
        self.out: list[str] = []
        self.used: set[str] = set()
        self.width = 0  # of the text, in twips; set before the first table
        self.table_size = table_size  # of a table's type, in half-points
        self.anchors: list[str] = []  # anchors of the headings without one of their own, in order
        self._bookmarks = 0
        self._starts: dict[str, str] = {}  # of paragraphs, by role
        self._fields: dict[str, str] = {}  # what begins the reference to an anchor
        self._anchored = _anchors(annex)

    # -- pieces --------------------------------------------------------------------------------------------------

    def start(self, role: str) -> str:
        """The start of a paragraph in a role."""
        if role not in self._starts:
            self.used.add(role)
            self._starts[role] = el.paragraph_start(self.styles[role])
        return self._starts[role]

    def add(self, role: str, content: str) -> None:
        """Add a paragraph; `content` is markup."""
        self.out.append(f"{self.start(role)}{content}</w:p>")

    def marked(self, anchor: str, content: str) -> str:
        """Markup inside the bookmark of an anchor."""
        self._bookmarks += 1
        return el.bookmark(anchor, self._bookmarks, content)

    def inlines(self, inlines: tuple[Inline, ...]) -> str:
        """Inlines as runs; neighbours that look alike become one run."""
        if _MERELY_WORDS.issuperset(map(type, inlines)):
            return el.run(_held("".join([inline.text for inline in inlines])))
        out: list[str] = []
        words = ""
        for inline in inlines:
            kind = type(inline)
            if isinstance(inline, Reference):
                noun, live = inline.noun, self._reference(inline.target)
                if noun:
                    words += noun.rstrip() + NO_BREAK_SPACE if noun[-1].isspace() else noun
                if live is None:  # nothing in this annex bears that anchor
                    words += inline.text
                    continue
                out += (el.run(_held(words)), live, el.run(inline.text), el.FIELD_END)
                words = ""
            elif kind is Emphasis:
                self.used.add("emphasis")
                out += (el.run(_held(words)), el.styled_run(inline.text, self.styles["emphasis"]))
                words = ""
            else:
                words += inline.text
        out.append(el.run(_held(words)))
        return "".join(out)

    def _reference(self, anchor: str) -> str | None:
        """The start of the REF field to an anchor (why `\\w`: `docs/explanation/word/cross-references.md`)."""
        if anchor not in self._anchored:
            return None
        if anchor not in self._fields:
            self._fields[anchor] = el.field_start(rf"REF {anchor} \w \h")
        return self._fields[anchor]

    # -- blocks --------------------------------------------------------------------------------------------------

    def blocks(self, blocks: tuple[Block, ...], numbered: str, plain: str, anchor: str = "") -> None:
        """Paragraphs and tables; `numbered` begins the roles of numbered levels, `plain` is the role of other text.

        The first paragraph has the bookmark `anchor` too.
        """
        for block, following in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Table):
                self.table(block)
            else:
                self.paragraph(block, numbered, plain, anchor, introduces=isinstance(following, Table))
                anchor = ""

    def paragraph(self, block: Paragraph, numbered: str, plain: str, anchor: str, introduces: bool) -> None:
        """One paragraph, with the bookmark that references point to; one that introduces a table stays on its page."""
        if block.level in _MAIN_LEVELS and block.number:
            role = f"{numbered}_{block.level}"
        else:
            role = paragraph_role(block.role)
            role = plain if role == "body" else role
        content = self.inlines(block.inlines)
        for name in (block.anchor, anchor):
            if name:
                content = self.marked(name, content)
        self.used.add(role)
        self.out.append(el.paragraph(self.styles[role], content, "<w:keepNext/>" if introduces else ""))

    def table(self, table: Table) -> None:
        """A table with a header row that is repeated and rows that don't split."""
        if self.out and self.out[-1].endswith(el.TABLE_END):
            self.end_line()  # Word would make one table of two neighbours
        self.used.add("table")
        widths = column_widths(table, self.width, self.table_size)
        cells = [el.cell_start(width) for width in widths]
        right = [a == "right" for a in table.align]
        heads = [c + self.start("table_number_head" if r else "table_head") for c, r in zip(cells, right)]
        texts = [c + self.start("table_number" if r else "table_text") for c, r in zip(cells, right)]
        # A row with its first cell alone names the group of rows under it, and stays with them.
        heads_a_group = [text.replace("</w:pPr>", "<w:keepNext/></w:pPr>") for text in texts]
        out = [el.table_start(self.styles["table"], widths, table.title, _described(table)), el.HEADER_ROW]
        out += [f"{head}{el.run(text)}</w:p></w:tc>" for head, text in zip(heads, table.header)]
        out.append(el.ROW_END)
        for row in table.rows:
            out.append(el.ROW)
            starts = texts if any(cell.inlines for cell in row[1:]) else heads_a_group
            out += [f"{start}{self.inlines(cell.inlines)}</w:p></w:tc>" for start, cell in zip(starts, row)]
            out.append(el.ROW_END)
        out.append(el.TABLE_END)
        self.out.append("".join(out))

    def end_line(self, section: str = "") -> None:
        """The small line that comes after a table where a section or the document ends."""
        self.used.add("end")
        self.out.append(el.paragraph(self.styles["end"], "", section))

    def close_section(self, section: str) -> None:
        """End a section at the last paragraph, so that what follows is on pages of another kind."""
        last = self.out[-1]
        if last.endswith(el.TABLE_END):
            self.end_line(section)
        else:
            head, mark, rest = last.rpartition("</w:pPr>")
            self.out[-1] = f"{head}{section}{mark}{rest}"

    # -- parts of the annex --------------------------------------------------------------------------------------

    def heading(self, text: str, role: str = "heading") -> None:
        """A heading without a number, which the contents list can jump to."""
        anchor = _CONTENTS_ANCHOR.format(len(self.anchors) + 1)
        self.anchors.append(anchor)
        self.add(role, self.marked(anchor, el.run(text)))

    def title_block(self) -> None:
        """Title, parties, and the lines that say which document this is."""
        annex = self.annex
        self.add("title", el.run(annex.title))
        self.add("subtitle", el.run(f"{annex.client.name} – {annex.provider.name}"))
        for name, text in title_details(annex):
            self.add("detail", el.run(name) + el.TAB + el.run(text))

    def contents(self) -> None:
        """The contents list: a live field whose entries are already there, so that nothing has to be updated."""
        if not front_length(self.annex)[1]:
            return
        self.add("contents_heading", el.run(label(self.annex, "contents")))
        entries = [self._entry(*entry) for entry in contents_entries(self.annex)]
        if not entries:
            return
        switches = "" if self.pages else r"\n "
        entries[0] = (entries[0][0], el.field_start(rf'TOC \o "1-2" {switches}\h \z \u') + entries[0][1])
        entries[-1] = (entries[-1][0], entries[-1][1] + el.FIELD_END)
        for role, content in entries:
            self.add(role, content)

    def _entry(self, level: int, number: str, text: str, anchor: str) -> tuple[str, str]:
        content = el.run(number) + el.TAB if number else ""
        content += el.run(text)
        if self.pages and anchor in self.pages:
            content += el.TAB + el.field(rf"PAGEREF {anchor} \h", el.run(str(self.pages[anchor])))
        # A line with a number has a tab stop for it, which a short heading without one must not run into.
        role = "contents_2" if level == 2 else "contents_schedule" if number else "contents_1"
        return role, el.link(anchor, content)

    def clause(self, clause: ClauseBlock) -> None:
        """A clause: its heading in its anchor, then its blocks. A joined one has its anchor in its first paragraph."""
        if not clause.joined:
            self.add("clause", self.marked(clause.anchor, el.run(clause.title)))
        self.blocks(clause.blocks, "level", "clause_text", clause.anchor if clause.joined else "")

    def definitions(self) -> None:
        """The definitions, each term in quotation marks and in the style of a term."""
        if not self.annex.definitions:
            return
        self.heading(label(self.annex, "definitions"))
        if lead := self.annex.headings.get("definitions-lead"):
            self.add("body", el.run(lead))
        self.used.add("term")
        for definition in self.annex.definitions:
            term = el.run("“") + el.styled_run(definition.term, self.styles["term"])
            content = term + self.inlines((Text("” "), *definition.inlines))
            self.add("definition", self.marked(definition.anchor, content))

    def schedule(self, schedule: Schedule) -> None:
        """A schedule: its numbered heading, then its blocks, which number afresh under it.

        The first begins on a new page, save in a compact annex.
        """
        content = self.marked(schedule.anchor, el.run(schedule.title))
        if schedule is self.annex.schedules[0] and not self.annex.compact:
            self.used.add("schedule")
            self.out.append(el.paragraph(self.styles["schedule"], content, "<w:pageBreakBefore/>"))
        else:
            self.add("schedule", content)
        self.blocks(schedule.blocks, "schedule", "body")

    def opening(self, blocks: tuple[Block, ...]) -> None:
        """What comes before the key terms: headings, parties, recitals and plain text."""
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph) and block.role == "heading":
                self.heading(block.text)
            elif not index and has_opening(self.annex) and isinstance(block, Paragraph) and block.role == "body":
                self.add("opening", self.inlines(block.inlines))  # the contract begins under the contents
            elif isinstance(block, Paragraph) and block.number and not block.level:
                self.add(paragraph_role(block.role), el.run(block.number) + el.TAB + self.inlines(block.inlines))
            else:
                self.blocks((block,), "level", "body")

    def signatures(self) -> None:
        """The words of the execution and the places to sign: a column for each party, each row kept on one page."""
        annex = self.annex
        title = label(annex, "signatures")
        self.heading(title)
        self.blocks(annex.testimonium, "level", "body")
        self.used |= {"signature_table", "signature_party", "signature_line"}
        half = self.width // 2
        widths = (half, self.width - half)
        described = f"{title}: {annex.client.name}; {annex.provider.name}"
        out = [el.table_start(self.styles["signature_table"], widths, title, described), el.HEADER_ROW]
        for width, role in zip(widths, ("client", "provider")):
            words = el.run(label(annex, role))
            out.append(f"{el.cell_start(width)}{self.start('signature_party')}{words}</w:p></w:tc>")
        out.append(el.ROW_END)
        for row in signature_rows(annex):
            out.append(el.ROW)
            for width, block in zip(widths, row):
                lines = [f"{self.start('signature_party')}{el.run(block.lead)}</w:p>"] if block else []
                for name, text in block.lines if block else ():
                    lines.append(f"{self.start('signature_line')}{el.run(f'{name}: {text}'.rstrip())}</w:p>")
                written = "".join(lines) or f"{self.start('table_text')}</w:p>"  # a cell needs a paragraph
                out.append(f"{el.cell_start(width)}{written}</w:tc>")
            out.append(el.ROW_END)
        out.append(el.TABLE_END)
        self.out.append("".join(out))


def _held(words: str) -> str:
    """The words with a no-break space where a line may not end."""
    return _HELD.sub(NO_BREAK_SPACE, words)


def _described(table: Table) -> str:
    """What a screen reader says of a table besides its title."""
    return f"{len(table.rows)} rows. Columns: {', '.join(table.header)}."


def _anchors(annex: Annex) -> set[str]:
    """The anchors that a reference can lead to."""
    owners: tuple[ClauseBlock | Schedule, ...] = (*annex.clauses, *annex.schedules)
    return {o.anchor for o in owners} | {b.anchor for o in owners for b in o.blocks if type(b) is Paragraph and b.level}


def front_length(annex: Annex) -> tuple[int, int]:
    """How many paragraphs the title block and the contents list of an annex have; a compact one has no contents list."""
    return 2 + len(title_details(annex)), 0 if annex.compact else 1 + len(contents_entries(annex))


def contents_entries(annex: Annex) -> list[tuple[int, str, str, str]]:
    """The contents list: level, number, words and anchor of each heading, in the order of the annex."""
    out: list[tuple[int, str, str, str]] = []
    plain = 0

    def heading(text: str) -> None:
        nonlocal plain
        plain += 1
        out.append((1, "", text, _CONTENTS_ANCHOR.format(plain)))

    if annex.preliminaries and not has_opening(annex):
        heading(label(annex, "how-to-read"))
    for block in annex.preliminaries:
        if isinstance(block, Paragraph) and block.role == "heading":
            heading(block.text)
    if annex.key_terms.header:
        heading(label(annex, "key-terms"))
    group = ""
    for clause in annex.clauses:
        if clause.group != group and clause.group in annex.groups:
            heading(annex.groups[clause.group])
        group = clause.group
        if not clause.joined:
            out.append((2, clause.number, clause.title, clause.anchor))
    if annex.definitions:
        heading(label(annex, "definitions"))
    out += [(1, s.number, s.title, s.anchor) for s in annex.schedules]
    if annex.signatures:
        heading(label(annex, "signatures"))
    return out

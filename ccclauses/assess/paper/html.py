"""An HTML page as lines: one for each paragraph, heading, list item and table row, scripts and menus left out."""

from __future__ import annotations

from html.parser import HTMLParser

from ...model.findings.assessment import Line

_BREAKS = frozenset("p div li h1 h2 h3 h4 h5 h6 tr section article br dt dd blockquote title ul ol table".split())
_SILENT = frozenset("script style noscript template nav svg head".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.words: list[str] = []
        self.silent = 0
        self.heading = self.item = self.row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in _BREAKS:
            if tag in ("p", "div", "br") and self.row:
                self.words.append(" ")
                return
            self._end()
            self.heading, self.item = tag in _HEADINGS, tag == "li"
            self.row = self.row or tag == "tr"
        elif tag in ("td", "th") and self.words and "".join(self.words).strip():
            self.words.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in _BREAKS and not (self.row and tag in ("p", "div")):
            self._end()
            self.row = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)

    def _end(self) -> None:
        text = " ".join("".join(self.words).split())
        self.words = []
        if text:
            self.lines.append(Line(text=f"- {text}" if self.item else text, heading=self.heading, row=self.row))
        self.heading = self.item = False


def html_lines(data: bytes) -> list[Line]:
    """The lines of a page; its encoding is UTF-8 unless it can't be."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    reader = _Lines()
    reader.feed(text)
    reader._end()
    return reader.lines

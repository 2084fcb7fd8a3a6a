"""A paragraph or row that another author marked already carries one mark of each kind, as the schema has it."""

from datetime import datetime

import pytest
from lxml import etree

from ccclauses.ooxml.namespaces import W, w
from ccclauses.redline.text.marks import Marker, mark_paragraph
from ccclauses.review.answer.blocks import mark_row

THEIRS = '<w:{kind} w:id="1" w:author="Supplier"/>'
PARAGRAPH = f'<w:p xmlns:w="{W}"><w:pPr><w:rPr>{THEIRS}</w:rPr></w:pPr></w:p>'
ROW = f'<w:tr xmlns:w="{W}"><w:trPr>{THEIRS}</w:trPr></w:tr>'


@pytest.mark.parametrize("xml, mark", [(PARAGRAPH, mark_paragraph), (ROW, mark_row)])
@pytest.mark.parametrize("theirs, ours, said", [("del", "del", ["Supplier"]), ("ins", "del", ["Supplier", "Client"])])
def test_another_authors_word_stays(xml, mark, theirs, ours, said):
    element = etree.fromstring(xml.format(kind=theirs))
    mark(element, ours, Marker("Client", datetime(2026, 1, 5)))
    assert [m.get(w("author")) for m in element.iter(w("ins"), w("del"))] == said

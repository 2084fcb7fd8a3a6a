"""The numbering part: levels linked to styles, labels with room."""

from __future__ import annotations

from lxml import etree

from ccclauses.model.library.library import Level
from ccclauses.ooxml.elements import part
from ccclauses.ooxml.namespaces import w
from ccclauses.ooxml.numbering import ListLevel, abstract_list, label_width


def levels(*texts: str) -> tuple[Level, ...]:
    return tuple(Level(format="decimal", text=t, noun="") for t in texts)


def test_longer_labels_get_more_room_and_so_do_larger_letters():
    short, long = levels("%1.%2", "Section %1.%2")
    assert label_width(short, 22) < 720 < label_width(long, 22) < label_width(long, 28)
    assert label_width(long, 22) < label_width(long, 22, capitals=True)


def test_each_level_names_its_style_and_stands_at_its_indent():
    listed = tuple(
        ListLevel(level=lv, style=f"S{i}", left=720 + i, hanging=720) for i, lv in enumerate(levels("%1", '"%2" & <'))
    )
    root = etree.fromstring(part("numbering", abstract_list(7, listed)).encode())
    found = root.find(w("abstractNum")).findall(w("lvl"))
    assert [lv.find(w("pStyle")).get(w("val")) for lv in found] == ["S0", "S1"]
    assert [lv.find(w("lvlText")).get(w("val")) for lv in found] == ["%1", '"%2" & <']
    assert [lv.find(f"{w('pPr')}/{w('ind')}").get(w("left")) for lv in found] == ["720", "721"]

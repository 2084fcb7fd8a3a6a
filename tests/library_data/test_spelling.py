"""The whole library in American spelling, beside a client's own words in British."""

from __future__ import annotations

from full_deals import HERE, faults, full_deal

from ccclauses.common.resources import library_folder
from ccclauses.compose.annex import compose_annex
from ccclauses.compose.texts.american import american
from ccclauses.load.library.library import load_library
from ccclauses.model.annex import Paragraph
from ccclauses.model.profile import Site
from ccclauses.resolve import resolve

LIBRARY, _ = load_library(library_folder())
SITE = "Call centre of the Labour Programme"


def composed(language):
    request = full_deal(
        LIBRARY,
        law="US-NY",
        language=language,
        include=dict.fromkeys(LIBRARY.clauses, HERE),
        frameworks=tuple(LIBRARY.frameworks),
        sites=(Site(name=SITE, address="1 Programme Road", country="IN", purpose="calls", at=HERE),),
    )
    annex, _ = compose_annex(resolve(request, LIBRARY)[0])
    assert annex is not None and not list(faults(annex))
    return annex


def cells(annex):
    tables = [b for s in annex.schedules for b in s.blocks if not isinstance(b, Paragraph)]
    return [cell.text for table in tables for row in table.rows for cell in row]


def test_an_annex_in_american_english_is_spelled_so_and_a_site_keeps_its_name():
    annex = composed("en-US")
    printed = [p.text for p in annex.paragraphs()]
    printed += [d.term for d in annex.definitions] + [c.title for c in annex.clauses]
    own = [text for text in cells(annex) if SITE in text or "Programme Road" in text]
    assert own
    own += [row.ref for row in annex.coverage]  # the name of a requirement is its framework's
    assert [t for t in (*printed, *cells(annex)) if t not in own and american(t) != t] == []
    together = " ".join(printed)
    assert "unauthorized" in together and "unauthorised" not in together


def test_the_spelling_changes_nothing_else():
    british, us = composed("en-GB"), composed("en-US")

    def words(annex):  # dates are written in another order, and are no matter of spelling
        return [
            american(p.text) for c in (*annex.clauses, *annex.schedules) for p in c.blocks if isinstance(p, Paragraph)
        ]

    assert words(british) == words(us)

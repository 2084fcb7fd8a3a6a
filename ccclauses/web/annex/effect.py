"""What a change did to the annex, computed from the annex before and after it; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass

from ...common.length import estimated_pages
from ...compare.annexes import exposure
from ...deals.folder import Deal
from ...deals.state import Shown, of_text
from ...deals.versions import text_of, versions
from ...model.annex import Annex
from ..questions.answers import display
from ..questions.said import differing, label_of
from ..words import short_money
from .annex_parts import changes
from .panel import sentence

_READ = ("parties.", "annex.", "agreement.", "charges.", "term.", "settings.", "law", "facts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a change did: what was read, clauses that came and went, and the figures before and after where they differ."""

    read: tuple[tuple[str, str], ...] = ()  # label, the value as it is understood
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # where the annex says something else, while its clauses stay the same
    pages: tuple[int, int] | None = None
    money: tuple[str, str] | None = None
    first: bool = False  # the annex appeared

    @property
    def any(self) -> bool:
        """Whether there is something to tell of the annex."""
        return bool(self.came or self.went or self.pages or self.money or self.first or self.stays or self.words)


def effect_of(deal: Deal, number: int, found: Shown) -> Effect | None:
    """What the version of that number changed against the one before it; None when either is not there."""
    kept = [v for v in versions(deal) if not v.undone]
    place = next((n for n, v in enumerate(kept) if v.number == number), 0)
    if not place:
        return None
    return between(of_text(deal, text_of(deal, kept[place - 1])), of_text(deal, text_of(deal, kept[place])))


def between(before: Shown, after: Shown) -> Effect:
    """What lies between two states of a deal."""
    paths = list(differing(before.written, after.written))
    read = []
    for path in paths:
        value = after.said(path)
        shown = display(path, value, after.library) if value else ""
        if shown and path.startswith(_READ):
            read.append((label_of(path, after.library), shown))
    old, new = before.annex, after.annex
    if new is None:
        return Effect(read=tuple(read))
    if old is None:
        return Effect(read=tuple(read), first=True, pages=(0, _pages(new)))
    was, now = _titles(old), _titles(new)
    pages, money = (_pages(old), _pages(new)), (short_money(exposure(old).month), short_money(exposure(new).month))
    return Effect(
        read=tuple(read),
        came=tuple(t for k, t in now.items() if k not in was),
        went=tuple(t for k, t in was.items() if k not in now),
        stays=tuple(_stays(paths, before, after)),
        words=tuple(dict.fromkeys(c.label for c in changes(old, new))) if was.keys() == now.keys() else (),
        pages=pages if pages[0] != pages[1] else None,
        money=money if money[0] != money[1] else None,
    )


def _titles(annex: Annex) -> dict[str, str]:
    return {c.id: c.title for c in annex.clauses}


def _pages(annex: Annex) -> int:
    return round(estimated_pages(annex))


def _stays(paths: list[str], before: Shown, after: Shown) -> list[str]:
    """Clauses that a fact brought, which is no longer so, and that stay for another reason: "Backup stays in: …"."""
    old, new = before.resolution, after.resolution
    if old is None or new is None or not any(p.startswith("facts.") for p in paths):
        return []
    was = {c.clause.id: c for c in old.clauses}
    out = []
    for chosen in new.clauses:
        earlier = was.get(chosen.clause.id)
        lost = [r for r in earlier.because if r.startswith("applies because")] if earlier else []
        if lost and chosen.because and not any(r.startswith("applies because") for r in chosen.because):
            reason = sentence(chosen.because[0], after.library).rstrip(".")
            out.append(f"{chosen.clause.title} stays in: {reason[:1].lower()}{reason[1:]}")
    return out

"""What in the library changed: for each part of a signed annex that follows it, and for each value that doesn't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from ...compose.annex import block_inlines
from ...compose.texts.wording import series
from ...model.annex import Block, ClauseBlock, DefinitionBlock, Paragraph, Schedule, Value, plain_text
from ...model.findings.amendment import Amended, Left, What, Why
from ...model.library.clause import Change
from ...model.library.library import Library
from ..known import Known
from ..writing.document import dropped, printed_schedule
from .items import items
from .merged import Merged
from .same import block_key, masked, printed, same_clause


@dataclass(frozen=True, slots=True)
class Because:
    """What is said where nothing closer is known: of a library that changed, or of a deal that did."""

    inserted: str
    deleted: str
    reworded: str
    defined: str
    schedule_inserted: str
    schedule_deleted: str
    lines: str


LIBRARY = Because(
    inserted="new in the library",
    deleted="no longer asked for",
    reworded="its wording, or a condition in it, changed under the same version",
    defined="the library defines the term anew",
    schedule_inserted="new in the library",
    schedule_deleted="the library no longer has this schedule, or no longer for this deal",
    lines="these lines of the signed annex are not the old library's, or speak of a clause that stays",
)
DEAL = Because(
    inserted="the changed deal asks for it",
    deleted="the changed deal no longer asks for it",
    reworded="its wording follows the changed deal",
    defined="its meaning follows the changed deal",
    schedule_inserted="the changed deal asks for it",
    schedule_deleted="the changed deal no longer needs it",
    lines="the parties worded these lines themselves, and the changed deal would word them otherwise: agree what they are to say",
)
_FOLLOWS = "it follows the clauses, the values and the frameworks"
_OTHER = "its words are not the old library's"
_VERSION = "it was built from another version of the library than the old one that was named"
_UNTOLD = (
    "its words are not the old library's; without a profile it is not known whether they were agreed or rest on facts "
    "of the deal"
)


def amended_parts(
    known: Known, merged: Merged, old: Library | None, new: Library, because: Because = LIBRARY
) -> tuple[Amended, ...]:
    """Every part whose printed words differ from the signed ones, in the order of the annex, each with its reasons."""
    clauses = _clauses(known, merged, old, new, because)
    return (*_fronts(merged), *clauses, *_definitions(merged, because), *_schedules(merged, because))


def _clauses(known: Known, merged: Merged, old: Library | None, new: Library, because: Because) -> Iterator[Amended]:
    signed = merged.signed.clauses
    for number, clause in enumerate(merged.annex.clauses):
        own = signed[number] if number < len(signed) else None
        changes = _changes(own.id, known, old, new) if own else ()
        if own is None or own.id != clause.id and not dropped(own, clause):
            resolved = next(r for r in merged.taken.resolution.clauses if r.clause.id == clause.id)
            took = [f"“{c.title}”" for c in signed if c.id in resolved.clause.formerly]
            why = (f"takes over {series(took)}" if took else because.inserted, *resolved.because)
            words = changed_lines(own.blocks if own else (), clause.blocks)
            yield _amended(clause, "replaced" if own else "inserted", why, words, resolved.clause.purpose)
        elif dropped(own, clause):
            why = (_dropped(own.id, merged, new, because),)
            yield _amended(own, "deleted", why, changed_lines(own.blocks, ()), changes=changes)
        elif not same_clause(own, clause):
            why = tuple(_why(own.id, known, merged, old, new, because))
            words = changed_lines(own.blocks, clause.blocks)
            yield _amended(clause, "replaced", why, words, new.clauses[own.id].purpose, changes)
        elif _printed(own) != _printed(clause):
            yield _amended(clause, "renumbered", ("a paragraph that it refers to has another number",))


def _amended(
    clause: ClauseBlock,
    what: What,
    why: tuple[str, ...],
    words: tuple[tuple[str, str], ...] = (),
    about: str = "",
    changes: tuple[Change, ...] = (),
) -> Amended:
    return Amended(
        kind="clause",
        id=clause.id,
        number=clause.number,
        title=clause.title,
        what=what,
        why=why,
        changes=changes,
        about=about,
        words=words,
    )


def changed_lines(own: Sequence[Block], now: Sequence[Block]) -> tuple[tuple[str, str], ...]:
    """The paragraphs and rows that differ, before and after, those that face each other side by side."""
    sides = [[(printed(i.inlines), i.key) for i in items(blocks)] for blocks in (own, now)]
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, [key for _, key in sides[0]], [key for _, key in sides[1]], autojunk=False)
    for tag, i, j, k, end in matcher.get_opcodes():
        if tag != "equal":
            found += zip_longest((t for t, _ in sides[0][i:j]), (t for t, _ in sides[1][k:end]), fillvalue="")
    return tuple((a, b) for a, b in found if a != b)


def _printed(clause: ClauseBlock) -> list[object]:
    return [block_key(b, printed) for b in clause.blocks]


def _dropped(clause: str, merged: Merged, new: Library, because: Because) -> str:
    if clause not in new.clauses:
        now = " and ".join(f"“{new.clauses[i].title}”" for i in new.now(clause))
        return f"now part of {now}" if now else "the library no longer has this clause"
    left = next((x.because for x in merged.taken.resolution.left_out if x.clause.id == clause), "")
    return f"{because.deleted}: {left}" if left else because.deleted


def _why(
    clause: str, known: Known, merged: Merged, old: Library | None, new: Library, because: Because
) -> Iterator[str]:
    """Version, values and framework rows; at least one sentence."""
    found = [*_version(clause, known, old, new), *_values(clause, known, merged), *_rows(clause, known, old, new)]
    yield from found or [because.reworded]


def _version(clause: str, known: Known, old: Library | None, new: Library) -> Iterator[str]:
    before, after = _signed_version(clause, known, old), new.clauses[clause].version
    if before and before != after:
        yield f"version {before} → {after}"


def _changes(clause: str, known: Known, old: Library | None, new: Library) -> tuple[Change, ...]:
    """The new library's reasons for the versions after the signed one; none where that is not known."""
    before = _signed_version(clause, known, old)
    if not before or clause not in new.clauses:
        return ()
    return tuple(c for c in new.clauses[clause].changes if c.version > before)


def _signed_version(clause: str, known: Known, old: Library | None) -> int:
    """The version from which the signed clause was built; 0 where it is not known."""
    if old and clause in old.clauses:
        return old.clauses[clause].version
    return next((c.version for c in (known.old.clauses if known.old else ()) if c.id == clause), 0)


def _values(clause: str, known: Known, merged: Merged) -> Iterator[str]:
    before = known.old.parameters if known.old else {}
    blocks = next((c.blocks for c in merged.annex.clauses if c.id == clause), ())
    shown = {i.parameter for b in blocks for i in block_inlines(b) if isinstance(i, Value)}
    for name, entry in merged.annex.parameters.items():
        was = before.get(name)
        if (name in shown or entry.clause == clause) and was is not None and was.text != entry.text:
            setting = merged.taken.resolution.settings.get(name)
            because = f" ({setting.because})" if setting else ""
            yield f"{entry.label}: {was.text} → {entry.text}{because}"


def _rows(clause: str, known: Known, old: Library | None, new: Library) -> Iterator[str]:
    """Requirements that the clause answers and that the library states anew."""
    if old is None:
        return
    was = old.clauses[clause].maps_to if clause in old.clauses else {}
    for framework in known.profile.frameworks:
        for ref in new.clauses[clause].maps_to.get(framework, {}):
            now = new.frameworks[framework].references[ref]
            then = old.frameworks[framework].references.get(ref) if framework in old.frameworks else None
            name = f"{new.frameworks[framework].short} {ref}"
            if then is None or ref not in was.get(framework, {}):
                yield f"answers {name}: {now.duty}"
            elif (then.duty, then.deadline) != (now.duty, now.deadline):
                yield f"{name} is stated anew: {now.duty}" + (f" ({now.deadline})" if now.deadline else "")


def _definitions(merged: Merged, because: Because) -> Iterator[Amended]:
    was = {d.term: d for d in merged.signed.definitions}
    now = {d.term: d for d in merged.annex.definitions}
    for term in sorted({*was, *now}, key=lambda t: (t.casefold(), t)):
        one, other = was.get(term), now.get(term)
        if one is None and other is not None:
            yield _defined(term, "inserted", "the new wording uses the term", "", _words(other))
        elif other is None and one is not None:
            yield _defined(term, "deleted", "no text uses the term any longer", _words(one), "")
        elif one is not None and other is not None and printed(one.inlines) != printed(other.inlines):
            same = masked(one.inlines) == masked(other.inlines)
            why = "a reference in it has another number" if same else because.defined
            yield _defined(term, "renumbered" if same else "replaced", why, _words(one), _words(other))


def _defined(term: str, what: What, why: str, before: str, after: str) -> Amended:
    words = ((before, after),)
    return Amended(kind="definition", id=term, number="", title=f"“{term}”", what=what, why=(why,), words=words)


def _schedules(merged: Merged, because: Because) -> Iterator[Amended]:
    for own, schedule in zip_longest(merged.signed.schedules, merged.annex.schedules):
        if own is None:
            yield _scheduled(schedule, "inserted", because.schedule_inserted)
        elif dropped(own, schedule):
            yield _scheduled(own, "deleted", because.schedule_deleted)
        elif printed_schedule(own) != printed_schedule(schedule):
            yield _scheduled(schedule, "replaced", _FOLLOWS)


def _scheduled(schedule: Schedule, what: What, why: str) -> Amended:
    return Amended(kind="schedule", id=schedule.id, number=schedule.number, title=schedule.title, what=what, why=(why,))


def _fronts(merged: Merged) -> Iterator[Amended]:
    one, other = merged.signed, merged.annex
    for name, title, was, now in (
        ("how-to-read", "How to read", one.preliminaries, other.preliminaries),
        ("key-terms", "Key terms", (one.key_terms, *one.key_values), (other.key_terms, *other.key_values)),
        ("testimonium", "Words before the signatures", one.testimonium, other.testimonium),
    ):
        if [block_key(b, printed) for b in was] != [block_key(b, printed) for b in now]:
            yield Amended(
                kind="front",
                id=name,
                number="",
                title=other.headings.get(name, title),
                what="replaced",
                why=(_FOLLOWS,),
            )


# ------------------------------------------------------------------------------------- what stays


def left_parts(
    known: Known, merged: Merged, old: Library | None, new: Library, because: Because = LIBRARY
) -> tuple[Left, ...]:
    """The parts that the new library words otherwise and that stay as they were signed."""
    assert known.old is not None
    before = {c.id: c for c in known.old.clauses}
    fresh = {c.id: c for c in merged.fresh.annex.clauses}
    out = []
    for clause in merged.signed.clauses:
        was, now = before.get(clause.id), fresh.get(clause.id)
        if was is None and now is None or now is not None and same_clause(clause, now):
            continue  # the parties' own clause, or one that says already what the library says
        if was is not None and now is not None and same_clause(was, now):
            continue  # the library did not change it
        if merged.by_line and clause.id in merged.negotiated and clause.id not in merged.held:
            continue  # lines that both sides changed are reported below
        if clause.id in merged.negotiated:
            out.append(_left(clause, *_unlike(known, clause), now))
        elif clause.id in merged.undecided:
            out.append(_left(clause, "not known", merged.undecided[clause.id], now))
        elif clause.id in merged.held:
            out.append(_left(clause, "held", merged.held[clause.id], now))
    there = {c.id for c in merged.annex.clauses} | {c.id for c in merged.signed.clauses}
    for id_, now in fresh.items():
        if id_ in there:
            continue
        if id_ in before and not same_clause(before[id_], now):
            out.append(_left(now, "taken out", "the signed annex has no such clause", now, signed=""))
        elif id_ not in before:
            reason = merged.held.get(id_, "it applies on facts of the deal, which are not known without a profile")
            out.append(_left(now, "held" if id_ in merged.held else "not known", reason, now, signed=""))
    told = (replace(x, changes=_changes(x.id, known, old, new)) for x in out)
    return (*told, *_left_definitions(merged), *_left_lines(merged, because))


def _unlike(known: Known, clause: ClauseBlock) -> tuple[Why, str]:
    """Why a clause says something else than the old library, as far as that is known."""
    if known.built is not None:
        was = next((c for c in known.built.clauses if c.id == clause.id), None)
        if was is None or not same_clause(was, clause):
            return "negotiated", _OTHER
        return "not known", _UNTOLD if known.made else _VERSION
    return ("not known", _UNTOLD) if known.made else ("negotiated", _OTHER)


def _left(clause: ClauseBlock, why: Why, reason: str, now: ClauseBlock | None, signed: str | None = None) -> Left:
    words = clause_words(clause) if signed is None else signed
    number = clause.number if signed is None else ""
    library = clause_words(now) if now else ""
    return Left(
        kind="clause",
        id=clause.id,
        number=number,
        title=clause.title,
        why=why,
        reason=reason,
        signed=words,
        library=library,
    )


def _left_definitions(merged: Merged) -> Iterator[Left]:
    new = {d.term: d for d in merged.fresh.annex.definitions}
    own = {d.term: d for d in merged.signed.definitions}
    for term in merged.definitions:
        yield Left(
            kind="definition",
            id=term,
            number="",
            title=f"“{term}”",
            why="negotiated",
            reason=_OTHER,
            signed=_words(own[term]),
            library=_words(new[term]) if term in new else "",
        )


def _words(definition: DefinitionBlock) -> str:
    return plain_text(definition.inlines)


def _left_lines(merged: Merged, because: Because) -> Iterator[Left]:
    schedules = {s.id: (s.number, s.title) for s in merged.signed.schedules}
    clauses = {c.id: (c.number, c.title) for c in merged.signed.clauses}
    by_id: dict[str, tuple[str, str]] = {**clauses, **schedules}
    for part, clashes in merged.clashes.items():
        number, title = by_id.get(part, ("", merged.signed.headings.get(part, part)))
        for clash in clashes:
            own, other = (
                "\n".join(
                    " | ".join(plain_text(c.inlines) for c in i.row) if i.row else plain_text(i.inlines) for i in side
                )
                for side in (clash.own, clash.other)
            )
            yield Left(
                kind="schedule" if part in schedules else "clause" if part in clauses else "front",
                id=part,
                number=number,
                title=title,
                why="negotiated",
                reason=because.lines,
                signed=own,
                library=other,
            )


def clause_words(clause: ClauseBlock) -> str:
    """The words of a clause, a line for each paragraph and row, with its numbers."""
    lines = []
    for item in items(clause.blocks):
        if isinstance(item.block, Paragraph):
            lines.append(f"{item.block.full_number} {plain_text(item.inlines)}".strip())
        else:
            lines.append(
                " | ".join(plain_text(c.inlines) for c in item.row) if item.row else " | ".join(item.block.header)
            )
    return "\n".join(lines)

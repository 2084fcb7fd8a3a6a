"""The JSON Schema of a profile or a clause, from the same description that reads them, for editors."""

from __future__ import annotations

from typing import Any, Literal

from ..model.clause import Library
from .formats import clause_record
from .profile_format import profile_record


def json_schema(what: Literal["profile", "clause"], library: Library) -> dict[str, Any]:
    """The JSON Schema (draft 7, which editors know best) of a profile or a clause that is read against `library`."""
    record = profile_record(library) if what == "profile" else clause_record(library.postures)
    known = {
        "topic": library.topics,
        "law": library.laws,
        "law or family": [*library.laws, *sorted({law.family for law in library.laws.values()})],
        "posture": library.postures,
        "framework": library.frameworks,
        "clause": library.clauses,
    }
    if what == "clause":
        # A clause may require one that is drafted next; only a profile names what there is.
        del known["clause"]
    schema = record.schema(known)
    if what == "profile":
        # A profile that extends another need not repeat what the other one says, at any depth.
        whole = {key: value for key, value in schema.items() if key == "required"}
        schema = {**_without_required(schema), "if": {"not": {"required": ["extends"]}}, "then": whole}
    titles = {"profile": "A requirements profile", "clause": "A clause"}
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"{titles[what]} of ccclauses", **schema}


def _without_required(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with the keys of its sections optional; a list's entries stay whole, since they are never merged."""
    slim = {key: value for key, value in schema.items() if key != "required"}
    if "properties" in slim:
        slim["properties"] = {name: _without_required(value) for name, value in slim["properties"].items()}
    if "anyOf" in slim:
        slim["anyOf"] = [_without_required(value) for value in slim["anyOf"]]
    return slim

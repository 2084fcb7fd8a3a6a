"""The JSON Schema of a profile or a clause, from the same description that reads them, for editors."""

from __future__ import annotations

from typing import Any, Literal

from ...model.library.library import Library
from ...model.words.words import PARTY_TERMS
from ..library.clause_format import clause_record
from ..profile.profile_format import profile_record

_LONG = 100  # characters


def json_schema(what: Literal["profile", "clause"], library: Library) -> dict[str, Any]:
    """The JSON Schema (draft 7, which editors know best) of a profile or a clause that is read against `library`."""
    record = profile_record(library) if what == "profile" else clause_record(tuple(library.postures))
    known = {
        "topic": library.topics,
        "law": library.laws,
        "law or family": [*library.laws, *sorted({law.family for law in library.laws.values()})],
        "posture": library.postures,
        "form": library.forms,
        "framework": library.frameworks,
        "clause": library.clauses,
        "term": (*PARTY_TERMS, *library.terms),
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
    shared: dict[str, Any] = {}
    schema = _share_lists(schema, shared)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"{titles[what]} of ccclauses"}
    return {**head, **schema, **({"definitions": shared} if shared else {})}


def _share_lists(value: Any, shared: dict[str, Any]) -> Any:
    """The schema with its long lists and patterns, such as the countries, written once each."""
    if isinstance(value, list):
        return [_share_lists(item, shared) for item in value]
    if not isinstance(value, dict):
        return value
    simple = {key: value[key] for key in ("type", "enum", "pattern") if key in value}
    if len(str(simple)) > _LONG and isinstance(value.get("type", ""), str):
        name = next((name for name, known in shared.items() if known == simple), f"shared-{len(shared) + 1}")
        shared[name] = simple
        rest = {key: item for key, item in value.items() if key not in simple}
        # Beside `$ref` draft 7 reads nothing else, so that a description needs `allOf`.
        return {**rest, "allOf": [{"$ref": f"#/definitions/{name}"}]} if rest else {"$ref": f"#/definitions/{name}"}
    return {key: _share_lists(item, shared) for key, item in value.items()}


def _without_required(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with the keys of its sections optional; a list's entries stay whole, since they are never merged."""
    slim = {key: value for key, value in schema.items() if key != "required"}
    if "properties" in slim:
        slim["properties"] = {name: _without_required(value) for name, value in slim["properties"].items()}
    if "anyOf" in slim:
        slim["anyOf"] = [_without_required(value) for value in slim["anyOf"]]
    return slim

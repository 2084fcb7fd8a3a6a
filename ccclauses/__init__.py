"""A requirements profile becomes an enforceable Word contract annex.

    from ccclauses import api

    built = api.build("deal.yaml")
    Path("annex.docx").write_bytes(built.data)

`api` has one function for each task. Below it are the steps, each a pure function from frozen values to a frozen value and its
diagnostics:

    library, problems = load_library(library_folder())
    profile, problems = load_profile(Path("deal.yaml"), library)
    resolution, problems = resolve_profile(profile, library)
    annex, problems = compose_annex(resolution)
    data = write_docx(annex, house_style)

The names below are imported when they are first used, so that `import ccclauses` stays quick; docs/reference/api.md has
each with an example.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Annex": "model.annex",
    "Built": "pipeline",
    "Clause": "model.library.clause",
    "Diagnostic": "model.diagnostic",
    "InputError": "model.diagnostic",
    "Library": "model.library.library",
    "Profile": "model.profile",
    "Resolution": "model.profile",
    "build": "pipeline",
    "compose_annex": "compose.annex",
    "document_bytes": "ooxml.package.documents",
    "library_folder": "common.resources",
    "load_house_style": "write.word.docx",
    "load_library": "load.library.library",
    "load_profile": "load.profile.profile",
    "open_document": "ooxml.package.documents",
    "resolve_profile": "resolve",
    "write_docx": "write.word.docx",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)

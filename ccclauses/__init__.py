"""A requirements profile becomes an enforceable Word contract annex.

    library, problems = load_library(library_folder())
    profile, problems = load_profile(Path("deal.yaml"), library)
    resolution, problems = resolve_profile(profile, library)
    annex, problems = compose_annex(resolution)
    data = write_docx(annex, house_style)

or, in one step, with a python-docx `Document` to go on with:

    document = build("deal.yaml").document()

Every step is a pure function from frozen values to a frozen value and its diagnostics. The names below are imported
when they are first used, so that `import ccclauses` stays quick.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

# Name → the module of this package that it comes from: tasks from end to end first, then the steps that they are made of.
_HOMES = {
    "build": "pipeline",
    "check": "api.deals",
    "explain": "api.deals",
    "coverage": "api.deals",
    "diff": "api.negotiation",
    "redline": "api.negotiation",
    "review": "api.negotiation",
    "respond": "api.negotiation",
    "verify": "api.negotiation",
    "obligations": "api.performance",
    "penalties": "api.performance",
    "read_deal": "api.deals",
    "Annex": "model.annex",
    "Built": "pipeline",
    "Clause": "model.clause",
    "Deal": "api.deals",
    "Diagnostic": "model.diagnostic",
    "InputError": "model.diagnostic",
    "Library": "model.clause",
    "Profile": "model.profile",
    "Resolution": "model.profile",
    "compose_annex": "compose.annex",
    "document_bytes": "ooxml.documents",
    "library_folder": "resources",
    "load_house_style": "write.docx",
    "load_library": "load.library",
    "load_profile": "load.profile",
    "open_document": "ooxml.documents",
    "resolve_profile": "resolve",
    "write_docx": "write.docx",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)

"""Comparison → JSON, for programs that read what changed."""

from __future__ import annotations

import dataclasses
import json

from ...model.findings.comparison import Comparison, Exposure
from .diff_shown import Only, Shown


def write_diff_json(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as JSON."""
    return json.dumps(comparison_dict(comparison, only), indent=2, ensure_ascii=False) + "\n"


def comparison_dict(comparison: Comparison, only: Only = "substantive") -> dict[str, object]:
    """The report as plain JSON values."""
    shown = Shown(comparison, only)
    parts = []
    for part in shown.parts:
        row = dataclasses.asdict(dataclasses.replace(part.part, paragraphs=()))
        row["paragraphs"] = [dataclasses.asdict(p) for p in part.paragraphs]
        parts.append(row)
    return {
        "before": comparison.before,
        "after": comparison.after,
        "different": shown.different,
        "summary": shown.summary,
        "values": [dataclasses.asdict(v) for v in shown.values],
        "exposure": {"before": _exposure(comparison.exposure_before), "after": _exposure(comparison.exposure_after)},
        "parts": parts,
        "definitions": [dataclasses.asdict(d) for d in shown.definitions],
        "coverage": [dataclasses.asdict(c) for c in shown.coverage],
        "repeated": dict(shown.repeated),
    }


def _exposure(exposure: Exposure) -> dict[str, str | None]:
    return {
        "month": exposure.month.wording() if exposure.month else None,
        "year": exposure.year.wording() if exposure.year else None,
    }

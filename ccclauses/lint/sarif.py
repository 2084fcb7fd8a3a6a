"""Findings → SARIF 2.1.0 (OASIS), which code hosts and editors show next to the lines."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.diagnostic import Diagnostic, Severity
from .engine import Rule, all_rules

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(diagnostics: Iterable[Diagnostic]) -> dict[str, object]:
    """The findings as one SARIF run."""
    found = list(diagnostics)
    pages = {rule.name: rule for rule in all_rules()}
    rules = [
        {"id": name, **(_described(pages[name]) if name in pages else {})} for name in sorted({d.rule for d in found})
    ]
    results = [
        {
            "ruleId": d.rule,
            "level": _LEVELS[d.severity],
            "message": {"text": f"{d.message}. {d.hint}" if d.hint else d.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": d.at.file.replace("\\", "/")},
                        "region": {"startLine": d.at.line, "startColumn": d.at.column},
                    }
                }
            ],
        }
        for d in found
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "ccclauses", "rules": rules}}, "results": results}],
    }


def _described(rule: Rule) -> dict[str, object]:
    return {"shortDescription": {"text": rule.summary}, "help": {"text": rule.page}}

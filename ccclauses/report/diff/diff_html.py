"""Comparison → one self-contained HTML page: a table of changes that links to each clause, inline or side by side.

No script: the view is switched by two radio buttons and CSS, so the file can be mailed and opened anywhere.
"""

from __future__ import annotations

from typing import Any

from ...common.markup import render, render_page
from ...model.findings.comparison import Comparison
from .diff_shown import Only, Shown, number_of, told_of


def write_diff_html(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as a page."""
    title = f"{comparison.before} → {comparison.after}"
    return render_page("diff.html", language="en", title=title, **_values(comparison, only))


def diff_body(comparison: Comparison, only: Only = "substantive") -> str:
    """The report as markup, for a page of one's own."""
    return render("diff_body.html", **_values(comparison, only))


def _values(comparison: Comparison, only: Only) -> dict[str, Any]:
    return {"shown": Shown(comparison, only), "number_of": number_of, "told_of": told_of}

"""The reference page of the rules is what the rules' own pages say."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import rule_pages  # noqa: E402


def test_the_page_is_current():
    assert rule_pages.PAGE.read_text(encoding="utf-8") == rule_pages.page(), "run: python tools/rule_pages.py"

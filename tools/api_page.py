"""Writes docs/reference/api.md out of the docstrings of the functions that it names: `python tools/api_page.py`.

A test says when to, and runs each example.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ccclauses import api  # noqa: E402

PAGE = ROOT / "docs" / "reference" / "api.md"
HEAD = """\
# The Python API

Written out of the functions by `python tools/api_page.py`; the commands and the page call exactly these. Each takes paths (or
what an earlier one gave) and gives a frozen value with its types. What stops a function is raised as `api.InputError`, whose
`problems` hold every diagnostic with file, line, column, what was found and what would be right; what it was only warned of
stands in the `problems` of its value. Nothing prints or exits, and each module is imported when it is first used.

```python
from ccclauses import api
```

To go on with a python-docx document: [build in Python](../how-to/python.md).
"""


def functions() -> list[str]:
    """The names of the functions, in the order of a deal's life."""
    return [name for name in api.__all__ if name[0].islower()]


def page() -> str:
    """The whole page."""
    return "\n".join((HEAD, *(line for name in functions() for line in _function(name))))


def _function(name: str) -> Iterator[str]:
    function = getattr(api, name)
    text, _, example = inspect.getdoc(function).partition("\n\n    >>> ")
    yield f"## {name}"
    yield ""
    yield "```python"
    yield from _signature(name, function).splitlines()
    yield "```"
    yield ""
    yield text
    if example:
        yield ""
        yield "```pycon"
        yield textwrap.dedent("    >>> " + example).rstrip()
        yield "```"
    yield ""


def _signature(name: str, function: object) -> str:
    """The signature with a parameter a line where one line is too long."""
    written = re.sub(r"(: |-> )'([^']+)'", r"\1\2", str(inspect.signature(function)))
    written = f"api.{name}{written}"
    if len(written) <= 100:
        return written
    inside, _, gives = written.partition("(")[2].rpartition(") -> ")
    parts = [p for p in re.split(r", (?![^\[(]*[\])])", inside)]
    return "\n".join([f"api.{name}(", *(f"    {p}," for p in parts), f") -> {gives}"])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")

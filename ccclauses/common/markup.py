"""Where all HTML is written: Jinja2 templates, in which every value is escaped unless it is markup already."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

# The base template and the annex are with the formats of the annex; reports build on them.
FOLDERS = tuple(Path(__file__).parents[1] / name / "templates" for name in ("write", "report"))


def render_page(name: str, /, **values: Any) -> str:
    """A whole page: the template of that name filled with the values."""
    return _environment().get_template(name).render(values)


def render(name: str, /, **values: Any) -> Markup:
    """A part of a page, which is markup: another template shows it as it is."""
    from markupsafe import Markup

    return Markup(render_page(name, **values))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    return Environment(
        loader=loader(),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def loader(*folders: Path) -> FileSystemLoader:
    """What finds templates in `folders`, then the ones of the package."""
    from jinja2 import FileSystemLoader

    return FileSystemLoader((*folders, *FOLDERS))


def _escaped(value: Any) -> Any:
    """A value as markup. Jinja2 would write quotes as other entities, and the bytes of a page are kept as they were."""
    return value if hasattr(value, "__html__") else _markup(str(value))


@lru_cache(maxsize=1 << 15)
def _markup(text: str) -> Markup:
    # From one repaint of a page to the next nearly all of its words stay.
    from markupsafe import Markup

    return Markup(escape(text))

"""Where the shipped clause library, the house styles and the example profiles are: in the installed package, else next to it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def library_folder() -> Path:
    """The folder of the shipped clause library."""
    return _folder("clause_library")


def templates_folder() -> Path:
    """The folder of the house styles."""
    return _folder("templates")


def examples_folder() -> Path:
    """The folder of the example profiles."""
    return _folder("examples")


def _folder(name: str) -> Path:
    # Mapped packages are folders of the package only in a built wheel; in a checkout and in
    # editable installs they are next to it, where importlib.resources does not look.
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name

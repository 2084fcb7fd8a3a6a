"""The page over a folder of deals. It holds nothing between requests: every screen reads the deal's files, every change writes them.

Each screen is a module with a blueprint `bp`, named in `SCREENS`. What they agree on:

- A route takes its deal as `<deal:deal>` and gets a `deals.folder.Deal`; a name that is none answers 404 before the screen is asked.
  `url_for("ask.show", deal=deal, number=3)` takes a `Deal` too.
- Every screen is a GET. Every change is a POST that ends in `shell.back(...)`, a 303. A form carries the token:
  `{% include "token.html" %}`; a script sends the same token in the header `X-Token`.
- A page is `shell.screen("ask.html", deal, title="…", …)`. Its template extends `shell.html` and fills the blocks `main`,
  `effect` and `scripts`; `shown` (a `deals.state.Shown`), `deal` and the top line are there already.
- A link to another screen is written `{{ link("annex.show", deal=deal) }}` and is empty while there is no such screen, so that
  nothing leads nowhere. The shell links `home.show`, `ask.show`, `check.show`, `annex.show`, `send.show`, `negotiate.show`,
  `history.show`, `sign.show`, `after.show` and `clauses.show`.
- A `DealError` anywhere is shown as a page with its sentence; nothing was changed then.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, ValidationError

from ..common.markup import loader
from ..deals.folder import Deal, DealError, Deals
from .guard import guard, guard_changes

SCREENS = (
    "shell",
    "home",
    "rounds.add",
    "questions.ask",
    "check",
    "annex.annex",
    "rounds.send",
    "rounds.negotiate",
    "rounds.history",
    "rounds.sign",
    "rounds.after",
    "paper",
    "clauses",
    "into",
)


def create_app(
    root: Path,
    *,
    hosts: Iterable[str],
    token: str = "",
    examples: Path | None = None,
    now: Callable[[], datetime] | None = None,
) -> Flask:
    """The page over the deals in the folder `root`, the only one that it writes in.

    `hosts` are the names, with their port, under which it answers. `token` is asked of every browser where it is set, and
    `examples` is a folder of profiles to look at. `now` gives the moment of what is made.
    """
    app = Flask(__name__)
    app.jinja_loader = loader(Path(app.root_path) / "templates")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    deals = Deals(root)
    app.extensions["deals"] = deals
    app.extensions["examples"] = examples
    app.extensions["now"] = now or (lambda: datetime(2000, 1, 1))
    app.url_map.converters["deal"] = _converter(deals)
    guard(app, hosts, token)
    guard_changes(app)
    for name in SCREENS:
        app.register_blueprint(importlib.import_module(f".{name}", __package__).bp)

    @app.errorhandler(DealError)
    def told(problem: DealError) -> tuple[str, int]:
        return render_template("problem.html", title="That did not work", words=str(problem)), 409

    @app.errorhandler(HTTPException)
    def refused(problem: HTTPException) -> tuple[str, int]:
        title, words = _WORDS.get(problem.code or 500, ("That did not work", str(problem.description)))
        if problem.code in (403, 409, 413):
            words = str(problem.description) or words
        return render_template("problem.html", title=title, words=words), problem.code or 500

    return app


_WORDS = {
    403: ("This can't be done from there", "This page answers only to itself."),
    404: ("There is no such page", "The deal may have been moved or renamed, or the address is wrong."),
    405: ("There is no such page", "Go back to your deals and try again from there."),
    413: ("That file is too large", "Choose a file of at most 20 MB."),
    500: ("Something went wrong", "It is a fault of the program. Your deal is as it was before."),
}


def _converter(deals: Deals) -> type[BaseConverter]:
    class DealConverter(BaseConverter):
        """The name of a deal in an address, as the deal."""

        def to_python(self, value: str) -> Deal:
            deal = deals.open(value)
            if deal is None:
                raise ValidationError
            return deal

        def to_url(self, value: Any) -> str:
            return super().to_url(value.slug if isinstance(value, Deal) else value)

    return DealConverter

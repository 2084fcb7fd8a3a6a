"""`ccclauses serve`: the local page."""

from __future__ import annotations

import errno
from datetime import datetime, timezone
from pathlib import Path

import click

from ..model.diagnostic import errors
from .common import EXISTING_FOLDER, MISUSE, report


@click.command(epilog="Example: ccclauses serve ~/Documents/Deals --open")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address; anything but this machine's own needs a token."
)
@click.option("--token", default="", help="The token that a browser must show; made up where --host asks for one.")
@click.option(
    "--library",
    "libraries",
    multiple=True,
    type=EXISTING_FOLDER,
    help="A folder with clauses of your own, read over the shipped ones; may be given again.",
)
@click.option("--against", type=EXISTING_FOLDER, help="Another version of the library, to compare with.")
@click.option("--open", "open_", is_flag=True, help="Open it in your browser.")
def serve(
    folder: Path | None,
    port: int,
    host: str,
    token: str,
    libraries: tuple[Path, ...],
    against: Path | None,
    open_: bool,
) -> None:
    """Open the page on this machine over the deals in FOLDER: answer ten questions, take the annex away, negotiate it.

    A deal is a folder of plain files, and the page writes in FOLDER only; it is made when it is not there. Nothing is loaded
    from elsewhere and nothing is sent anywhere. Without FOLDER the page keeps nothing: pick requirements, watch the annex.

    \b
    ccclauses serve ~/Documents/Deals --open
    ccclauses serve --library our-clauses/
    """
    import contextlib
    import io
    import secrets

    try:
        from werkzeug.serving import WSGIRequestHandler, make_server

        from ..web import app, single
        from ..web.guard import LOOPBACK
    except ImportError as problem:
        raise click.UsageError(f"the page needs Flask, which is not installed ({problem})") from None
    from ..load.library import load_library
    from ..resources import examples_folder, library_folder

    class Quiet(WSGIRequestHandler):
        """Prints nothing for each request: what people type into the page is nobody's log."""

        def log(self, type: str, message: str, *args: object) -> None:
            """Keep silent."""

    library, problems = load_library(library_folder(), *libraries)
    other = None
    if against:
        alone = (against / "topics.yaml").is_file()
        other, found = load_library(*(() if alone else (library_folder(),)), against)
        problems = problems + found
    if errors(problems):
        report(errors(problems), err=True)
        raise SystemExit(MISUSE)
    own = host in ("127.0.0.1", "localhost", "::1")
    token = token or ("" if own else secrets.token_urlsafe(24))
    try:
        with contextlib.redirect_stderr(
            io.StringIO()
        ):  # it tells of a port that is taken in words of its own, and leaves
            server = make_server(host, port, lambda *_: [], threaded=True, request_handler=Quiet)
    except (OSError, SystemExit) as problem:
        cause = problem.__context__ if isinstance(problem, SystemExit) else problem
        raise click.UsageError(f"{host}:{port} can't be used: {_why(cause)}") from None
    number = server.server_port
    names = (*LOOPBACK, host) if own else (host,)
    hosts = [f"{name}:{number}" for name in names]
    if folder:
        server.app = app.create_app(
            folder, hosts=hosts, token=token, examples=examples_folder(), now=lambda: datetime.now().astimezone()
        )
    else:
        server.app = single.create_app(
            library,
            hosts=hosts,
            token=token,
            against=other,
            examples=examples_folder(),
            now=lambda: datetime.now(timezone.utc),
        )
    address = f"http://{f'[{host}]' if ':' in host else host}:{number}/{f'?token={token}' if token else ''}"
    click.echo(f"The page is at {address} until you press Ctrl+C.")
    if open_:
        click.launch(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Closed.")


def _why(problem: BaseException | None) -> str:
    if getattr(problem, "errno", 0) == errno.EADDRINUSE:
        return "another program uses it, or the page is open already; --port 0 takes a free one"
    return getattr(problem, "strerror", "") or str(problem)

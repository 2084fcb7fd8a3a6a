"""`ccclauses serve`: the page over a folder of deals."""

from __future__ import annotations

import errno
import sys
from datetime import datetime
from pathlib import Path

import click

from .common import MISUSE, report


@click.command(epilog="Example: ccclauses serve ~/Documents/Deals --open")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address; anything but this machine's own needs a token."
)
@click.option("--token", default="", help="The token that a browser must show; made up where --host asks for one.")
@click.option("--open", "open_", is_flag=True, help="Open it in your browser.")
@click.option(
    "--icon", is_flag=True, help="Leave a file in FOLDER that opens the page when it is double-clicked, and end."
)
def serve(folder: Path, port: int, host: str, token: str, open_: bool, icon: bool) -> None:
    """Open the page on this machine over the deals in FOLDER: answer ten questions, take the annex away, negotiate it.

    A deal is a folder of plain files, and the page writes in FOLDER only; it is made when it is not there. Nothing is loaded
    from elsewhere and nothing is sent anywhere. A profile `house.yaml` in FOLDER is what every new deal builds on: your usual
    position, and your own clauses where it names them under `libraries`.

    \b
    ccclauses serve ~/Documents/Deals --open
    ccclauses serve ~/Documents/Deals --icon
    """
    if folder.is_symlink():
        raise click.UsageError(f"{folder} is a link to another place; name that place itself")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise click.UsageError(f"{folder} can't be made: {problem.strerror}") from None
    folder = folder.resolve()
    if icon:
        _leave_starter(folder)
        return
    _serve(folder, port, host, token, open_)


def _leave_starter(folder: Path) -> None:
    from .common import write_whole
    from .starter import starter

    try:
        made = starter(folder, sys.executable, sys.platform)
    except ValueError as problem:
        raise click.UsageError(f"No starter can be made for {folder}: {problem}.") from None
    path = folder / made.name
    refused = write_whole(path, made.text.encode(), force=True)
    if refused:
        report([refused], err=True)
        raise SystemExit(MISUSE)
    if made.program:
        path.chmod(0o755)
    click.echo(f"Written: {path}\nDouble-click it to open the page. You can move it anywhere.")


def _serve(folder: Path, port: int, host: str, token: str, open_: bool) -> None:
    import contextlib
    import io
    import secrets
    import threading

    try:
        from werkzeug.serving import WSGIRequestHandler, make_server

        from ..web.app import create_app
        from ..web.guard import LOOPBACK
    except ImportError as problem:
        raise click.UsageError(f"the page needs Flask, which is not installed ({problem})") from None
    from ..common.resources import examples_folder
    from ..load.inputs import shipped_library

    class Quiet(WSGIRequestHandler):
        """Prints nothing for each request: what people type into the page is nobody's log."""

        def log(self, type: str, message: str, *args: object) -> None:
            """Keep silent."""

    own = host in ("127.0.0.1", "localhost", "::1")
    token = token or ("" if own else secrets.token_urlsafe(24))
    where = f"http://{f'[{host}]' if ':' in host else host}"
    try:
        with contextlib.redirect_stderr(
            io.StringIO()
        ):  # it tells of a port that is taken in words of its own, and leaves
            server = make_server(host, port, lambda *_: [], threaded=True, request_handler=Quiet)
    except (OSError, SystemExit) as problem:
        cause = problem.__context__ if isinstance(problem, SystemExit) else problem
        if open_ and getattr(cause, "errno", 0) == errno.EADDRINUSE and _is_ours(f"{where}:{port}", folder):
            click.echo("The page is open already.")
            click.launch(f"{where}:{port}/")
            return
        raise click.UsageError(f"{host}:{port} can't be used: {_why(cause)}") from None
    number = server.server_port
    names = (*LOOPBACK, host) if own else (host,)
    server.app = create_app(
        folder,
        hosts=[f"{name}:{number}" for name in names],
        token=token,
        examples=examples_folder(),
        now=lambda: datetime.now().astimezone(),
    )
    address = f"{where}:{number}/{f'?token={token}' if token else ''}"
    click.echo(f"The page is at {address} until you press Ctrl+C.")
    threading.Thread(target=shipped_library, daemon=True).start()  # read while the first screen is looked at
    if open_:
        click.launch(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("Closed.")


def _is_ours(address: str, folder: Path) -> bool:
    """Whether the program at an address of this machine is the page over the same folder."""
    from urllib.request import urlopen

    from ..web.shell import mark_of

    try:
        with urlopen(f"{address}/alive", timeout=2) as answer:  # noqa: S310  # an address that was put together above
            return bool(answer.headers.get("X-Deals") == mark_of(folder))
    except (OSError, ValueError):
        return False


def _why(problem: BaseException | None) -> str:
    if getattr(problem, "errno", 0) == errno.EADDRINUSE:
        return "another program uses it, or the page is open already; --port 0 takes a free one"
    return getattr(problem, "strerror", "") or str(problem)

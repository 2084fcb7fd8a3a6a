"""What the browser tests share: a page over a folder of deals that can be stopped and started again, and a Chromium."""

from __future__ import annotations

import shutil
import threading
from datetime import datetime
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from ccclauses.common.resources import examples_folder
from ccclauses.deals.folder import Deals
from ccclauses.web.app import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SHORT = (examples_folder() / "startup-baseline.yaml").read_text(encoding="utf-8")


class _Quiet(WSGIRequestHandler):
    def log(self, type, message, *args):
        pass


class Page:
    """The page over `root`; `stop` and `start` are what happens to the program."""

    def __init__(self, root: Path) -> None:
        self.root, self.deals, self.port = root, Deals(root), 0
        self.start()

    def start(self) -> None:
        self.server = make_server("127.0.0.1", self.port, lambda *_: [], threaded=True, request_handler=_Quiet)
        self.port = self.server.server_port
        hosts = [f"127.0.0.1:{self.port}"]
        now = lambda: datetime(2026, 5, 4, 12, 0)  # noqa: E731
        self.server.app = create_app(self.root, hosts=hosts, examples=examples_folder(), now=now)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def axe_finds(page) -> list[str]:
    """What axe-core finds on a page, each with its first place."""
    # The page's own policy lets no foreign script in, so axe is run as the browser's own tools are.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]

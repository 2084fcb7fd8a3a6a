"""What keeps the page between one person and one machine: hosts, origins, a token, and what a browser may load."""

from __future__ import annotations

import hmac
import io
import secrets
from collections.abc import Iterable
from typing import IO, Any

from flask import Flask, Request, Response, abort, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

UPLOAD_BYTES = 20 << 20
FORM_BYTES = 2 << 20
FORM_PARTS = 4_000
COOKIE = "ccclauses"
FIELD = "token"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # without a referrer, browsers send the Origin of a form as null
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class MemoryRequest(Request):
    """A request whose uploads stay in memory: what a client pastes here is never written to disk."""

    max_content_length = UPLOAD_BYTES
    max_form_memory_size = FORM_BYTES
    max_form_parts = FORM_PARTS

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


def guard(app: Flask, hosts: Iterable[str], token: str = "") -> None:
    """Answer only requests to those hosts, from the page itself, and with the token where one is set."""
    app.request_class = MemoryRequest
    allowed = frozenset(hosts)

    @app.before_request
    def check() -> WerkzeugResponse | None:
        # A name that resolves to this machine is not enough: a stranger's page could make one (DNS rebinding).
        if request.host not in allowed:
            abort(403, "This page answers only under its own address.")
        if request.method not in ("GET", "HEAD"):
            origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
            if (origin and origin != f"{request.scheme}://{request.host}") or site not in (None, "same-origin", "none"):
                abort(403, "This came from another page.")
        if token:
            given = request.args.get("token", "")
            if given and hmac.compare_digest(given.encode(), token.encode()):
                answer = redirect(request.path)
                answer.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
                return answer
            if not hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), token.encode()):
                abort(401, "Open the address with its token, as it was printed.")
        return None

    @app.after_request
    def harden(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def guard_changes(app: Flask) -> None:
    """Let nothing be changed without the token of this run, which only its own pages hold.

    After the program was started again, a page of the run before posts an old token. The browser has said by then that the page
    is ours, so the answer offers to send the same again with the new token, and what was typed is not lost.
    """
    secret = secrets.token_urlsafe(24)
    app.extensions["token"] = secret

    @app.before_request
    def check() -> tuple[str, int] | None:
        if request.method in ("GET", "HEAD"):
            return None
        given = request.headers.get("X-Token") or request.form.get(FIELD, "")
        if hmac.compare_digest(given.encode(), secret.encode()):
            return None
        fields = [(n, v) for n, v in request.form.items(multi=True) if n != FIELD]
        return render_template("again.html", fields=fields, action=request.path, files=bool(request.files)), 403

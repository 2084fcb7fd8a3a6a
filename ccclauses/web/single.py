"""The page's routes. Nothing is kept between requests: each change posts the whole form, and each answer comes from it alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePath

from flask import Flask, Response, abort, render_template, request
from werkzeug.exceptions import HTTPException

from ..lint.engine import lint_annex
from ..load.form import Fields, read_fields
from ..load.located import decode
from ..markup import loader
from ..model.clause import Library
from ..model.diagnostic import Diagnostic, Severity
from ..write.html import annex_body, annex_contents
from .compare import Report, compare_libraries, compare_upload
from .guard import guard
from .intake import intake
from .single_into import FIELDS, Outline, Put, outline_of, put_in
from .preview import Preview, choice_of_form, in_force, make_preview, summarise
from .takeaway import TYPES, all_files, file_stem, word_file
from .understand import view_clause

_EXAMPLES = ("retail-uk", "health-plan-us", "bank-india", "insurer-germany", "startup-full")


def create_app(
    library: Library,
    *,
    hosts: Iterable[str],
    token: str = "",
    against: Library | None = None,
    examples: Path | None = None,
    now: Callable[[], datetime] | None = None,
) -> Flask:
    """The page over a library; `against` is another version of it to compare with, `examples` a folder of profiles.

    `now` gives the moment of tracked changes; without it they have the date of the annex.
    """
    app = Flask(__name__)
    app.jinja_loader = loader(Path(app.root_path) / "templates")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    guard(app, hosts, token)
    form = intake(library)
    known = {n: examples / f"{n}.yaml" for n in _EXAMPLES if examples and (examples / f"{n}.yaml").is_file()}

    @lru_cache(maxsize=8)
    def previewed(fields: Fields) -> Preview:
        return make_preview(fields, library)

    def current() -> Preview:
        return previewed(_fields())

    @app.get("/")
    def page() -> str:
        return render_template("page.html", form=form, examples=list(known), fields={}, has_other=against is not None)

    @app.post("/open")
    def open_profile() -> str:
        upload = request.files.get("profile")
        name = upload.filename or "profile.yaml" if upload else "profile.yaml"
        text, problems = decode(upload.read(), name) if upload else ("", [])
        fields, found = read_fields(text, name) if not problems else ((), [])
        # A file in which no field can be read takes nothing away from what stands in the form.
        return _form(fields or _fields(), [*problems, *found])

    @app.post("/example/<name>")
    def example(name: str) -> str:
        if name not in known:
            abort(404, "There is no such example.")
        return _form(*read_fields(known[name].read_text(encoding="utf-8"), f"{name}.yaml"))

    @app.post("/empty")
    def empty() -> str:
        return render_template("form.html", form=form, fields={}, problems=())

    def _form(fields: Fields, problems: Iterable[Diagnostic]) -> str:
        gathered: dict[str, list[str]] = {}
        for field, value in fields:
            gathered.setdefault(field, []).append(value)
        return render_template("form.html", form=form, fields=gathered, problems=problems)

    @app.post("/preview")
    def preview() -> str:
        found = current()
        body = contents = ""
        if found.annex and found.resolution:
            because = {n: s.because for n, s in found.resolution.settings.items()}
            body, contents = annex_body(found.annex, provenance=because, meanings=False), annex_contents(found.annex)
        summary = summarise(found.annex, library) if found.annex else None
        values = in_force(found.resolution) if found.resolution else []
        clauses = {c.anchor: c.id for c in found.annex.clauses} if found.annex else {}
        return render_template(
            "preview.html", preview=found, body=body, contents=contents, summary=summary, values=values, clauses=clauses
        )

    @app.post("/findings")
    def findings() -> str:
        now_shown = current()
        annex = now_shown.annex
        forms, found = choice_of_form(now_shown, library)
        found += [d for d in lint_annex(annex, "annex") if d.severity > Severity.NOTE] if annex else []
        return render_template("findings.html", findings=found, annex=annex, forms=forms)

    @app.post("/clause/<id_>")
    def clause(id_: str) -> str:
        if id_ not in library.clauses:
            abort(404, "There is no such clause.")
        return render_template("clause.html", view=view_clause(library.clauses[id_], library, current().resolution))

    @app.post("/compare")
    def compare() -> str:
        upload = request.files.get("other")
        if upload is None or not upload.filename:
            report = Report(title="nothing", problems=(_told("choose a file first"),))
        else:
            report = compare_upload(current(), upload.filename, upload.read(), library)
        return render_template("compare.html", report=report)

    @app.post("/compare-library")
    def compare_library() -> str:
        if against is None:
            abort(404, "No other library was given.")
        return render_template("compare.html", report=compare_libraries(current(), _fields(), against))

    @app.post("/agreement")
    def agreement() -> str:
        name, data = _agreement()
        found = outline_of(name, data) if data else Outline(problems=(_told("choose the agreement first"),))
        return render_template("agreement.html", outline=found)

    @app.post("/into")
    def into() -> str:
        name, data = _agreement()
        moment = now() if now else None
        if not data:
            return render_template("into.html", put=Put(problems=(_told("choose the agreement first"),)))
        return render_template("into.html", put=put_in(current(), library, name, data, request.form, moment))

    @app.post("/download/into")
    def download_into() -> Response:
        name, data = _agreement()
        put = put_in(current(), library, name, data, request.form, now() if now else None) if data else Put()
        if put.merged is None:
            abort(409, "; ".join(p.message for p in put.problems) or "Choose the agreement first.")
        stem = PurePath(name).stem[:60] or "agreement"
        return _file(put.merged.data, f"{stem}-with-annex.{'docm' if put.merged.macros else 'docx'}")

    @app.post("/download/<kind>")
    def download(kind: str) -> Response:
        found = current()
        if kind == "profile":
            return _file(found.text.encode(), f"{file_stem(found)}.yaml")
        if found.annex is None:
            abort(409, "Something in the form is missing or wrong; the page says what, beside each field.")
        if kind == "word":
            data, problems = word_file(found, library)
            return (
                _file(data, f"{file_stem(found)}.docx") if data else abort(409, "; ".join(p.message for p in problems))
            )
        if kind == "all":
            upload = request.files.get("other")
            other = upload.read() if upload and (upload.filename or "").lower().endswith(".docx") else b""
            return _file(all_files(found, library, other, now() if now else None)[0], f"{file_stem(found)}.zip")
        abort(404, "There is no such file.")

    @app.errorhandler(HTTPException)
    def refused(problem: HTTPException) -> tuple[str, int]:
        title = "Not yet" if problem.code == 409 else problem.name
        return render_template("refused.html", problem=problem, title=title), problem.code or 500

    return app


def _told(message: str) -> Diagnostic:
    from ..model.diagnostic import Position

    return Diagnostic(rule="upload", message=message, at=Position(file="upload"))


def _agreement() -> tuple[str, bytes]:
    """The agreement that was posted with the form: its name and its bytes."""
    upload = request.files.get("agreement")
    if upload is None or not upload.filename:
        return "", b""
    return PurePath(upload.filename).name[:80], upload.read()


def _fields() -> Fields:
    """The fields of the form that was posted; lists that were written one a line are taken apart."""
    out = []
    for name, values in request.form.lists():
        if name.startswith(FIELDS):
            continue
        for value in values:
            value = value.replace("\r\n", "\n")  # browsers send a form's lines so
            lines = value.splitlines() if name in ("processing.data", "processing.persons") else [value]
            out += [(name, line) for line in lines if line.strip()]
    return tuple(out)


def _file(data: bytes, name: str) -> Response:
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return Response(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})

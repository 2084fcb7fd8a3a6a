"""docxtemplater and Carbone, where Node.js is there: the same annex out of a Word template with a tag for each value."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from .peers import Tags, contexts, template

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("docxtemplater@3", "pizzip@3", "carbone@3")
_TAGS = {
    "docxtemplater": Tags("{{{name}}}", "{#takes_payments}", "{/takes_payments}"),
    "carbone 3": Tags("{{d.{name}}}", "{d.takes_payments:ifEQ(true):showBegin}", "{d.takes_payments:showEnd}"),
}

# Each template is rendered once before it is timed; the medians are printed in milliseconds.
_SCRIPT = r"""
const fs = require("fs");
const {templates, files, contexts, rounds} = JSON.parse(fs.readFileSync(0));
const median = (t) => t.sort((a, b) => a - b)[t.length >> 1];
const warming = 1e9;  // nanoseconds, for the compiler to see what is hot
let turn = 0;
const context = () => contexts[turn++ % contexts.length];
async function timed(name, run) {
  turn = 0;
  fs.writeFileSync(files[name], await run());
  const started = process.hrtime.bigint();
  do await run(); while (process.hrtime.bigint() - started < warming);
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const begin = process.cpuUsage();
    await run();
    const spent = process.cpuUsage(begin);
    times.push((spent.user + spent.system) / 1e3);
  }
  return median(times);
}
(async () => {
  const out = {};
  const PizZip = require("pizzip"), Docxtemplater = require("docxtemplater"), carbone = require("carbone");
  const bytes = fs.readFileSync(templates["docxtemplater"]);
  out["docxtemplater"] = await timed("docxtemplater", () => {
    const document = new Docxtemplater(new PizZip(bytes), {paragraphLoop: true});
    document.render(context());
    return document.getZip().generate({type: "nodebuffer", compression: "DEFLATE"});
  });
  out["carbone 3"] = await timed("carbone 3", () => new Promise((done, fail) =>
    carbone.render(templates["carbone 3"], context(), (error, result) => error ? fail(error) : done(result))));
  process.stdout.write(JSON.stringify(out));
  process.exit(0);
})().catch((error) => { console.error(String(error)); process.exit(1); });
"""


def node_modules() -> tuple[Path | None, str]:
    """Where the packages are installed, which happens once; or why they are not."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None, "Node.js is not there, so docxtemplater and Carbone are left out"
    folder = ROOT / "build" / "node"
    if not (folder / "node_modules" / "carbone").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES],
            cwd=folder,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            return None, "docxtemplater and Carbone could not be installed, so they are left out"
    return folder, ""


def node_times(data: bytes, folder: Path, rounds: int) -> tuple[dict[str, float], dict[str, bytes], str]:
    """The median processor seconds of each, the first client's file of each, and a word on what was left out.

    `data` is our file of the first client.
    """
    modules, why = node_modules()
    if modules is None:
        return {}, {}, why
    templates = {name: folder / f"{name.split()[0]}.docx" for name in _TAGS}
    files = {name: folder / f"{name.split()[0]}-filled.docx" for name in _TAGS}
    for name, tags in _TAGS.items():
        template(data, tags, templates[name])
    asked = {
        "templates": {name: str(path) for name, path in templates.items()},
        "files": {name: str(path) for name, path in files.items()},
        "contexts": contexts(),
        "rounds": rounds,
    }
    done = subprocess.run(
        ["node", "-e", _SCRIPT], input=json.dumps(asked), cwd=modules, capture_output=True, text=True, timeout=600
    )
    if done.returncode:
        return {}, {}, f"docxtemplater and Carbone failed: {done.stderr.strip()[-200:]}"
    times = {name: milliseconds / 1000 for name, milliseconds in json.loads(done.stdout).items()}
    return times, {name: path.read_bytes() for name, path in files.items()}, ""

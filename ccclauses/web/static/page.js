"use strict";
// The form is kept in this browser, problems go beside their fields, and what changed in the annex flashes.
(() => {
  const KEY = "ccclauses.profile";
  const form = document.getElementById("form");
  const byId = (id) => document.getElementById(id);

  // -- keeping the form ------------------------------------------------------------------------------------------
  const pairs = () => [...new FormData(form).entries()].filter(([, v]) => typeof v === "string" && v.trim() !== "");
  const keep = () => {
    try { localStorage.setItem(KEY, JSON.stringify(pairs())); } catch (_) { /* private windows keep nothing */ }
  };
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(KEY) || "null"); } catch (_) { return null; }
  };
  const addRow = (rows, number) => {
    const html = rows.querySelector("template").innerHTML.replaceAll("NUMBER", String(number));
    rows.querySelector(".list").insertAdjacentHTML("beforeend", html);
  };
  const restore = (values) => {
    for (const rows of form.querySelectorAll("[data-rows]")) {
      const start = rows.dataset.rows + ".";
      const numbers = new Set(values.filter(([n]) => n.startsWith(start)).map(([n]) => n.slice(start.length).split(".")[0]));
      for (const number of numbers) if (/^\d+$/.test(number) && !byId(`${start}${number}.name`)) addRow(rows, number);
    }
    const known = new Map();
    for (const [name, value] of values) known.set(name, [...(known.get(name) || []), value]);
    for (const framework of (known.get("frameworks") || []).reverse()) {
      const box = form.querySelector(`[name=frameworks][value="${CSS.escape(framework)}"]`);
      if (box) box.closest("fieldset").querySelector("legend").after(box.closest("label"));
    }
    for (const control of form.elements) {
      if (!control.name || control.type === "file") continue;
      const wanted = known.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") {
        if (control.type === "checkbox" || wanted.length) control.checked = wanted.includes(control.value);
      } else control.value = wanted.length ? wanted.join(control.tagName === "TEXTAREA" ? "\n" : ", ") : "";
    }
  };
  const refresh = () => htmx.trigger(form, "refresh");

  // -- problems and values beside their fields ---------------------------------------------------------------------
  const place = (name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const openTo = (element) => {
    for (let up = element.closest("details"); up; up = up.parentElement.closest("details")) up.open = true;
  };
  const showProblems = () => {
    form.querySelectorAll(".beside").forEach((e) => e.remove());
    form.querySelectorAll("[aria-invalid]").forEach((e) => { e.removeAttribute("aria-invalid"); e.removeAttribute("aria-describedby"); });
    form.querySelectorAll(".has-error").forEach((e) => e.classList.remove("has-error"));
    let number = 0;
    for (const item of document.querySelectorAll("#problems li")) {
      const field = item.dataset.field && place(item.dataset.field);
      if (!field || item.dataset.severity === "note") continue;
      const told = document.createElement("p");
      told.id = `problem-${number++}`;
      told.className = `beside ${item.dataset.severity}`;
      told.textContent = item.textContent + (item.dataset.hint ? ` – ${item.dataset.hint}` : "");
      const control = field.querySelector("input, select, textarea");
      if (control) control.after(told); else field.append(told);
      if (item.dataset.severity !== "error") continue;
      if (control) { control.setAttribute("aria-invalid", "true"); control.setAttribute("aria-describedby", told.id); }
      for (let up = field.closest("details"); up; up = up.parentElement.closest("details")) up.classList.add("has-error");
    }
    for (const item of document.querySelectorAll("#in-force li")) {
      const control = byId(item.dataset.field);
      if (!control) continue;
      control.title = item.dataset.because;
      if (control.tagName === "SELECT") control.options[0].textContent = `in force: ${item.textContent}`;
      else control.placeholder = `in force: ${item.textContent}`;
    }
  };

  // Only what the chosen frameworks ask for stands beside a value.
  const showLimits = () => {
    const on = new Set([...form.querySelectorAll("[name=frameworks]:checked")].map((e) => e.value));
    for (const limit of form.querySelectorAll("[data-frameworks]")) limit.hidden = !limit.dataset.frameworks.split(" ").some((f) => on.has(f));
  };

  // -- the annex ---------------------------------------------------------------------------------------------------
  let before = null;
  const leaves = () => [...document.querySelectorAll("#annex article [id]")].filter((e) => !e.querySelector("[id]"));
  let now = new Map();
  const flash = () => {
    const shown = leaves();
    now = new Map(shown.map((e) => [e.id, e.textContent]));
    if (before && before.size) for (const element of shown) {
      if (before.get(element.id) !== now.get(element.id)) element.classList.add("changed");
    }
  };
  const decorate = () => {
    const clauses = new Map([...document.querySelectorAll("#clauses li")].map((e) => [e.dataset.anchor, e.dataset.clause]));
    for (const [anchor, id] of clauses) {
      const heading = byId(anchor);
      if (!heading) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet small about";
      button.textContent = "About";
      button.setAttribute("aria-label", `About ${heading.textContent.trim()}`);
      button.setAttribute("hx-post", `/clause/${id}`);
      button.setAttribute("hx-include", "#form");
      button.setAttribute("hx-target", "#clause-body");
      heading.append(button);
      htmx.process(button);
    }
    for (const value of document.querySelectorAll("#annex .value")) {
      if (!byId(`settings.${value.dataset.parameter}`)) continue;
      value.tabIndex = 0;
      value.setAttribute("role", "button");
    }
  };
  const go = (field) => {
    const control = byId(field) || (place(field) && place(field).querySelector("input, select, textarea"));
    if (!control) return;
    openTo(control);
    control.focus();
    control.scrollIntoView({ block: "center" });
  };

  let later = 0;
  // The annex is put in place here: to settle attributes, htmx would look up each of its thousands of ids in the old one.
  const put = (html) => {
    const parsed = document.createElement("template");
    parsed.innerHTML = html;
    if (now.size) before = now;
    const summary = parsed.content.getElementById("summary");
    byId("summary").replaceChildren(...summary.childNodes);
    summary.remove();
    byId("annex").replaceChildren(parsed.content);
    flash(); decorate(); showProblems(); showLimits();
    document.body.dataset.previews = String(Number(document.body.dataset.previews || 0) + 1);
    clearTimeout(later);
    htmx.trigger(byId("findings"), "htmx:abort"); // those of an older annex say nothing of this one
    later = setTimeout(() => htmx.trigger(byId("findings"), "look"), 600);
  };
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (xhr.status >= 400 || target.id === "annex") event.detail.shouldSwap = false;
    if (xhr.status < 400 && target.id === "annex") put(xhr.responseText);
    if (xhr.status >= 400) byId("summary").textContent = `The page did not answer (${xhr.status}). What you typed is kept.`;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const id = event.detail.elt.id;
    if (id === "form") { keep(); refresh(); } else if (id === "clause-body") { byId("clause").showModal(); }
  });

  // Without an annex there is nothing to take away: the first field that keeps it back is shown instead.
  form.addEventListener("submit", (event) => {
    const first = document.querySelector("#annex .waiting [data-jump]");
    if (!first || (event.submitter && event.submitter.getAttribute("formaction") === "/download/profile")) return;
    event.preventDefault();
    tab(byId("tab-annex"));
    go(first.dataset.jump);
  });

  // -- what people do ------------------------------------------------------------------------------------------------
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  document.addEventListener("click", (event) => {
    const target = event.target.closest("button, a, .value");
    if (!target) return;
    if (target.matches(".add-row")) {
      const rows = target.closest("[data-rows]");
      addRow(rows, rows.querySelectorAll(".row").length ? Math.max(...[...rows.querySelectorAll(".row input")].map((e) => Number((e.name.match(/\.(\d+)\./) || [0, 0])[1]))) + 1 : 0);
      rows.querySelector(".row:last-child input, .row:last-child select").focus();
    } else if (target.matches(".remove-row")) {
      target.closest(".row").remove(); keep(); refresh();
    } else if (target.matches(".take-over")) {
      const control = byId(target.dataset.set);
      if (control) {
        const option = control.options && [...control.options].find((o) => o.textContent === target.dataset.value || o.value === target.dataset.value);
        control.value = option ? option.value : target.dataset.value;
        target.textContent = "Taken over"; target.disabled = true;
        keep(); refresh();
      }
    } else if (target.matches(".value")) go(`settings.${target.dataset.parameter}`);
    else if (target.matches("[data-jump]")) { event.preventDefault(); go(target.dataset.jump); }
    else if (target.id === "close-clause") byId("clause").close();
    else if (target.id === "start-empty") {
      if (!pairs().length || confirm("Empty the form? The profile that is in it is lost unless you downloaded it.")) htmx.ajax("POST", "/empty", { target: "#form", swap: "innerHTML" });
    } else if (target.matches("[role=tab]")) tab(target);
  });
  // A term shows its definition when somebody points at it or comes to it; sent with each use it would be most of the page.
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => {
    const term = event.target.closest && event.target.closest("#annex .term");
    const meaning = term && !term.title && byId(term.getAttribute("href").slice(1));
    if (meaning) term.title = meaning.textContent.trim();
  });
  document.addEventListener("keydown", (event) => {
    // Enter in a field would press the first button of the form, which downloads the Word file.
    if (event.key === "Enter" && event.target.matches("#form input")) { event.preventDefault(); keep(); refresh(); }
    if (event.key === "Enter" && event.target.matches(".value")) go(`settings.${event.target.dataset.parameter}`);
    if (event.target.matches("[role=tab]") && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const tabs = [...document.querySelectorAll("[role=tab]")];
      const next = tabs[(tabs.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
      next.focus(); tab(next);
    }
    if ((event.key === "j" || event.key === "k") && !event.target.matches("input, select, textarea") && !byId("panel-compare").hidden) step(event.key === "j" ? 1 : -1);
  });
  const tab = (chosen) => {
    for (const other of document.querySelectorAll("[role=tab]")) {
      const on = other === chosen;
      other.setAttribute("aria-selected", String(on));
      other.tabIndex = on ? 0 : -1;
      byId(other.getAttribute("aria-controls")).hidden = !on;
    }
  };
  let at = -1;
  const step = (by) => {
    const changes = [...document.querySelectorAll("#report .finding, #report .paragraph")].filter((e) => e.offsetParent);
    if (!changes.length) return;
    at = (at + by + changes.length) % changes.length;
    changes.forEach((e) => e.classList.remove("here"));
    changes[at].classList.add("here");
    changes[at].scrollIntoView({ block: "center" });
  };
  document.addEventListener("change", (event) => {
    if (event.target.id === "example" && event.target.value) {
      htmx.ajax("POST", `/example/${event.target.value}`, { target: "#form", swap: "innerHTML" });
      event.target.value = "";
    }
    if (event.target.id === "only-judged") byId("report").classList.toggle("judged-only", event.target.checked);
  });

  // htmx takes hold of the form when the document is ready; only then can it be told to refresh.
  document.addEventListener("DOMContentLoaded", () => {
    const values = kept();
    if (values) restore(values);
    refresh();
  });
})();

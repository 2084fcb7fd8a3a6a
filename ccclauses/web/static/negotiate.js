// The negotiating table by keyboard, and words judged while they are typed. Everything works without: these are links and forms.
"use strict";
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const rows = () => [...table.querySelectorAll(".row")];
  let current = null;

  // One change at a time is in the tab order; j and k, or the arrows, move to the next.
  const take = (row, focus) => {
    for (const other of rows()) {
      const on = other === row;
      other.classList.toggle("current", on);
      other.tabIndex = on ? 0 : -1;
      for (const act of other.querySelectorAll(".acts [data-act], .decided summary")) act.tabIndex = -1;
    }
    current = row;
    if (row && focus) { row.focus({preventScroll: true}); row.scrollIntoView({block: "nearest"}); }
  };
  const step = (by) => {
    const all = rows(), at = all.indexOf(current);
    take(all[Math.min(Math.max(at + by, 0), all.length - 1)], true);
  };

  // Another panel of a row is fetched and put in its place; the address says the same without a script.
  let busy = false; // what is typed meanwhile is meant for the panel, and must not decide anything
  const open = async (address) => {
    busy = true;
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const key = new URL(address, location.href).hash.slice(1);
      const next = page.getElementById(key), old = document.getElementById(key);
      if (!next || !old) return location.assign(address);
      await window.page.still();
      old.replaceWith(next);
      ready(next);
      take(next, false);
      (next.querySelector(".panel [autofocus], .panel textarea, .panel input:not([type=hidden])") || next).focus();
    } catch { location.assign(address); } finally { busy = false; }
  };

  const kept = (field) => `${location.pathname} ${field.id}`;
  const judge = (field) => {
    const out = document.getElementById(field.getAttribute("aria-describedby"));
    const body = new FormData(field.form);
    field.asked = (field.asked || 0) + 1;
    const mine = field.asked;
    fetch(field.dataset.judge, {method: "POST", body}).then((a) => a.text()).then((html) => {
      if (mine === field.asked) window.page.steady(() => out.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes));
    }).catch(() => {});
  };
  const ready = (within) => {
    for (const field of within.querySelectorAll("[data-keep]")) {
      const typed = sessionStorage.getItem(kept(field));
      if (typed !== null) field.value = typed;
      field.addEventListener("input", () => sessionStorage.setItem(kept(field), field.value));
      field.form.addEventListener("submit", () => sessionStorage.removeItem(kept(field)));
    }
    for (const field of within.querySelectorAll("[data-judge]")) {
      let wait = 0;
      field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(judge, 200, field); });
      judge(field);
      for (const offer of field.form.querySelectorAll("[data-offer]"))
        offer.addEventListener("click", () => { field.value = offer.dataset.offer; field.dispatchEvent(new Event("input")); field.focus(); });
    }
    for (const cancel of within.querySelectorAll("[data-cancel]"))
      cancel.addEventListener("click", (event) => {
        event.preventDefault();
        for (const field of cancel.closest("form").querySelectorAll("[data-keep]")) sessionStorage.removeItem(kept(field));
        open(cancel.href).then(() => take(document.getElementById(cancel.hash.slice(1)), true));
      });
  };

  const letters = document.getElementById("letters");
  if (letters) {
    letters.checked = localStorage.getItem("letters") !== "off";
    letters.addEventListener("change", () => localStorage.setItem("letters", letters.checked ? "on" : "off"));
  }
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, textarea, select");
    if (busy) { event.preventDefault(); return; }
    if (event.key === "Escape") { current?.querySelector("[data-cancel]")?.click(); return; }
    if (typing) return;
    if (event.key === "ArrowDown") { event.preventDefault(); return step(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); return step(-1); }
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const acts = [...(current?.querySelectorAll(".acts [data-act], .decided summary") || [])], at = acts.indexOf(document.activeElement);
      const next = acts[event.key === "ArrowRight" ? Math.min(at + 1, acts.length - 1) : Math.max(at - 1, 0)];
      if (next) { event.preventDefault(); next.focus(); }
      return;
    }
    if (letters && !letters.checked) return;
    if (event.key === "j") return step(1);
    if (event.key === "k") return step(-1);
    if (event.key === "u") { const undo = document.querySelector("#undo-form button:not(:disabled)"); if (undo) undo.click(); return; }
    if (event.key === "?") { const keys = document.getElementById("keys"); if (keys) { keys.open = true; keys.querySelector("summary").focus(); } return; }
    const act = current?.querySelector(`.acts [data-act="${CSS.escape(event.key)}"]`);
    if (act) { event.preventDefault(); act.click(); }
  });
  table.addEventListener("click", (event) => {
    const act = event.target.closest("a[data-act]");
    if (act && !event.ctrlKey && !event.metaKey) { event.preventDefault(); open(act.href); }
  });
  table.addEventListener("focusin", (event) => { const row = event.target.closest(".row"); if (row && row !== current) take(row, false); });

  ready(table);
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const panel = table.querySelector(".panel");
  const first = panel?.closest(".row") || (named?.matches(".row") ? named : null);
  take(first || rows()[0], Boolean(first) && !panel);
  if (named === table) table.focus();
  if (panel && !document.getElementById("summary")) (panel.querySelector("[autofocus], textarea") || panel).focus();
})();

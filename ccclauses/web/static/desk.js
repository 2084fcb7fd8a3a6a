// The annex screen, quicker: only what is new is fetched, the place stays where it is, and the panel opens beside the text.
// Every link and form here works without this script, with a whole page each.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const text = byId("text"), desk = byId("desk");
  if (!text) return;
  const narrow = matchMedia("(max-width: 56rem)");
  const parts = () => [...text.querySelectorAll(":scope > .part")];
  let opener = null; // what the panel was opened from: a heading, or the name of a value in a part

  // -- asking, and putting in place what is new ---------------------------------------------------------------------------
  const have = () => [...parts(), byId("contents")].map((e) => `${e.id}=${e.dataset.digest}`).join(" ");
  // One after the other, so that none tells what another is about to change, and none moves anything under a press.
  let last = Promise.resolve();
  const ask = (url, options = {}) => { const now = last.then(() => one(url, options)); last = now.catch(() => {}); return now; };
  const one = async (url, options) => {
    const answer = await fetch(url, { ...options, headers: { "X-Have": have(), ...(options.headers || {}) } });
    const type = answer.headers.get("Content-Type") || "";
    if (!type.includes("text/html")) throw new Error(String(answer.status));
    const parsed = document.createElement("template");
    parsed.innerHTML = await answer.text();
    if (!parsed.content.getElementById("patch")) throw new Error(String(answer.status));
    await window.page.still();
    put(parsed.content, answer, options.method === "POST");
  };

  // The paragraph that is read stays where it is, whatever grows above it.
  const held = (act) => {
    const top = 80;
    const anchor = [...text.querySelectorAll(".part, .part [id]")].find((e) => e.offsetParent && e.getBoundingClientRect().top >= top);
    const id = anchor && anchor.id, before = anchor && anchor.getBoundingClientRect().top;
    act();
    const after = id && byId(id);
    const moved = after && after.offsetParent ? after.getBoundingClientRect().top - before : 0;
    if (Math.abs(moved) > 0.5) scrollBy({ top: moved, behavior: "instant" });
  };

  const swap = (id, content) => {
    const now = byId(id), next = content.getElementById(id);
    if (now && next && now.outerHTML !== next.outerHTML) now.replaceWith(next);
  };

  const put = (content, answer, change) => {
    const patch = content.getElementById("patch");
    held(() => {
      for (const part of content.querySelectorAll("section.part")) {
        const old = byId(part.id);
        if (old && old.matches(".part")) { if (old.classList.contains("here")) part.classList.add("here"); old.replaceWith(part); }
        else text.prepend(part);
      }
      const order = patch.dataset.order.trim().split(" ");
      for (const part of parts()) if (!order.includes(part.id)) part.remove();
      let last = byId("nothing");
      for (const id of order) { const part = byId(id); if (last.nextElementSibling !== part) last.after(part); last = part; }
    });
    swap("strip", content); swap("keep", content); swap("contents", content);
    byId("count-differs").textContent = `(${patch.dataset.differs})`;
    byId("count-open").textContent = `(${patch.dataset.open})`;
    const changed = content.getElementById("changed");
    if (change || !changed.hidden) byId("changed").replaceWith(changed); // the list stays while one looks around
    if (content.getElementById("panel")) panel(content.getElementById("panel"));
    if (patch.dataset.window) document.title = patch.dataset.window;
    const url = new URL(answer.url);
    if (answer.ok && url.pathname.endsWith("/annex")) { url.searchParams.delete("changed"); history.replaceState(null, "", url.pathname + url.search + location.hash); }
    tell(changed);
    if (patch.dataset.why) { say(patch.dataset.why); byId("changed").hidden = false; byId("changed").textContent = patch.dataset.why; }
    settle();
    document.body.dataset.patches = String(Number(document.body.dataset.patches || 0) + 1);
  };

  const say = (words) => window.page.say(words);
  const tell = (changed) => {
    const line = changed.querySelector("p");
    if (!line) return;
    for (const mark of changed.querySelectorAll("[data-id]")) {
      const paragraph = byId(mark.dataset.id);
      if (!paragraph) continue;
      paragraph.classList.remove("bar"); void paragraph.offsetWidth;
      paragraph.classList.add("bar");
      setTimeout(() => paragraph.classList.remove("bar"), 3000);
    }
    changed.querySelector(".close").hidden = false;
    say(line.textContent);
  };

  // The field in use is never swapped: the panel that comes is put around it.
  const panel = (next) => {
    const old = byId("panel"), field = document.activeElement;
    const open = !next.hidden;
    if (open && !old.hidden && old.contains(field) && field.matches("input:not([type=hidden]), select") && field.id) {
      const twin = next.querySelector(`#${CSS.escape(field.id)}`);
      const form = field.form, fresh = twin && twin.form;
      if (form && fresh) {
        for (const name of ["seen", "token"]) if (form.elements[name] && fresh.elements[name]) form.elements[name].value = fresh.elements[name].value;
        for (const name of ["aria-invalid", "aria-describedby"]) twin.hasAttribute(name) ? field.setAttribute(name, twin.getAttribute(name)) : field.removeAttribute(name);
        if (!twin.hasAttribute("aria-invalid") && field.value === (field.dataset.sent ?? field.value)) field.value = twin.value;
        const line = field.closest(".line");
        for (const child of [...form.children]) if (child.tagName !== "INPUT" && child !== line) child.remove();
        let after = false;
        for (const child of [...fresh.children]) {
          if (child.contains(twin)) after = true;
          else if (child.tagName !== "INPUT") after ? form.append(child) : line.before(child);
        }
        fresh.replaceWith(fresh.cloneNode(false));
        const bodies = [...old.querySelectorAll("form.value-form")];
        for (const other of next.querySelectorAll("form.value-form")) {
          const known = bodies.find((f) => f.dataset.value === other.dataset.value);
          if (known && known !== form) known.replaceWith(other);
        }
        form.className = fresh.className;
        return;
      }
    }
    const top = old.hidden ? 0 : old.scrollTop, same = !old.hidden && open && old.querySelector("h2").textContent === next.querySelector("h2").textContent;
    held(() => { old.replaceWith(next); desk.classList.toggle("with-panel", open); });
    if (same) next.scrollTop = top;
  };

  // -- what is at hand: the open part, the page of a narrow screen, the filter ----------------------------------------------
  const settle = () => {
    const at = new URLSearchParams(location.search), shown = byId("panel");
    const name = shown.hidden ? "" : (shown.querySelector("#close-panel").hash || "").slice(1);
    for (const part of parts()) part.classList.toggle("at", part.id === name);
    for (const value of text.querySelectorAll(".value.using")) value.classList.remove("using");
    if (!shown.hidden && at.get("value")) for (const value of text.querySelectorAll(`.value[data-parameter="${CSS.escape(at.get("value"))}"]`)) value.classList.add("using");
    if (!parts().some((p) => p.classList.contains("here"))) (byId(name) || holder(location.hash.slice(1)) || parts()[0]).classList.add("here");
    filter(); pages();
  };
  const holder = (id) => { const element = id && byId(decodeURIComponent(id)); return element && element.closest("#text > .part"); };
  const go = (part) => {
    if (!part) return;
    for (const other of parts()) other.classList.toggle("here", other === part);
    text.classList.remove("listing"); byId("contents").classList.remove("shown");
    pages();
  };
  const visible = () => parts().filter((p) => narrow.matches ? kept(p) : p.offsetParent);
  const chosen = () => { const box = document.querySelector("#filters [name=show]:checked"); return box ? box.value : ""; };
  const kept = (part) => !chosen() || part.classList.contains(chosen());
  const filter = () => {
    for (const name of ["differs", "open"]) text.classList.toggle(`show-${name}`, chosen() === name);
    const none = chosen() && !parts().some(kept);
    byId("nothing").hidden = !none;
    if (none) byId("nothing").textContent = chosen() === "open" ? "Nothing is open: no bracket is left to be filled in." : `Nothing differs from ${text.dataset.usual}.`;
    const here = parts().find((p) => p.classList.contains("here"));
    if (here && !kept(here)) go(parts().find(kept));
  };
  const pages = () => {
    const all = parts().filter(kept), at = all.findIndex((p) => p.classList.contains("here"));
    const set = (link, part) => { part ? link.removeAttribute("aria-disabled") : link.setAttribute("aria-disabled", "true"); link.href = `#${(part || all[at] || parts()[0]).id}`; };
    set(byId("previous"), all[at - 1]); set(byId("next"), all[at + 1]);
    const here = all[at];
    for (const link of document.querySelectorAll("#contents a")) here && link.hash === `#${here.id}` && narrow.matches ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  };

  // -- opening and closing ---------------------------------------------------------------------------------------------------
  const failed = () => say("The program did not answer. Nothing was changed.");
  const open = async (search, from, focus) => {
    opener = from;
    try {
      await ask(location.pathname + search);
      const field = focus && byId(`value-${focus}`);
      if (field) { field.focus({ preventScroll: true }); field.scrollIntoView({ block: "nearest" }); if (field.select) field.select(); }
      else if (!byId("panel").hidden) { const tab = byId("panel").querySelector(".tabs [aria-current]"); (byId("leave-title") || (from && from.matches(".tabs a") && tab) || byId("panel-title")).focus({ preventScroll: true }); }
    } catch { failed(); }
  };
  const close = () => {
    const shown = byId("panel");
    if (shown.hidden) return;
    const name = (shown.querySelector("#close-panel").hash || "").slice(1);
    const empty = document.createElement("aside");
    empty.id = "panel"; empty.className = "panel"; empty.hidden = true;
    held(() => { shown.replaceWith(empty); desk.classList.remove("with-panel"); });
    history.replaceState(null, "", location.pathname + (chosen() ? `?show=${chosen()}` : ""));
    settle();
    const back = (opener && opener.isConnected && opener.closest("#text") && opener) || document.querySelector(`#${CSS.escape(name)} .head a`);
    if (back) back.focus({ preventScroll: narrow.matches ? false : true });
    opener = null;
  };
  const here = (link) => { const url = new URL(link.href); const show = chosen(); if (show) url.searchParams.set("show", show); return url.search; };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a, button.close");
    if (!link) return;
    if (link.matches("#text a.value")) { event.preventDefault(); open(here(link), link, link.dataset.parameter); }
    else if (link.matches("#text .head a")) { event.preventDefault(); go(link.closest(".part")); open(here(link), link); }
    else if (link.id === "close-panel") { event.preventDefault(); close(); }
    else if (link.matches("#changed .close")) byId("changed").hidden = true;
    else if (link.matches(".tabs a, .leave a")) { event.preventDefault(); const kept = opener; open(here(link), link).then(() => { opener = kept; }); }
    else if (link.id === "to-contents") { event.preventDefault(); text.classList.add("listing"); byId("contents").classList.add("shown"); const first = byId("contents").querySelector("[aria-current], a"); scrollTo(0, 0); first.focus(); }
    else if (link.id === "previous" || link.id === "next") { event.preventDefault(); if (!link.hasAttribute("aria-disabled")) { go(byId(link.hash.slice(1))); scrollTo(0, 0); } }
    else if (link.hash && link.pathname === location.pathname && holder(link.hash.slice(1))) { go(holder(link.hash.slice(1))); if (narrow.matches && link.closest("#panel")) close(); }
  }, true); // before the shell, which would ask whether the program is there and load the whole page
  addEventListener("hashchange", () => { go(holder(location.hash.slice(1))); });

  // -- changing --------------------------------------------------------------------------------------------------------------
  const send = async (form, submitter) => {
    const data = new FormData(form);
    if (submitter && submitter.name) data.set(submitter.name, submitter.value);
    const field = form.querySelector("input[name=value], select[name=value]");
    if (field) field.dataset.sent = field.value;
    const ladder = byId("panel").querySelector("#tab-ladder[aria-current]");
    const before = document.activeElement, id = before && before.id;
    form.setAttribute("aria-busy", "true");
    try {
      await ask(form.action, { method: "POST", body: new URLSearchParams(data), headers: ladder ? { "X-Panel": "later" } : {} });
      if (ladder) await ask(location.pathname + location.search);
      if (document.activeElement === document.body) { const again = (id && byId(id)) || byId("panel-title") || document.querySelector(".part.here .head a"); if (again) again.focus({ preventScroll: true }); }
    } catch { failed(); } finally { form.removeAttribute("aria-busy"); }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "filters") { event.preventDefault(); return; }
    if (form.method !== "post" || !form.closest("#panel, #changed, #contents, #keep")) return;
    event.preventDefault();
    const field = form.querySelector("input[name=value]");
    if (form.hasAttribute("aria-busy") && field && field.value === field.dataset.sent) return; // Enter is a change first
    send(form, event.submitter);
  }, true);
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.name === "show") { filter(); pages(); const url = new URL(location.href); chosen() ? url.searchParams.set("show", chosen()) : url.searchParams.delete("show"); history.replaceState(null, "", url); }
    else if (field.matches(".value-form [name=value]") && field.value !== field.dataset.sent) send(field.form);
  });

  // -- keys, finding, and coming back ------------------------------------------------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !byId("panel").hidden) { event.preventDefault(); close(); return; }
    if ((event.key === "j" || event.key === "k") && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.matches("#text .head a")) {
      const heads = visible().map((p) => p.querySelector(".head a")).filter(Boolean), at = heads.indexOf(event.target);
      const next = heads[at + (event.key === "j" ? 1 : -1)];
      if (next) { event.preventDefault(); go(next.closest(".part")); next.focus(); }
    }
    if (event.target.id === "find" && event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
  });
  let hits = [], hit = -1;
  const search = () => {
    const words = byId("find").value.trim().toLowerCase();
    hits = []; hit = -1;
    if (words.length > 1) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_ELEMENT, (e) => e.matches(".part p, .part td, .part .head") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
      while (walker.nextNode()) if (walker.currentNode.textContent.toLowerCase().replaceAll("\u00a0", " ").includes(words)) hits.push(walker.currentNode);
    }
    mark(words);
    byId("found").textContent = words.length > 1 ? (hits.length ? `${hits.length} places, Enter goes on` : "nowhere") : "";
  };
  const mark = (words) => {
    if (!window.CSS || !CSS.highlights) return;
    const ranges = [];
    for (const hitIn of hits) {
      const walker = document.createTreeWalker(hitIn, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) for (let at = walker.currentNode.data.toLowerCase().indexOf(words); at >= 0; at = walker.currentNode.data.toLowerCase().indexOf(words, at + 1)) {
        const range = new Range(); range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + words.length); ranges.push(range);
      }
    }
    ranges.length ? CSS.highlights.set("found", new Highlight(...ranges)) : CSS.highlights.delete("found");
  };
  const step = (by) => {
    if (!hits.length) return;
    hit = (hit + by + hits.length) % hits.length;
    go(hits[hit].closest(".part"));
    hits[hit].scrollIntoView({ block: "center" });
    byId("found").textContent = `${hit + 1} of ${hits.length}`;
  };
  byId("find-line").hidden = false;
  byId("find").addEventListener("input", search);
  // The editor, git and other tabs change the same file: a tab that comes to the front fetches what is new, without loading anew.
  delete document.body.dataset.stamp;
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(location.pathname + location.search).catch(() => {}); });

  text.classList.add("live");
  (holder(location.hash.slice(1)) || byId(new URLSearchParams(location.search).get("at") || "") || parts()[0]).classList.add("here");
  const first = new URLSearchParams(location.search).get("value");
  if (first && byId(`value-${first}`)) { const field = byId(`value-${first}`); field.focus({ preventScroll: true }); field.scrollIntoView({ block: "nearest" }); if (field.select) field.select(); }
  const at = byId(new URLSearchParams(location.search).get("at") || "") || byId((byId("close-panel")?.hash || "").slice(1));
  if (at && !location.hash && !narrow.matches) at.scrollIntoView();
  tell(byId("changed"));
  settle();
  document.body.dataset.patches = "0";
})();

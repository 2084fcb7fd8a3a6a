// What every screen has: keystrokes that outlive a reload, a bar when the program has stopped, and a page that follows its file.
// Everything works without; scripts only make it quicker.
"use strict";
(() => {
  const deal = document.body.dataset.deal || "";
  const gone = document.getElementById("gone");
  const live = document.getElementById("live");
  let there = true, waiting = null, going = 0, said = "", next = 0;

  // Between a press and its release nothing moves, or the release would fall beside what was pressed and be no click: what would
  // change the page meanwhile waits for the click. Otherwise what is under the pointer stays there, as far as the page can scroll.
  let pressed = false, held = [], free = 0;
  const steady = (act) => {
    if (pressed) { held.push(act); return; }
    const under = document.querySelector(":is(a, button, input, label, select, summary):hover");
    const before = under && under.getBoundingClientRect().top;
    act();
    const moved = under && under.isConnected ? under.getBoundingClientRect().top - before : 0;
    if (Math.abs(moved) > 0.5) scrollBy({ top: moved, behavior: "instant" });
  };
  const still = () => new Promise((done) => { if (pressed) held.push(done); else done(); });
  const press = (event) => { if (event.button === 0) { clearTimeout(free); pressed = true; } };
  const release = () => { clearTimeout(free); free = setTimeout(() => { pressed = false; for (const act of held.splice(0)) steady(act); }); };
  for (const type of ["pointerdown", "mousedown"]) addEventListener(type, press, true); // a finger's mousedown comes after its pointerup
  for (const type of ["pointerup", "mouseup", "pointercancel", "contextmenu", "dragend", "blur"]) addEventListener(type, (event) => { if (pressed && (type !== "blur" || event.target === window)) release(); }, true);
  addEventListener("pointermove", (event) => { if (pressed && !event.buttons) release(); }, true);

  // One polite region: it speaks at most once a second, and only when its words change.
  const say = (words) => {
    if (!words || words === said) return;
    said = words;
    clearTimeout(next);
    next = setTimeout(() => { live.textContent = words; }, 1000);
  };
  window.page = { say, steady, still };

  const summary = document.getElementById("summary");
  if (summary) summary.focus();

  // -- keystrokes that are not saved yet -------------------------------------------------------------------------
  const place = `typed:${location.pathname}`;
  const kept = () => { try { return JSON.parse(sessionStorage.getItem(place) || "{}"); } catch { return {}; } };
  const keep = (typed) => { if (Object.keys(typed).length) sessionStorage.setItem(place, JSON.stringify(typed)); else sessionStorage.removeItem(place); };
  const boxes = () => [...document.querySelectorAll("form[data-keep] :is(input, select, textarea)")].filter((e) => e.name && e.type !== "hidden" && e.type !== "file" && e.name !== "token");
  const key = (e) => (e.type === "radio" || e.type === "checkbox" ? `${e.name}=${e.value}` : e.name);
  const plain = (e) => (e.type === "radio" || e.type === "checkbox" ? e.checked : e.value);
  const first = (e) => (e.type === "radio" || e.type === "checkbox" ? e.defaultChecked : e.tagName === "SELECT" ? ([...e.options].find((o) => o.defaultSelected) || e.options[0] || {}).value : e.defaultValue);
  const changed = () => boxes().filter((e) => plain(e) !== first(e));
  const store = () => keep(Object.fromEntries(changed().map((e) => [key(e), plain(e)])));

  // What was sent has been saved once a page without problems follows it.
  const sent = sessionStorage.getItem("sent");
  if (sent && !summary) sessionStorage.removeItem(sent);
  sessionStorage.removeItem("sent");
  const typed = kept();
  for (const e of boxes()) if (key(e) in typed) { if (typeof typed[key(e)] === "boolean") e.checked = typed[key(e)]; else e.value = typed[key(e)]; }
  document.addEventListener("input", (event) => { if (event.target.closest("form[data-keep]")) store(); });
  document.addEventListener("change", (event) => { if (event.target.closest("form[data-keep]")) store(); });

  // -- the program is there, or not ------------------------------------------------------------------------------
  // Its token; "" where nothing answers at all; null where it takes its time, which a program that has stopped does not.
  const alive = async () => {
    try {
      const answer = await fetch("/alive", { cache: "no-store", signal: AbortSignal.timeout(2500) });
      return answer.ok ? await answer.text() : "";
    } catch (problem) { return problem.name === "TimeoutError" ? null : ""; }
  };
  const label = (e) => (e.labels && e.labels[0] ? e.labels[0].textContent.trim() : (e.closest("fieldset")?.querySelector("legend")?.textContent || "").trim());
  const state = (token) => {
    if (token) for (const e of document.querySelectorAll("input[name=token]")) e.value = token;
    if (token === null || Boolean(token) === there) return;
    there = Boolean(token);
    steady(() => {
      gone.hidden = there;
      const last = changed().pop();
      gone.querySelector(".waits").textContent = last ? `Your last change (${label(last)}) waits here. ` : "";
      for (const button of document.querySelectorAll("button:not([type=button])")) button.disabled = !there;
    });
    if (there) { say("The program is back."); goOn(); }
  };
  const goOn = async () => {
    const act = waiting;
    waiting = null;
    if (going) return;
    // A form that waits carries what was typed; before a link is followed it is saved.
    if (act && !act.leaves) return act();
    const any = await saveTyped();
    if (act) act(); else if (any) steady(() => location.reload());
  };
  // What was typed while the program was away is saved when it is back, value by value, each against what stood there.
  const saveTyped = async () => {
    const form = document.querySelector("form[data-keep]");
    if (!form || !deal) return false;
    const done = [];
    for (const e of changed().filter((x) => x.dataset.read || x.type === "radio")) {
      const seen = form.querySelector(`input[name="seen:${CSS.escape(e.name)}"]`);
      if (!seen || (e.type === "radio" && (!e.checked || e.value === "unknown"))) continue;
      const token = form.querySelector("[name=token]").value;
      const answer = await fetch(`/d/${encodeURIComponent(deal)}/save`, { method: "POST", headers: { "X-Token": token }, body: new URLSearchParams({ path: e.name, text: e.value, seen: seen.value }) }).catch(() => null);
      if (answer && answer.status === 204) done.push(label(e));
    }
    if (done.length) { store(); const rest = kept(); for (const e of changed()) if (done.includes(label(e))) delete rest[key(e)]; keep(rest); }
    return done.length > 0;
  };
  const look = async () => { if (document.visibilityState === "visible") state(await alive()); };
  setInterval(look, 2000);

  // No click leads to the browser's own error page: first it is asked whether the program is there. What was asked for last is done,
  // once; a form that is on its way is not sent again by a second click.
  const when = async (act) => {
    waiting = act;
    const token = await alive();
    state(token);
    if (waiting === act && token !== "") { waiting = null; act(); }
  };
  addEventListener("pageshow", () => { clearTimeout(going); going = 0; });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.dataset.asked || form.target) return;
    event.preventDefault();
    if (going) return;
    const by = event.submitter;
    when(() => {
      if (form.matches("[data-keep]")) { store(); sessionStorage.setItem("sent", place); }
      form.dataset.asked = "1";
      if (by) { by.disabled = false; form.requestSubmit(by); } else form.requestSubmit();
      delete form.dataset.asked;
      going = setTimeout(() => { going = 0; }, 10000);
    });
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest("a[href]");
    if (!way || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || way.target || way.origin !== location.origin) return;
    if (way.pathname === location.pathname && way.search === location.search && way.hash) return;
    event.preventDefault();
    when(Object.assign(() => location.assign(way.href), { leaves: true }));
  });

  // -- what takes a moment to make comes once the rest is there, in a place that is kept for it --------------------------------
  for (const place of document.querySelectorAll("[data-later]")) fetch(place.dataset.later).then((answer) => (answer.ok ? answer.text() : "")).then((text) => {
    steady(() => place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes));
  }).catch(() => {});

  // -- the file may be changed elsewhere: a tab reads again when it comes to the front ------------------------------
  document.addEventListener("visibilitychange", async () => {
    const stamp = document.body.dataset.stamp;
    if (document.visibilityState !== "visible" || !deal || !stamp) return;
    const answer = await fetch(`/d/${encodeURIComponent(deal)}/stamp`, { cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok || (await answer.text()) === stamp) return;
    store();
    if (!going) steady(() => location.reload()); // what is typed here comes back from the store
  });
})();

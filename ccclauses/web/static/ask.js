// The questions: what a text would be read as is told when its box is left, and what another answer makes pointless is folded away.
"use strict";
(() => {
  const form = document.querySelector("form.ask");
  if (!form) return;
  const token = form.querySelector("[name=token]");
  const base = `/d/${encodeURIComponent(document.body.dataset.deal)}`;

  const readings = new Map();
  const read = async (box) => {
    const out = document.getElementById(`${box.dataset.read}-read`);
    if (!out) return;
    if (box.value === box.defaultValue || !box.value.trim()) { window.page.steady(() => out.replaceChildren()); return; }
    const turn = (readings.get(box) || 0) + 1;
    readings.set(box, turn);
    try {
      const answer = await fetch(`${base}/read`, { method: "POST", headers: { "X-Token": token.value }, body: new URLSearchParams({ path: box.dataset.read, text: box.value }) });
      if (!answer.ok || readings.get(box) !== turn) return;
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      window.page.say(parsed.body.textContent.trim());
      window.page.steady(() => out.replaceChildren(...parsed.body.childNodes));
    } catch { /* the program has stopped: the bar says so */ }
  };
  form.addEventListener("change", (event) => { if (event.target.dataset.read) read(event.target); window.page.steady(fold); });

  // A choice between two readings fills the box, which then is read again; nothing is saved before Continue.
  form.addEventListener("click", (event) => {
    const pick = event.target.closest(".read button[name=pick]");
    if (!pick) return;
    event.preventDefault();
    const at = pick.value.indexOf("=");
    const box = document.getElementById(pick.value.slice(0, at));
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "pick", value: pick.value });
    form.querySelectorAll("input[type=hidden][name=pick]").forEach((old) => { if (old.value.startsWith(pick.value.slice(0, at + 1))) old.remove(); });
    form.append(hidden);
    box.value = pick.textContent.replace(/^(Yes|No), .*?([A-Z]{3})/, "$2");
    if (/^(Yes|No),/.test(pick.textContent)) box.value = pick.value.slice(at + 1);
    document.getElementById(`${box.dataset.read}-read`).textContent = `We read: ${box.value}`;
    box.addEventListener("input", () => hidden.remove(), { once: true });
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: false }));
    form.append(hidden);
  });

  const fold = () => {
    for (const part of form.querySelectorAll("[data-when]")) {
      const [path, wanted] = part.dataset.when.split("=");
      const set = [...form.elements].filter((e) => e.name === path || e.name.startsWith(`${path}.`));
      if (!set.length) continue;
      part.hidden = wanted === "*"
        ? !set.some((e) => e.value && e.tagName === "INPUT")
        : !set.some((e) => (e.checked && (e.value === wanted || e.value === "unknown")));
    }
  };
  fold();

  for (const button of form.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => { await navigator.clipboard.writeText(button.dataset.copy); window.page.say("Copied."); });
  }
})();

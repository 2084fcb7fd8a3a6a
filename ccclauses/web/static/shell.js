// What every screen has: a sign when the program has stopped, and a focus on what needs another look. Everything works without.
"use strict";
(() => {
  const summary = document.getElementById("summary");
  if (summary) summary.focus();
})();

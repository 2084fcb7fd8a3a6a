// While a paper is read: ask every 200 ms whether it is ready, tell the seconds, and go on by itself.
"use strict";
(() => {
  const box = document.getElementById("reading"), began = Date.now();
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.ready);
      if (answer.status === 200) return window.page.steady(() => location.reload());
    } catch { /* the program stopped: the bar says so */ }
    const passed = Math.round((Date.now() - began) / 1000);
    if (passed) document.getElementById("seconds").textContent = `${passed} s`;
    setTimeout(ask, 200);
  };
  ask();
})();

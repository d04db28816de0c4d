// The desk with hands on the keyboard: keys, the page viewer, the lease, and the time left to undo.
// Everything here is also reached without it: by links, buttons and forms.
"use strict";

(() => {
  const KEYS_OFF = "desk-keys-off";
  const root = document.querySelector("[data-desk]");
  if (!root) return;

  const stored = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };

  // ---- keys: every element with data-key is pressed by it -------------------------------------------------------
  const dialog = document.getElementById("keys");
  const toggle = document.getElementById("keys-off");
  let keysOff = stored(KEYS_OFF) === "1";
  const showKeys = () => root.classList.toggle("keys-off", keysOff);
  showKeys();
  if (toggle) {
    toggle.checked = keysOff;
    toggle.addEventListener("change", () => {
      keysOff = toggle.checked;
      store(KEYS_OFF, keysOff ? "1" : "0");
      showKeys();
    });
  }
  const opener = document.querySelector("[data-opens-keys]");
  if (opener && dialog) opener.addEventListener("click", (event) => { event.preventDefault(); dialog.showModal(); });

  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
    if (event.target instanceof Element && typing(event.target)) return;
    if (keysOff) return;
    if (event.key === "?" && dialog) { event.preventDefault(); dialog.open ? dialog.close() : dialog.showModal(); return; }
    if (dialog && dialog.open) return;
    const found = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key && !each.disabled);
    if (!found) return;
    event.preventDefault();
    found.focus();
    found.click();
  });

  // ---- the page viewer -----------------------------------------------------------------------------------------
  const viewer = document.querySelector("[data-viewer]");
  if (viewer) {
    const pages = [...viewer.querySelectorAll("[data-page]")];
    const tabs = [...viewer.querySelectorAll("[data-shows]")];
    let turn = 0, zoom = 1, shown = 0, beside = false;
    viewer.classList.add("live");

    const draw = () => {
      const last = Math.min(shown + (beside ? 2 : 1), pages.length);
      pages.forEach((page, index) => {
        page.hidden = index < shown || index >= last;
        const image = page.querySelector("img");
        image.style.transform = `rotate(${turn}deg)`;
        image.style.width = `${zoom * 100}%`;
        // Turned on its side a page is as high as it was wide: room is made for it.
        page.style.minHeight = turn % 180 ? `${image.clientWidth}px` : "";
      });
      tabs.forEach((tab, index) => tab.setAttribute("aria-pressed", String(index >= shown && index < last)));
      viewer.classList.toggle("beside", beside);
    };
    const acts = {
      rotate: () => { turn = (turn + 90) % 360; },
      straighten: (button) => {
        // Level and cut out by the server; pressed again, as scanned.
        const straight = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(straight));
        pages.forEach((page) => { const image = page.querySelector("img"); image.src = image.src.split("?")[0] + (straight ? "?straight=1" : ""); });
      },
      larger: () => { zoom = Math.min(zoom * 1.25, 5); },
      smaller: () => { zoom = Math.max(zoom / 1.25, 0.5); },
      fit: () => { zoom = 1; turn = 0; },
      next: () => { shown = (shown + 1) % pages.length; },
      previous: () => { shown = (shown + pages.length - 1) % pages.length; },
      beside: () => { beside = !beside; shown = Math.max(0, Math.min(shown, pages.length - (beside ? 2 : 1))); },
    };
    viewer.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.shows !== undefined) { shown = Number(button.dataset.shows); beside = false; }
      else if (acts[button.dataset.act]) acts[button.dataset.act](button);
      else return;
      draw();
    });
    draw();
  }

  // ---- the lease: renewed while the page is open and somebody looks at it; it releases itself when it is not ----------
  const lease = document.querySelector("[data-lease]");
  if (lease) {
    const seconds = Number(lease.dataset.lease);
    const renew = async () => {
      if (document.visibilityState !== "visible") return;
      const body = new FormData(lease);
      try {
        const answer = await fetch(lease.action, { method: "POST", body, headers: { Accept: "application/json" } });
        if (answer.ok && !answer.redirected) {
          const said = await answer.json();
          const until = document.querySelector("[data-held-until]");
          if (until) until.textContent = said.heldUntil;
        } else if (answer.redirected || answer.status === 409 || answer.status === 403) {
          const lost = document.getElementById("lease-lost");
          if (lost) lost.hidden = false;
          clearInterval(timer);
        }
      } catch { /* away for a moment: the next beat tries again */ }
    };
    const timer = setInterval(renew, Math.max(5, seconds / 3) * 1000);
    document.addEventListener("visibilitychange", renew);
  }

  // ---- the time left to undo; at its end the page says what has become of the ruling ----------------------------------
  const countdown = document.querySelector("[data-deliver-in]");
  if (countdown) {
    const end = Date.now() + Number(countdown.dataset.deliverIn) * 1000;
    const count = countdown.querySelector("[data-seconds]");
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (count) count.textContent = String(Math.max(0, left));
      if (left <= -1) { clearInterval(beat); location.replace(countdown.dataset.case); }
    };
    const beat = setInterval(tick, 250);
  }

  // ---- the preview of what will be mailed follows what is chosen ------------------------------------------------------
  const asking = document.querySelector("[data-preview]");
  if (asking) {
    const output = document.getElementById("preview");
    let waiting;
    const ask = async () => {
      const body = new FormData(asking);
      try {
        const answer = await fetch(asking.dataset.preview, { method: "POST", body, headers: { Accept: "text/plain" } });
        if (!answer.ok || answer.redirected) return;
        output.textContent = await answer.text();
        document.getElementById("no-preview").hidden = output.textContent !== "";
      } catch { /* the button still asks */ }
    };
    asking.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 300); });
  }
})();

// The end of the session is said before it comes; what was typed is kept in this tab until its person is back.
(() => {
  "use strict";
  const timing = document.getElementById("timing");
  if (!timing) return;
  const ending = document.getElementById("ending");
  const ended = document.getElementById("ended");
  const who = timing.dataset.who;
  const place = "niss:" + window.location.pathname;
  const WARNED = 120;
  let timers = [];

  const typed = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "submit", "button"].includes(one.type));

  const keep = () => {
    const forms = [...document.querySelectorAll("form[method=post]")].map((form) => typed(form).map((one) =>
      ["radio", "checkbox"].includes(one.type) ? [one.name, one.value, one.checked] : [one.name, one.value]));
    if (!forms.some((form) => form.length)) return;
    window.sessionStorage.setItem(place, JSON.stringify({ who, forms }));
  };

  const restore = () => {
    for (const key of Object.keys(window.sessionStorage)) {
      if (!key.startsWith("niss:")) continue;
      const kept = JSON.parse(window.sessionStorage.getItem(key));
      if (kept.who !== who) window.sessionStorage.removeItem(key);
    }
    const kept = JSON.parse(window.sessionStorage.getItem(place) || "null");
    if (!kept) return;
    window.sessionStorage.removeItem(place);
    document.querySelectorAll("form[method=post]").forEach((form, index) => {
      for (const [name, value, checked] of kept.forms[index] || []) {
        const one = typed(form).find((input) => input.name === name && (checked === undefined || input.value === value));
        if (!one) continue;
        if (checked === undefined) one.value = value;
        else one.checked = checked;
      }
    });
  };

  const over = () => {
    keep();
    ending.hidden = true;
    ended.hidden = false;
    ended.querySelector("a").href = "/sign-in?next=" + encodeURIComponent(window.location.pathname);
  };

  const ask = async () => {
    try {
      const answer = await (await fetch("/still-here")).json();
      if (answer.endsIn > 0) {
        begin(answer.endsIn);
        return;
      }
    } catch {
      return;
    }
    over();
  };

  const begin = (seconds) => {
    timers.forEach(window.clearTimeout);
    ending.hidden = true;
    timers = [
      window.setTimeout(() => { ending.hidden = false; }, Math.max(0, seconds - WARNED) * 1000),
      window.setTimeout(over, seconds * 1000),
    ];
  };

  ending.querySelector("button").addEventListener("click", ask);
  restore();
  begin(Number(timing.dataset.ends));
})();

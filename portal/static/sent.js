// The waiting page: asks what has become of the request until it is answered. A look waits on the server's side.
(() => {
  "use strict";
  const answer = document.getElementById("answer");
  if (!answer) return;
  const look = async (failures) => {
    if (!answer.querySelector("[data-waiting]")) return;
    let failed = true;
    try {
      const reply = await fetch(answer.dataset.state, { headers: { Accept: "text/html" } });
      if (reply.ok && !reply.redirected) {
        const text = await reply.text();
        failed = false;
        if (!text.includes("data-waiting")) {
          answer.innerHTML = text;
          answer.querySelectorAll("[data-copy]").forEach((one) => { one.hidden = !navigator.clipboard; });
          const title = answer.querySelector(".big-number");
          if (title) document.title = title.textContent;
          return;
        }
      }
    } catch {
      failed = true;
    }
    window.setTimeout(() => look(failed ? failures + 1 : 0), failed ? Math.min(30000, 2000 * (failures + 1)) : 200);
  };
  look(0);
})();

// On every page: the focus goes to what is wrong, copying, printing, forms that are sent once, the end of the session.
(() => {
  "use strict";
  const problem = document.getElementById("problem");
  if (problem) problem.focus();

  const shown = (selector) => document.querySelectorAll(selector).forEach((one) => { one.hidden = false; });
  if (navigator.clipboard) shown("[data-copy]");
  shown("[data-print]");

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if ("print" in button.dataset) {
      window.print();
      return;
    }
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    button.setAttribute("role", "status");
  });

  // A form that counts once anyway is not even sent twice.
  document.querySelectorAll("form[data-once]").forEach((form) => {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = event.submitter === null || event.submitter.name !== "language";
      const button = form.querySelector("[data-busy]");
      if (sent && button) {
        button.setAttribute("aria-disabled", "true");
        button.textContent = button.dataset.busy;
      }
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload();
    });
  });
})();

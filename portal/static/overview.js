// News as they come: a line says so, and the reader decides when the page changes under their eyes.
(() => {
  "use strict";
  const line = document.getElementById("fresh");
  if (!line || !window.EventSource) return;
  const events = new EventSource("/v1/events");
  events.addEventListener("notification", () => {
    line.querySelector("a").href = window.location.pathname + window.location.search;
    line.hidden = false;
  });
  window.addEventListener("pagehide", () => events.close());
})();

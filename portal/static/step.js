// Steps: what the document says goes into the inputs; a contact address is asked where it can be; files go one by one.
(() => {
  "use strict";
  const use = (button) => {
    const { use: name, value } = button.dataset;
    const radio = [...document.getElementsByName(name)].find((one) => one.type === "radio" && one.value === value);
    const day = document.getElementById(name + "-day");
    if (radio) {
      radio.checked = true;
      return radio;
    }
    if (day) {
      const [year, month = "", date = ""] = value.split("-");
      document.getElementById(name + "-year").value = year;
      document.getElementById(name + "-month").value = month;
      day.value = date;
      return day;
    }
    const input = document.getElementById(name);
    input.value = value;
    return input;
  };
  const offers = [...document.querySelectorAll("[data-use]")];
  for (const button of offers) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      use(button).focus();
    });
  }
  document.querySelector("[data-use-all]")?.addEventListener("click", (event) => {
    event.preventDefault();
    offers.map(use)[0].focus();
  });

  const country = document.getElementById("official-country");
  const contact = document.getElementById("contact");
  if (country && contact) {
    const asked = () => {
      const filled = [...contact.querySelectorAll("input")].some((one) => one.value);
      contact.hidden = country.value === "BE" && !filled && window.location.hash !== "#contact";
    };
    country.addEventListener("change", asked);
    asked();
  }

  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const drop = document.getElementById("drop");
  const files = document.getElementById("files");
  const uploads = document.getElementById("uploads");
  const each = "each" in form.dataset;
  document.getElementById("dropping").hidden = false;

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    const given = new DataTransfer();
    [...files.files, ...event.dataTransfer.files].forEach((file) => given.items.add(file));
    files.files = given.files;
    files.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const kind = () => form.querySelector("input[name=kind]:checked");
  const backs = document.getElementById("backs");
  let busy = Promise.resolve();

  // A bar for each file from the moment it is chosen; they go one after the other.
  const announced = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    name.textContent = `${file.name} ${uploads.dataset.sending}`;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    item.append(name, bar);
    uploads.append(item);
    return { file, item, name, bar };
  };

  const send = ({ file, item, name, bar }) => new Promise((done) => {
    const body = new FormData();
    body.append("form_token", form.elements.form_token.value);
    body.append("kind", kind().value);
    body.append("go", "add");
    body.append("part", "scans");
    if (document.getElementById("duplex").checked) body.append("duplex", "yes");
    body.append("pages", file, file.name);
    const call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.setRequestHeader("Accept", "text/html");
    call.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
    call.addEventListener("loadend", () => {
      const ours = call.status && call.getResponseHeader("Content-Type")?.startsWith("text/html") && call.responseURL === form.action;
      if (ours && (call.status === 200 || call.status === 400)) {
        document.getElementById("scans").innerHTML = call.responseText;
        document.querySelector("#scans #problem")?.focus();
        item.remove();
      } else {
        bar.remove();
        name.textContent = `${file.name} ${uploads.dataset.failed}`;
        name.className = "error";
      }
      done();
    });
    call.send(body);
  });

  const all = () => {
    // Backs belong to their pages: such a form goes as a whole, with its button.
    if (!each || !kind() || backs.files.length || document.querySelector("details[open] #backs")) return;
    for (const input of [files, document.getElementById("camera")]) {
      const chosen = [...input.files];
      if (!chosen.length) continue;
      input.value = "";
      for (const one of chosen.map(announced)) busy = busy.then(() => send(one));
    }
  };
  form.addEventListener("change", all);
  form.addEventListener("submit", (event) => {
    if (!uploads.querySelector("progress")) return;
    event.preventDefault();
    const button = event.submitter;
    busy.then(() => form.requestSubmit(button));
  });
})();

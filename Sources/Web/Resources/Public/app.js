// Small betterments for every page; each page also works without them.

import { connectSearchBox } from "./search-box.js";

for (const box of document.querySelectorAll("[data-suggest]")) connectSearchBox(box);

// The language links keep what the reader has set since the page was loaded: the map writes its state into the address.
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => {
    const query = new URLSearchParams(link.search);
    const target = new URL(query.get("to") ?? "", location.origin);
    if (!location.search || target.pathname === location.pathname) return;
    query.set("to", target.pathname + location.search);
    link.search = query.toString();
  });
}

// A button that copies the page's address and says so in its own words.
for (const button of document.querySelectorAll("[data-copy-link]")) {
  const label = button.querySelector("span");
  const before = label.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      return; // no leave to write: the address bar still has it
    }
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = before; }, 3000);
  });
}

// An answer that was refused takes the focus, so that it is heard first: the summary where there is one.
const refused = document.querySelector("#error-summary") ?? document.querySelector("[aria-invalid='true']");
refused?.focus();

// A link of the summary leads to the field itself, not only to its place on the page.
for (const link of document.querySelectorAll("#error-summary a")) {
  link.addEventListener("click", (event) => {
    const field = document.querySelector(link.hash);
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}

// A password can be looked at before it is sent; it is hidden again when the form goes.
for (const button of document.querySelectorAll(".password__toggle")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const show = (isShown) => {
    field.type = isShown ? "text" : "password";
    button.textContent = isShown ? button.dataset.hide : button.dataset.show;
    button.setAttribute("aria-label", isShown ? button.dataset.hideName : button.dataset.showName);
  };
  button.hidden = false;
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  field.form?.addEventListener("submit", () => show(false));
}

// A form goes once, however often its button is pressed; the page may be shown again from the browser's memory.
for (const form of document.querySelectorAll("form[data-once]")) {
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (isSent) event.preventDefault();
    isSent = true;
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    isSent = false;
    form.removeAttribute("aria-busy");
  });
}

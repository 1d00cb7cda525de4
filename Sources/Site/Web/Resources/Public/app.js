// Small betterments for every page; each page also works without them.

import { connectCopy } from "./copy.js";
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

// Buttons that copy the page's address, or a text that stands on the page.
for (const button of document.querySelectorAll("[data-copy-link]")) connectCopy(button, () => location.href);
for (const button of document.querySelectorAll("[data-copy]")) {
  connectCopy(button, () => document.getElementById(button.dataset.copy).textContent);
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

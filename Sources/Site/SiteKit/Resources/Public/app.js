// Small enhancements for every page, all of which also works without them.

import { connectCopy } from "./copy.js";

// Language links keep the state that the reader has set since loading: the map writes it into the URL.
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => {
    const query = new URLSearchParams(link.search);
    const target = new URL(query.get("to") ?? "", location.origin);
    if (!location.search || target.pathname === location.pathname) return;
    query.set("to", target.pathname + location.search);
    link.search = query.toString();
  });
}

// Buttons that copy the page's URL or a text on the page.
for (const button of document.querySelectorAll("[data-copy-link]")) connectCopy(button, () => location.href);
for (const button of document.querySelectorAll("[data-copy]")) {
  connectCopy(button, () => document.getElementById(button.dataset.copy).textContent);
}

// Focus the fault of a refused form, so that it is read first: the summary if there is one.
const refused = document.querySelector("#error-summary") ?? document.querySelector("[aria-invalid='true']");
refused?.focus();

// Links in the summary focus the field itself instead of only scrolling to it.
for (const link of document.querySelectorAll("#error-summary a")) {
  link.addEventListener("click", (event) => {
    const field = document.querySelector(link.hash);
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}

// A password can be shown before it is sent; it is hidden again when the form is submitted.
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

// A form is submitted once, however often its button is pressed; the browser may restore the page from its cache.
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

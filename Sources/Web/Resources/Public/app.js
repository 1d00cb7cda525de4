// Small betterments for every page; each page also works without them.

import { connectSearchBox } from "./search-box.js";

for (const box of document.querySelectorAll("[data-suggest]")) connectSearchBox(box);

// The language links keep what the reader has set since the page was loaded: the map writes its state into the address.
for (const link of document.querySelectorAll(".languages a")) {
  link.addEventListener("click", () => {
    if (location.search && link.pathname !== location.pathname) link.search = location.search;
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

// An answer that was refused takes the focus, so that it is heard first.
const invalid = document.querySelector("[aria-invalid='true']");
invalid?.focus();

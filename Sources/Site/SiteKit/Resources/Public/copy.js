// Buttons that copy a text and confirm it; the text itself stays on the page and can be selected.

/** Shows a button and makes it copy what `text` returns. */
export function connectCopy(button, text) {
  const label = button.querySelector("span");
  const before = label.textContent;
  const name = button.getAttribute("aria-label");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      return; // no permission to write: the text can still be selected
    }
    label.textContent = button.dataset.copied;
    if (name) button.setAttribute("aria-label", button.dataset.copied);
    setTimeout(() => {
      label.textContent = before;
      if (name) button.setAttribute("aria-label", name);
    }, 3000);
  });
}

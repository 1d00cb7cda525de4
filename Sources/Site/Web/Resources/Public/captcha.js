// Tells a screen reader how far the captcha is: ALTCHA's widget changes its label, which is not read out by itself.

/** Shows the words of the widget's label in the status line of the form. */
function tell(widget, status) {
  const label = widget.querySelector(".altcha-label")?.textContent?.trim() ?? "";
  const error = widget.querySelector(".altcha-error")?.textContent?.trim() ?? "";
  status.textContent = error || label;
}

for (const widget of document.querySelectorAll("altcha-widget")) {
  const status = widget.parentElement?.querySelector("[data-captcha-status]");
  // The event comes before the widget has drawn its new state.
  if (status) widget.addEventListener("statechange", () => requestAnimationFrame(() => tell(widget, status)));
}

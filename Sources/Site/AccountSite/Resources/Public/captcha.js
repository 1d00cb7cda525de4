// Announces the captcha's progress: ALTCHA's widget changes its label, which screen readers do not read by themselves.

/** Copies the widget's label into the status line of the form. */
function tell(widget, status) {
  const label = widget.querySelector(".altcha-label")?.textContent?.trim() ?? "";
  const error = widget.querySelector(".altcha-error")?.textContent?.trim() ?? "";
  status.textContent = error || label;
}

for (const widget of document.querySelectorAll("altcha-widget")) {
  const status = widget.parentElement?.querySelector("[data-captcha-status]");
  // The event is sent before the widget has rendered its new state.
  if (status) widget.addEventListener("statechange", () => requestAnimationFrame(() => tell(widget, status)));
}

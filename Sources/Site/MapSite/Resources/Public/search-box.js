// The search box: a combobox with a list of suggestions, following the ARIA Authoring Practices. It works in any form; when
// the server does not answer, the form works as before.

import { pluralForm } from "./page.js";
import { makeList, showOptions } from "./search-options.js";

const PAUSE = 130; // milliseconds after the last key
const LENGTH = 8;
const LONGEST = 200; // characters; the server refuses more
const ROOM = 180; // pixels; with less the list would show hardly anything

/**
 * Connects one box of `search_field.mustache`.
 *
 * A choice is reported by the event `suggestion`, with the API's suggestion as `detail`. Unless its default is prevented, a
 * box with `data-leads` opens the suggestion's page, and one without only keeps the text. Suggestions near `data-lon` and
 * `data-lat`, if set, come first.
 */
export function connectSearchBox(box) {
  const input = box.querySelector("input");
  const { list, status } = makeList(box, input);
  let shown = []; // the suggestions in the list
  let answered = null; // the text that they belong to
  let active = -1;
  let held = null; // a chosen street whose houses are being suggested
  let timer = 0;
  let asking = null;

  const isOpen = () => !list.hidden;

  function forget() {
    clearTimeout(timer);
    asking?.abort();
  }

  function close() {
    forget();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function activate(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[index];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  /** The text itself is one of the stops: after the last suggestion comes the text, then the first suggestion. */
  function move(step) {
    const stops = shown.length + 1;
    activate(((active + 1 + step + stops) % stops) - 1);
  }

  function open() {
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    fit();
  }

  /** Keeps the list on the screen, above the keyboard of a phone. */
  function fit() {
    if (!isOpen()) return;
    const screen = window.visualViewport;
    const bottom = screen ? screen.offsetTop + screen.height : window.innerHeight;
    if (bottom - input.getBoundingClientRect().bottom < ROOM) input.scrollIntoView({ block: "start" });
    const room = bottom - input.getBoundingClientRect().bottom - 12;
    list.style.maxHeight = `${Math.max(room, ROOM)}px`;
  }

  // Requests

  function ask({ pause = PAUSE, step = 0 } = {}) {
    forget();
    if (!input.value.trim() || input.value.length > LONGEST) return close();
    timer = setTimeout(answer, pause, step);
  }

  async function answer(step) {
    const text = input.value;
    asking = new AbortController();
    const { signal } = asking;
    try {
      const found = await fetchSuggestions(box, text, signal);
      if (signal.aborted || input.value !== text || document.activeElement !== input) return;
      show(found, text);
      if (step && isOpen()) move(step);
    } catch {
      if (!signal.aborted) close(); // the form can still search
    }
  }

  function show(found, text) {
    activate(-1);
    [shown, answered] = [found, text];
    showOptions(list, found, box.dataset);
    status.textContent = found.length
      ? box.dataset[pluralForm(document.documentElement.lang, found.length)].replace("{n}", found.length)
      : box.dataset.none;
    if (found.length) open();
    else close();
  }

  /** An arrow key opens the list and selects its first or last suggestion. */
  function reopen(step) {
    if (answered !== input.value || !shown.length) return ask({ pause: 0, step });
    open();
    if (step) move(step);
  }

  // Choosing

  function choose(suggestion) {
    const { completion } = suggestion;
    if (!completion?.endsWith(", ") || input.value === completion) return take(suggestion);
    hold(completion);
    held = suggestion;
    ask({ pause: 0 });
  }

  function hold(words) {
    input.value = words;
    input.setSelectionRange(words.length, words.length);
    activate(-1);
  }

  function take(suggestion) {
    hold((suggestion.completion ?? suggestion.label).replace(/,\s*$/, ""));
    held = null;
    close();
    // On a phone, closing the keyboard makes room for the result.
    if (matchMedia("(hover: none) and (pointer: coarse)").matches) input.blur();
    const told = new CustomEvent("suggestion", { bubbles: true, cancelable: true, detail: suggestion });
    if (box.dispatchEvent(told) && "leads" in box.dataset && suggestion.page) location.assign(suggestion.page);
  }

  // Keys

  const keys = {
    ArrowDown: ({ altKey }) => (isOpen() ? move(1) : reopen(altKey ? 0 : 1)),
    ArrowUp({ altKey }) {
      if (!isOpen()) reopen(-1);
      else if (altKey) close();
      else move(-1);
    },
    Enter() {
      if (isOpen() && active >= 0) return choose(shown[active]);
      if (held && input.value === held.completion) return take(held);
      close();
      return false;
    },
    Escape() {
      if (isOpen()) return close();
      if (!input.value) return false;
      input.value = "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };

  input.addEventListener("keydown", (event) => {
    // During composition, keys belong to the input method.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const act = keys[event.key];
    if (!act) {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) activate(-1);
    } else if (act(event) !== false) {
      event.preventDefault();
    }
  });
  // Phone keyboards compose every word, so suggestions are requested during composition too.
  input.addEventListener("input", () => {
    activate(-1);
    ask();
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);
  window.visualViewport?.addEventListener("resize", fit);
  // Pressing the list does not move the focus.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) choose(shown[[...list.children].indexOf(option)]);
  });
}

async function fetchSuggestions({ dataset }, text, signal) {
  const query = new URLSearchParams({ q: text.replace(/\s/g, " "), limit: LENGTH, lang: document.documentElement.lang });
  for (const name of ["lon", "lat"]) if (dataset[name]) query.set(name, dataset[name]);
  // What is typed into a form may be where somebody lives, so it is not sent in an address, which servers log.
  const response = await ("private" in dataset
    ? fetch(dataset.suggest, { method: "POST", body: query, signal })
    : fetch(`${dataset.suggest}?${query}`, { signal }));
  if (!response.ok) throw new Error(`${response.status} ${dataset.suggest}`);
  return (await response.json()).suggestions;
}

// The search box: a combobox with a list of suggestions, as the ARIA Authoring Practices describe it. It stands in any
// form; where the server does not answer, the form is what it was.

import { pluralForm } from "./page.js";
import { makeList, showOptions } from "./search-options.js";

const PAUSE = 130; // milliseconds after the last letter
const LENGTH = 8;
const LONGEST = 200; // letters; the server refuses more
const ROOM = 180; // pixels: with less the list would show hardly anything

/**
 * Connects one box of `search_field.mustache`.
 *
 * What is chosen is told by the event `suggestion`, whose `detail` is the suggestion of the API. Where nobody prevents its
 * default, a box with `data-leads` goes to the suggestion's page; one without only holds the words. Suggestions near
 * `data-lon` and `data-lat` come first, when they are set.
 */
export function connectSearchBox(box) {
  const input = box.querySelector("input");
  const { list, status } = makeList(box, input);
  let shown = []; // the suggestions of the list
  let answered = null; // the text that they answer
  let active = -1;
  let held = null; // a street that was chosen, while its houses are offered
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

  /** The place in the text is one of the stops: from the last suggestion it goes on to the text, then to the first. */
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

  // Asking

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
      if (!signal.aborted) close(); // the form still searches
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

  /** An arrow opens the list, and goes to its first or last suggestion. */
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
    // On a phone the keyboard makes room for what was chosen.
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
    // What is being composed owns its keys.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const act = keys[event.key];
    if (!act) {
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) activate(-1);
    } else if (act(event) !== false) {
      event.preventDefault();
    }
  });
  // The keyboards of phones compose every word, so that words are asked for while they are composed.
  input.addEventListener("input", () => {
    activate(-1);
    ask();
  });
  input.addEventListener("blur", close);
  input.form?.addEventListener("submit", close);
  window.visualViewport?.addEventListener("resize", fit);
  // A press on the list leaves the focus where it is.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) choose(shown[[...list.children].indexOf(option)]);
  });
}

async function fetchSuggestions({ dataset }, text, signal) {
  const address = new URL(dataset.suggest, location.origin);
  address.searchParams.set("q", text.replace(/\s/g, " "));
  address.searchParams.set("limit", LENGTH);
  address.searchParams.set("lang", document.documentElement.lang);
  for (const name of ["lon", "lat"]) if (dataset[name]) address.searchParams.set(name, dataset[name]);
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${response.status} ${dataset.suggest}`);
  return (await response.json()).suggestions;
}

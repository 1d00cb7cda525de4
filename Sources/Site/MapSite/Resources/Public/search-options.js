// The list of a search box: its ARIA attributes and the look of a suggestion.

import { el, symbol } from "./page.js";

const SYMBOLS = {
  address: "pin", district: "district", intersection: "crossing", microdistrict: "microdistrict", street: "street",
};

/** Makes the input a combobox with an empty list and a live region. */
export function makeList(box, input) {
  const list = el("ul", { class: "combobox__list", id: `${input.id}-list`, role: "listbox", "aria-label": box.dataset.list, hidden: "" });
  const status = el("p", { class: "visually-hidden", role: "status" });
  box.append(list, status);
  // An input of type "search" may not have the role combobox.
  input.type = "text";
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
  return { list, status };
}

/** Fills the list; `words` are the texts that the server has put on the box. */
export function showOptions(list, suggestions, words) {
  list.replaceChildren(...suggestions.map((suggestion, index) => option(suggestion, `${list.id}-${index}`, words)));
  list.scrollTop = 0;
}

function option(suggestion, id, words) {
  const { label, label_lang: lang, parts } = suggestion;
  const marked = parts?.length ? parts.map(({ text, match }) => (match ? el("mark", {}, text) : text)) : [label];
  return el("li", { class: "combobox__option", id, role: "option", "aria-selected": "false" },
    symbol(symbolOf(suggestion), words.icons),
    el("span", { class: "combobox__text" },
      el("span", { class: "combobox__label", lang }, ...marked), " ",
      el("span", { class: "combobox__detail" }, detailOf(suggestion, words))));
}

/** Institutions and categories have their own drawings, places that of their kind. */
function symbolOf({ kind, icon }) {
  return SYMBOLS[kind] ?? icon ?? "other";
}

/** The location or kind of the suggestion, and how well it matches. */
function detailOf({ kind, match, detail }, words) {
  const kindWord = words[`kind${kind[0].toUpperCase()}${kind.slice(1)}`];
  return [detail || kindWord, words[match]].filter(Boolean).join(" · ");
}

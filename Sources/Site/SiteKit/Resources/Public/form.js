// Improves forms: counters, groups that apply only to some answers, and lists of chosen files. Forms work without it.

import { el } from "./page.js";

for (const area of document.querySelectorAll("textarea[data-limit]")) connectCounter(area);
for (const group of document.querySelectorAll("fieldset[data-when]")) connectGroup(group);
for (const input of document.querySelectorAll("input[type=file][data-count]")) connectFiles(input);

/** Counts as the server does: Unicode scalars, with a line end as one. */
function connectCounter(area) {
  const line = area.nextElementSibling;
  const status = line.nextElementSibling;
  const limit = Number(area.dataset.limit);
  let timer = 0;

  function count() {
    const left = limit - [...area.value].length;
    const text = (left < 0 ? area.dataset.excess : area.dataset.left).replace("{n}", numbers().format(Math.abs(left)));
    line.hidden = false;
    line.textContent = text;
    line.classList.toggle("field__count--over", left < 0);
    // A screen reader is told after a pause in typing, and only near the limit.
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = left < limit / 10 ? text : ""; }, 1000);
  }

  area.addEventListener("input", count);
  addEventListener("pageshow", count);
  count();
}

/** Numbers as the server writes them; browsers lack a Kazakh locale, whose numbers look like the Russian ones. */
function numbers(options) {
  return new Intl.NumberFormat(document.documentElement.lang === "en" ? "en-GB" : "ru-KZ", options);
}

/** Shows a group of fields only while the answer that it belongs to is chosen. */
function connectGroup(group) {
  const { form } = group;
  const { when, is } = group.dataset;

  function update() {
    const chosen = form.querySelector(`[name="${when}"]:checked`) ?? form.querySelector(`select[name="${when}"]`);
    group.hidden = chosen?.value !== is;
  }

  form.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
}

/** Lists the chosen files with their sizes, lets each be removed, and tells at once of files that are too large or of another format. */
function connectFiles(input) {
  const { dataset } = input;
  const list = el("ul", { class: "files__list", "aria-label": dataset.chosen, hidden: "" });
  const status = el("p", { class: "field__fault", role: "alert" });
  input.after(list, status);
  // All files chosen so far; choosing again would otherwise replace the earlier ones. Some browsers restore them on reload.
  let chosen = [...input.files];
  if (chosen.length) show();

  input.addEventListener("change", () => {
    const faults = [];
    for (const file of input.files) {
      if (chosen.some((other) => isSame(other, file))) continue;
      const fault = faultOf(file);
      if (fault) faults.push(`${dataset.fault.replace("{fault}", () => fault).replace("{name}", () => file.name)}.`);
      else if (input.multiple) chosen.push(file);
      else chosen = [file];
    }
    status.textContent = faults.join(" ");
    show();
  });

  function isSame(one, other) {
    return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
  }

  /** The files that came before and stay. */
  function keptCount() {
    return input.closest(".files").querySelectorAll("input[type=checkbox]:not(:checked)").length;
  }

  function faultOf(file) {
    const ending = file.name.includes(".") ? file.name.split(".").pop().toLowerCase() : "";
    if (ending && !dataset.endings.split(",").includes(ending)) return dataset.format;
    if (file.size > Number(dataset.bytes)) return dataset.tooLarge;
    return keptCount() + (input.multiple ? chosen.length : 0) >= Number(dataset.count) ? dataset.tooMany : null;
  }

  function show() {
    const files = new DataTransfer();
    for (const file of chosen) files.items.add(file);
    input.files = files.files;
    list.replaceChildren(...chosen.map(item));
    list.hidden = !chosen.length;
  }

  function item(file) {
    const button = el(
      "button", { class: "button button--quiet files__button", type: "button", onclick: () => drop(file) },
      dataset.remove, el("span", { class: "visually-hidden" }, `: ${file.name}`),
    );
    const name = el("span", { class: "files__name" }, file.name);
    return el("li", { class: "files__item" }, name, " ", el("span", { class: "files__size" }, size(file.size)), button);
  }

  function drop(file) {
    chosen = chosen.filter((other) => other !== file);
    status.textContent = "";
    show();
    input.focus();
  }

  function size(bytes) {
    const format = numbers({ maximumFractionDigits: 1 });
    if (bytes < 1_000_000) return dataset.kb.replace("{n}", format.format(Math.max(1, Math.round(bytes / 1000))));
    return dataset.mb.replace("{n}", format.format(Math.round(bytes / 100_000) / 10));
  }
}

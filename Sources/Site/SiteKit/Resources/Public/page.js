// What the server passes to the page: data, texts, and the number format of the language.

// Kazakh formats numbers like Russian and has the same two plural forms as English; not every browser supports Kazakh.
const NUMBERS = { kk: "ru-KZ", ru: "ru-KZ", en: "en-GB" };
const PLURALS = { kk: "en-GB", ru: "ru-KZ", en: "en-GB" };

/** The plural form of a count in a language: `one`, `few`, `many`, `other`. */
export function pluralForm(lang, count) {
  return new Intl.PluralRules(PLURALS[lang]).select(count);
}

/** Parses the JSON in the page and adds helpers for its texts. */
export function readPage() {
  const page = JSON.parse(document.getElementById("page-data").textContent);
  const locale = NUMBERS[page.lang];
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

  /** The text of `key` with `{name}` replaced; the plural form depends on `values.n`. */
  function text(key, values = {}) {
    const entry = page.strings[key] ?? "";
    const pattern = typeof entry === "string" ? entry : entry[pluralForm(page.lang, values.n)] ?? entry.other;
    return pattern.replace(/\{(\w+)\}/g, (placeholder, name) => {
      const value = values[name];
      if (value === undefined) return placeholder;
      return typeof value === "number" ? whole.format(value) : value;
    });
  }

  /** A distance formatted as on the server: whole metres, from 100 rounded to tens, then tenths of a kilometre. */
  function distance(metres) {
    if (metres < 995) return text("map_distance_m", { n: whole.format(metres < 100 ? Math.round(metres) : Math.round(metres / 10) * 10) });
    return text("map_distance_km", { n: tenth.format(metres / 1000) });
  }

  const categoryOf = new Map(page.categories.map((category) => [category.id, category]));
  const districtOf = new Map(page.districts.map((district) => [district.slug, district]));
  return { ...page, text, distance, categoryOf, districtOf };
}

/** Creates an element. `null` properties are omitted; children are elements or text, never markup. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A drawing of the symbol file. */
export function symbol(name, icons) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "symbol");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${icons}#icon-${name}`);
  svg.append(use);
  return svg;
}

/** The badge of a category in the colour of its group, as printed by `icon.mustache`. */
export function badge(group, icon, icons) {
  return el("span", { class: `badge badge--${group}`, "aria-hidden": "true" }, symbol(icon, icons));
}

/** A name object `{kk, ru, en}` as shown on this page: the text, and its language if it differs. */
export function named(names, label, lang) {
  const order = { kk: ["kk", "ru", "en"], ru: ["ru", "kk", "en"], en: ["en", "ru", "kk"] }[lang];
  const found = order.find((code) => names?.[code]);
  // Keep a number on the same line as its sign: «Школа № 5».
  return { label: (found ? names[found] : label).replaceAll("№ ", "№\u00a0"), lang: found && found !== lang ? found : null };
}

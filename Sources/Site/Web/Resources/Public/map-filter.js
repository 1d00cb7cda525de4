// What is chosen on a map: kinds of institutions, a district, open now, words; in the address and as questions to the API.

/** The choice that stands in a query of an address; its words are the server's to tell from a place. */
export function readFilter(query) {
  return {
    categories: query.getAll("category").filter(Boolean),
    district: query.get("district") ?? "",
    open: query.get("open") === "1",
  };
}

/** Writes the choice into a query. */
export function writeFilter(query, { categories, district, open }) {
  query.delete("category");
  for (const category of categories) query.append("category", category);
  query.delete("district");
  if (district) query.set("district", district);
  query.delete("open");
  if (open) query.set("open", "1");
}

export function isEmpty(filter) {
  return !filter.categories.length && !filter.district && !filter.open && !filter.q;
}

/** Whether the tiles can make the choice: they know the categories, nothing else. */
export function fitsTiles(filter) {
  return !filter.district && !filter.open && !filter.q;
}

/** The categories without those whose group is chosen too. */
export function normalised(categories, known) {
  return categories.filter((id, place) => {
    const group = known.get(id)?.group;
    return categories.indexOf(id) === place && (group === id || !categories.includes(group));
  });
}

/** One set of parameters for each category, or one for all; no institution answers to two of them. */
export function questions(filter) {
  const common = { district: filter.district, q: filter.q, open_at: filter.open ? "now" : "" };
  return filter.categories.length ? filter.categories.map((category) => ({ ...common, category })) : [common];
}

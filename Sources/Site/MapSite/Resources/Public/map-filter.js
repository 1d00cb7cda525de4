// The map's filter: categories, a district, open now, words; in the URL and as API parameters.

/** Reads the filter from a URL query; the server decides whether its words are a place or a filter. */
export function readFilter(query) {
  return {
    categories: query.getAll("category").filter(Boolean),
    district: query.get("district") ?? "",
    open: query.get("open") === "1",
  };
}

/** Writes the filter into a query. */
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

/** Whether the tiles can apply the filter: they only know categories. */
export function fitsTiles(filter) {
  return !filter.district && !filter.open && !filter.q;
}

/** The selected categories without those whose group is selected too. */
export function normalised(categories, known) {
  return categories.filter((id, place) => {
    const group = known.get(id)?.group;
    return categories.indexOf(id) === place && (group === id || !categories.includes(group));
  });
}

/** One set of parameters for each category, or one for all; the results do not overlap. */
export function questions(filter) {
  const common = { district: filter.district, q: filter.q, open_at: filter.open ? "now" : "" };
  return filter.categories.length ? filter.categories.map((category) => ({ ...common, category })) : [common];
}

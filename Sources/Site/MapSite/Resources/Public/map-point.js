// The panel of the point: where it is, which addresses are near, who is responsible there.

import { connectCopy } from "./copy.js";
import { organizationPage } from "./map-list.js";
import { el } from "./page.js";

const byId = (id) => document.getElementById(id);

/** Shows what the API knows about the point, and announces it in one line to screen readers. */
export function showPlace(place, [lon, lat], page) {
  const { text, distance } = page;
  const facts = el("dl", { class: "facts" });
  const fact = (name, ...values) => facts.append(el("div", {}, el("dt", {}, name), el("dd", {}, ...values)));
  const body = [];
  if (place.inside) {
    const { address, district, microdistrict, authority } = place;
    fact(text("map_address"), address ? addressNear(address, page) : text("map_address_unknown"));
    fact(text("map_district"), el("a", { href: `/${page.lang}/districts/${district.slug}` }, district.label));
    if (microdistrict) fact(text("map_microdistrict"), microdistrict.label);
    if (authority) {
      const { organization, label, phones } = authority;
      fact(text("map_akimat"), organization ? el("a", { href: organizationPage(organization, page) }, label) : label);
      if (phones?.length) fact(text("map_phone"), ...phones.flatMap((phone, index) => [index ? ", " : "", phoneLink(phone)]));
    }
  } else {
    const nearest = place.nearest_district;
    const message = nearest ? text("map_outside", { name: nearest.label, distance: distance(place.distance_m) }) : text("map_outside_plain");
    const swapped = looksSwapped([lon, lat], page.bbox) ? [" ", text("map_swapped"), " ", el("a", { href: `?pin=${lat},${lon}` }, text("map_swap"))] : [];
    body.push(el("p", { class: "notice" }, message, ...swapped));
  }
  const pair = `${lat}, ${lon}`;
  const copy = el(
    "button",
    { class: "link-button", type: "button", "data-copied": text("map_copied"), "aria-label": text("map_copy_coordinates") },
    el("span", {}, text("map_copy")),
  );
  connectCopy(copy, () => pair);
  fact(text("map_coordinates"), pair, " ", copy);
  byId("point-heading").textContent = text("map_point_heading");
  byId("point-body").replaceChildren(...body, facts);
  return place.inside ? [place.address?.label, place.district.label].filter(Boolean).join(", ") : body[0].textContent;
}

function addressNear({ label, distance_m: metres }, { text, distance }) {
  return metres < 1 ? label : text("map_address_near", { address: label, distance: distance(metres) });
}

/** Whether the two numbers would be in the city if swapped. */
function looksSwapped([lon, lat], [west, south, east, north]) {
  return lat >= west && lat <= east && lon >= south && lon <= north;
}

function phoneLink(phone) {
  return el("a", { class: "phone", href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone);
}

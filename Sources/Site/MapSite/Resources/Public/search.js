// Connects every search box on the page; the template of the search field loads it.

import { connectSearchBox } from "./search-box.js";

for (const box of document.querySelectorAll("[data-suggest]")) connectSearchBox(box);

"""The URLs under /tiles: descriptions, status codes, ETags, compression, styles."""

from __future__ import annotations

import gzip
import json
import re
import urllib.parse
from itertools import product

from support import DEEPEST, TILESETS, Address, TileTest, path

MVT = "application/vnd.mapbox-vector-tile"
EMPTY = (15, 0, 0)


class ProtocolTest(TileTest):
    """TileJSON and tiles over HTTP."""

    def full_tiles(self) -> list[tuple[str, Address]]:
        """Two non-empty tiles of every tileset."""
        return [(name, self.tiles.fullest(name, zoom)) for name in TILESETS for zoom in (13, 14)]

    def test_tilejson(self) -> None:
        for name, description in self.tiles.descriptions.items():
            with self.subTest(tileset=name):
                declared = self.tiles.declared[name]
                self.assertEqual(description["tilejson"], "3.0.0")
                self.assertEqual(description.get("scheme", "xyz"), "xyz")
                self.assertEqual(description["maxzoom"], DEEPEST)
                self.assertEqual(description["minzoom"], min(layer["minzoom"] for layer in declared["layers"]))
                self.assertIn("OpenStreetMap", description["attribution"])
                self.assertIn("https://www.openstreetmap.org/copyright", description["attribution"])
                west, south, east, north = description["bounds"]
                lon, lat, zoom = description["center"]
                self.assertTrue(-180 <= west < lon < east <= 180 and -85 < south < lat < north < 85)
                self.assertTrue(description["minzoom"] <= zoom <= description["maxzoom"])
                for part in ("{z}", "{x}", "{y}"):
                    self.assertIn(part, description["tiles"][0])

    def test_tilejson_declares_the_layers_of_the_declaration(self) -> None:
        for name, description in self.tiles.descriptions.items():
            declared = {layer["id"]: layer for layer in self.tiles.declared[name]["layers"]}
            self.assertEqual([layer["id"] for layer in description["vector_layers"]], list(declared))
            for layer in description["vector_layers"]:
                fields = {key: field["type"] for key, field in declared[layer["id"]]["fields"].items()}
                told = {key: kind for key, kind in layer["fields"].items() if not key.startswith("n_")}
                self.assertEqual(told, fields, f"{name}.{layer['id']}")
                self.assertEqual(layer["minzoom"], declared[layer["id"]]["minzoom"])

    def test_tilejson_leads_to_its_tiles(self) -> None:
        for name, description in self.tiles.descriptions.items():
            address = self.tiles.fullest(name, 14)
            zoom, column, row = address
            template = urllib.parse.urljoin(self.portal.base, description["tiles"][0])
            filled = template.replace("{z}", str(zoom)).replace("{x}", str(column)).replace("{y}", str(row))
            self.assertTrue(filled.startswith(self.portal.base), "tiles come from the same host")
            reply = self.portal.get(filled.removeprefix(self.portal.base))
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.text, self.tiles.raw(name, address))

    def test_headers(self) -> None:
        for name, address in self.full_tiles():
            reply = self.portal.get(path(name, address))
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.headers["content-type"], MVT)
            self.assertIn("max-age", reply.headers["cache-control"])
            self.assertEqual(reply.headers.get("x-content-type-options"), "nosniff")
        for name in TILESETS:
            empty = self.portal.get(path(name, EMPTY))
            self.assertEqual((empty.status, empty.body), (204, b""))
            self.assertIn("max-age", empty.headers["cache-control"])

    def test_tags_are_strong_and_last(self) -> None:
        tags = set()
        for name, address in self.full_tiles():
            first, second = self.portal.get(path(name, address)), self.portal.get(path(name, address))
            tag = first.headers["etag"]
            self.assertRegex(tag, r'^"[^"]+"$')
            self.assertEqual((second.headers["etag"], second.body), (tag, first.body))
            self.assertNotIn(tag, tags, "different tiles, different tags")
            tags.add(tag)

    def test_not_modified(self) -> None:
        for (name, address), coding in product(self.full_tiles(), ("identity", "gzip")):
            full = self.portal.get(path(name, address), accept_encoding=coding)
            tag = full.headers["etag"]
            for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
                reply = self.portal.get(path(name, address), accept_encoding=coding, if_none_match=condition)
                self.assertEqual((reply.status, reply.body), (304, b""), f"{name} {coding} {condition}")
                self.assertEqual(reply.headers["etag"], tag)
                self.assertNotIn("content-encoding", reply.headers)
            stale = self.portal.get(path(name, address), accept_encoding=coding, if_none_match='"other"')
            self.assertEqual((stale.status, stale.body), (200, full.body))

    def test_packing(self) -> None:
        for name, address in self.full_tiles():
            plain = self.portal.get(path(name, address), accept_encoding="identity")
            packed = self.portal.get(path(name, address), accept_encoding="gzip")
            self.assertNotIn("content-encoding", plain.headers)
            self.assertEqual(packed.text, plain.body)
            for reply in (plain, packed):
                self.assertIn("accept-encoding", reply.headers.get("vary", "").lower())
            if packed.headers.get("content-encoding") == "gzip":
                self.assertEqual(gzip.decompress(packed.body), plain.body)
                self.assertLess(len(packed.body), len(plain.body))
                self.assertNotEqual(packed.headers["etag"], plain.headers["etag"], "a strong tag is one of the bytes")
        full = self.portal.get(path("basemap", self.tiles.fullest("basemap", 14)), accept_encoding="gzip")
        self.assertEqual(full.headers.get("content-encoding"), "gzip")

    def test_a_filter_has_a_tag_of_its_own(self) -> None:
        address = self.tiles.fullest("organizations", 14)
        category = self.tiles.features("organizations", "organizations", address)[0]["properties"]["category"]
        filter_path = path("organizations", address, f"category={category}")
        plain, filtered = self.portal.get(path("organizations", address)), self.portal.get(filter_path)
        self.assertEqual(filtered.status, 200)
        self.assertNotEqual(plain.headers["etag"], filtered.headers["etag"])
        again = self.portal.get(filter_path, if_none_match=filtered.headers["etag"])
        self.assertEqual((again.status, again.body), (304, b""))
        stale = self.portal.get(filter_path, if_none_match=plain.headers["etag"])
        self.assertEqual(stale.status, 200)

    def test_what_does_not_exist(self) -> None:
        tiles = (
            "16/0/0.mvt", "15/32768/0.mvt", "15/0/32768.mvt", "-1/0/0.mvt", "0/1/0.mvt", "0/0/-1.mvt", "a/0/0.mvt",
            "0/b/0.mvt", "0/0/c.mvt", "0/0/0.png", "0/0/0", "0/0/.mvt", "1e1/0/0.mvt", "0/0/0.0.mvt", "+1/0/0.mvt",
            "99999999999999999999/0/0.mvt", "15/0x10/0.mvt", "0/0/0/0.mvt",
        )
        others = ("nothing/0/0/0.mvt", "nothing.json", "organizations.txt", "../api/0/0/0.mvt", "%2e%2e/0/0/0.mvt")
        for address in [*(f"organizations/{tile}" for tile in tiles), *others]:
            reply = self.portal.get(f"/tiles/{address}")
            self.assertEqual(reply.status, 404, f"/tiles/{address}")
            self.assertEqual(reply.headers["content-type"].split(";")[0], "application/problem+json", address)

    def test_an_empty_segment_is_redirected(self) -> None:
        for address, place in (("/tiles/", "/tiles"), ("/tiles//organizations.json", "/tiles/organizations.json")):
            reply = self.portal.get(address)
            self.assertEqual((reply.status, reply.headers["location"]), (308, place))
        self.assertEqual(self.portal.get("/tiles").status, 404)

    def test_parameters_are_read_strictly(self) -> None:
        for query in (
            "colour=red", "category=casino", "category=park&category=casino", "category=park&colour=red",
            "kategory=park",
        ):
            reply = self.portal.get(path("organizations", EMPTY, query))
            self.assertEqual(reply.status, 400, query)
            self.assertTrue(reply.json()["errors"], query)
        for name in set(TILESETS) - {"organizations"}:
            self.assertEqual(self.portal.get(path(name, EMPTY, "category=park")).status, 400, f"{name} has no filter")
        self.assertEqual(self.portal.get(path("organizations", EMPTY), method="POST").status, 405)


class StyleTest(TileTest):
    """The style of the map."""

    def styles(self) -> dict[tuple[str, str], dict]:
        """The style by theme and language."""
        found = {}
        for theme, language in product(("light", "dark"), ("kk", "ru", "en")):
            reply = self.portal.get(f"/tiles/style.json?theme={theme}&lang={language}")
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.headers["content-type"].split(";")[0], "application/json")
            found[theme, language] = reply.json()
        return found

    def test_styles_are_whole(self) -> None:
        for key, style in self.styles().items():
            with self.subTest(style=key):
                self.assertEqual(style["version"], 8)
                self.assertFalse({"glyphs", "sprite"} & set(style), "nothing is fetched that the server does not have")
                self.assertEqual(re.findall(r'"@[^"]*"', json.dumps(style)), [], "tokens that were not replaced")
                ids = [layer["id"] for layer in style["layers"]]
                self.assertEqual(len(set(ids)), len(ids))

    def test_sources_and_layers_exist(self) -> None:
        descriptions = self.tiles.descriptions
        described = {name: {layer["id"] for layer in descriptions[name]["vector_layers"]} for name in TILESETS}
        for key, style in self.styles().items():
            tilesets = {}
            for name, source in style["sources"].items():
                if source["type"] == "vector":
                    address = urllib.parse.urlsplit(urllib.parse.urljoin(self.portal.base, source["url"]))
                    self.assertEqual(f"{address.scheme}://{address.netloc}", self.portal.base)
                    self.assertEqual(self.portal.get(address.path).status, 200)
                    tilesets[name] = described[address.path.removeprefix("/tiles/").removesuffix(".json")]
            for layer in style["layers"]:
                if layer["type"] == "background":
                    continue
                self.assertIn(layer["source"], style["sources"], f"{key} {layer['id']}")
                if layer["source"] in tilesets:
                    self.assertIn(layer["source-layer"], tilesets[layer["source"]], f"{key} {layer['id']}")

    def test_styles_name_only_declared_fields(self) -> None:
        style = self.styles()["light", "ru"]
        for layer in style["layers"]:
            if layer.get("source") not in TILESETS:
                continue
            described = self.tiles.descriptions[layer["source"]]["vector_layers"]
            fields = next(each["fields"] for each in described if each["id"] == layer["source-layer"])
            asked = set(re.findall(r'\["(?:get|has)", "([^"]+)"\]', json.dumps(layer)))
            self.assertLessEqual(asked, set(fields), layer["id"])

    def test_themes_and_languages_differ(self) -> None:
        styles = self.styles()
        light, dark = (
            set(re.findall(r'"(#[0-9a-fA-F]{3,8})"', json.dumps(styles[theme, "ru"]))) for theme in ("light", "dark")
        )
        self.assertTrue(light - dark and dark - light)
        for language in ("kk", "ru", "en"):
            text = json.dumps(styles["light", language])
            self.assertRegex(text, rf'\["coalesce", \["get", "name_{language}"\]')

    def test_unknown_choices_are_refused(self) -> None:
        for query in ("theme=sepia", "lang=de", "colour=red"):
            self.assertEqual(self.portal.get(f"/tiles/style.json?{query}").status, 400, query)
        self.assertEqual(self.portal.get("/tiles/style.json").status, 200)

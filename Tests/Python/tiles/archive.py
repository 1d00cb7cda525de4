"""The archives written by `openalmaty tiles render`, read with the pmtiles package."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType

from support import BINARY, DEEPEST, TILESETS, TileTest


class ArchiveTest(TileTest):
    """One file per tileset, with exactly the tiles that the server sends."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = tempfile.TemporaryDirectory(prefix="openalmaty-archive-")
        cls.addClassCleanup(cls.folder.cleanup)
        database = Path(cls.portal.folder.name) / "portal.sqlite"
        subprocess.run(
            [str(BINARY), "tiles", "render", "--output", cls.folder.name, "--database", str(database)],
            check=True, capture_output=True, timeout=300,
        )

    def test_archives_hold_what_the_server_sends(self) -> None:
        for tileset in TILESETS:
            with open(Path(self.folder.name) / f"{tileset}.pmtiles", "rb") as file:
                source = MmapSource(file)
                header = Reader(source).header()
                self.assertEqual(header["tile_type"], TileType.MVT)
                self.assertEqual(header["tile_compression"], Compression.GZIP)
                self.assertEqual(header["max_zoom"], DEEPEST)
                self.assertIn("vector_layers", Reader(source).metadata())
                tiles = dict(all_tiles(source))
                self.assertEqual(len(tiles), header["addressed_tiles_count"])
                self.assertGreater(len(tiles), 200)
                # One tile per zoom is enough to compare bytes; the number of tiles was checked above.
                by_zoom = {}
                for address in sorted(tiles):
                    by_zoom.setdefault(address[0], []).append(address)
                for zoom, addresses in by_zoom.items():
                    for address in {addresses[0], addresses[len(addresses) // 2], addresses[-1]}:
                        path = "/tiles/{}/{}/{}/{}.mvt".format(tileset, *address)
                        reply = self.portal.get(path, Accept_Encoding="gzip")
                        self.assertEqual(reply.status, 200, path)
                        self.assertEqual(reply.body, tiles[address], path)

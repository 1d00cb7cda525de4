"""PostGIS writing a vector tile with ST_AsMVT in its fastest form, with the same points and tile as ours."""

from __future__ import annotations

import csv
import statistics
from pathlib import Path

from common import say
from peer_postgis import PostGIS

# One connection repeats the statement inside the server: client and network are excluded, the plan is cached, and the result
# is discarded.
LOOP = """
CREATE FUNCTION tile_ns(zoom int, x int, y int, times int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    start timestamptz := clock_timestamp();
    tile bytea;
BEGIN
    FOR i IN 1..times LOOP
        tile := ({query});
    END LOOP;
    RETURN extract(epoch FROM clock_timestamp() - start) * 1e9 / times;
END $$;
"""

QUERY = """
    SELECT ST_AsMVT(t, 'organizations', 4096, 'geom') FROM (
        SELECT id, name_ru, category, ST_AsMVTGeom(geom, ST_TileEnvelope({zoom}, {x}, {y}), 4096, 64, {clip}) AS geom
        FROM tile_points WHERE geom && ST_TileEnvelope({zoom}, {x}, {y}, margin => 64 / 4096.0)
    ) t
"""
# Points need no clipping after the search; the faster way counts.
FORMS = {"clipped": "true", "not clipped": "false"}


def load(server: PostGIS, points: Path) -> None:
    """Loads the file of `openalmaty bench points` in Web Mercator, then indexes, clusters and analyses the table."""
    with open(points, newline="", encoding="utf-8") as file:
        rows = [
            (row["id"], row["name_ru"], row["category"], row["lon"], row["lat"]) for row in csv.DictReader(file)
        ]
    server.copy("raw_tile_points", "id text, name_ru text, category text, lon float8, lat float8", rows)
    server.sql("""
        CREATE TABLE tile_points AS
            SELECT id, name_ru, category, ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 3857) AS geom
            FROM raw_tile_points;
        CREATE INDEX tile_points_geom ON tile_points USING gist (geom);
        CLUSTER tile_points USING tile_points_geom;
        VACUUM (ANALYZE) tile_points;
    """)


def measure(points: Path, tile: list[int], features: int, rounds: int, seconds: int) -> dict:
    """Nanoseconds per tile in the server for the faster form, and tiles a second for a client."""
    zoom, x, y = tile
    say("PostGIS: ST_AsMVT")
    with PostGIS() as server:
        load(server, points)
        place = {"zoom": zoom, "x": x, "y": y}
        count = int(server.sql(
            "SELECT count(*) FROM tile_points WHERE "
            f"geom && ST_TileEnvelope({zoom}, {x}, {y}, margin => 64 / 4096.0)"
        ))
        # A point exactly on the edge of the buffer may be rounded to either side.
        if abs(count - features) > 3:
            raise RuntimeError(f"PostGIS has {count} points on the tile, ours {features}: not the same tile")
        times = {}
        for form, clip in FORMS.items():
            server.sql(LOOP.format(query=QUERY.format(zoom="zoom", x="x", y="y", clip=clip)))
            call = f"SELECT tile_ns({zoom}, {x}, {y}, {{}})"
            server.sql(call.format(20))
            times[form] = statistics.median(float(server.sql(call.format(100))) for _ in range(rounds))
            server.sql("DROP FUNCTION tile_ns")
        form = min(times, key=lambda name: times[name])
        query = QUERY.format(**place, clip=FORMS[form])
        return {
            "versions": server.versions(),
            "features": count,
            "bytes": int(server.sql(f"SELECT length(tile) FROM ({query}) AS t(tile)")),
            "form": form,
            "encode_ns_by_form": times,
            "encode_ns": times[form],
            "client_per_second": server.one_by_one("tile", f"{' '.join(query.split())};", seconds),
        }

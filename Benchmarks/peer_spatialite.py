"""SpatiaLite through SQL: the same data in an in-memory database with spatial indexes, queried from Python."""

from __future__ import annotations

import json
import sqlite3
import statistics
import time
from collections.abc import Callable

from common import Institutions, polygons, say

# UTM zone 43N, as for PostGIS: planar distances are ground distances.
METRES = 32643
VERTICES = (32, 64, 128)


def connect() -> sqlite3.Connection:
    """An in-memory database with SpatiaLite and its metadata."""
    connection = sqlite3.connect(":memory:")
    if not hasattr(connection, "enable_load_extension"):
        raise RuntimeError("this Python's sqlite3 cannot load extensions; use the system's python3")
    connection.enable_load_extension(True)
    connection.load_extension("mod_spatialite")
    connection.execute("SELECT InitSpatialMetadata(1, 'NONE')")
    for code in (4326, METRES):
        connection.execute("SELECT InsertEpsgSrid(?)", (code,))
    return connection


def add_layer(connection: sqlite3.Connection, table: str, columns: str, code: int, kind: str) -> None:
    """Creates a table with a geometry column."""
    connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {columns})")
    if connection.execute(f"SELECT AddGeometryColumn('{table}', 'geom', {code}, '{kind}', 'XY')").fetchone()[0] != 1:
        raise RuntimeError(f"no geometry column for {table}")


def add_index(connection: sqlite3.Connection, table: str) -> None:
    """Creates the spatial index of a table, after its rows are loaded."""
    if connection.execute(f"SELECT CreateSpatialIndex('{table}', 'geom')").fetchone()[0] != 1:
        raise RuntimeError(f"no spatial index for {table}")


def load(connection: sqlite3.Connection, districts: list[dict], institutions: Institutions) -> None:
    """Loads the districts, whole and subdivided, and the points, all of them and the rare ones separately."""
    add_layer(connection, "districts", "district INTEGER", 4326, "MULTIPOLYGON")
    for number, feature in enumerate(districts, start=1):
        shape = json.dumps({"type": "MultiPolygon", "coordinates": polygons(feature)})
        connection.execute(
            "INSERT INTO districts (district, geom) VALUES (?, SetSRID(GeomFromGeoJSON(?), 4326))", (number, shape)
        )
    add_index(connection, "districts")
    for vertices in VERTICES:
        table = f"parts_{vertices}"
        add_layer(connection, table, "district INTEGER", 4326, "POLYGON")
        cut = connection.execute(
            "SELECT district, ST_Subdivide(geom, ?) AS pieces FROM districts", (vertices,)
        ).fetchall()
        for district, pieces in cut:
            count = connection.execute("SELECT NumGeometries(?)", (pieces,)).fetchone()[0]
            connection.executemany(
                f"INSERT INTO {table} (district, geom) VALUES (?, GeometryN(?, ?))",
                [(district, pieces, number) for number in range(1, count + 1)],
            )
        add_index(connection, table)
    for table, rows in (
        ("points", institutions.rows),
        ("rare_points", [row for row in institutions.rows if row[3]]),
    ):
        add_layer(connection, table, "x REAL, y REAL", METRES, "POINT")
        connection.executemany(
            f"INSERT INTO {table} (id, geom) VALUES (?, ST_Transform(MakePoint(?, ?, 4326), {METRES}))",
            [row[:3] for row in rows],
        )
        connection.execute(f"UPDATE {table} SET x = ST_X(geom), y = ST_Y(geom)")
        add_index(connection, table)
    connection.commit()
    connection.execute("ANALYZE")


def resolve_statement(table: str) -> str:
    """The statement for the district of a point: the R-tree, then the exact test."""
    return f"""
        SELECT p.district FROM idx_{table}_geom i CROSS JOIN {table} p ON p.id = i.pkid
        WHERE i.xmin <= ?1 AND i.xmax >= ?1 AND i.ymin <= ?2 AND i.ymax >= ?2
          AND ST_Covers(p.geom, MakePoint(?1, ?2, 4326)) LIMIT 1"""


def nearest_by_box(connection: sqlite3.Connection, table: str, x: float, y: float, first: float) -> list[tuple]:
    """The ten nearest, using a box in the R-tree that grows until the result is certain."""
    reach = first
    while True:
        rows = connection.execute(
            f"""SELECT p.id, (p.x - ?1) * (p.x - ?1) + (p.y - ?2) * (p.y - ?2) AS square
                FROM idx_{table}_geom i CROSS JOIN {table} p ON p.id = i.pkid
                WHERE i.xmin <= ?1 + ?3 AND i.xmax >= ?1 - ?3 AND i.ymin <= ?2 + ?3 AND i.ymax >= ?2 - ?3
                ORDER BY square LIMIT 10""",
            (x, y, reach),
        ).fetchall()
        if len(rows) == 10 and rows[9][1] <= reach * reach:
            return rows
        reach *= 2


def nearest_by_knn(connection: sqlite3.Connection, table: str, x: float, y: float) -> list[tuple]:
    """The ten nearest, using SpatiaLite's own virtual table."""
    return connection.execute(
        f"SELECT fid, distance FROM knn WHERE f_table_name = '{table}' AND ref_geometry = MakePoint(?, ?, {METRES}) "
        "AND max_items = 10",
        (x, y),
    ).fetchall()


def nanoseconds(work: Callable[[tuple[float, float]], object], places: list[tuple[float, float]]) -> float:
    """The mean time of a call."""
    start = time.perf_counter_ns()
    for place in places:
        work(place)
    return (time.perf_counter_ns() - start) / len(places)


def measure(
    districts: list[dict], institutions: Institutions, queries: list[tuple[float, float]],
    places: list[tuple[float, float]], rounds: int,
) -> dict:
    """All figures for SpatiaLite in nanoseconds per point, each for the fastest SQL form."""
    say("SpatiaLite: loading")
    connection = connect()
    load(connection, districts, institutions)
    queries = queries[:10_000]
    in_metres = [
        connection.execute(f"SELECT ST_X(g), ST_Y(g) FROM (SELECT ST_Transform(MakePoint(?, ?, 4326), {METRES}) AS g)",
                           place).fetchone()
        for place in places[:1000]
    ]

    say("SpatiaLite: resolve")
    tables = ["districts", *(f"parts_{vertices}" for vertices in VERTICES)]
    tried = {}
    for table in tables:
        statement = resolve_statement(table)
        sample = queries[:2000] if table != "districts" else queries[:500]
        tried[table] = nanoseconds(lambda place: connection.execute(statement, place).fetchone(), sample)
    best = min(tried, key=lambda table: tried[table])
    statement = resolve_statement(best)
    resolve = statistics.median(
        nanoseconds(lambda place: connection.execute(statement, place).fetchone(), queries) for _ in range(rounds)
    )
    connection.execute("CREATE TEMP TABLE queries (x REAL, y REAL, geom BLOB)")
    connection.executemany("INSERT INTO queries VALUES (?1, ?2, MakePoint(?1, ?2, 4326))", queries)
    join = f"""SELECT count(*), sum(p.district) FROM queries q
               CROSS JOIN idx_{best}_geom i ON i.xmin <= q.x AND i.xmax >= q.x AND i.ymin <= q.y AND i.ymax >= q.y
               CROSS JOIN {best} p ON p.id = i.pkid WHERE ST_Covers(p.geom, q.geom)"""
    bulk = []
    for _ in range(rounds):
        start = time.perf_counter_ns()
        inside = connection.execute(join).fetchone()[0]
        bulk.append((time.perf_counter_ns() - start) / len(queries))

    say("SpatiaLite: nearest")
    nearest = {}
    for name, table, reach in (("nearest10", "points", 400.0), ("nearest10_filtered", "rare_points", 2000.0)):
        ways = {
            "box": nanoseconds(lambda place: nearest_by_box(connection, table, *place, reach), in_metres),
            "knn": nanoseconds(lambda place: nearest_by_knn(connection, table, *place), in_metres[:200]),
        }
        nearest[f"{name}_ns"] = min(ways.values())
        nearest[f"{name}_tried_ns"] = ways
    return {
        "versions": "SQLite {}, SpatiaLite {}".format(
            *connection.execute("SELECT sqlite_version(), spatialite_version()").fetchone()
        ),
        "resolve_table": best,
        "resolve_tried_ns": tried,
        "resolve_ns": resolve,
        "resolve_bulk_ns_per_point": statistics.median(bulk),
        "resolve_bulk_inside_share": inside / len(queries),
        **nearest,
    }

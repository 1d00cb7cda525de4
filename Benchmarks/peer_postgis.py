"""PostGIS in its fastest form: a cluster of its own in a temporary folder, with the data of the benchmark."""

from __future__ import annotations

import csv
import json
import re
import statistics

from common import SERVER_CORE, Institutions, on_core, polygons, run, say
from postgresql import PostgreSQL

USER = "bench"
# UTM zone 43N: accurate to the metre over the city, so planar distances are ground distances and cost the least.
METRES = 32643

SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
shared_buffers = 512MB
work_mem = 128MB
maintenance_work_mem = 512MB
effective_cache_size = 4GB
random_page_cost = 1.0
jit = off
max_parallel_workers_per_gather = 0
fsync = off
autovacuum = off
logging_collector = off
"""


class PostGIS(PostgreSQL):
    """A cluster with the extension that exists during a `with` block."""

    user = USER
    database = "bench"
    settings = SETTINGS

    def placed(self, command: list[str]) -> list[str]:
        return on_core(SERVER_CORE, command)

    def __enter__(self) -> PostGIS:
        super().__enter__()
        self.sql("CREATE EXTENSION postgis")
        return self

    def seconds(self, query: str, rounds: int) -> float:
        """The median time of the query inside the server, as reported by EXPLAIN ANALYZE."""
        text = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {query};"
        self.sql(text)
        return statistics.median(
            json.loads(self.sql(text))[0]["Execution Time"] / 1000 for _ in range(rounds)
        )

    def versions(self) -> str:
        return self.sql("SELECT 'PostgreSQL ' || current_setting('server_version') || ', PostGIS ' || postgis_lib_version()")

    # Data

    def load(
        self, districts: list[dict], institutions: Institutions, queries: list[tuple[float, float]],
        places: list[tuple[float, float]],
    ) -> None:
        """Loads the districts, the points and the query points; indexes, clusters and analyses them."""
        lines = ["CREATE TABLE districts (district int PRIMARY KEY, geom geometry(MultiPolygon, 4326));"]
        for number, feature in enumerate(districts, start=1):
            shape = json.dumps({"type": "MultiPolygon", "coordinates": polygons(feature)})
            lines.append(
                f"INSERT INTO districts VALUES ({number}, ST_SetSRID(ST_GeomFromGeoJSON('{shape}'), 4326));"
            )
        self.sql("\n".join(lines))
        self.copy("raw_points", "id int, lon float8, lat float8, rare boolean", institutions.rows)
        self.copy("raw_queries", "lon float8, lat float8", queries)
        self.copy("raw_places", "lon float8, lat float8", places)
        self.sql(f"""
            CREATE TABLE points AS
                SELECT id, rare, ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), {METRES}) AS geom FROM raw_points;
            CREATE INDEX points_geom ON points USING gist (geom);
            CREATE INDEX points_rare ON points USING gist (geom) WHERE rare;
            CLUSTER points USING points_geom;
            CREATE TABLE queries AS SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom FROM raw_queries;
            CREATE INDEX queries_geom ON queries USING gist (geom);
            CLUSTER queries USING queries_geom;
            CREATE TABLE places AS
                SELECT ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), {METRES}) AS geom FROM raw_places;
            VACUUM (ANALYZE) points;
            VACUUM (ANALYZE) queries;
            VACUUM (ANALYZE) places;
        """)

    def copy(self, table: str, columns: str, rows: list[tuple]) -> None:
        """Creates a table and fills it through the client."""
        path = self.folder / f"{table}.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        self.sql(f"CREATE TABLE {table} ({columns});\n\\copy {table} FROM '{path}' CSV")
        path.unlink()

    def subdivide(self, candidates: tuple[int, ...] = (16, 32, 64, 128)) -> tuple[int, dict[int, float]]:
        """Creates the table `parts` with the number of vertices that answers fastest; returns that number and all times."""
        times: dict[int, float] = {}
        for vertices in candidates:
            self.sql(f"""
                CREATE TABLE parts_{vertices} AS
                    SELECT district, ST_Subdivide(geom, {vertices}) AS geom FROM districts;
                CREATE INDEX parts_{vertices}_geom ON parts_{vertices} USING gist (geom);
                CLUSTER parts_{vertices} USING parts_{vertices}_geom;
                VACUUM (ANALYZE) parts_{vertices};
            """)
            times[vertices] = self.seconds(
                f"SELECT count(*), sum(district) FROM parts_{vertices} p JOIN queries q ON ST_Covers(p.geom, q.geom)", 3
            )
        best = min(times, key=lambda vertices: times[vertices])
        self.sql(f"ALTER TABLE parts_{best} RENAME TO parts")
        return best, times

    # Measurements

    def bulk_resolve(self, rounds: int) -> dict[str, float]:
        """Seconds for all queries, for each form of the set-based join."""
        forms = {}
        for predicate in ("ST_Covers", "ST_Intersects"):
            forms[predicate] = self.seconds(
                f"SELECT count(*), sum(district) FROM parts p JOIN queries q ON {predicate}(p.geom, q.geom)", rounds
            )
        return forms

    def bulk_nearest(self, rare: bool, rounds: int) -> float:
        """Seconds for the ten nearest of every place, with the lateral join."""
        condition = "WHERE p.rare" if rare else ""
        return self.seconds(
            f"""SELECT count(*), sum(n.id), sum(n.metres) FROM places q
                CROSS JOIN LATERAL (
                    SELECT p.id, p.geom <-> q.geom AS metres FROM points p {condition}
                    ORDER BY p.geom <-> q.geom LIMIT 10
                ) n""",
            rounds,
        )

    def one_by_one(self, name: str, script: str, seconds: int) -> float:
        """Requests a second for a prepared statement over one connection on a Unix socket.

        Client and server share a core: with one request in flight they never run at the same time, and waking another core
        costs more than the query on a virtual machine.
        """
        path = self.folder / f"{name}.sql"
        path.write_text(script, encoding="utf-8")
        output = run(
            on_core(
                SERVER_CORE,
                self.client("pgbench", "-n", "-M", "prepared", "-c", "1", "-j", "1", "-T", str(seconds), "-f", str(path),
                             "bench"),
            ),
            env=self.environment("-c plan_cache_mode=force_generic_plan"),
        )
        found = re.search(r"tps = ([0-9.]+)", output)
        if not found:
            raise RuntimeError(f"pgbench told no rate:\n{output}")
        return float(found.group(1))

    def box(self, table: str) -> tuple[float, float, float, float]:
        """The extent of the points in a table, in the units of its coordinates."""
        answer = self.sql(
            f"SELECT ST_XMin(e), ST_YMin(e), ST_XMax(e), ST_YMax(e) FROM (SELECT ST_Extent(geom) e FROM {table}) t"
        )
        west, south, east, north = (float(value) for value in answer.split("|"))
        return west, south, east, north


def random_position(box: tuple[float, float, float, float]) -> str:
    """Two lines of a pgbench script that set x and y to a random position in the box."""
    west, south, east, north = box
    return (
        f"\\set x {west!r} + random(0, 10000000) * {(east - west) / 1e7!r}\n"
        f"\\set y {south!r} + random(0, 10000000) * {(north - south) / 1e7!r}\n"
    )


def measure(
    districts: list[dict], institutions: Institutions, queries: list[tuple[float, float]],
    places: list[tuple[float, float]], rounds: int, seconds: int,
) -> dict:
    """All figures for PostGIS; times in nanoseconds per point, rates in requests a second."""
    say("PostGIS: starting a cluster and loading it")
    with PostGIS() as server:
        server.load(districts, institutions, queries, places)
        vertices, tried = server.subdivide()
        say(f"PostGIS: polygons subdivided at {vertices} vertices; bulk")
        forms = server.bulk_resolve(rounds)
        form = min(forms, key=lambda name: forms[name])
        count = len(queries)
        figures = {
            "versions": server.versions(),
            "subdivide_vertices": vertices,
            "subdivide_tried_ns_per_point": {key: value / count * 1e9 for key, value in tried.items()},
            "resolve_bulk_form": form,
            "resolve_bulk_ns_per_point": forms[form] / count * 1e9,
            "resolve_bulk_inside": int(
                server.sql(f"SELECT count(*) FROM parts p JOIN queries q ON {form}(p.geom, q.geom)")
            ),
            "nearest10_ns": server.bulk_nearest(False, rounds) / len(places) * 1e9,
            "nearest10_filtered_ns": server.bulk_nearest(True, rounds) / len(places) * 1e9,
        }
        say("PostGIS: one by one")
        degrees, metres = random_position(server.box("queries")), random_position(server.box("places"))
        place = "ST_SetSRID(ST_MakePoint(:x, :y), {})"
        nearest = (
            "SELECT p.id, p.geom <-> {0} AS metres FROM points p {1} ORDER BY p.geom <-> {0} LIMIT 10;"
        )
        scripts = {
            "select_1": "SELECT 1;",
            "resolve": degrees + f"SELECT district FROM parts WHERE {form}(geom, {place.format(4326)}) LIMIT 1;",
            "nearest10": metres + nearest.format(place.format(METRES), ""),
            "nearest10_filtered": metres + nearest.format(place.format(METRES), "WHERE p.rare"),
        }
        for name, script in scripts.items():
            figures[f"{name}_per_second"] = server.one_by_one(name, script, seconds)
    return figures

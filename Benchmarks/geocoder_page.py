"""Writes the page that compares our geocoder with Nominatim, from the figures of the benchmark."""

from __future__ import annotations

HEAD = """# The geocoder compared with Nominatim

    make bench-geocoder

The command writes this page. It asks both the same questions over HTTP about the same places, on one machine and in
one run.
"""

METHOD = """## Method

**The same places.** `openalmaty export --format osm --approximate` writes the city as OSM XML: streets with their
names in all languages, old names and other spellings, houses, microdistricts, institutions, districts. Nominatim
imports that file with its default settings into a PostgreSQL of its own (`nominatim import --offline`) and converts
it to SQLite (`nominatim convert`), so that it answers from one file, as ours does. It has no special phrases, postcodes
or Wikipedia importance, because the file contains none and ours uses none. Places without a line or
position cannot be exported; questions only about these are left out for both: {unknown} of {count}.

**The same questions.** `Tests/Geocoder/queries.csv`, written by hand in the forms that people use. An answer is right
if it lies within the question's tolerance of a requested place: of the nearest point of a street, of the centre of a
crossing, inside a district; a house missing in the data is expected between its neighbours.
*First* counts the first answer only, *in five* any of the first five. Questions that must find nothing count as
answered if ours gives an answer with a confidence of 0.5 or more, or if Nominatim, which has no confidence, gives any
answer.

**Throughput.** `wrk`, keep-alive, one thread, on core 1, over the number of connections from 1 to 64 with which
each is fastest, determined beforehand. Both servers are pinned to core 0 and idle while the other is asked: ours as one
process; Nominatim with its own server, falcon on uvicorn with uvloop and httptools, with one worker. Both are asked for at most 10
answers, as JSON, in Russian. They alternate in rounds; each round has a new random order of the {asked}
questions that both accept, at most 200 characters long, the same for both. The figures are medians over the rounds,
with the median absolute deviation; the ratio is that of the medians.

**What it is not.** A comparison of products. Nominatim answers for the whole world, in all its languages, from a
database that follows every edit; ours for one city, from memory. The questions were written for this city, and ours
was made for such questions. Look at the ratios; absolute figures depend on the machine.
"""

NAMES = {"ours": "Open Almaty", "nominatim": "Nominatim"}


def share(part: int, whole: int) -> str:
    """A count as a percentage, or a dash if the total is zero."""
    return f"{100 * part / whole:.1f} %" if whole else "–"


def throughput(results: dict) -> list[str]:
    """The table of rates."""
    lines = [
        "| | connections | questions a second | half within | 99 % within | memory |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for key, name in NAMES.items():
        rate = results["throughput"][key]
        lines.append(
            f"| {name} | {rate['connections']} | {rate['per_second']:,.0f} ± {rate['per_second_mad']:,.0f} "
            f"| {rate['p50_us'] / 1000:,.2f} ms | {rate['p99_us'] / 1000:,.2f} ms | {rate['resident_megabytes']:,.0f} MB |"
        )
    verdict = "met" if results["ratio"] >= results["target"] else "**not met**"
    lines += ["", f"Ratio **{results['ratio']:,.0f}×**; the target is {results['target']}×: {verdict}."]
    return lines


def found(results: dict) -> list[str]:
    """The table of what each finds."""
    ours, theirs = results["found"]["ours"], results["found"]["nominatim"]
    lines = [
        "| form | questions | ours, first | Nominatim, first | ours, in five | Nominatim, in five |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    rows = [(form, ours["forms"][form], theirs["forms"][form]) for form in ours["forms"]]
    for form, own, other in [*rows, ("**all**", ours["total"], theirs["total"])]:
        count = own["queries"]
        cells = [share(each[key], count) for key in ("first", "among_five") for each in (own, other)]
        lines.append(f"| {form} | {count} | " + " | ".join(cells) + " |")
    answered = ", ".join(
        f"{each['nothing']['answered']} ({name})" for each, name in ((ours, "ours"), (theirs, "Nominatim"))
    )
    lines += ["", f"Of {ours['nothing']['queries']} questions that must find nothing, this many were answered: {answered}."]
    return lines


def page(results: dict) -> str:
    """The whole page, as Markdown."""
    where, versions = results["machine"], results["versions"]
    busy = "" if results["quiet"] else " Other work was running: not for publication."
    stood = (
        f"{versions['ours']}; {versions['nominatim']}. {where['cpu']}, {where['cores']} cores, "
        f"Linux {where['kernel']}, {where['swift']}, {results['at'][:10]}; "
        f"load average at the start {where['load_average_at_start']}.{busy} "
        f"Export {results['data']['export']}, questions {results['data']['queries']} (first digits of SHA-256)."
    )
    method = METHOD.format(
        unknown=results["found"]["ours"]["not_in_export"], count=results["data"]["count"],
        asked=results["data"]["asked_for_throughput"],
    )
    parts = [
        HEAD, stood, "", "## Throughput", "", *throughput(results), "", "## Found", "", *found(results), "", method,
    ]
    return "\n".join(parts).rstrip("\n") + "\n"

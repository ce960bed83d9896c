"""All measurements on one engine; the last line of the output is a JSON object of name and value."""

import contextlib
import gc
import json
import os
import resource
import sys
import time
from collections.abc import Iterator

Figures = dict[str, str]


def main() -> None:
    """Start the database, make the world, measure."""
    rows = int(sys.argv[1])
    if os.environ["BENCH_ENGINE"] == "postgresql":
        from bench.postgres import start_server

        os.environ["DATABASE_URL"] = start_server()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(measure(rows)))


def measure(rows: int) -> Figures:
    """Everything, in the order of the table."""
    from django.db import connection

    from bench.closing import close_figures
    from bench.importing import import_figures
    from bench.pages import page_figures
    from bench.world import make_world

    say(f"making {rows:,} rows")
    world = make_world(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the engine does by itself soon after a load
    gc.collect()  # half a million objects of the migrations, which no running server carries
    say("closing")
    figures = close_figures(world)
    say("pages")
    figures |= page_figures(world)
    say("imports")
    figures |= import_figures(world)
    return figures | {"peak memory": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"}


@contextlib.contextmanager
def timed(found: list[float]) -> Iterator[None]:
    """Append the seconds the block took."""
    started = time.perf_counter()
    yield
    found.append(time.perf_counter() - started)


def say(text: str) -> None:
    """Progress goes to standard error."""
    print(f"  {os.environ['BENCH_ENGINE']}: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

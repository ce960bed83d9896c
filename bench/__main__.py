"""Run the measurements on each engine in a process of its own, and print them side by side."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGINES = tuple(os.environ.get("BENCH_ENGINES", "sqlite,postgresql").split(","))


def main() -> None:
    """Measure, then print one table."""
    rows = int(os.environ.get("BENCH_ROWS", "1000000"))
    print(f"{rows:,} check results on 1,000 contract lines, 20 indicators")
    found = {engine: measured(engine, rows) for engine in ENGINES}
    names = list(next(iter(found.values())))
    width = max(len(name) for name in names)
    print(f"\n{'':<{width}}  " + "  ".join(f"{engine:>16}" for engine in ENGINES))
    for name in names:
        print(f"{name:<{width}}  " + "  ".join(f"{found[engine].get(name, '–'):>16}" for engine in ENGINES))


def measured(engine: str, rows: int) -> dict[str, str]:
    """One engine, in a process of its own, so that its peak memory is its own."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        environment = {
            **os.environ,
            "DUBAN_DATA_DIR": folder,
            "DUBAN_SECRET_KEY": "a secret of the benchmark and of nobody else",
            "DJANGO_SETTINGS_MODULE": "duban.project.settings",
            "BENCH_ENGINE": engine,
        }
        command = [sys.executable, "-m", "bench.run", str(rows)]
        answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, str] = json.loads(answer.stdout.strip().splitlines()[-1])
    return result


if __name__ == "__main__":
    main()

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
    for engine in ENGINES:
        parts = answer_of("bench.field_sync", BENCH_ENGINE=engine).items()
        print(f"\nphones on {engine}: " + ", ".join(f"{name} {result}" for name, result in parts))
    for name, result in answer_of("bench.field_form").items():
        print(f"\n{name}: {result}")


def measured(engine: str, rows: int) -> dict[str, str]:
    """One engine, in a process of its own, so that its peak memory is its own."""
    return answer_of("bench.run", str(rows), BENCH_ENGINE=engine)


def answer_of(module: str, *arguments: str, **more: str) -> dict[str, str]:
    """Run a measurement in a data folder of its own; its last line is the result."""
    with tempfile.TemporaryDirectory(prefix="duban-bench-") as folder:
        environment = {
            **os.environ,
            "DUBAN_DATA_DIR": folder,
            "DUBAN_SECRET_KEY": "a secret of the benchmark and of nobody else",
            "DJANGO_SETTINGS_MODULE": "duban.project.settings",
            **more,
        }
        command = [sys.executable, "-m", module, *arguments]
        answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, str] = json.loads(answer.stdout.strip().splitlines()[-1])
    return result


if __name__ == "__main__":
    main()

"""Run the whole test suite on SQLite and on PostgreSQL, hold the coverage, and end with one line for both runs."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ENGINES = ("sqlite", "postgresql")
TRACED = "sqlite"
"""The engine whose run is measured for coverage (docs/adr/0017)."""
COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|warnings?|deselected)")
ORDER = ("failed", "passed", "skipped", "xfailed", "warnings", "errors")
NOTHING_COLLECTED = 5


def main() -> int:
    """Run both engines even if the first fails, then the coverage gate; the exit code is the worst of all."""
    started = time.monotonic()
    counts: Counter[str] = Counter()
    codes = []
    for engine in ENGINES:
        say(f"the suite on {engine}")
        code, summary = run_suite(engine, sys.argv[1:])
        counts.update(counted(summary))
        codes.append(code)
    if not sys.argv[1:] and not any(codes):
        codes.append(subprocess.run([BIN / "python", "tools/coverage_gate.py"], cwd=ROOT, check=False).returncode)
        counts["failed"] += codes[-1] != 0
    seconds = time.monotonic() - started
    parts = ", ".join(f"{counts[name]} {name}" for name in ORDER if counts[name])
    say(f"{parts} in {seconds:.2f}s ({int(seconds // 60)}:{int(seconds % 60):02d}, both engines)")
    return max(codes)


def run_suite(engine: str, arguments: list[str]) -> tuple[int, str]:
    """One pytest run on one engine; what it prints is passed on, its last line returned."""
    environment = {**os.environ, "DUBAN_TEST_ENGINE": engine}
    measure = [] if arguments or engine != TRACED else ["--cov=duban", "--cov-branch", "--cov-report="]
    command = [str(BIN / "pytest"), "-q", "-n", str(max(2, os.cpu_count() or 2)), *measure, *arguments]
    last = ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip() or last
    return (0 if process.returncode == NOTHING_COLLECTED and arguments else process.returncode), last


def counted(summary: str) -> Iterable[str]:
    """Names repeated as often as pytest counted them, `error` and `warning` in the plural."""
    for number, name in COUNTS.findall(summary):
        plural = f"{name}s" if name in {"error", "warning"} else name
        yield from [plural] * int(number)


def say(text: str) -> None:
    """A line that stands out as pytest's own do."""
    sys.stdout.write(f"{f' {text} ':=^100}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

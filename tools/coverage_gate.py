"""Hold the coverage of the traced run (docs/adr/0017): 100 % of branches where money and rights are decided, 95 % overall.

What is not there yet stands in `tools/coverage_floor.json`, file by file; a file may only get better. `--write` records
improvements (and only those).
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent
FLOOR = ROOT / "tools" / "coverage_floor.json"
STRICT = {"kernel", "domain", "services", "permissions", "selectors"}
STRICT_GOAL = 100.0
OVERALL_GOAL = 95.0
CHANCE = 1.0
"""Points by which one run may differ from the next: killed processes and the order of tests reach a branch or miss it."""


def main() -> int:
    """Print what is below its floor; the exit code says whether anything is."""
    covered = measured()
    floors: dict[str, float] = json.loads(FLOOR.read_text(encoding="utf-8")) if FLOOR.exists() else {}
    goals = {name: goal_of(name) for name in covered}
    if "--write" in sys.argv:
        write(covered, goals, floors)
        return 0
    faults = [
        f"{name}: {percent:.1f} %, must be {min(goals[name], floors.get(name, goals[name])):.1f} %"
        for name, percent in sorted(covered.items())
        if percent < min(goals[name], floors.get(name, goals[name])) - CHANCE
    ]
    remarks = [
        f"{name} has reached its goal; take it out of {FLOOR.name}"
        for name in floors
        if covered.get(name, 0.0) >= goals.get(name, 0)
    ]
    sys.stdout.writelines(f"coverage: {line}\n" for line in (*faults, *remarks))
    sys.stdout.write(f"coverage: {covered['overall']:.2f} % overall, {len(floors)} files still below their goal\n")
    return 1 if faults else 0


def goal_of(name: str) -> float:
    """What a file must reach: all of it where money and rights are decided, nothing of its own elsewhere."""
    if name == "overall":
        return OVERALL_GOAL
    parts = set(Path(name).with_suffix("").parts)
    return STRICT_GOAL if parts & STRICT and "project" not in parts else 0.0


def measured() -> Mapping[str, float]:
    """Percentages by file, lines and branches together."""
    coverage = Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    coverage.load()
    report = ROOT / ".coverage.json"
    coverage.json_report(outfile=str(report))
    found = json.loads(report.read_text(encoding="utf-8"))
    files = {name.removeprefix("src/duban/"): item["summary"]["percent_covered"] for name, item in found["files"].items()}
    return {**files, "overall": found["totals"]["percent_covered"]}


def write(covered: Mapping[str, float], goals: Mapping[str, float], floors: Mapping[str, float]) -> None:
    """Raise the floors to what was reached; a floor is never lowered."""
    below = {
        name: round(max(percent - 0.05, floors.get(name, 0.0)), 1) for name, percent in covered.items() if percent < goals[name]
    }
    FLOOR.write_text(json.dumps(dict(sorted(below.items())), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

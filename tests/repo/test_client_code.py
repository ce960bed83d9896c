"""The cores of the client code have tests of their own, in TypeScript; here they run with everything else."""

import re
import subprocess

from tools.setup import FRONTEND, find_npm

COUNTS = re.compile(r"^# (tests|pass|fail|cancelled|skipped|todo) (\d+)$", re.MULTILINE)


def test_client_cores_pass_their_tests():
    npm, environment = find_npm()
    command = [*npm, "run", "--silent", "tests"]
    result = subprocess.run(command, cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-4000:]
    counts = {name: int(number) for name, number in COUNTS.findall(result.stdout)}
    assert counts["tests"] == counts["pass"] > 0

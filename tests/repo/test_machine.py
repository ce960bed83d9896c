"""Nothing in the project names the machine it was written on."""

import re
import subprocess

from tests.repo.source import ROOT

MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|localhost:\d{5}\b|file:///")
OWN_PICTURES = {".png", ".jpg", ".pdf", ".svg", ".xlsx", ".lock"}


def test_no_machine_paths():
    command = ["git", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    wrong = []
    for name in listed:
        path = ROOT / name
        if name and path.is_file() and path.suffix not in OWN_PICTURES and name != "tests/repo/test_machine.py":
            found = MACHINE.search(path.read_text(encoding="utf-8", errors="ignore"))
            if found:
                wrong.append(f"{name}: {found.group()}")
    assert wrong == []

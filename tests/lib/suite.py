"""Shared by the suites that are Python: counts tests, prints what failed, closes with `N passed, N failed`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]


class Suite:
    """A run of tests. Each check is one test; only failures are printed."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, name, problems):
        """Counts one test: it holds when `problems` (text, a list of text, or nothing) is empty."""
        if isinstance(problems, str):
            problems = problems.splitlines()
        problems = list(problems or [])
        if not problems:
            self.passed += 1
            return True
        self.failed += 1
        print(f"FAIL {name}")
        for line in problems:
            print("    " + line.replace("\n", "\n    "))
        sys.stdout.flush()
        return False

    def end(self):
        """Prints the closing line and ends the program; a run of nothing is a failure."""
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(0 if self.failed == 0 and self.passed > 0 else 1)


def generator(suite):
    """The absolute path of the generator under test; ends the suite when there is none."""
    path = Path(os.environ.get("PAMPHLET") or Path(os.environ.get("BUILD", ".build")) / "plain/pamphlet")
    if not path.is_absolute():
        path = TOP / path
    if not os.access(path, os.X_OK):
        suite.check("generator", f"{path} is not there: run `make build`, or name another in PAMPHLET")
        suite.end()
    return str(path)


def clean_environment():
    """What every run of the generator in the tests gets: a fixed clock, no colour, a fixed locale."""
    environment = dict(os.environ)
    environment.setdefault("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    environment.setdefault("PAMPHLET_DATA", str(TOP))  # the themes that ship
    environment.update(NO_COLOR="1", LC_ALL="C.UTF-8", TZ="UTC", COLUMNS="100")
    return environment


def built_site(suite):
    """A folder with a built site: BUILT when it is set, else content/ built now; ends the suite when that fails."""
    if os.environ.get("BUILT"):
        built = Path(os.environ["BUILT"]).resolve()
    else:
        holder = tempfile.TemporaryDirectory(prefix="pamphlet-")
        suite.holder = holder  # removed with the suite
        built = Path(holder.name) / "site"
        command = [generator(suite), "build", "--source", ".", "--out", str(built), "--quiet"]
        run = subprocess.run(command, cwd=TOP, env=clean_environment(), capture_output=True, text=True, check=False)
        if run.returncode != 0:
            suite.check("the sample site builds", f"exit {run.returncode}\n{run.stderr}{run.stdout}")
            suite.end()
    if not (built / "index.html").is_file():
        suite.check("the site has a home page", f"{built}/index.html is not there")
        suite.end()
    return built


def node_modules(suite):
    """Brings tests/node_modules to what package-lock.json says; quick when it is there already."""
    run = subprocess.run([TOP / "tests/lib/node-modules"], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        suite.check("npm ci", run.stdout + run.stderr)
        suite.end()

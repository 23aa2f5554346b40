"""Two versions of a site, built into clean folders, and what must hold of a folder in which builds went wrong."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from suite import clean_environment


def tree(folder):
    """Published bytes by path; a part of the site may be a link to a folder elsewhere."""
    found = {}
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != ".pamphlet"]
        for path in (Path(place, name) for name in names):
            if path.is_file():
                found[str(path.relative_to(folder))] = path.read_bytes()
    return found


class Versions:
    """Versions a and b of a site that `write_site(folder, version)` writes, each built once into a clean folder."""

    def __init__(self, suite, program, work, write_site, jobs=2):
        self.suite, self.program, self.work, self.jobs = suite, program, work, jobs
        self.clean = {}
        for version in ("a", "b"):
            write_site(work / version, version)
            run = self.build(version, work / f"clean-{version}")
            self.clean[version] = tree(work / f"clean-{version}")
            suite.check(f"version {version} builds", f"exit {run.returncode}: {run.stderr[:500]}" if run.returncode else "")

    def command(self, version, out):
        return [self.program, "build", "--source", str(self.work / version), "--out", str(out), "--jobs", str(self.jobs)]

    def build(self, version, out, env=None, **more):
        return subprocess.run(self.command(version, out), env=clean_environment() | (env or {}), capture_output=True, text=True,
                              errors="replace", check=False, **more)

    def verify(self, out, env=None):
        return subprocess.run([self.program, "build", "--verify", "--out", str(out)], env=clean_environment() | (env or {}),
                              capture_output=True, text=True, check=False)

    def fresh(self, version="a"):
        """A folder in which a version is published."""
        out = self.work / f"out-{time.monotonic_ns()}"
        shutil.copytree(self.work / f"clean-{version}", out, copy_function=shutil.copy2, symlinks=True)
        return out

    def mended(self, out, version="b"):
        """What is wrong after one more build."""
        run = self.build(version, out)
        for _ in range(50):  # the workers of a killed build end a moment after it, and hold its lock until then
            if "[publish-lock]" not in run.stderr:
                break
            time.sleep(0.1)
            run = self.build(version, out)
        problems = [] if run.returncode == 0 else [f"the next build: exit {run.returncode}: {run.stderr[:500]}"]
        now = tree(out)
        problems += [f"{name}: {'missing' if name not in now else 'differs from a clean build'}"
                     for name in self.clean[version] if now.get(name) != self.clean[version][name]]
        problems += [f"{name}: is left over" for name in now if name not in self.clean[version]]
        checked = self.verify(out)
        if checked.returncode or checked.stderr:
            problems.append(f"--verify: exit {checked.returncode}: {checked.stderr[:500]}")
        leftovers = [path.name for path in (out / ".pamphlet").iterdir() if path.name not in ("lock", "manifest")]
        return problems + [f".pamphlet/{name} is left over" for name in leftovers if name.startswith(("stage", "manifest"))]

    def whole(self, out, pictures=True):
        """Each file is of one version; a page's picture, which is named `leaf` and the page's number, is there when the page is."""
        now, problems = tree(out), []
        for name, content in now.items():
            if content not in (self.clean["a"].get(name), self.clean["b"].get(name)):
                problems.append(f"{name}: neither old nor new ({len(content)} bytes)")
        for name, content in now.items() if pictures else ():
            if not name.endswith("/index.html") or not name.startswith("s"):
                continue
            for version in ("a", "b"):
                if content == self.clean[version].get(name) and content != self.clean["b" if version == "a" else "a"].get(name):
                    number = name.split("/")[1][1:]
                    if number.isdigit() and f"{name.split('/')[0]}/{version}/leaf{number}.svg" not in now:
                        problems.append(f"{name}: its picture is not there")
        return problems

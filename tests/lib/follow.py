"""Does what a page of docs/ says, step by step: the page's own code blocks are the test.

A block `sh` is run; a block `text` right after it must be what it printed (`…` stands for anything). Comments, unseen by
readers, say more:
  <!-- in: WHAT -->         where the page is followed: `empty` (a folder), `sample` (the sample site), `new` (a new site)
  <!-- fails -->            the next commands must fail
  <!-- not run: WHY -->     the next commands are not run
  <!-- needs: PROGRAM -->   the next commands are run only where there is that program
  <!-- shows: TEXT -->      the last commands printed this
  <!-- check: COMMAND -->   this must succeed
  <!-- write PATH -->       the next block is the file
  <!-- append PATH -->      the next block is added to the file
  <!-- keys PATH -->        the next block replaces these keys at the top of a YAML file
  <!-- front PATH -->       the next block replaces these lines of a page's front matter
  <!-- page PATH -->        the next block replaces the text below a page's front matter
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from suite import TOP

SECONDS = 120


class Place:
    """A folder with the generator on the PATH and the shipped themes installed elsewhere, as a clinic has it."""

    def __init__(self, holder, program):
        holder = Path(holder)
        self.top = self.path = holder / "site"
        self.installed = holder / "installed"
        (holder / "bin").mkdir()
        (holder / "bin" / "pamphlet").symlink_to(program)
        self.top.mkdir()
        shutil.copytree(TOP / "themes", self.installed / "themes")
        self.env = dict(os.environ, PAMPHLET_DATA=str(self.installed), SOURCE_DATE_EPOCH="1772500000", NO_COLOR="1",
                        LC_ALL="C.UTF-8", TZ="UTC", PATH=f"{holder / 'bin'}{os.pathsep}{os.environ['PATH']}")
        self.where = holder / "where"

    def begin(self, what):
        """Puts what a page begins with into the folder."""
        if what == "sample":
            shutil.copytree(TOP / "content", self.top / "content")
        elif what == "new":
            self.run("pamphlet new site . --lang en,es --clinic 'North Clinic'")
        elif what != "empty":
            raise ValueError(f"in: {what}")

    def run(self, command):
        """In bash, which stops at the first failure; a `cd` holds for later commands. Exit code and what was said."""
        script = f"trap 'pwd >{self.where}' EXIT\n{command}"
        done = subprocess.run(["bash", "-e", "-c", script], cwd=self.path, env=self.env, text=True, timeout=SECONDS,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.path = Path(self.where.read_text().rstrip("\n"))
        return done.returncode, done.stdout

    def file(self, path):
        return self.path / path

    def read(self, path):
        return self.file(path).read_text(encoding="utf-8")

    def write(self, path, text):
        self.file(path).parent.mkdir(parents=True, exist_ok=True)
        self.file(path).write_text(text, encoding="utf-8")

    def set_keys(self, path, block):
        """Replaces the keys that begin a line of the block."""
        text = self.read(path)
        for key in re.findall(r"^(\w+):", block, flags=re.M):
            text = re.sub(rf"^{key}:.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", "", text, flags=re.M)
        self.write(path, text.rstrip("\n") + "\n" + block)

    def set_front(self, path, block):
        text = self.read(path)
        for line, key in re.findall(r"^((\w+): .*\n)", block, flags=re.M):
            text, count = re.subn(rf"^{key}:.*\n", lambda _, line=line: line, text, count=1, flags=re.M)
            if not count:
                raise ValueError(f"{path} has no line `{key}: …`")
        self.write(path, text)

    def set_page(self, path, block):
        self.write(path, re.sub(r"\A(---\n.*?^---\n).*", lambda m: m.group(1) + block, self.read(path), flags=re.M | re.S))


def steps(page):
    """(line, kind, text) in order: `note`, or the language of a block."""
    for found in re.finditer(r"^```(\w+)\n(.*?)^```$|^<!-- (.*?) -->$", page, flags=re.M | re.S):
        line = page.count("\n", 0, found.start()) + 1
        if found.group(3) is not None:
            yield line, "note", found.group(3)
        else:
            yield line, found.group(1), found.group(2)


def differs(shown, output):
    """The first line of a block that the output does not have, in order; None when it has all."""
    lines = iter(output.splitlines())
    for wanted in shown.splitlines():
        pattern = re.compile(".*".join(re.escape(part) for part in wanted.split("…")))
        if wanted.strip() and wanted.strip() != "…" and not any(pattern.fullmatch(line) for line in lines):
            return wanted
    return None


def put(place, note, text):
    """A block that is a file, or a part of one."""
    what, _, path = note.partition(" ")
    if what == "write":
        place.write(path, text)
    elif what == "append":
        place.write(path, place.read(path) + text)
    elif what == "keys":
        place.set_keys(path, text)
    elif what == "front":
        place.set_front(path, text)
    elif what == "page":
        place.set_page(path, text)


def follow(suite, path, place):
    """Follows a page of docs/; every command, every text shown and every check is one test."""
    note, output, before = "", "", ""
    for line, kind, text in steps(path.read_text(encoding="utf-8")):
        name = f"{path.relative_to(TOP)}:{line}"
        if kind == "note" and text.startswith("in: "):
            place.begin(text[4:])
        elif kind == "note" and text.startswith("shows: "):
            suite.check(f"{name}: prints `{text[7:]}`", [] if text[7:] in output else [output])
        elif kind == "note" and text.startswith("check: "):
            code, said = place.run(text[7:])
            suite.check(f"{name}: {text[7:]}", [] if code == 0 else [said or f"exit {code}"])
        elif kind == "note":
            note = text
            continue
        elif kind == "sh" and not note.startswith("not run: ") and not (
                note.startswith("needs: ") and not shutil.which(note[7:])):
            code, output = place.run(text)
            good = (code != 0) == (note == "fails")
            suite.check(f"{name}: {text.strip()}", [] if good else [f"ended with {code}", output])
        elif kind == "text" and before == "sh":
            missing = differs(text, output)
            suite.check(f"{name}: the output", [] if missing is None else [f"is not in it: {missing}", output])
        else:
            put(place, note, text)
        note, before = "", kind

"""Power cuts: what a build did to the file system is recorded, and played again up to each step with what was not yet on its medium lost.

Of what was done since the last sync, three outcomes are tried at each step: names are kept and bytes lost, all is lost, and a
drawn part of the names is lost in no order, which a journal would not do. In each state every published file must be whole, a
page's pictures be there (except when the order is lost), and the next build, of either version, must end in the bytes of a clean one.
"""

import copy
import os
import random
import shutil
from concurrent.futures import ThreadPoolExecutor

SEED = int(os.environ.get("SEED", "1"))
DRAWS = 6 if os.environ.get("FULL") else 1  # parts that are drawn at each step


def read_log(path, out):
    """The steps below `out`: (what, path, more…), paths relative to it."""
    log, at, steps = path.read_bytes(), 0, []
    while at < len(log):
        end = log.index(b"\n", at)
        what, *words = log[at:end].decode().split("\t")
        at = end + 1
        data = None
        if what == "write":
            size = int(words[1])
            data = (log[at:at + size], int(words[2]))
            at += size + 1
            words = words[:1]
        if not all(os.path.isabs(word) and (word + "/").startswith(f"{out}/") for word in words):
            continue
        steps.append((what, *(os.path.relpath(word, out) for word in words), *([data] if data else [])))
    return steps


class Disk:
    """Folders, and names of files; a file is its bytes, its time, and whether the bytes are on the medium."""

    def __init__(self, folder):
        self.folders = {"."} | {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_dir()}
        self.files = {str(path.relative_to(folder)): [path.read_bytes(), path.stat().st_mtime_ns, True]
                      for path in folder.rglob("*") if path.is_file()}

    def do(self, step):
        """One step, as far as it is possible: what it builds on may be lost."""
        what, path, *more = step
        parent = os.path.dirname(path) or "."
        if what == "mkdir" and parent in self.folders:
            self.folders.add(path)
        elif what in ("create", "truncate") and parent in self.folders:
            if what == "truncate" or path not in self.files:
                self.files[path] = [b"", 0, False]
        elif what == "write" and path in self.files:
            file = self.files[path]
            self.files[path] = [file[0] + more[0][0], more[0][1], False]
        elif what == "unlink":
            self.files.pop(path, None)
        elif what == "rmdir" and not any(os.path.dirname(name) == path for name in [*self.files, *self.folders]):
            self.folders.discard(path)
        elif what == "rename" and (os.path.dirname(more[0]) or ".") in self.folders:
            self.rename(path, more[0])

    def rename(self, old, new):
        if old in self.files:
            self.files[new] = self.files.pop(old)
        for names in (self.files, self.folders):
            for name in [name for name in names if name == old or name.startswith(old + "/")] if old in self.folders or names is self.files else []:
                moved = new + name[len(old):]
                if names is self.folders:
                    names.discard(name)
                    names.add(moved)
                else:
                    names[moved] = names.pop(name)

    def sync(self):
        for file in self.files.values():
            file[2] = True

    def lose_bytes(self):
        for file in self.files.values():
            if not file[2]:
                file[0] = b""

    def write(self, folder):
        for name in sorted(self.folders):
            (folder / name).mkdir(exist_ok=True, parents=True)
        for name, (data, time, _) in self.files.items():
            (folder / name).write_bytes(data)
            os.utime(folder / name, ns=(time, time))


def is_kept_by(sync, step):
    """Whether a sync, of a whole file system or of one folder, has brought a step to the medium."""
    what, path = sync[:2]
    if what == "syncfs":
        return True
    return any(path in (name, os.path.dirname(name) or ".") for name in step[1:] if isinstance(name, str))


def states(disk, steps, chance):
    """(name, disk) of what may be there after a power cut."""
    safe, pending = copy.deepcopy(disk), []  # what is on the medium; steps that may be lost
    for number, step in enumerate(steps):
        if step[0] in ("syncfs", "fsync"):
            kept = [old for old in pending if is_kept_by(step, old)]
            pending = [old for old in pending if not is_kept_by(step, old)]
            for old in kept:
                safe.do(old)
            if step[0] == "syncfs":
                safe.sync()
            elif step[1] in safe.files:
                safe.files[step[1]][2] = True
        else:
            pending.append(step)
        now = copy.deepcopy(safe)
        for old in pending:
            now.do(old)
        now.lose_bytes()
        yield f"{number}: {step[0]} {step[1]}, bytes lost", now
        if step[0] in ("syncfs", "fsync") or number + 1 == len(steps):
            yield f"{number}: {step[0]} {step[1]}, all lost since the sync", copy.deepcopy(safe)
        for _ in range(DRAWS if len(pending) > 1 else 0):
            some = copy.deepcopy(safe)
            for old in pending:
                if chance.random() < 0.5:
                    some.do(old)
            some.lose_bytes()
            yield f"{number}: {step[0]} {step[1]}, some lost", some


def record(faults):
    """The steps of a build of version b over version a."""
    out = faults.folder("update")
    disk = Disk(out)
    log = faults.work / "log-record"
    run = faults.versions.build("b", out, faults.environment(record=1, log=log))
    steps = read_log(log, out) if run.returncode == 0 else []
    played = copy.deepcopy(disk)
    for step in steps:
        played.do(step)
    real = Disk(out)
    wrong = [name for name in {*played.files, *real.files} if played.files.get(name, [])[:2] != real.files.get(name, [])[:2]]
    wrong += played.folders ^ real.folders
    faults.suite.check("the steps of a build are recorded, and give what it gave", [f"{name} differs" for name in sorted(wrong)] or
                       ([] if len(steps) > 50 else [f"exit {run.returncode}, {len(steps)} steps"]))
    shutil.rmtree(out)
    return disk, steps


def problems_of(faults, name, disk, version):
    out = faults.work / f"cut-{random.getrandbits(60):015x}"
    disk.write(out)
    problems = faults.versions.whole(out, pictures="some lost" not in name) + faults.versions.mended(out, version)
    shutil.rmtree(out)
    return problems


def check(suite, faults):
    chance = random.Random(SEED)
    disk, steps = record(faults)
    cases = [(name, state, version) for name, state in states(disk, steps, chance) for version in ("a", "b")]
    if not os.environ.get("FULL"):
        cases = chance.sample(cases, min(90, len(cases)))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for (name, _, version), problems in zip(cases, pool.map(lambda case: problems_of(faults, *case), cases)):
            suite.check(f"power cut after {name}; then version {version}", problems[:5])
    check_fixture(suite, faults, disk, steps)


def check_fixture(suite, faults, disk, steps):
    """A build that does not flush before it renames would be found."""
    careless = [step for step in steps if step[0] not in ("syncfs", "fsync")]
    found = any(faults.versions.whole(out) for out in written(faults, states(disk, careless, random.Random(SEED))))
    suite.check("a build without a sync is found", [] if found else ["no published file was cut"])


def written(faults, cases):
    for name, state in cases:
        if "bytes lost" not in name:
            continue
        out = faults.work / "careless"
        state.write(out)
        yield out
        shutil.rmtree(out)

"""How changed files become known: also when the kernel's queue overflows, and when it watches nothing; the browser that is opened;
the memory that goes when much has been read again."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from preview import wait_for

LARGE_PARAGRAPHS = 4000  # a page of 2 MB
EDITS_MOST = 200
UNWATCHED = 'echo 0 >/proc/sys/user/max_inotify_watches && exec "$0" "$@"'  # in a user namespace, whose limit this is


def check_overflow(suite, preview):
    """The server sleeps while more happens than the queue holds; the edit after that is lost with the rest."""
    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text(encoding="ascii"))
    content = preview.folder / "content"
    preview.get("/one/")
    os.kill(preview.process.pid, signal.SIGSTOP)
    try:
        for number in range(most // 2 + 10):  # each file is opened and closed; the same event twice in a row counts once
            for name in (".a", ".b"):
                (content / name).write_text(str(number), encoding="ascii")
        (content / "one.md").write_text("---\ntitle: One\n---\nAfter the flood. [Two](two.md)\n", encoding="utf-8")
    finally:
        os.kill(preview.process.pid, signal.SIGCONT)
    suite.check("an edit whose event did not fit into the queue", [] if wait_for(lambda: "After the flood." in preview.body("/one/")) else ["not seen"])
    (content / "one.md").write_text("---\ntitle: One\n---\nAfter that. [Two](two.md)\n", encoding="utf-8")
    suite.check("and the next one", [] if wait_for(lambda: "After that." in preview.body("/one/")) else ["not seen"])


def unwatched(program, work):
    """A script that runs the program where no folder can be watched; None when this system has no such place."""
    script = Path(work) / "unwatched"
    script.write_text(f"#!/bin/sh\nexec unshare --user --map-root-user sh -c '{UNWATCHED}' '{program}' \"$@\"\n", encoding="utf-8")
    script.chmod(0o755)
    tried = subprocess.run([script, "help"], capture_output=True, check=False)
    return script if tried.returncode == 0 else None


def watches(process):
    """The process's descriptors that watch a file or folder. Others may be closed while they are looked at, and a worker may end."""
    gone = (FileNotFoundError, ProcessLookupError)
    try:
        paths = list(Path(f"/proc/{process}/fdinfo").iterdir())
    except gone:
        return
    for path in paths:
        try:
            if "inotify wd" in path.read_text(encoding="ascii", errors="replace"):
                yield path
        except gone:
            pass


def check_unwatched(suite, preview):
    content = preview.folder / "content"
    suite.check("nothing is watched", [path for process in preview.family() for path in watches(process)])
    (content / "one.md").write_text("---\ntitle: One\n---\nSeen by looking.\n", encoding="utf-8")
    suite.check("an edit is seen all the same", [] if wait_for(lambda: "Seen by looking." in preview.body("/one/")) else ["not seen"])
    (content / "new").mkdir()
    (content / "new/page.md").write_text("---\ntitle: New\n---\nText.\n", encoding="utf-8")
    suite.check("and a page in a new folder", [] if wait_for(lambda: preview.get("/new/page/")[0] == 200) else ["not seen"])
    shutil.rmtree(content / "new")
    suite.check("and that it goes", [] if wait_for(lambda: preview.get("/new/page/")[0] == 404) else ["still there"])


def opener(work):
    """A folder with an `xdg-open` that writes down what it is to open."""
    folder = Path(work) / "bin"
    folder.mkdir()
    script = folder / "xdg-open"
    script.write_text(f'#!/bin/sh\necho "$@" >"{work}/opened.new"\nmv "{work}/opened.new" "{work}/opened"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def check_open(suite, preview, work):
    opened = Path(work) / "opened"
    wait_for(opened.exists)
    said = opened.read_text(encoding="utf-8") if opened.exists() else "nothing"
    suite.check("--open: the browser gets the address", [] if said == f"http://127.0.0.1:{preview.port}/\n" else [said])


def shared_memory(preview):
    """The numbers of what the process that knows the site shares with its workers."""
    maps = [Path(f"/proc/{process}/maps").read_text(encoding="utf-8", errors="replace") for process in preview.family()[1:2]]
    return {line.split()[4] for line in "".join(maps).splitlines() if "/dev/zero" in line}


def check_memory(suite, preview):
    """Each reading of a large page leaves megabytes behind, until all is read anew into other memory."""
    page = preview.folder / "content/large.md"
    page.write_text("---\ntitle: Large\n---\nText.\n", encoding="utf-8")
    wait_for(lambda: preview.get("/large/")[0] == 200)
    before = shared_memory(preview)
    edits = 0
    while before <= shared_memory(preview) and edits < EDITS_MOST:
        edits += 1
        text = f"Edit {edits}. " + "Rest a little, drink enough and say how you feel. " * 10
        page.write_text("---\ntitle: Large\n---\n" + f"{text}\n\n" * LARGE_PARAGRAPHS, encoding="utf-8")
        wait_for(lambda: f"Edit {edits}." in preview.body("/large/"))
    suite.check("much has been read before that", [] if edits * LARGE_PARAGRAPHS * 500 > 32 << 20 else [f"{edits} edits"])
    suite.check("all is read into other memory then", [] if before and wait_for(lambda: not before <= shared_memory(preview)) else [f"after {edits} edits not"])
    suite.check("and the preview has the latest text", [] if f"Edit {edits}." in preview.body("/large/") else ["an older one"])

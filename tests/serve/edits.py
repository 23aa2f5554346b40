"""What happens when files change: the preview always comes to what a clean build gives."""

import json
import os
import random
import re
import shutil
import time
from pathlib import Path

import sites
from preview import wait_for


def swap(path, text):
    """As editors do that write another file and rename it."""
    other = path.with_name(f".{path.name}.swp-new")
    other.write_text(text, encoding="utf-8")
    os.replace(other, path)


def check_edit(suite, preview):
    content = preview.folder / "content"
    one = content / "one.md"
    text = one.read_text(encoding="utf-8")
    one.write_text(text + "\nWritten in place.\n", encoding="utf-8")
    suite.check("a page written in place", [] if wait_for(lambda: "Written in place." in preview.body("/one/")) else ["not seen"])
    swap(one, text + "\nRenamed over it.\n")
    suite.check("a page saved by rename", [] if wait_for(lambda: "Renamed over it." in preview.body("/one/")) else ["not seen"])
    backup = one.with_name("one.md~")
    one.rename(backup)
    one.write_text(text + "\nWith a backup.\n", encoding="utf-8")
    backup.unlink()
    suite.check("a page saved with a backup", [] if wait_for(lambda: "With a backup." in preview.body("/one/")) else ["not seen"])
    (content / "ward/day.md").write_text("---\ntitle: Another day\nweight: 1\n---\n{{ snippet(\"hours\") }}\n", encoding="utf-8")
    suite.check("a title changes the section's list", [] if wait_for(lambda: "Another day" in preview.body("/ward/")) else ["not seen"])
    (content / "facts.yaml").write_text("stay_near: { value: 6, unit: weeks, source: Ward handbook, checked: 2026-01-01 }\n", encoding="utf-8")
    suite.check("a fact changes its pages", [] if wait_for(lambda: "6 weeks" in preview.body("/one/")) else ["not seen"])
    (content / "_snippets/hours.md").write_text("Open on weekdays.\n", encoding="utf-8")
    suite.check("a snippet changes its pages", [] if wait_for(lambda: "Open on weekdays." in preview.body("/ward/day/")) else ["not seen"])
    (content / "_snippets/hours.md").write_text("Open day and night.\n", encoding="utf-8")
    (content / "ward/_index.md").write_text("---\ntitle: Ward\ncascade: { audience: families }\n---\nThe ward.\n", encoding="utf-8")
    base = preview.folder / "themes/tiny/templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("<h1>", "<h1>{{ page.audience | default('') }}: "), encoding="utf-8")
    suite.check("a section's cascade changes its pages", [] if wait_for(lambda: "families: A" in preview.body("/ward/day/")) else [preview.body("/ward/day/")])
    (content / "new").mkdir()
    (content / "new/page.md").write_text("---\ntitle: New page\n---\nText.\n", encoding="utf-8")
    suite.check("a page in a new folder", [] if wait_for(lambda: preview.get("/new/page/")[0] == 200) else ["not seen"])
    (content / "new").rename(content / "moved")
    found = wait_for(lambda: preview.get("/moved/page/")[0] == 200 and preview.get("/new/page/")[0] == 404)
    suite.check("a folder that is renamed", [] if found else ["not seen"])
    (content / "moved/page.md").write_text("---\ntitle: New page\n---\nEdited there.\n", encoding="utf-8")
    suite.check("an edit in it", [] if wait_for(lambda: "Edited there." in preview.body("/moved/page/")) else ["not seen"])
    shutil.rmtree(content / "moved")
    suite.check("a folder that goes", [] if wait_for(lambda: preview.get("/moved/page/")[0] == 404) else ["still there"])
    base = preview.folder / "themes/tiny/templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("<main>", '<main class="changed">'), encoding="utf-8")
    suite.check("a template", [] if wait_for(lambda: 'class="changed"' in preview.body("/one/")) else ["not seen"])
    css = preview.folder / "themes/tiny/assets/css/theme.css"
    css.write_text("body { color: #222; }\n", encoding="utf-8")
    found = wait_for(lambda: "#222" in preview.body(re.search(r'href="(/assets/css/theme[^"]*)"', preview.body("/one/")).group(1)))
    suite.check("a style sheet under its new name", [] if found else ["not seen"])


def check_errors(suite, preview, page):
    """The last good page, which is `page`, stays, the messages say what is wrong, and both go when it is mended."""
    one = preview.folder / "content/one.md"
    good = one.read_text(encoding="utf-8")

    def messages():
        return json.loads(preview.body("/__messages?format=json"))

    def clean():
        return wait_for(lambda: messages()["errors"] == 0 and preview.body("/one/") == page)

    broken = {
        "front matter": ("---\ntitle: [One\n---\nNew text.\n", "yaml-syntax"),
        "a name": (good + "\nNew text {{ facts.none }}.\n", "value-unknown"),
        "a link": (good + "\nNew text, [lost](lost.md).\n", "link-target"),
        "an anchor": (good + "\nNew text, [lost](two.md#lost).\n", "link-anchor"),
        "a picture": (good + "\nNew text ![](leaf.svg)\n", "img-alt"),
        "bytes": (good + "\nNew text \0\n", "file-nul"),
    }
    for name, (text, identity) in broken.items():
        one.write_text(text, encoding="utf-8")
        said = wait_for(lambda: [message for message in messages()["diagnostics"] if message["id"] == identity])
        problems = [] if said else [f"no {identity}: {messages()}"]
        if said and not (said[0]["file"] == "content/one.md" and said[0]["message"]):
            problems.append(said)
        if said and name in ("a name", "a link", "an anchor") and not ("New text" in said[0]["source"] and said[0]["line"] > 3):
            problems.append(said)
        if preview.body("/one/") != page:
            problems.append("the page is another")
        suite.check(f"a mistake in {name}: said, and the last good page stays", problems)
        (preview.folder / "content/two.md").touch()
        one.write_text(good, encoding="utf-8")
        suite.check(f"a mistake in {name}: gone when mended", [] if clean() else [messages(), preview.body("/one/")])
    check_other_files(suite, preview, messages, page)


def check_other_files(suite, preview, messages, page):
    for name, text, identity in (("content/site.yaml", "title: [\n", "yaml-syntax"), ("content/clinic.yaml", "name: {\n", "yaml-syntax"),
                                 ("themes/tiny/templates/base.html", "{% if %}", "template-syntax"), ("themes/tiny/templates/page.html", "{{ nothing_here }}", "template-undefined"),
                                 ("themes/tiny/theme.yaml", "name: [\n", "yaml-syntax")):
        path = preview.folder / name
        good = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8")
        said = wait_for(lambda: [message for message in messages()["diagnostics"] if message["severity"] == "error"])
        problems = [] if said and any(message["id"].startswith(identity.split("-")[0]) for message in said) else [said]
        status, _, body = preview.get("/one/")
        if (status, body.decode()) != (200, page):
            problems.append(f"{status} {body[:300]}")
        suite.check(f"a mistake in {name}: said, and the last good page stays", problems)
        path.write_text(good, encoding="utf-8")
        mended = wait_for(lambda: messages()["errors"] == 0 and preview.body("/one/") == page)
        suite.check(f"a mistake in {name}: gone when mended", [] if mended else [messages()])


class Editor:
    """Changes files at random, as people and programs do."""

    def __init__(self, folder, seed):
        self.folder = Path(folder)
        self.random = random.Random(seed)
        self.count = 0

    def pages(self):
        return [path for path in sorted((self.folder / "content").rglob("*.md")) if path.name != "_index.md" and path.parent.name != "_snippets"]

    def text(self):
        words = " ".join(self.random.choice(("rest", "drink", "walk", "sleep", "call", "eat")) for _ in range(self.random.randrange(1, 60)))
        broken = self.random.choice(("", "", "", "", "{{ facts.none }}", "[lost](lost.md)", "![](leaf.svg)", "[home](_index.md#none)"))
        return f"---\ntitle: Page {self.random.randrange(1000)}\nweight: {self.random.randrange(9)}\n---\n## Part {self.count}\n\n{words}\n\n{broken}\n"

    def edit_page(self):
        path = self.random.choice(self.pages())
        (swap if self.random.random() < 0.5 else Path.write_text)(path, self.text())

    def add_page(self):
        if len(self.pages()) > 60:
            return
        folder = self.folder / "content" / self.random.choice((".", "ward", f"part-{self.random.randrange(5)}"))
        folder.mkdir(exist_ok=True)
        (folder / f"page-{self.random.randrange(200)}{self.random.choice(('', '.es'))}.md").write_text(self.text(), encoding="utf-8")

    def remove_page(self):
        pages = self.pages()
        if len(pages) > 5:
            self.random.choice(pages).unlink()

    def rename_page(self):
        path = self.random.choice(self.pages())
        path.rename(path.with_name(f"moved-{self.random.randrange(200)}.md"))

    def move_folder(self):
        folders = sorted((self.folder / "content").glob("part-*"))
        if folders:
            folder = self.random.choice(folders)
            target = folder.with_name(f"part-{self.random.randrange(5)}")
            if not target.exists():
                folder.rename(target)

    def remove_folder(self):
        folders = sorted((self.folder / "content").glob("part-*"))
        if folders:
            shutil.rmtree(self.random.choice(folders))

    def edit_data(self):
        value = self.random.randrange(1, 9)
        (self.folder / "content/facts.yaml").write_text(f"stay_near: {{ value: {value}, unit: weeks, source: Ward handbook, checked: 2026-01-01 }}\n", encoding="utf-8")

    def edit_snippet(self):
        (self.folder / "content/_snippets/hours.md").write_text(f"Open for {self.random.randrange(1, 9)} hours.\n", encoding="utf-8")

    def edit_theme(self):
        (self.folder / "themes/tiny/assets/css/theme.css").write_text(f"body {{ color: #{self.random.randrange(4096):03x}; }}\n", encoding="utf-8")

    def edit_template(self):
        path = self.folder / "themes/tiny/templates/page.html"
        path.write_text('{% extends "base.html" %}\n' + self.random.choice(("", "{% block main %}{{ page.content }}<hr>{% endblock %}", "{% block main %}", "{{ nothing_here }}")), encoding="utf-8")

    def edit_asset(self):
        (self.folder / "content/leaf.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.random.randrange(99)}"/>\n', encoding="utf-8")

    def many(self):
        """As a checkout of another branch: much at once."""
        for _ in range(20):
            self.random.choice((self.edit_page, self.add_page, self.remove_page, self.rename_page))()

    def step(self):
        self.count += 1
        kinds = [self.edit_page] * 12 + [self.add_page, self.remove_page, self.rename_page, self.move_folder, self.remove_folder, self.edit_data, self.edit_snippet,
                                         self.edit_theme, self.edit_template, self.edit_asset, self.many]
        self.random.choice(kinds)()

    def mend(self):
        """No mistake is left, so that there is a build to compare with."""
        for number, path in enumerate(self.pages()):
            path.write_text(f"---\ntitle: Page {number}\n---\nText {number}.\n", encoding="utf-8")
        (self.folder / "themes/tiny/templates/page.html").write_text('{% extends "base.html" %}\n', encoding="utf-8")
        for name in ("content/one.md", "content/two.md", "content/_index.md", "content/_index.es.md", "content/ward/_index.md"):
            sites.write(self.folder, {name: sites.FILES[name]})


def differences(preview, files):
    """Files that the preview serves otherwise than they were published."""
    found = []
    for name, data in files.items():
        status, _, body = preview.get("/" + name)
        if status != 200 or body != data:
            found.append(f"{name}: {status}, {len(body)} bytes for {len(data)}")
    return found


def check_random(suite, preview, program, environment, count):
    """After any number of edits, some in the middle of another's reading, the preview is what a clean build publishes."""
    editor = Editor(preview.folder, 7)
    for number in range(count):
        editor.step()
        if editor.random.random() < 0.3:
            preview.get(editor.random.choice(("/", "/one/", "/ward/", "/__messages", "/sitemap.xml", "/nowhere/")))
        time.sleep(editor.random.choice((0, 0, 0.005, 0.02, 0.1)))
        if number % 50 == 49:
            editor_mended(suite, preview, program, environment, editor, number + 1)
    editor_mended(suite, preview, program, environment, editor, count)


def editor_mended(suite, preview, program, environment, editor, number):
    out = preview.folder.parent / f"out-{number}"
    editor.mend()
    built = sites.build(program, preview.folder, out, environment)
    if built.returncode != 0:
        suite.check(f"after {number} edits there is a clean build", [built.stderr])
        return
    files = sites.published(out)
    same = wait_for(lambda: not differences(preview, files), 20)
    suite.check(f"after {number} edits: the same bytes as a clean build", [] if same else differences(preview, files))
    gone = [f"/page-{n}/" for n in range(200) if f"page-{n}/index.html" not in files]
    suite.check(f"after {number} edits: nothing that a build would not have", [path for path in gone[:40] if preview.get(path)[0] != 404])
    shutil.rmtree(out)

"""The sample site with a theme of its own, and what people may do to it between two builds, at random."""

import os
import random
import re
import shutil

OWN_THEME = "name: own\nversion: \"1\"\nextends: clinic\ndescription: For the tests.\nlanguages: [en, es, ar]\n"
# What a page may show of others: nothing more than usual; what their texts give; that of one page alone; a template that is wrong.
OF_OTHERS = ("", "{% for p in page.section.pages %}{{ p.title }} {{ p.words }}{% endfor %}",
             "{% if page.next %}{{ page.next.content }}{% endif %}", "{% if page.weight is defined and page.next %}{{ page.next.outline | length }}{% endif %}",
             "{% for p in page.related %}{{ p.edition }} {{ p.updated | default('') }}{% endfor %}", "{% for m in site.menu %}{{ m.description }}{% endfor %}",
             "{% if page.title is startingwith 'Title' %}{{ page.section.faq | length }}{% endif %}")
WORDS = ("rest", "drink", "walk", "sleep", "call", "eat", "fever", "leukemia", "anemia", "nausea")


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_site(top, folder):
    """The sample, with pages that may go without breaking the others."""
    shutil.copytree(top / "content", folder / "content")
    content = folder / "content"
    settings = content / "site.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("  name: clinic\n", "  name: own\n"), encoding="utf-8")
    write(folder / "themes/own/theme.yaml", OWN_THEME)
    write_template(folder, "")
    write(content / "_snippets/hours.md", "Open on weekdays. Read [more](../about.md).\n")
    write(content / "ward/_index.md", "---\ntitle: Ward\ncascade: { tags: [getting-ready], audience: families }\n---\nThe ward.\n")
    for number in range(12):
        write(content / f"ward/day-{number}.md", page_text(random.Random(number), number, []))


def write_template(folder, of_others):
    block = "{% block related %}{{ super() }}<div>" + of_others + "</div>{% endblock %}\n" if of_others else ""
    write(folder / "themes/own/templates/page.html", '{% extends "page.html" %}\n' + block)


def page_text(chance, number, others):
    """A page; `others` are files that it may link to, with the headings that are in them."""
    lines = ["---", f"title: {chance.choice(('Day', 'Title', 'Night'))} {number}"]
    for key, values in (("description", ("Short.", "Longer.")), ("weight", (1, 2, 50)), ("tags", ("[side-effects]", "[getting-ready, after-treatment]")),
                        ("updated", ("2026-02-01", "2026-03-01")), ("draft", ("true",)), ("handout", ("true",)), ("kind", ("faq",)),
                        ("sort_as", ("Zebra",)), ("aliases", (f"[/old-{number}/]",))):
        if chance.random() < 0.25:
            lines.append(f"{key}: {chance.choice(values)}")
    lines += ["---", " ".join(chance.choices(WORDS, k=chance.randrange(3, 40))), "", f"## Part {chance.randrange(4)}", ""]
    extra = ["{{ facts.stay_near.text }}", "{{ clinic.name }}", '\n{{ snippet("hours") }}\n', "## What is it? {.faq}\n\n### What is that?\n\nThat.\n", "[out](https://example.org/)"]
    for path, heading in others:
        extra += [f"[there]({path})", f"[part]({path}#{heading})"]
    lines += chance.sample(extra, k=chance.randrange(0, 3))
    return "\n".join(lines) + "\n"


class Editor:
    """Each edit is one of many kinds; what it did is in `done`, and take_back() undoes it."""

    def __init__(self, folder, out, seed):
        self.folder, self.out = folder, out
        self.content = folder / "content"
        self.random = random.Random(seed)
        self.number = 100
        self.options = []

    # --- what may be edited ---

    def pages(self):
        return sorted(self.content.glob("ward/**/*.md"))

    def others(self):
        chosen = self.random.sample(self.pages(), k=2)
        found = []
        for path in chosen:
            headings = re.findall(r"^## (Part \d)", path.read_text(encoding="utf-8"), re.M)
            found.append((path.name, headings[0].lower().replace(" ", "-") if headings else "none"))
        return found

    def new_text(self):
        self.number += 1
        return page_text(self.random, self.number, self.others())

    def edit_end(self):
        path = self.random.choice(self.pages())
        write(path, path.read_text(encoding="utf-8") + f"\nOne more: {self.random.choice(WORDS)}.\n")

    def edit_sample(self):
        path = self.random.choice([page for page in sorted(self.content.rglob("*.md")) if "_snippets" not in page.parts])
        write(path, path.read_text(encoding="utf-8") + f"\n{' '.join(self.random.choices(WORDS, k=4))}\n")

    def edit_page(self):
        write(self.random.choice(self.pages()), self.new_text())

    def edit_title(self):
        path = self.random.choice(self.pages())
        write(path, re.sub(r"^title: .*$", f"title: Title {self.random.randrange(100)}", path.read_text(encoding="utf-8"), count=1, flags=re.M))

    def edit_heading(self):
        path = self.random.choice(self.pages())
        write(path, re.sub(r"^## Part \d", f"## Part {self.random.randrange(4)}", path.read_text(encoding="utf-8"), flags=re.M))

    def edit_draft(self):
        path = self.random.choice(self.pages())
        text = path.read_text(encoding="utf-8")
        write(path, text.replace("draft: true\n", "") if "draft: true\n" in text else text.replace("---\n", "---\ndraft: true\n", 1))

    def add_page(self):
        name = self.random.choice((f"new-{self.random.randrange(9)}.md", f"day-{self.random.randrange(12)}.es.md", f"sub/page-{self.random.randrange(4)}.md"))
        write(self.content / "ward" / name, self.new_text())

    def remove_page(self):
        self.random.choice(self.pages()).unlink()

    def rename_page(self):
        path = self.random.choice(self.pages())
        path.rename(path.with_name(f"moved-{self.random.randrange(9)}.md"))

    def swap_pages(self):
        one, two = self.random.sample(self.pages(), k=2)
        texts = one.read_bytes(), two.read_bytes()
        one.write_bytes(texts[1])
        two.write_bytes(texts[0])

    def same_size_and_time(self):
        """As a program does that sets times back."""
        path = self.random.choice(self.pages())
        before = path.stat()
        text = path.read_text(encoding="utf-8")
        for word in WORDS:
            text = text.replace(word, word[::-1])
        write(path, text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def edit_section(self):
        write(self.content / "ward/_index.md", f"---\ntitle: Ward\ncascade: {{ tags: [{self.random.choice(('side-effects', 'getting-ready'))}] }}\n---\nThe ward {self.random.randrange(9)}.\n")

    def replace_in(self, name, old, new):
        path = self.folder / name
        write(path, re.sub(old, new, path.read_text(encoding="utf-8"), count=1, flags=re.M))

    def edit_settings(self):
        self.replace_in("content/site.yaml", r"^title: .*$", f"title: Clinic {self.random.randrange(9)}")

    def edit_clinic(self):
        self.replace_in("content/clinic.yaml", r"^name: .*$", f"name: Clinic {self.random.randrange(9)}")

    def edit_facts(self):
        self.replace_in("content/facts.yaml", r"^  checked: .*$", f"  checked: 2026-10-0{self.random.randrange(1, 9)}")

    def edit_glossary(self):
        self.replace_in("content/glossary.yaml", r"^    en: Too few.*$", f"    en: Too few red cells, {self.random.choice(WORDS)}.")

    def edit_handouts(self):
        self.replace_in("content/handouts.yaml", r"^    title: Your .*$", f"    title: Your therapy {self.random.randrange(9)}")

    def edit_snippet(self):
        write(self.content / "_snippets/hours.md", f"Open for {self.random.randrange(9)} hours. Read [more](../about.md).\n")

    def edit_template(self):
        write_template(self.folder, self.random.choice(OF_OTHERS))

    def edit_style(self):
        write(self.folder / "themes/own/assets/css/own.css", f"p {{ color: #{self.random.randrange(4096):03x}; }}\n")

    def edit_words(self):
        write(self.folder / "themes/own/i18n/en.yaml", f"home: Home {self.random.randrange(9)}\n")

    def edit_picture(self):
        write(self.content / "leaf.svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.random.randrange(99)}"/>\n')

    def other_options(self):
        self.options = self.random.choice(([], [], ["--drafts"], ["--base-url", "https://example.org/clinic/"], ["--theme", "plain"]))

    # --- what may happen to the published files ---

    def published(self):
        return sorted(path for path in self.out.rglob("*") if path.is_file() and ".pamphlet" not in path.parts)

    def lose_file(self):
        self.random.choice(self.published()).unlink()

    def damage_known(self):
        """Bytes that change, or an end that is missing."""
        path = self.out / ".pamphlet/known"
        if not path.exists():
            return
        data = bytearray(path.read_bytes())
        at = self.random.randrange(len(data))
        if self.random.random() < 0.3:
            del data[at:]
        else:
            data[at] ^= 1 << self.random.randrange(8)
        path.write_bytes(data)

    def change_file(self):
        path = self.random.choice(self.published())
        path.write_bytes(path.read_bytes() + b"<!-- changed by hand -->")

    def step(self):
        kinds = [self.edit_end] * 4 + [self.edit_page] * 4 + [self.edit_title, self.edit_heading, self.edit_draft, self.swap_pages, self.edit_template] * 2
        kinds += [self.edit_sample, self.add_page, self.remove_page, self.rename_page, self.same_size_and_time, self.edit_section, self.edit_settings, self.edit_clinic,
                  self.edit_facts, self.edit_glossary, self.edit_handouts, self.edit_snippet, self.edit_style, self.edit_words, self.edit_picture, self.other_options,
                  self.lose_file, self.damage_known, self.change_file]
        self.before = {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        self.options_before = self.options
        chosen = [self.random.choice(kinds) for _ in range(self.random.choice((1, 1, 1, 2, 5)))]
        for kind in chosen:
            kind()
        return ", ".join(kind.__name__ for kind in chosen)

    def take_back(self):
        self.options = self.options_before
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path not in self.before:
                path.unlink()
        for path, data in self.before.items():
            if not path.exists() or path.read_bytes() != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

"""Small sites for the tests of the preview, and what a build makes of them."""

import subprocess
from pathlib import Path

FILES = {
    "content/site.yaml": "title: Small Clinic\nbase_url: https://small.example.org/\nlanguages: [en, es]\ntheme: tiny\n",
    "content/clinic.yaml": 'name: Small Clinic\nemergency: { number: "911", text: "Call 911" }\n'
                           "phones:\n  nurse_line: { label: Nurse line, number: \"555-0142\", hours: Day and night }\n",
    "content/facts.yaml": "stay_near: { value: 2, unit: weeks, source: Ward handbook, checked: 2026-01-01 }\n",
    "content/_index.md": "---\ntitle: Home\n---\nSee [one](one.md) and [the ward](ward/_index.md).\n",
    "content/_index.es.md": "---\ntitle: Inicio\nsource_hash: x\n---\nTexto.\n",
    "content/one.md": "---\ntitle: One\n---\nStay near for {{ facts.stay_near.text }}. See [two](two.md#fever).\n",
    "content/two.md": "---\ntitle: Two\naliases: [/old/]\n---\n## Fever\n\nCall {{ clinic.phones.nurse_line }}.\n",
    "content/_snippets/hours.md": "Open day and night.\n",
    "content/ward/_index.md": "---\ntitle: Ward\n---\nThe ward.\n",
    "content/ward/day.md": "---\ntitle: A day\nweight: 1\n---\nText of a day.\n\n{{ snippet(\"hours\") }}\n",
    "content/leaf.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n',
    "themes/tiny/theme.yaml": "name: tiny\nversion: 1.0.0\ndescription: For tests\nsettings: {}\n",
    "themes/tiny/assets/css/theme.css": "body { color: #111; }\n",
    "themes/tiny/templates/base.html":
        '<!DOCTYPE html>\n<html lang="{{ lang }}"{% if clinic.emergency is defined %} data-call="{{ clinic.emergency.number }}"{% endif %}><head><title>{{ page.title }}</title>'
        '<link rel="stylesheet" href="{{ "css/theme.css" | asset }}"></head>\n'
        "<body><nav>{% for entry in site.menu %}<a href=\"{{ entry.url }}\">{{ entry.title }}</a> {% endfor %}</nav>\n"
        "<main><h1>{{ page.title }}</h1>{% block main %}{{ page.content }}{% endblock %}"
        "{% for child in page.pages %}<p>{{ child.title }}</p>{% endfor %}"
        '{% for pdf in page.pdfs %}<a href="{{ pdf.url }}">PDF</a>{% endfor %}</main></body></html>\n',
    **{f"themes/tiny/templates/{name}.html": '{% extends "base.html" %}\n' for name in ("home", "page", "section", "404", "redirect", "handout")},
}


def write(folder, files=None):
    """Writes the files, or the small site, below the folder."""
    for name, text in (files or FILES).items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Path(folder)


def build(program, folder, out, environment):
    """What a clean build says; the site is in `out`."""
    return subprocess.run([program, "build", "--out", str(out), "--quiet"], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def published(out):
    """Path on the site to bytes, of everything that was published."""
    files = {}
    for path in sorted(Path(out).rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not name.startswith(".pamphlet/"):
            files[name] = path.read_bytes()
    return files

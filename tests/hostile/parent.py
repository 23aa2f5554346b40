"""Data files, themes and templates that are read before any worker is started: with 1 MB of each kind the build still ends in time.

CASES: name -> the files, and what must be said (None: the data are right, and only the dead link of the other page is reported)."""

from limits import theme

SITE = "title: Small\nbase_url: https://small.example.org/\n"


def facts(text):
    return {"content/facts.yaml": text}


def site(text):
    return {"content/site.yaml": SITE + text}


def glossary(text):
    return {"content/glossary.yaml": text}


def lines(line, count, down=False):
    """The line so many times, with a number for each `%`."""
    return "".join(line.replace("%", str(count - i if down else i)) for i in range(count))


def cases(size):
    return {
        "empty lines of a literal": (facts("a: |\n" + "\n" * size), r"facts\.yaml:1:5: error: .*white space.*\[yaml-stretch\]"),
        "empty lines in a text": (facts("a: x\n" + "\n" * size + "  y\n"), r"facts\.yaml:1:5: error: .*\[yaml-stretch\]"),
        "directive": (facts("%" * size), r"facts\.yaml:1:1: error: .*`%`.*\[yaml-stretch\]"),
        "tag": (facts("a: !" + "%41" * (size // 3) + " x"), r"facts\.yaml:1:4: error: .*`%`.*\[yaml-stretch\]"),
        "open brackets": (facts("a: " + "[" * size), r"facts\.yaml:1:\d+: error: .*\[yaml-too-large\]"),
        "open brackets of a theme": (theme(files={"i18n/en.yaml": "a: " + "[1, []," * (size // 7)}), r"en\.yaml:1:\d+: error: .*\[yaml-too-large\]"),
        "keys": (site(lines("k%: 1\n", 90000)), r"site\.yaml:3:1: warning: .*\[key-unknown\]"),
        "the same key": (facts("k: 1\n" * (size // 5)), r"facts\.yaml:2:1: error: .*\[yaml-duplicate-key\]"),
        "keys again from the end": (facts(lines("k%: {value: 1}\n", 20000) + lines("k%: {value: 1}\n", 20000, down=True)),
                                    r"facts\.yaml:20001:1: error: .*\[fact-value\]|facts\.yaml:2\d+:1: error: .*\[yaml-duplicate-key\]"),
        "facts": (facts(lines("f%: {value: 1, unit: days}\n", 33000)), None),
        "glossary": (glossary(lines("- {term: t%, plain: x}\n", 38000, down=True)), None),
        "the same term": (glossary("- {term: t, plain: x}\n" * 38000), r"glossary\.yaml:2:\d+: error: .*\[glossary-twice\]"),
        "values in a glossary": (glossary('- term: t\n  plain: "' + "{{ " * 90000 + '"\n'), r"glossary\.yaml:2:\d+: error: .*\[value-open\]"),
        "menu": (site("menu:\n" + lines("  - p%x.md\n", 80000)) | {f"content/q/p{i}y.md": "---\ntitle: P\n---\n" for i in range(400)},
                 r"site\.yaml:4:5: error: .*\[menu-page\]"),
        "redirects": ({f"content/p{k}.md": "---\ntitle: P\naliases: [" + "/o/," * 12000 + "]\n---\n" for k in range(9)},
                      r"p\d\.md:3:\d+: error: .*\[duplicate-url\]"),
        "style sheet of @": (theme(files={"assets/css/theme.css": "@" * size}), None),
        "style sheet of layers": (theme(files={"assets/css/theme.css": "@layer" * (size // 6)}), None),
        "template of tags that never end": (theme('{% extends "page.html" %}{% block main %}' + "<script " * (size // 8 - 9) + "{% endblock %}"), None),
        "template of braces": (theme("<a {{" * (size // 5)), r"page\.html:1:\d+: error: .*\[template-syntax\]"),
        "template of comments": (theme("{% extends 'page.html' %}" + "<!--{#" * (size // 6 - 9)), r"page\.html:1:\d+: error: .*\[template-syntax\]"),
        "words of places": (theme(files={"i18n/es.yaml": "home: '" + "{a}" * 60000 + "'\n"}), r"es\.yaml:1:1: warning: .*\[theme-word-variable\]"),
        "style sheet that is deep": (theme(files={"assets/css/theme.css": "a{" * (size // 2)}), None),
    }

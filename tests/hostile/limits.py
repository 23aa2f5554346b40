"""A way past each limit of generator/base/limits.def: name -> (what to put into the site, what must be said).

A site is a dict of path -> text or bytes, put over the small site that `run` makes. What must be said is a pattern that
stderr has to match; the limit's number is filled in for `%`.
"""

PAGE = "---\ntitle: Bad\n---\n"


def page(text):
    return {"content/bad.md": PAGE + text}


def front(lines):
    return {"content/bad.md": f"---\ntitle: Bad\n{lines}\n---\nText.\n"}


def theme(template=None, files=None, name="page.html"):
    """The site in a theme of its own with one template or other files."""
    made = {
        "content/site.yaml": "title: Small\nbase_url: https://small.example.org/\ntheme: own\n",
        "themes/own/theme.yaml": "name: own\nextends: clinic\ndescription: A theme of this test.\n",
    }
    if template is not None:
        made[f"themes/own/templates/{name}"] = template
    for path, text in (files or {}).items():
        made[f"themes/own/{path}"] = text
    return made


def growing_value(levels):
    return "{% set v = [1] %}{% for i in range(" + str(levels) + ") %}{% set v = [v] %}{% endfor %}{{ v }}"


def ways(most):
    """All of them; `most` gives each limit's number."""
    deep = most["TEMPLATE_EXPRESSION_DEPTH_MOST"] + 5
    blocks = most["TEMPLATE_BLOCK_DEPTH_MOST"] + 5
    includes = most["TEMPLATE_INCLUDE_DEPTH_MOST"] + 2
    imports = most["THEME_IMPORT_DEPTH_MOST"] + 2
    nested = "".join(f"{'  ' * i}k:\n" for i in range(1, most["YAML_DEPTH_MOST"] + 5))
    return {
        "CONTENT_PATH_MOST": ({"content/" + "/".join(["f" * 100] * 11) + "/p.md": PAGE}, r"\[file-path-long\]"),
        "PAGE_FILE_MOST": (page("a" * (most["PAGE_FILE_MOST"] + 1)), r"bad\.md: error: .*at most % are read.*\[file-too-large\]"),
        "DATA_FILE_MOST": ({"content/facts.yaml": "#" * (most["DATA_FILE_MOST"] + 1)}, r"facts\.yaml: error: .*\[file-too-large\]"),
        "ASSET_MOST": ({"content/film.bin": most["ASSET_MOST"] + 1}, r"film\.bin: error: .*at most % are read.*\[file-too-large\]"),
        "FRONT_MATTER_MOST": (front("about: " + "a" * most["FRONT_MATTER_MOST"]), r"bad\.md:\d+:\d+: error: .*% bytes.*\[front-matter-long\]"),
        "YAML_VALUES_MOST": (
            {"content/facts.yaml": "a: &a [1,1,1,1,1,1,1,1,1]\n" + "".join(
                f"{c}: &{c} [{','.join([f'*{b}'] * 9)}]\n" for b, c in zip("abcdefg", "bcdefgh"))},
            r"facts\.yaml:\d+:\d+: error: .*% values.*\[yaml-too-large\]"),
        "YAML_DEPTH_MOST": (front("cascade:\n" + nested + "  " * (most["YAML_DEPTH_MOST"] + 5) + "k: v"),
                            r"bad\.md:\d+:\d+: error: .*% levels.*\[yaml-depth\]"),
        "YAML_STRETCHES_MOST": ({"content/facts.yaml": "a: |\n" + "\n" * 10001}, r"facts\.yaml:1:5: error: .*\[yaml-stretch\]"),
        "SITE_LANGUAGES_MOST": (
            {"content/site.yaml": "title: S\nbase_url: https://small.example.org/\nlanguages: [" + ", ".join(
                f"{a}{b}" for a in "abcdef" for b in "abcdefghijklmnopqrstuvwxyz") + "]\n"},
            r"site\.yaml:3:413: error: .*at most % .*\[languages-many\]"),
        "LIMIT_NESTING": (page(">" * (most["LIMIT_NESTING"] + 1) + " a\n"), r"bad\.md:4:1: error: .*deeper than %"),
        "LIMIT_BRACKETS": (page("[" * (most["LIMIT_BRACKETS"] + 1)), r"bad\.md:4:201: error: .*square brackets than %"),
        "LIMIT_HEADINGS": (page("## a\n\n" * (most["LIMIT_HEADINGS"] + 1)), r"bad\.md:10004:1: error: .*headings than %"),
        "LIMIT_FOOTNOTES": (page("[^1] " * (most["LIMIT_FOOTNOTES"] + 1)), r"bad\.md:4:\d+: error: .*footnotes than %"),
        "LIMIT_TABLE_CELLS": (page("|a|b|\n|-|-|\n" + "|1|2|\n" * (most["LIMIT_TABLE_CELLS"] // 2)), r"error: .*cells than %"),
        "LIMIT_COLUMNS": (page("|" * (most["LIMIT_COLUMNS"] + 1)), r"bad\.md:4:1001: error: .*than %"),
        "LIMIT_ADDRESSES": (page("@" * (most["LIMIT_ADDRESSES"] + 1)), r"bad\.md:4:20001: error: .*`@` than %"),
        "LIMIT_DECLARATIONS": (page("a<?" * (most["LIMIT_DECLARATIONS"] + 1)), r"bad\.md:4:602: error: .*than %"),
        "LIMIT_PICTURES": (page("![a](a.png)\n" * (most["LIMIT_PICTURES"] + 1)), r"bad\.md:5004:1: error: .*pictures than %"),
        "LIMIT_CLOSING_BRACKETS": (page(")" * (most["LIMIT_CLOSING_BRACKETS"] + 1)), r"bad\.md:4:201: error: .*brackets than %"),
        "LIMIT_REFERENCES": (page("[r]: /" + "u" * 100000 + "\n\n" + "[r] " * 400), r"bad\.md:4:1: error: .*passes %"),
        "LIMIT_VALUES": (page("{{ clinic.name }} " * (most["LIMIT_VALUES"] + 1)), r"bad\.md:.*error: .*%"),
        "LIMIT_HTML": (page("{{ clinic.long }}\n\n" * 1700), r"bad\.md:\S* error: .*%"),
        "TEMPLATE_SOURCE_MOST": (theme("a" * (most["TEMPLATE_SOURCE_MOST"] + 1)), r"page\.html: error: .*File too large"),
        "TEMPLATE_EXPRESSION_DEPTH_MOST": (theme("{{ " + "(" * deep + "1" + ")" * deep + " }}"), r"page\.html:1:\d+: error: .*limit is %"),
        "TEMPLATE_BLOCK_DEPTH_MOST": (theme("{% if 1 %}" * blocks + "{% endif %}" * blocks), r"page\.html:1:\d+: error: .*limit is %"),
        "TEMPLATE_BLOCKS_MOST": (theme("".join(f"{{% block b{i} %}}{{% endblock %}}" for i in range(most["TEMPLATE_BLOCKS_MOST"] + 1))),
                                 r"page\.html:1:\d+: error: .*limit is %"),
        "TEMPLATE_ARGUMENTS_MOST": (
            theme("{% macro m(" + ",".join(f"a{i}" for i in range(most["TEMPLATE_ARGUMENTS_MOST"] + 1)) + ") %}{% endmacro %}"),
            r"page\.html:1:\d+: error: there are too many names here: the limit is %"),
        "TEMPLATE_INCLUDE_DEPTH_MOST": (
            theme('{% include "parts/i0.html" %}', {f"templates/parts/i{i}.html": f'{{% include "parts/i{i + 1}.html" %}}' for i in range(includes)}
                  | {f"templates/parts/i{includes}.html": "end"}), r"error: .*limit is %"),
        "TEMPLATE_CALL_DEPTH_MOST": (theme("{% macro m(i) %}{{ m(i + 1) }}{% endmacro %}{{ m(0) }}"), r"page\.html:1:\d+: error: .*limit is"),
        "TEMPLATE_VALUE_DEPTH_MOST": (
            theme("{% set ns = namespace(v=[1]) %}{% for i in range(200) %}{% set ns.v = [ns.v] %}{% endfor %}{{ ns.v }}"),
            r"page\.html:1:\d+: error: .*limit is %"),
        "TEMPLATE_STEPS_MOST": (
            theme("{% set r = range(4000) %}{% for a in r %}{% for b in r %}{% for c in r %}{% endfor %}{% endfor %}{% endfor %}"),
            r"page\.html:1:\d+: error: .*limit is 20,000,000"),
        "TEMPLATE_MEMORY_MOST": (
            theme("{% set ns = namespace(l=[1]) %}\n{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}"),
            r"page\.html:2:\d+: error: this page takes too much memory to render: the limit is 64 MiB"),
        "TEMPLATE_TEXT_MOST": (theme("{{ ('a' * 99999 * 200) | length }}"), r"page\.html:1:\d+: error: .*limit is 16 MiB"),
        "TEMPLATE_RANGE_MOST": (theme("{{ range(100001) | length }}"), r"page\.html:1:\d+: error: .*limit is %"),
        "THEME_TEXT_MOST": (theme(files={"i18n/en.yaml": "#" * (most["THEME_TEXT_MOST"] + 1)}), r"i18n/en\.yaml: error: "),
        "THEME_ASSET_MOST": (theme(files={"assets/big.png": most["THEME_ASSET_MOST"] + 1}), r"big\.png: error: "),
        "THEME_CSS_MOST": (theme(files={"assets/css/theme.css": "a{b:c}" * (most["THEME_CSS_MOST"] // 6 + 1)}), r"theme\.css.* error: "),
        "THEME_IMPORT_DEPTH_MOST": (
            theme(files={"assets/css/theme.css": '@import "i0.css";'} | {f"assets/css/i{i}.css": f'@import "i{i + 1}.css";' for i in range(imports)}
                  | {f"assets/css/i{imports}.css": "a{b:c}"}), r"\.css:1:\d+: error: "),
        "PAGE_OUTPUT_MOST": (theme("{% set t = 'a' * 99999 %}{% for i in range(200) %}{{ t }}{% endfor %}"), r"page\.html:1:\d+: error: this page grows too long: the limit is 16 MiB"),
        "WORKERS_SCRATCH_BYTES": (page("*a " * 350000), r"bad\.md: error: .*\[worker-memory\]"),
        "DIAG_MOST": ({f"content/p{i}.md": PAGE + "".join(f"[a](dead{k}.md)\n" for k in range(900)) for i in range(13)},
                      r"(?s)\d+ errors\..*|more reports are not shown"),
        "DIAG_ITEM_MOST": (page("".join(f"[a](dead{k}.md)\n" for k in range(most["DIAG_ITEM_MOST"] + 5))), r"more reports are not shown"),
        "DIAG_ARGUMENT_MOST": (page("[a](" + "../" * 200 + "a.md)"), r"`[./]{%}…`"),
    }


# Limits that no small site can reach, and the test that reaches them otherwise.
ELSEWHERE = {
    "MILLISECONDS_A_PAGE": "tests/sites/run",
    "MILLISECONDS_OF_DATA": "tests/sites/run",
    "CONTENT_FILES_MOST": "tests/unit/test_files.c",
    "TEMPLATE_STACK_MOST": "tests/unit/test_template.c",
    "WORKERS_ITEM_BYTES": "tests/unit/test_workers.c",
    "WORKERS_LIBRARY_BYTES": "tests/unit/test_workers.c",
}

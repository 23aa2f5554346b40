"""Markdown that is worse than it looks: each kind of input makes a library or a check do work that grows faster than the text.

KINDS: name -> function of the size in bytes. The first group is known to be quadratic or worse in cmark-gfm 0.29.0.gfm.6
(what Debian 12 has); the second is taken from the pathological tests and the history of other Markdown libraries; the
third aims at what pamphlet does itself.
"""


def repeated(piece, before="", after=""):
    return lambda size: before + piece * (max(size - len(before) - len(after), 0) // len(piece)) + after


def wide_table(size):
    columns = size // 12
    head = "|a" * columns + "|\n" + "|-" * columns + "|\n"
    return head + "|b|\n" * ((size - len(head)) // 4)


def narrow_table(size):
    """As many columns as one line may have, then rows of one cell."""
    columns = 900
    head = "|a" * columns + "|\n" + "|-" * columns + "|\n"
    return head + "|b|\n" * ((size - len(head)) // 4)


def long_reference(size):
    half = size // 2
    return "[r]: /" + "u" * half + "\n\n" + "[r] " * (half // 4)


def many_references(size):
    count = size // 24
    return "".join(f"[r{i}]: /u{i}\n" for i in range(count)) + "\n" + "".join(f"[r{i}]\n" for i in range(0, count, 2))


def numbered(form):
    def make(size):
        lines, total, i = [], 0, 0
        while total < size:
            lines.append(form.replace("%", str(i)))
            total += len(lines[-1])
            i += 1
        return "".join(lines)

    return make


def nested_lists(size):
    lines, depth = [], 0
    while sum(map(len, lines[-1:])) * len(lines) < size and depth < 1400:
        lines.append("  " * depth + "- x\n")
        depth += 1
    return "".join(lines)


KNOWN = {
    "table-wide-head": wide_table,
    "table-short-rows": narrow_table,
    "list-marks-then-newlines": lambda size: " -" * (size // 4) + "x" + "\n" * (size // 2),
    "processing-instructions": repeated("a<?"),
    "cdata": repeated("a<![CDATA["),
    "declarations": repeated("a<!A "),
    "pictures-open": repeated("![[]()"),
    "autolink-brackets": repeated(")", "www.a.b/"),
    "reference-long": long_reference,
}

LIKE_THEM = {
    "brackets-open": repeated("["),
    "brackets-open-a": repeated("[a"),
    "brackets-closed": repeated("]"),
    "brackets-nested": lambda size: "[" * (size // 2) + "a" + "]" * (size // 2),
    "links-open": repeated("[a]("),
    "links-open-angle": repeated("[a](<b"),
    "links-and-quotes": repeated("[](<\""),
    "references-open": repeated("[a]["),
    "emphasis-open": repeated("*a "),
    "emphasis-mixed": repeated("*a_ "),
    "emphasis-triple": repeated("a***b ___c "),
    "emphasis-nested": lambda size: "*" * (size // 2) + "a" + "*" * (size // 2),
    "strikethrough": repeated("~a~~b "),
    "backticks": lambda size: "".join("e" + "`" * i for i in range(1, int((2 * size) ** 0.5))),
    "quotes-deep": repeated(">", after="a"),
    "quotes-deep-lines": lambda size: (">" * 1000 + "a\n") * (size // 1002),
    "lists-deep": nested_lists,
    "list-marks": repeated("* ", after="a"),
    "list-marks-lines": repeated("- - - - - - - - - - - - - - - - - - - - a\n"),
    "quotes-at-limit": lambda size: ("> " * 59 + "a\n") * (size // 120),
    "references-many": many_references,
    "references-same": repeated("[a]: /u\n"),
    "reference-in-paragraph": repeated("[a]: b\nc\n\n"),
    "footnotes": numbered("[^%] text\n\n[^%]: note\n\n"),
    "footnotes-one-many-uses": repeated("[^1] ", after="\n\n[^1]: note\n"),
    "footnotes-unused": numbered("[^%]: note\n\n"),
    "footnotes-nested": numbered("[^%]: see [^%1]\n"),
    "autolink-www": repeated("www."),
    "autolink-at": repeated("a@"),
    "autolink-at-dots": repeated("a.b-c_"),
    "autolink-mail": repeated("a@b.c_"),
    "autolink-scheme": repeated("http://"),
    "autolink-colons": repeated(":/"),
    "autolink-underscores": repeated("_", "www.a"),
    "autolink-entities": repeated("&a;", "www.a.b/"),
    "autolink-angle": repeated("<", "www.a.b/"),
    "html-open": repeated("<a "),
    "html-comments": repeated("<!-- a "),
    "html-comments-short": repeated("<!-->"),
    "html-attributes": repeated(" a='b", "<x"),
    "html-block": repeated("<div>\n"),
    "entities": repeated("&amp;"),
    "entities-open": repeated("&#"),
    "backslashes": repeated("\\"),
    "blank-lines": repeated("\n", "a", "b"),
    "spaces": repeated(" ", "a", "b"),
    "tabs": repeated("\t", "- a\n", "b"),
    "pipes": repeated("|"),
    "pipes-and-dashes": repeated("|-", "a\n"),
    "table-growing": lambda size: "".join("|" + "a|" * i + "\n|" + "-|" * i + "\n" for i in range(1, int((size / 2) ** 0.5))),
    "table-cells": repeated("|a|b|\n", "|a|b|\n|-|-|\n"),
    "task-lists": repeated("- [ ] a\n"),
    "setext": repeated("a\n=\n"),
    "rules": repeated("* * *\n"),
    "fences": repeated("```\n"),
    "fence-open": repeated("a\n", "```\n"),
    "indented-code": repeated("    a\n\n"),
    "hard-breaks": repeated("a  \n"),
    "quotes-smart": repeated("\"a' "),
    "dashes-smart": repeated("--- "),
    "dots-smart": repeated("..."),
    "one-line": repeated("word "),
    "one-word": repeated("a"),
    "one-word-arabic": repeated("\u0645"),
    "combining": repeated("\u0301", "a"),
    "zero-width": repeated("\u200d\u200c"),
    "bidi": repeated("\u202e"),
}

OURS = {
    "headings": repeated("## a\n\n"),
    "headings-same-id": repeated("## Fever\n\ntext\n\n"),
    "heading-ids-colliding": numbered("## a\n\n## a-%\n\n"),
    "heading-attributes": repeated("## a {#b\n\n"),
    "heading-long": repeated("a ", "## "),
    "faq": repeated("### Question?\n\nAnswer.\n\n", "## Questions {.faq}\n\n"),
    "cards": repeated("> [!NOTE] a\n\n"),
    "cards-nested": lambda size: "".join("> " * i + "[!NOTE] a\n" for i in range(1, 59)) * (size // 4200),
    "values": repeated("{{ clinic.name }} "),
    "values-open": repeated("{{ "),
    "values-closed": repeated("}} "),
    "values-braces": repeated("{"),
    "values-long-name": repeated("a.", "{{ ", " }}"),
    "values-unknown": numbered("{{ clinic.n% }}\n"),
    "phones": numbered("Call 555-01% now.\n"),
    "phones-digits": repeated("1"),
    "phones-dashes": repeated("1-"),
    "phones-brackets": repeated("(1"),
    "links-to-files": repeated("[a](also.md) "),
    "links-dead": numbered("[a](dead%.md)\n"),
    "links-up": repeated("../", "[a](", "a.md)"),
    "links-encoded": repeated("%41", "[a](", ".md)"),
    "links-anchors": numbered("[a](#b%)\n"),
    "images": numbered("![a](dead%.png)\n"),
    "images-no-alt": repeated("![](a.png)\n"),
    "image-alt-nested": lambda size: "![" * 2400 + "a" + "](b.png)" * 2400,
    "words": numbered("word% "),
    "sentences": repeated("A. "),
    "sentences-short": repeated("a? b! "),
    "numbers": numbered("% mg, "),
    "units": repeated("38.5 \u00b0C "),
    "bold-headings": repeated("**Bold**\n\n"),
}

KINDS = {**KNOWN, **LIKE_THEM, **OURS}

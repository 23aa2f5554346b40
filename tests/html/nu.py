"""The Nu HTML checker over built sites."""

import json
import subprocess
from pathlib import Path

VNU = Path(__file__).resolve().parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"

# Messages of the Nu checker that are not findings, with the reason.
NOISE = (
    # cmark-gfm writes <br />, <img … /> and <hr />: right HTML by section 12.1.2.1, and the same in every browser.
    "Trailing slash on void elements has no effect",
)


def nu_messages(folders):
    """What the Nu checker says, as {file: [text]}: one Java start for all folders."""
    command = ["java", "-Xss4m", "-jar", str(VNU), "--stdout", "--format", "json", "--skip-non-html", *map(str, folders)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = {}
    for message in json.loads(run.stdout)["messages"]:
        if not message["message"].startswith(NOISE):
            kind = message.get("subType", message["type"])
            place = f"{message.get('lastLine', 0)}:{message.get('firstColumn', message.get('lastColumn', 0))}"
            path = message.get("url", "").removeprefix("file:")
            found.setdefault(path, []).append(f"{place}: {kind}: {message['message']}")
    return found

"""Runs a runner of the scenario and compares its answers with the file."""
import json
import tempfile
from pathlib import Path

import tools

SCENARIO = Path(__file__).with_name("scenario.json")


def wanted(step, got):
    """Whether a runner's answer to a step is that of the file."""
    if "error" in step:
        error = got.get("error", {})
        text = step["error"].get("text")
        return (error.get("code") == step["error"]["code"] and error.get("violations") == step["error"]["violations"]
                and (text is None or error.get("text") == text))
    if "begins" in step and not got.get("answer", "").startswith(step["begins"]):
        return False
    return "error" not in got and ("answer" not in step or got.get("answer") == step["answer"])


def differences(lines):
    steps = json.loads(SCENARIO.read_text(encoding="utf-8"))
    if len(lines) != len(steps):
        yield f"{len(lines)} answers to {len(steps)} steps"
    for number, (step, line) in enumerate(zip(steps, lines), 1):
        if not wanted(step, json.loads(line)):
            yield f"step {number}: {json.dumps(step, ensure_ascii=False)}\n  gave {line}"


def check(command):
    """Ends the test with what differs; `command` gets the scenario and a file for the database."""
    with tempfile.TemporaryDirectory() as folder:
        lines = tools.run([*command, SCENARIO, folder + "/scenario.db"]).splitlines()
    found = list(differences(lines))
    if found:
        raise SystemExit("\n".join(found))
    print(f"{len(lines)} steps, all as written")

"""Drives the built program line by line. ITR names it, ITR_SOURCE the source tree."""
import functools
import json
import os
import pathlib
import subprocess
import tempfile

ITR = os.environ["ITR"]
SOURCE = pathlib.Path(os.environ["ITR_SOURCE"])
SCRIPTS = sorted((SOURCE / "scenarios").glob("*.json"))
LANGUAGES = ("zh", "en")


def run(*arguments, lines=None, env=None, timeout=60):
    """Runs itr; `lines` go to standard input, which is otherwise empty."""
    text = None if lines is None else "".join(line + "\n" for line in lines)
    return subprocess.run(
        [ITR, *map(str, arguments)], input=text if text is not None else "", text=True,
        capture_output=True, timeout=timeout, env={**os.environ, **(env or {})})


class Desk:
    """A data folder of its own."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="itr-desk-")
        self.data = pathlib.Path(self.folder.name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def play(self, script, lines, *options, lang="en", seed=1):
        return run("play", script, "--plain", "--clock", "virtual", "--trainee", "t1", "--data", self.data,
                   "--lang", lang, "--seed", seed, *options, lines=lines)

    def records(self, ending=".csv"):
        return sorted(self.data.glob("records/*/*" + ending))

    def record(self):
        records = self.records()
        assert len(records) == 1, records
        return records[0]


def json_lines(text):
    return [json.loads(line) for line in text.splitlines()]


def receipt(result):
    return json_lines(result.stdout)[-1]


@functools.lru_cache(maxsize=None)
def best_path(script):
    """The best path that explore finds, as lines for plain mode: reply ids, and silence as a wait."""
    found = json.loads(run("explore", script, "--json", "--limit", 20000).stdout)
    lines = [f"/act {step['act']}" if "act" in step
             else f"/kb open {step['article']}" if "article" in step
             else f"/later {step['later']}" if "later" in step else "#" + step["reply"] if step["reply"] else "/wait 600"
             for step in found["best"]["path"]]
    ticket = found["best"].get("ticket")
    if ticket:
        lines += [f"/ticket {field} {value}" for field, value in ticket.items() if value] + ["/ticket save", "/done"]
    return lines

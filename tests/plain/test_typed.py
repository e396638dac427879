"""Whole calls that are typed only, in words of their own: from start to the best ending, and a pass.

typed_plays.json holds them: scenario, language, plays, lines. A mended rule may change where a line
leads; the test then names the play, and what the customer made of each line stands in its output.
"""
import json
import pathlib
import unicodedata
import unittest

from itr import Desk, LANGUAGES, SCRIPTS, best_path, json_lines, receipt

PLAYS = json.loads((pathlib.Path(__file__).parent / "typed_plays.json").read_text())
WORDINGS = 3


def plain(text):
    """The letters and digits alone, so that a full stop more makes no other wording."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def listed_replies(script):
    """Every listed reply of a script and its scenes, in every language."""
    texts = set()
    documents = [json.loads(script.read_text())]
    documents += [json.loads((script.parent / scene["file"]).read_text())
                  for scene in documents[0].get("scenes", []) if "file" in scene]
    while documents:
        item = documents.pop()
        if isinstance(item, list):
            documents += item
        elif isinstance(item, dict):
            for reply in item.get("replies", []):
                says = reply["says"]
                texts |= {plain(text) for text in (says.values() if isinstance(says, dict) else [says])}
            documents += item.values()
    return texts


def is_spoken(line):
    return not line.startswith("/")


def told(events):
    """What was typed and where it led, for the message of a play that failed."""
    return "\n".join(f"{event['node']}: {event['text']}" for event in events if event["kind"] == "typed")


class TypedCalls(unittest.TestCase):
    def test_wordings(self):
        """At least three wordings a language, each line typed, none a listed reply, none twice."""
        for script in SCRIPTS:
            listed = listed_replies(script)
            for lang in LANGUAGES:
                plays = PLAYS.get(script.stem, {}).get(lang, [])
                with self.subTest(script=script.stem, lang=lang):
                    self.assertGreaterEqual(len(plays), WORDINGS)
                    lines = [plain(line) for play in plays for line in play if is_spoken(line)]
                    self.assertFalse([line for line in lines if line in listed])
                    self.assertEqual(len(lines), len(set(lines)), "a line is used twice")
                    self.assertFalse([line for play in plays for line in play if line.startswith("#")])
                    self.assertFalse([line for line in lines if line.isdecimal()])

    def test_best_ending(self):
        """Each play ends as the best listed play does, and passes with 90 or more."""
        for script in SCRIPTS:
            with Desk() as desk:
                best = receipt(desk.play(script, best_path(script), "--json"))["outcome"]
            for lang in LANGUAGES:
                for number, lines in enumerate(PLAYS.get(script.stem, {}).get(lang, [])):
                    with self.subTest(script=script.stem, lang=lang, play=number), Desk() as desk:
                        result = desk.play(script, lines, "--json", lang=lang)
                        self.assertEqual(result.returncode, 0, result.stderr)
                        events = json_lines(result.stdout)
                        end = events[-1]
                        self.assertEqual(end["outcome"], best, told(events))
                        self.assertTrue(end["pass"], told(events))
                        self.assertGreaterEqual(end["q"], 90, told(events))
                        self.assertFalse([event for event in events if event["kind"] in ("reply", "refused")])
                        self.assertEqual(sum(event["kind"] == "typed" for event in events),
                                         sum(map(is_spoken, lines)), "the call ended before the last line")


if __name__ == "__main__":
    unittest.main()

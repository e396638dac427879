"""Row 152: what the machine left open waits in a list, a person decides with a reason, the decision
stands beside the record and feeds the coach's examples; the record itself is never changed."""
import json
import unittest

from itr import Desk, json_lines, run

SCRIPT = {
    "format": "itr-scenario/1", "id": "open", "version": 1, "title": "T", "summary": "S", "level": "basic",
    "module": "product", "minutes": 5,
    "objectives": [{"id": "o", "text": "x", "evidence": ["asked"]}],
    "points": [
        {"id": "asked", "action": "gather", "dimension": "S", "weight": 3, "text": "Ask since when.",
         "typed": {"groups": [{"any": ["since when"], "core": True}]}},
        {"id": "other", "action": "gather", "dimension": "S", "weight": 1, "text": "Ask what changed.",
         "typed": {"groups": [{"any": ["what changed"], "core": True}]}}],
    "required": ["asked", "other"],
    "weights": {"intake": 0, "diagnosis": 1, "solution": 0, "follow_up": 0},
    "customer": {"name": "Li", "complaint": "solve", "mood": 0, "patience": 50, "card": []},
    "issue": {"symptom": "x", "cause": "y", "urgency": 1, "impact": 1},
    "hang_up": "e", "start": "n", "otherwise": {"answers": ["Sorry?"]},
    "nodes": [{"id": "n", "stage": "diagnosis", "free": True, "says": ["It is dead."],
               "replies": [{"id": "ask", "says": "Since when?", "marks": {"asked": 1}},
                           {"id": "ask-more", "says": "What changed?", "marks": {"other": 1}},
                           {"id": "bye", "says": "Goodbye.", "to": "e"}]}],
    "endings": [{"id": "e", "outcome": "resolved", "text": "ok"}],
}
ODD = "Tell me about the first day of this, and of the weeks that went before it."


class Review(unittest.TestCase):
    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.folder.cleanup)
        path = self.desk.data / "open.json"
        path.write_text(json.dumps(SCRIPT))
        result = self.desk.play(path, [ODD, "#bye"], "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.at = ("--data", self.desk.data, "--lang", "en")
        self.record = self.desk.record()

    def waiting(self):
        return json_lines(run("review", "list", "--json", *self.at).stdout)

    def score(self):
        return json.loads(run("review", "score", self.record, "--json", *self.at).stdout)

    def test_row_152_it_waits_is_decided_and_teaches(self):
        before = self.record.read_bytes()
        waiting = self.waiting()
        self.assertEqual({item["point"] for item in waiting}, {"asked", "other"})
        self.assertEqual({(item["verdict"], item["words"]) for item in waiting}, {("", ODD)})
        self.assertEqual(self.score()["open"], 2)
        asked = next(item for item in waiting if item["point"] == "asked")
        decided = run("review", "decide", asked["id"], "asked", "met", "--by", "sup", "--reason", "it asks since when",
                      *self.at)
        self.assertEqual(decided.returncode, 0, decided.stderr)
        run("review", "decide", asked["id"], "other", "not", "--by", "sup", "--reason", "nothing of it", *self.at)
        self.assertEqual(self.score(), {"q": 0.0, "pass": False, "decided_q": 75.0, "decided_pass": False,
                                        "decided": 2, "open": 0})
        self.assertEqual(json_lines(run("review", "examples", "open", *self.at).stdout),
                         [{"scenario": "open", "point": "asked", "good": ODD},
                          {"scenario": "open", "point": "other", "bad": ODD}])
        self.assertEqual(run("review", "examples", "elsewhere", *self.at).stdout, "")
        self.assertEqual(self.record.read_bytes(), before)
        self.assertEqual(run("verify", self.record, *self.at).returncode, 0)

    def test_the_last_decision_counts_and_both_are_kept(self):
        asked = next(item for item in self.waiting() if item["point"] == "asked")
        for verdict in ("met", "partial"):
            run("review", "decide", asked["id"], "asked", verdict, "--by", "sup", "--reason", "r", *self.at)
        self.assertEqual(self.score()["decided_q"], 37.5)
        self.assertEqual(len((self.desk.data / "reviews" / "decisions.csv").read_text().splitlines()), 3)

    def test_no_decision_without_a_reason_or_about_nothing(self):
        asked = self.waiting()[0]
        for words in (["decide", asked["id"], asked["point"], "met"],
                      ["decide", asked["id"], asked["point"], "perhaps", "--reason", "r"],
                      ["decide", asked["id"], "nothing", "met", "--reason", "r"], ["decide"], []):
            self.assertEqual(run("review", *words, *self.at).returncode, 2, words)
        self.assertEqual([item["verdict"] for item in self.waiting()], ["", ""])


if __name__ == "__main__":
    unittest.main()

"""Rows 16, 30 and 99: looking things up during a call, notes that become articles, and the commands
for both, line by line."""
import json
import pathlib
import unittest

from itr import Desk, SOURCE, json_lines, receipt, run

BASE = SOURCE / "scenarios" / "knowledge"

SCRIPT = {
    "format": "itr-scenario/1", "id": "lookup", "version": 1, "title": "T", "summary": "S", "level": "basic",
    "module": "product", "minutes": 5,
    "objectives": [{"id": "o", "text": "x", "evidence": ["searched", "promise", "kept"]}],
    "points": [
        {"id": "searched", "action": "gather", "dimension": "K", "weight": 1, "kind": "ordered",
         "before": ["promise"], "text": "Look it up before you promise."},
        {"id": "promise", "action": "plan", "dimension": "S", "weight": 1, "text": "Promise a time."},
        {"id": "kept", "action": "capture", "dimension": "K", "weight": 1, "text": "Put it down for the next one."}],
    "required": ["searched", "promise", "kept"],
    "weights": {"intake": 0, "diagnosis": 0.4, "solution": 0.4, "follow_up": 0.2},
    "customer": {"name": "Li", "complaint": "solve", "mood": 0, "patience": 50, "card": []},
    "issue": {"symptom": "x", "cause": "y", "urgency": 1, "impact": 1},
    "knowledge": {
        "articles": [{"id": "charger-warranty", "marks": {"searched": 1}, "mood": 5}],
        "proposal": [{"id": "fan", "when": {"groups": [{"any": ["fan"], "core": True}]}, "marks": {"kept": 1}}]},
    "hang_up": "e", "start": "n",
    "nodes": [{"id": "n", "stage": "diagnosis", "says": ["It is dead."],
               "replies": [{"id": "promise", "says": "By noon tomorrow.", "marks": {"promise": 1}},
                           {"id": "bye", "says": "Goodbye.", "to": "e"}]}],
    "endings": [{"id": "e", "outcome": "resolved", "text": "ok"}],
}


def play(desk, lines, script=SCRIPT):
    path = desk.data / "lookup.json"
    path.write_text(json.dumps(script))
    return desk.play(path, lines, "--json")


def halves(result, point):
    return 2 * next(p["value"] for p in receipt(result)["points"] if p["id"] == point)


class Knowledge(unittest.TestCase):
    def test_row_30_a_search_before_the_promise_earns_the_point(self):
        """The record holds query, hits and use."""
        with Desk() as desk:
            result = play(desk, ["/kb new charger free", "/kb open charger-warranty", "#promise", "#bye"])
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("charger-warranty", result.stderr)
            self.assertEqual(halves(result, "searched"), 2)
            record = desk.record().read_text()
            self.assertRegex(record, r'"lookup","n","charger-warranty[^"]*","new charger free"')
            self.assertIn('"article","n","charger-warranty"', record)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_row_30_machines_look_it_up_too(self):
        """The best path opens the article before the promise; else no play could reach 100."""
        with Desk() as desk:
            path = desk.data / "lookup.json"
            path.write_text(json.dumps(SCRIPT))
            best = json.loads(run("explore", path, "--json").stdout)["best"]
            steps = [step.get("article", step["reply"]) for step in best["path"]]
            self.assertLess(steps.index("charger-warranty"), steps.index("promise"))
            self.assertIn("/kb open charger-warranty", run("explore", path).stdout)
            lines = ["/kb open charger-warranty", "#promise", "#bye"]
            self.assertEqual(receipt(play(desk, lines))["q"], best["q"])

    def test_row_30_a_search_after_the_promise_earns_nothing(self):
        with Desk() as desk:
            result = play(desk, ["#promise", "/kb open charger-warranty", "#bye"])
            self.assertEqual(halves(result, "searched"), 0)

    def test_searching_alone_or_reading_another_article_earns_nothing(self):
        with Desk() as desk:
            result = play(desk, ["/kb charger", "/kb open return-window", "#promise", "#bye"])
            self.assertEqual(halves(result, "searched"), 0)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_what_is_not_there_is_said(self):
        with Desk() as desk:
            result = play(desk, ["/kb zzzz", "/kb open nowhere", "/kb", "#bye"])
            self.assertIn("Nothing found", result.stderr)
            self.assertIn("There is no such article", result.stderr)
            self.assertIn("/kb propose", result.stderr)

    def test_row_16_from_note_to_article(self):
        """Approved it is found by search, in a call and outside; rejected it is not."""
        with Desk() as desk:
            result = play(desk, ["/kb propose Noisy fan: ask when it was cleaned last", "#bye"])
            self.assertEqual(halves(result, "kept"), 2)
            at = ("--data", desk.data, "--lang", "en")
            note = json_lines(run("knowledge", "list", "--json", *at).stdout)[0]
            self.assertEqual((note["state"], note["title"], note["text"], note["trainee"]),
                             ("open", "Noisy fan", "ask when it was cleaned last", "t1"))
            self.assertNotIn("Noisy fan", run("knowledge", "search", "noisy", "fan", *at).stdout)
            self.assertEqual(run("knowledge", "approve", note["id"], "--by", "coach", *at).returncode, 0)
            self.assertIn("Noisy fan", run("knowledge", "search", "noisy", "fan", *at).stdout)
            self.assertIn("cleaned last", run("knowledge", "show", note["id"], *at).stdout)
            self.assertIn("Noisy fan", play(desk, ["/kb noisy", "#bye"]).stderr)
            self.assertEqual(run("knowledge", "reject", note["id"], "--by", "coach", *at).returncode, 2)
            self.assertEqual(
                run("knowledge", "reject", note["id"], "--by", "coach", "--reason", "too thin", *at).returncode, 0)
            self.assertNotIn("Noisy fan", run("knowledge", "search", "noisy", "fan", *at).stdout)
            told = run("knowledge", "list", *at).stdout
            self.assertIn("rejected", told)
            self.assertIn("too thin", told)

    def test_a_note_that_meets_no_rule_is_kept_and_earns_nothing(self):
        with Desk() as desk:
            result = play(desk, ["/kb propose Something: else", "#bye"])
            self.assertEqual(halves(result, "kept"), 0)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)
            self.assertIn("Something", run("knowledge", "list", "--data", desk.data).stdout)

    def test_wrong_use(self):
        with Desk() as desk:
            for words in ([], ["search"], ["show", "nowhere"], ["approve", "x:1"], ["what"]):
                result = run("knowledge", *words, "--data", desk.data)
                self.assertEqual(result.returncode, 2, words)
                self.assertTrue(result.stderr)

    def test_who_may_not_write_the_folder_does_not_decide(self):
        with Desk() as desk:
            play(desk, ["/kb propose A: b", "#bye"])
            note = json_lines(run("knowledge", "list", "--json", "--data", desk.data).stdout)[0]
            (desk.data / "knowledge").write_text("in the way")
            result = run("knowledge", "approve", note["id"], "--data", desk.data, "--lang", "en")
            self.assertEqual(result.returncode, 3)
            self.assertIn("coach", result.stderr)

    def test_the_base_that_ships_is_sound_and_answers_in_both_languages(self):
        for path in BASE.glob("*.json"):
            result = run("check", path)
            self.assertEqual((result.returncode, result.stdout), (0, ""))
        for words, article in (("充电头 保修", "charger-warranty"), ("過期退款", "return-window"),
                               ("refund window", "return-window"), ("red light", "office-offline-check")):
            found = json_lines(run("knowledge", "search", words, "--json").stdout)
            self.assertEqual(found[0]["id"], article, words)

    def test_an_article_that_does_not_exist_is_a_finding(self):
        script = json.loads(json.dumps(SCRIPT))
        script["knowledge"]["articles"][0]["id"] = "nowhere"
        with Desk() as desk:
            path = pathlib.Path(desk.data) / "bad.json"
            path.write_text(json.dumps(script))
            result = run("check", path, "--lang", "en")
            self.assertIn("warning article-unknown", result.stdout)


if __name__ == "__main__":
    unittest.main()

"""Drills: sets of moments against the clock (row 162), a queue to order (row 27)."""
import csv
import itertools
import json
import tempfile
import unittest

from itr import Desk, SCRIPTS, SOURCE, json_lines, run

SCRIPT = SOURCE / "tests" / "plain" / "practice_script.json"


def drill(desk, lines, *options, seed=1):
    return run("drill", *options, "--plain", "--clock", "virtual", "--no-sync", "--trainee", "t1", "--data", desk.data,
               "--lang", "en", "--seed", seed, lines=lines)


class Moments(unittest.TestCase):
    def test_set_is_mixed_and_kept(self):
        """Moments of many scripts, none of them twice running; each one a record that verifies."""
        with Desk() as desk:
            told = json_lines(drill(desk, ["1"] * 12, "--set", "12", "--json").stdout)[-1]
            moments = told["moments"]
            self.assertEqual(len(moments), 12)
            scripts = [moment["scenario"] for moment in moments]
            self.assertGreaterEqual(len(set(scripts)), 4)
            self.assertTrue(all(a != b for a, b in itertools.pairwise(scripts)))
            self.assertEqual(len(desk.records()), 12)
            for record in desk.records()[:3]:
                verdict = run("verify", record, "--data", desk.data)
                self.assertEqual(verdict.returncode, 0, verdict.stdout)
                with open(record, newline="") as file:
                    self.assertIn('"at":', list(csv.DictReader(file))[0]["data"])
            # They are no plays of their scripts.
            self.assertEqual(json.loads(run("report", "team", "--json", "--data", desk.data).stdout)["calls"], 0)

    def test_same_seed_same_set(self):
        sets = []
        for seed in (5, 5, 6):
            with Desk() as desk:
                told = json_lines(drill(desk, ["1"] * 6, "--set", "6", "--json", seed=seed).stdout)[-1]
                sets.append([(moment["scenario"], moment["node"]) for moment in told["moments"]])
        self.assertEqual(sets[0], sets[1])
        self.assertNotEqual(sets[0], sets[2])

    def test_countdown_of_each_moment(self):
        """19.9 s is in time, 20 s is not: the time-out is the answer, and the next moment comes."""
        with Desk() as desk:
            lines = ["/wait 19.9", "1", "/wait 20", "/wait 19.9", "2"]
            events = json_lines(drill(desk, lines, SCRIPT, "--set", "2", "--json").stdout)
            told = events[-1]["moments"]
            self.assertEqual([moment["timeout"] for moment in told], [False, True])
            self.assertEqual([moment["t_ms"] for moment in told], [19900, 20000])
            self.assertFalse(told[1]["right"])

    def test_right_and_wrong(self):
        content = json.loads(SCRIPT.read_text())
        good = {node["id"]: next(r["id"] for r in node["replies"] if 1 in r.get("marks", {}).values())
                for node in content["nodes"]}
        bad = {"hi": "what", "look": "bark"}
        with Desk() as desk:
            order = [m["node"] for m in json_lines(drill(desk, ["1"] * 2, SCRIPT, "--set", "2", "--json").stdout)[-1]["moments"]]
            self.assertEqual(set(order), set(bad))  # the other nodes have one reply: nothing to choose
            for replies, right in ((good, True), (bad, False)):
                lines = ["#" + replies[node] for node in order]
                told = json_lines(drill(desk, lines, SCRIPT, "--set", "2", "--json").stdout)[-1]["moments"]
                self.assertEqual([moment["right"] for moment in told], [right] * 2)
            told = drill(desk, ["#" + bad[node] for node in order], SCRIPT, "--set", "2").stdout
            self.assertIn("Right: 0 of 2 · out of time: 0", told)
            self.assertIn("better: Since when?", told)

    def test_script_with_work_after_the_call(self):
        """A moment is all: its record is closed, whatever the script wants done afterwards."""
        content = json.loads(SCRIPT.read_text())
        content["after_call"] = True
        with Desk() as desk, tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(content, file)
            file.flush()
            result = drill(desk, ["1", "2"], file.name, "--set", "2", "--json")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual((len(desk.records()), len(desk.records(".open"))), (2, 0))

    def test_end_of_input_ends_the_drill(self):
        with Desk() as desk:
            result = drill(desk, ["1"], "--set", "5", "--json")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(len(json_lines(result.stdout)[-1]["moments"]), 1)


class Queue(unittest.TestCase):
    ITEMS = [("a", 3, 3), ("b", 3, 2), ("c", 2, 2), ("d", 1, 3), ("e", 1, 2), ("f", 1, 1)]

    def order(self, grades, *options, items=None):
        """Orders a queue of our own by `grades`: a list of three lists of ids."""
        queue = {"format": "itr-queue/1", "items": [
            {"id": i, "urgency": u, "impact": m, "text": "case " + i} for i, u, m in items or self.ITEMS]}
        with Desk() as desk, tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(queue, file)
            file.flush()
            shown = json_lines(run("drill", "queue", file.name, "--json", "--seed", 3, "--data", desk.data, lines=[]).stdout)
            number = {case["id"]: str(at) for at, case in enumerate(shown[0]["cases"], 1)}
            line = " | ".join(" ".join(number[i] for i in grade) for grade in grades)
            result = run("drill", "queue", file.name, "--seed", 3, "--data", desk.data, "--lang", "en", *options, lines=[line])
            self.assertEqual(result.returncode, 0, result.stderr)
            self.kept = list(csv.DictReader((desk.data / "drills.csv").open(newline="")))
            return result.stdout

    def result(self, grades):
        return json_lines(self.order(grades, "--json"))[-1]

    def test_order_compared_with_the_key(self):
        told = self.result([["a", "b"], ["c", "d"], ["e", "f"]])
        self.assertEqual((told["right"], told["swapped"], told["pairs"], told["kappa"]), (6, 0, 12, 1))
        told = self.result([["e", "f"], ["c", "d"], ["a", "b"]])
        self.assertEqual((told["right"], told["swapped"]), (2, 12))
        self.assertAlmostEqual(told["kappa"], -0.5)  # by hand: 8/6 seen, 8/9 expected

    def test_far_off_costs_more(self):
        """Weighted kappa: urgent for general is worse than urgent for important."""
        near = self.result([["a"], ["b", "c", "d"], ["e", "f"]])["kappa"]
        far = self.result([["a"], ["c", "d"], ["b", "e", "f"]])["kappa"]
        self.assertEqual(self.result([["a"], ["b", "c", "d"], ["e", "f"]])["right"], 5)
        self.assertLess(far, near)
        self.assertLess(near, 1)

    def test_plain_text_prints_kappa_and_the_record_is_kept(self):
        told = self.order([["a", "b"], ["c", "d"], ["e", "f"]])
        self.assertIn("Grades right: 6 of 6 · pairs in the wrong order: 0 of 12 · weighted kappa 1.00", told)
        self.assertIn("urgent (urgency 3 × impact 3)", told)
        self.assertEqual((self.kept[0]["right"], self.kept[0]["kappa"]), ("6", "1.000000"))

    def test_what_is_no_order_is_asked_again(self):
        with Desk() as desk:
            lines = ["1 2 3", "1 1 2 | 3 4 5 6 | 7 8", "x", "1 2 | 3 4 5 | 6 7 8"]
            result = run("drill", "queue", "--data", desk.data, "--lang", "en", "--seed", 1, lines=lines)
            self.assertEqual(result.returncode, 0)
            self.assertEqual(result.stderr.count("name every number once"), 3)
            self.assertIn("weighted kappa", result.stdout)

    def test_both_languages_and_bad_files(self):
        for lang in ("zh", "en"):
            with Desk() as desk:
                told = run("drill", "queue", "--data", desk.data, "--lang", lang, "--seed", 1, lines=["1 2｜3 4 5｜6 7 8"])
                self.assertIn("kappa", told.stdout)
        with Desk() as desk:
            self.assertEqual(run("drill", "queue", SCRIPT, "--data", desk.data, lines=[]).returncode, 3)
            self.assertEqual(run("drill", "queue", "/nowhere", "--data", desk.data, lines=[]).returncode, 3)


if __name__ == "__main__":
    unittest.main()

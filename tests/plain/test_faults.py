"""Row 43: find the faults of a bad call and say them better; precision and recall against the key."""
import csv
import json
import unittest

from itr import Desk, LANGUAGES, SCRIPTS, run


def faults(desk, lines, lang="en", seed=5, script="device-dead"):
    result = run("faults", script, "--json", "--lang", lang, "--seed", seed, "--trainee", "t1", "--data", desk.data,
                 lines=lines)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


class Faults(unittest.TestCase):
    def test_row_43_every_script_is_an_exercise_with_both_kinds_of_turns(self):
        with Desk() as desk:
            for script in SCRIPTS:
                for lang in LANGUAGES:
                    turns = faults(desk, [], lang, script=script.stem)["turns"]
                    faulty = sum(turn["faulty"] for turn in turns)
                    with self.subTest(script=script.stem, lang=lang):
                        self.assertGreaterEqual(faulty, 3)
                        self.assertGreaterEqual(len(turns) - faulty, 3)

    def test_row_43_precision_and_recall(self):
        with Desk() as desk:
            turns = faults(desk, [])["turns"]
            key = [turn["turn"] for turn in turns if turn["faulty"]]
            sound = [turn["turn"] for turn in turns if not turn["faulty"]]
            for marked, hits in ((key, len(key)), (key[:2], 2), (sound[:1], 0), (key[:1] + sound[:2], 1), ([], 0)):
                result = faults(desk, [" ".join(map(str, marked))])
                self.assertEqual((result["marked"], result["hits"], result["faults"]), (len(marked), hits, len(key)))

    def test_row_43_another_wording_is_judged_where_it_was_said(self):
        """The best listed reply there is full; the faulty one said again is nothing."""
        with Desk() as desk:
            told = run("faults", "device-dead", "--plain", "--lang", "en", "--seed", 5, "--data", desk.data).stdout
            turn = next(t for t in faults(desk, [])["turns"] if t["faulty"])
            words = next(line.split(": ", 1)[1] for line in told.splitlines() if line.startswith(f"{turn['turn']:3} "))
            again = faults(desk, [f"{turn['turn']}: {words}"])
            self.assertEqual((again["marked"], again["met"], again["partial"]), (1, 0, 0))
            better = faults(desk, [f"{turn['turn']}: I'm sorry, just when you need it, of course that's upsetting."])
            self.assertEqual(better["met"], 1)

    def test_the_same_seed_is_the_same_call_and_it_is_kept(self):
        with Desk() as desk:
            first, second = faults(desk, ["2"]), faults(desk, ["2"])
            self.assertEqual(first, second)
            self.assertNotEqual(first["turns"], faults(desk, ["2"], seed=60)["turns"])
            rows = list(csv.DictReader((desk.data / "exercises.csv").read_text(encoding="utf-8").splitlines()))
            self.assertEqual([row["seed"] for row in rows], ["5", "5", "60"])
            self.assertEqual(rows[0]["trainee"], "t1")

    def test_without_a_terminal_it_explains(self):
        with Desk() as desk:
            result = run("faults", "device-dead", "--data", desk.data)
            self.assertEqual(result.returncode, 2)
            self.assertIn("--plain", result.stderr)

    def test_what_is_no_turn_is_said(self):
        with Desk() as desk:
            result = run("faults", "device-dead", "--plain", "--lang", "en", "--seed", 5, "--data", desk.data,
                         lines=["1", "999", "x", "2 x"])
            self.assertEqual(result.returncode, 0)
            self.assertEqual(result.stderr.count("give the number"), 4)
            self.assertEqual(run("faults", "--plain").returncode, 2)


if __name__ == "__main__":
    unittest.main()

"""Issue 6, Test: many calls by a strategy; the strategy audit; the records they leave."""
import json
import pathlib
import tempfile
import unittest

from itr import Desk, SCRIPTS, run

BLIND = ("first", "last", "longest", "shortest", "politest", "random")


def simulate(script, policy, *options, runs=50, seed=3):
    result = run("simulate", script, "--policy", policy, "--runs", runs, "--seed", seed, "--json", *options)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout)
    told.pop("turns_per_s")
    return told


def courteous_script():
    """One question, four answers: the courteous one earns all. A player who only looks for courtesy passes."""
    source = json.loads(next(s for s in SCRIPTS if s.stem == "device-dead").read_text(encoding="utf-8"))
    stages = ("intake", "diagnosis", "solution", "follow_up")
    actions = ("respond", "gather", "plan", "close")
    polite = {"zh": "您好，非常抱歉给您添麻烦了，谢谢您告诉我。", "en": "Hello, I'm so sorry about this. Thank you for telling me."}
    points = [{"id": f"p{i}", "action": action, "dimension": "C", "weight": 1, "text": {"zh": "要点", "en": "Point"}}
              for i, action in enumerate(actions)]
    nodes = []
    for i, stage in enumerate(stages):
        to = f"n{i + 1}" if i < 3 else "done"
        nodes.append({
            "id": f"n{i}", "stage": stage, "accepts": "choice", "says": [{"zh": "然后呢？", "en": "And then?"}],
            "replies": [
                {"id": f"long{i}", "says": {"zh": "这个情况我记下来了，我们按照流程一步一步往下走，您看着办，后面的事情后面再说吧，其他的我也不知道了。",
                                            "en": "That is written down here and goes on step by step by the book, and what comes after that comes after that, whatever it is."}, "to": to},
                {"id": f"polite{i}", "says": polite, "marks": {f"p{i}": 1}, "to": to},
                {"id": f"short{i}", "says": {"zh": "哦。", "en": "Oh."}, "to": to}]})
    return {"format": source["format"], "id": "courteous", "version": 1, "title": {"zh": "礼貌", "en": "Courtesy"},
            "summary": {"zh": "只看礼貌。", "en": "Courtesy alone."}, "level": "basic", "module": "product", "minutes": 5,
            "objectives": [{"id": "o", "text": {"zh": "目标", "en": "Aim"}, "evidence": ["p0"]}],
            "points": points, "required": ["p0", "p1", "p2", "p3"],
            "customer": {"name": {"zh": "李", "en": "Lee"}, "complaint": "solve", "mood": 0, "patience": 50, "card": []},
            "issue": {"symptom": {"zh": "坏", "en": "broken"}, "cause": {"zh": "旧", "en": "old"}, "urgency": 1, "impact": 1},
            "hang_up": "gone", "start": "n0", "nodes": nodes,
            "endings": [{"id": "done", "outcome": "resolved", "text": {"zh": "好", "en": "Done"}},
                        {"id": "gone", "outcome": "abandoned", "text": {"zh": "挂", "en": "Gone"}}]}


class Simulate(unittest.TestCase):
    def test_best_passes_and_knowing_nothing_does_not(self):
        for script in SCRIPTS:
            with self.subTest(script=script.stem):
                best = simulate(script, "best", runs=2)
                self.assertEqual((best["passes"], best["q"]["least"]), (2, best["q"]["most"]))
                self.assertEqual(simulate(script, "careless", runs=2)["passes"], 0)
                for policy in BLIND:
                    told = simulate(script, policy)
                    self.assertEqual(told["passes"], 0, policy)
                    self.assertEqual(sum(told["endings"].values()) + told["no_ending"], told["runs"])

    def test_best_is_what_explore_finds(self):
        found = json.loads(run("explore", "device-dead", "--json", "--limit", 20000).stdout)["best"]
        told = simulate("device-dead", "best", runs=1)
        self.assertEqual(told["q"]["median"], found["q"])
        self.assertEqual(told["endings"][found["ending"]], 1)

    def test_figures_are_in_order_and_the_interval_holds_the_share(self):
        told = simulate("where-is-my-order", "random", runs=400)
        q = told["q"]
        self.assertEqual(sorted([q["least"], q["q1"], q["median"], q["q3"], q["most"]]),
                         [q["least"], q["q1"], q["median"], q["q3"], q["most"]])
        self.assertLess(q["least"], q["mean"])
        self.assertLess(q["mean"], q["most"])
        self.assertEqual(simulate("where-is-my-order", "best", runs=10)["pass_low"], 0.7225)  # 10 of 10, by hand
        self.assertEqual(told["passes"], 0)
        self.assertEqual((told["pass_low"], told["pass_high"]), (0, 0.0095))                  # 0 of 400, by hand

    def test_a_turn_is_a_step_that_was_allowed(self):
        path = json.loads(run("explore", "device-dead", "--json", "--limit", 20000).stdout)["best"]
        after = len(path["ticket"]) + 2 if "ticket" in path else 1  # the fields, saved, done
        turns = simulate("device-dead", "best", runs=1)["turns"]
        self.assertIn(turns, (len(path["path"]), len(path["path"]) + after))

    def test_the_same_seed_is_the_same_and_another_is_not(self):
        first = simulate("late-return", "random", runs=100)
        self.assertEqual(first, simulate("late-return", "random", runs=100))
        self.assertNotEqual(first["q"], simulate("late-return", "random", runs=100, seed=900)["q"])

    def test_records_are_kept_and_verify(self):
        for policy in ("random", "best"):
            with Desk() as desk:
                kept = simulate("late-return", policy, "--records", desk.data, "--no-sync", runs=12)
                self.assertEqual(kept, simulate("late-return", policy, runs=12))
                self.assertEqual(len(desk.records()), 12)
                self.assertEqual(desk.records(".open"), [])
                verified = run("verify", *desk.records())
                self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_courtesy_alone_that_passes_is_a_finding(self):
        with tempfile.TemporaryDirectory(prefix="itr-simulate-") as folder:
            script = pathlib.Path(folder) / "courteous.json"
            script.write_text(json.dumps(courteous_script(), ensure_ascii=False), encoding="utf-8")
            self.assertEqual(simulate(script, "politest", runs=1)["passes"], 1)
            for policy in ("first", "last", "longest", "shortest"):
                self.assertEqual(simulate(script, policy, runs=1)["passes"], 0, policy)
            told = run("check", "--audit", "--lang", "en", script).stdout
            self.assertIn("strategy-passes", told)
            self.assertIn("(politest)", told)

    def test_wrong_use(self):
        wrong = run("simulate", "device-dead", "--policy", "kindest", "--lang", "en")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("politest", wrong.stderr)
        self.assertEqual(run("simulate").returncode, 2)
        self.assertEqual(run("simulate", "device-dead", "--runs", "0").returncode, 2)
        self.assertEqual(run("simulate", "device-dead", "--runs", "1", "--records", "/dev/null/x").returncode, 3)
        told = run("simulate", "device-dead", "--policy", "first", "--lang", "en", "--runs", 3).stdout
        self.assertIn("0 of 3 calls pass", told)


if __name__ == "__main__":
    unittest.main()

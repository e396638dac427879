"""Rows of the requirements that only whole calls of the shipped scripts can show."""
import json
import random
import unittest

from itr import Desk, SCRIPTS, SOURCE, best_path, json_lines, receipt, run

SCENARIOS = SOURCE / "scenarios"


def script(name):
    path = SCENARIOS / f"{name}.json"
    return path, json.loads(path.read_text())


def random_play(path, seed, turns=60):
    dice = random.Random(seed)
    with Desk() as desk:
        lines = [str(dice.randint(1, 3)) for _ in range(turns)]
        return json_lines(desk.play(path, lines, "--json", "--no-sync", lang="zh", seed=seed).stdout)


class HiddenFacts(unittest.TestCase):
    def test_what_was_never_asked_never_appears(self):
        """Row 6: what changed lately comes out only after a question that asks for it."""
        path, content = script("device-dead")
        said = next(fact["said"] for fact in content["facts"] if fact["id"] == "desk")
        seen = hidden = 0
        for seed in range(40):
            asked = False
            mentioned = False
            for event in random_play(path, seed):
                asked |= any(mark["point"] == "ask-changed" and mark["value"] > 0 for mark in event.get("marks", []))
                lines = " ".join(event.get("lines", []))
                if any(way in lines for way in said):
                    mentioned = True
                    self.assertTrue(asked, (seed, lines))
            seen += mentioned
            hidden += not mentioned
        self.assertGreater(seen, 0)
        self.assertGreater(hidden, 0)


class GuessOrProbe(unittest.TestCase):
    def test_the_two_agents(self):
        """Rows 19, 23: the guess angers the caller and finds nothing; the questions find the adapter."""
        path, _ = script("device-dead")
        with Desk() as desk:
            guessed = json_lines(desk.play(path, ["#not-charged", "#guess-again"], "--json").stdout)
        self.assertLess(guessed[2]["mood"], guessed[0]["mood"] - 15)
        with Desk() as desk:
            probed = json_lines(desk.play(path, best_path(path), "--json").stdout)
        self.assertGreater(probed[-2]["mood"], probed[0]["mood"])
        self.assertEqual(probed[-1]["outcome"], "resolved")
        values = {point["id"]: point["value"] for point in probed[-1]["points"]}
        self.assertEqual(values["cause-adapter"], 1)


class LateReturn(unittest.TestCase):
    """Rows 10, 12, 32, 34, 89: the desk of the late return."""
    PATH, _ = script("late-return")

    def played(self, lines):
        with Desk() as desk:
            return json_lines(desk.play(self.PATH, lines, "--json", "--no-sync").stdout)

    def refused_way(self):
        best = best_path(self.PATH)
        return best[:best.index("#repair-loan") + 1]

    def test_credit_up_to_the_limit(self):
        """Twenty vouchers are inside policy; one more fails the call."""
        for count, critical in ((20, False), (21, True)):
            told = self.played(self.refused_way() + [f"/act give-credit {count}", "/end"])[-1]
            self.assertEqual((told["critical"], told["account"]["credit"]), (critical, count))

    def test_a_loan_only_with_a_collection(self):
        events = self.played(self.refused_way() + ["/act lend", "/act collect 6619027744", "/act collect 6619027743",
                                                   "/act lend", "/end"])
        did = [(event["kind"], event.get("refusal")) for event in events if event["kind"] in ("action", "refused")]
        self.assertEqual(did, [("refused", "outside_policy"), ("refused", "wrong_target"), ("action", None), ("action", None)])

    def test_the_desk_asks_for_what_the_note_lacks(self):
        """A full note: nothing is asked again; a bare one costs her patience and says so."""
        way = ["#take-to-desk" if line == "#repair-loan" else line for line in self.refused_way()]
        full = "Order 6619027743, leaks, reported in the chat with photos, wants a refund"
        values = []
        for note in (full, "please take care of her"):
            events = self.played(way + ["#ask-to-hold", "/hold", "/resume", f"/handover {note}", "/end"])
            handed = next(event for event in events if event["kind"] == "handover")
            points = {point["id"]: point["value"] for point in events[-1]["points"]}
            values.append((points["warm-handover"], handed["patience"]))
        self.assertEqual([value for value, _ in values], [1, 0])
        self.assertEqual(values[0][1] - values[1][1], 4 * 6)


class ThirdCall(unittest.TestCase):
    """Rows 142-145: the clocks of the case, with the days that are skipped."""
    PATH, _ = script("angry-repeat-complaint")

    def test_in_time_and_followed_up(self):
        with Desk() as desk:
            best = best_path(self.PATH)
            self.assertIn("/later 259200", best)
            events = json_lines(desk.play(self.PATH, best, "--json", "--no-sync").stdout)
        points = {point["id"]: point["value"] for point in events[-1]["points"]}
        self.assertEqual((points["close"], points["follow-through"], events[-1]["outcome"]), (1, 1, "resolved"))

    def test_not_ringing_is_half(self):
        with Desk() as desk:
            best = best_path(self.PATH)
            lines = best[:best.index("/later 259200")] + ["#till-sunday"]
            told = receipt(desk.play(self.PATH, lines, "--json", "--no-sync"))
        self.assertEqual({point["id"]: point["value"] for point in told["points"]}["follow-through"], 0.5)


class Cues(unittest.TestCase):
    def test_what_was_let_fall_is_told_when_asked_about(self):
        """Row 6: the lead comes out after the cue was heard and asked about, not before."""
        path, _ = script("device-dead")
        best = best_path(path)
        for asked, at in ((False, 0), (True, best.index("#last-worked"))):
            with Desk() as desk:
                question = "Does she often yank the lead?"
                told = receipt(desk.play(path, best[:at] + [question, "/end"], "--json", "--no-sync"))
            self.assertEqual("tugged" not in told["facts"]["missed"], asked)


class ThreeCriteria(unittest.TestCase):
    """Row 135: an answer is accurate, timely, complete; each can fail alone."""
    POINTS = ("honest", "promise-time", "fallback")

    def test_each_fails_alone(self):
        path, content = script("where-is-my-order")
        replies = {reply["id"]: reply for node in content["nodes"] for reply in node.get("replies", [])}
        siblings = {reply["id"]: [other["id"] for other in node["replies"] if other is not reply]
                    for node in content["nodes"] for reply in node.get("replies", [])}
        best = best_path(path)
        alone = set()
        for place, line in enumerate(best):
            marks = replies.get(line[1:], {}).get("marks", {})
            for criterion in self.POINTS:
                if marks.get(criterion) != 1 or criterion in alone:
                    continue
                for other in siblings[line[1:]]:
                    with Desk() as desk:
                        played = best[:place] + ["#" + other] * 2 + best[place + 1:]
                        told = receipt(desk.play(path, played, "--json", "--no-sync"))
                    values = {point["id"]: point["value"] for point in told["points"]}
                    if [name for name in self.POINTS if values[name] < 1] == [criterion]:
                        alone.add(criterion)
                        break
        self.assertEqual(alone, set(self.POINTS))


class JobLines(unittest.TestCase):
    """Row 126: before, during and after the sale."""

    def test_every_line_has_a_script(self):
        lines = {path.stem: json.loads(path.read_text()).get("job") for path in SCRIPTS}
        self.assertEqual({name for name, job in lines.items() if job is None}, set(), "a script names no job line")
        self.assertEqual(set(lines.values()), {"pre_sale", "in_sale", "after_sale"})

    def test_every_task_of_a_line_has_its_script(self):
        rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]]
                for line in (SOURCE / "scenarios" / "README.md").read_text().splitlines()
                if line.startswith(("| `pre_sale`", "| `in_sale`", "| `after_sale`"))]
        self.assertEqual({row[0] for row in rows}, {"pre_sale", "in_sale", "after_sale"})
        self.assertEqual({row[3] for row in rows}, {path.stem for path in SCRIPTS}, "a task or a script is left out")
        for job, _, task, name in rows:
            with self.subTest(task=task):
                self.assertEqual(script(name)[1]["job"], job)

    def test_what_was_not_asked_is_told(self):
        """Rows 38, 134: before the sale the parts of the pitch, and of what is told unasked, are missed by name."""
        path, content = script("which-tablet")
        points = {point["id"]: point for point in content["points"]}
        best = best_path(path)
        cases = (
            ("feature-for-him", "pitch", "The Alder 11 with a SIM has big buttons, so he can read it.", "the next step"),
            ("three-unasked", "proactive", "You have thirty days to return it, and the data plan is extra.",
             "the charger"))
        for reply, point, said, missing in cases:
            names = [group["name"]["en"] for group in points[point]["typed"]["groups"]]
            self.assertEqual((len(names), missing in names), (3, True))
            place = best.index("#" + reply)
            with Desk() as desk:
                played = desk.play(path, best[:place] + [said] + best[place + 1:], "--no-sync").stdout
            told = played.split("Receipt: ")[1].split(points[point]["text"]["en"])[1].splitlines()
            lacked = next(line for line in told if "missing" in line)
            self.assertEqual([name for name in names if name in lacked], [missing])


class CommonErrors(unittest.TestCase):
    def test_report_on_known_data(self):
        """Row 164: feedback at once, the common errors of the group, the data kept."""
        path, _ = script("device-dead")
        best = best_path(path)
        with Desk() as desk:
            desk.play(path, best)
            desk.play(path, best[:1] + ["/end"])
            desk.play(path, best[:1] + ["/end"])
            told = json.loads(run("report", "team", "--json", "--data", desk.data).stdout)
            self.assertEqual((told["calls"], told["passes"]), (3, 1))
            errors = {error["point"]: error for error in told["errors"]}
            self.assertEqual((errors["cause-adapter"]["missed"], errors["cause-adapter"]["counted"]), (2, 3))
            self.assertNotIn("soothe", errors)
            shares = [error["missed"] / error["counted"] for error in told["errors"]]
            self.assertEqual(shares, sorted(shares, reverse=True))
            self.assertIn("too few", run("report", "team", "--lang", "en", "--data", desk.data).stdout)

    def test_learn_mode_answers_at_once(self):
        path, _ = script("device-dead")
        for mode, told in (("learn", True), ("practise", False)):
            with Desk() as desk:
                result = desk.play(path, best_path(path)[:1] + ["/end"], "--mode", mode)
                before_receipt = result.stdout.split("Receipt")[0]
                self.assertEqual("    ✓ " in before_receipt, told)


class Score(unittest.TestCase):
    LINES = [json.dumps({"id": "a", "lang": "zh", "context": [], "text": "是从什么时候开始打不开的？"}),
             "not json",
             json.dumps({"id": "b", "lang": "en", "context": [], "text": "When did this start?"})]

    def test_by_the_packs(self):
        told = json_lines(run("score", lines=self.LINES).stdout)
        self.assertEqual([line["id"] for line in told], ["a", None, "b"])
        self.assertEqual(told[1]["labels"], [])
        self.assertIn("error", told[1])
        for line in (told[0], told[2]):
            self.assertIn("probe", [label["label"] for label in line["labels"]])

    def test_at_a_node(self):
        told = json_lines(run("score", "--scenario", "device-dead", "--node", "since", lines=self.LINES).stdout)
        for line in (told[0], told[2]):
            self.assertEqual(line["route"]["kind"], "reply")
            self.assertEqual([point["point"] for point in line["points"]], ["ask-since"])
        asked = json.dumps({"id": "c", "lang": "en", "context": [], "text": "Has he got Wi-Fi?"})
        told = json_lines(run("score", "--scenario", "which-tablet", "--node", "check", lines=[asked]).stdout)
        self.assertEqual(told[0]["route"], {"kind": "fact"})
        self.assertEqual(run("score", "--node", "since", lines=[]).returncode, 2)
        self.assertEqual(run("score", "--scenario", "device-dead", "--node", "nowhere", lines=[]).returncode, 2)


if __name__ == "__main__":
    unittest.main()

"""The customer line by line: profile, rating, moods read, the same opening again and again. Every record verifies."""
import unittest

from itr import Desk, SOURCE, json_lines, receipt, run

SCRIPT = SOURCE / "tests" / "plain" / "customer_script.json"


class Customer(unittest.TestCase):
    def play(self, lines, *options, **more):
        with Desk() as desk:
            result = desk.play(SCRIPT, lines, "--json", *options, **more)
            self.assertEqual(result.returncode, 0, result.stderr)
            verdict = run("verify", desk.record(), "--data", desk.data)
            self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)
            told = json_lines(result.stdout)
            return told[:-1], told[-1], result

    def plain(self, lines, *options):
        with Desk() as desk:
            result = desk.play(SCRIPT, lines, *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            return result.stdout

    def test_profile_listening_calms_and_an_early_plan_does_not(self):
        """Row 137, through the program."""
        right, _, _ = self.play(["#listen", "#early", "#bye"])
        wrong, _, _ = self.play(["#early", "#listen", "#bye"])
        self.assertGreater(right[-2]["mood"], wrong[-2]["mood"])
        self.assertGreater(right[-2]["patience"], wrong[-2]["patience"])

    def test_silence_at_the_limit_and_its_multiples(self):
        """Row 20: 12 s is the limit of this profile."""
        told, _, _ = self.play(["/wait 11.9", "/wait 0.1", "/wait 24"])
        silences = [event["t_ms"] for event in told if event["kind"] == "silence"]
        self.assertEqual(silences, [12000, 24000, 36000])

    def test_breath(self):
        """Row 131: ten seconds in which nobody waits."""
        told, _, result = self.play(["/breathe", "/breathe", "/wait 11.9", "/wait 0.1"])
        kinds = [(event["kind"], event["t_ms"]) for event in told]
        self.assertIn(("breathe", 0), kinds)
        self.assertIn(("silence", 22000), kinds)
        self.assertIn("can't be done now", result.stderr)

    def test_mood_read(self):
        """Row 131: labels against the key, kappa in the receipt."""
        _, final, _ = self.play(["/mood upset", "#listen", "/mood calm", "#listen", "/mood pleased", "#bye"])
        reading = final["mood_reading"]
        self.assertEqual((reading["count"], reading["right"]), (3, 2))
        self.assertIn("kappa", reading)
        self.assertIn("Reading the customer: 2 of 3 right, kappa",
                      self.plain(["/mood upset", "#listen", "/mood calm", "#listen", "/mood pleased", "#bye"]))

    def test_rating(self):
        """Row 14: labelled as simulated wherever it is shown."""
        told, final, _ = self.play(["#listen", "#rate", "#bye"])
        self.assertEqual(final["rating_simulated"], 4)
        self.assertIn("Four.", " ".join(line for event in told for line in event["lines"]))
        text = self.plain(["#listen", "#rate", "#bye"])
        self.assertIn("Rating given (simulated): 4 of 5", text)
        self.assertIn("Customer's rating (simulated): 4 of 5", text)
        _, final, _ = self.play(["Could you rate this call from one to five stars?", "#bye"])
        self.assertEqual(final["rating_simulated"], 1)

    def test_supervisor(self):
        """Row 186."""
        told, final, _ = self.play(["#early", "#early", "#early", "/wait 26", "/wait 12", "#bye"])
        self.assertTrue(final["supervisor"])

    def test_repeat(self):
        told, final, _ = self.play(["#who", "#who", "#bye"])
        self.assertEqual([event.get("repeat", False) for event in told if event["kind"] == "reply"], [False, True, False])
        self.assertEqual(final["asked_again"], 1)

    def test_doubled_phrase(self):
        """Row 40: doubling a phrase leaves the score equal."""
        once = "I understand how frustrating this is."
        _, single, _ = self.play([once, "#bye"])
        _, double, _ = self.play([once + " " + once, "#bye"])
        self.assertEqual(single["q"], double["q"])
        self.assertEqual([p["value"] for p in single["points"]], [p["value"] for p in double["points"]])

    def test_blame_shows_a_better_version(self):
        """Row 42, in both languages."""
        for words in ("You should have read the instructions.", "这是您自己没看清楚。"):
            text = self.plain([words, "#bye"])
            self.assertIn("better: We should have told you.", text)

    def test_moment_of_truth(self):
        """Row 58."""
        self.assertIn("Moments of truth: 1 of 1 hit", self.plain(["#listen", "#bye"]))
        self.assertIn("Moments of truth: 0 of 1 hit", self.plain(["#who", "#bye"]))

    def test_lines_vary_between_plays(self):
        with Desk() as desk:
            first = [json_lines(desk.play(SCRIPT, ["#bye"], "--json").stdout)[0]["lines"] for _ in range(4)]
            self.assertEqual(len({str(lines) for lines in first[:3]}), 3)
            self.assertEqual(first[0], first[3])
            verdict = run("verify", *desk.records(), "--data", desk.data)
            self.assertEqual(verdict.returncode, 0, verdict.stdout)

    def test_five_equal_openings(self):
        """Row 18: the hint once, never a deduction."""
        opening = "Good morning, you are speaking with the service desk."
        with Desk() as desk:
            told = [desk.play(SCRIPT, [opening, "#listen", "#bye"]).stdout for _ in range(6)]
            self.assertEqual(["began with the same words" in text for text in told],
                             [False, False, False, False, True, False])
            marks = {line for text in told for line in text.splitlines() if line.startswith("Q = ")}
            self.assertEqual(len(marks), 1)


if __name__ == "__main__":
    unittest.main()

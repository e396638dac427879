"""The ways to practise and the case clock, line by line: every record verifies."""
import csv
import json
import tempfile
import unittest

from itr import Desk, SOURCE, json_lines, receipt, run

SCRIPT = SOURCE / "tests" / "plain" / "practice_script.json"
BEST = ["#hello", "#since", "#offer", "#all-well"]


def kinds(told):
    return [event["kind"] for event in told]


class Practice(unittest.TestCase):
    def play(self, lines, *options, **more):
        """The events and the receipt of one call; its record verifies and replays the same."""
        with Desk() as desk:
            result = desk.play(SCRIPT, lines, "--json", *options, **more)
            self.assertEqual(result.returncode, 0, result.stderr)
            verdict = run("verify", desk.record(), "--data", desk.data)
            self.assertEqual(verdict.returncode, 0, verdict.stdout + verdict.stderr)
            with open(desk.record(), newline="") as file:
                self.rows = list(csv.DictReader(file))
            told = json_lines(result.stdout)
            return told[:-1], told[-1], result

    def plain(self, lines, *options):
        with Desk() as desk:
            result = desk.play(SCRIPT, lines, *options)
            self.assertEqual(result.returncode, 0, result.stderr)
            replay = run("replay", desk.record(), "--plain", "--data", desk.data, "--lang", "en")
            return result, replay

    # ---- learn ----

    def test_undo(self):
        told, final, _ = self.play(["#hello", "#bark", "/undo", "#since", "#offer", "#all-well"], "--mode", "learn")
        self.assertIn("undo", kinds(told))
        undone = next(event for event in told if event["kind"] == "undo")
        self.assertEqual((undone["node"], undone["mood"]), ("look", 0))
        # Both stay in the record, and the undo names the row it goes back to: the one before "bark".
        bark = next(row for row in self.rows if row["ref"] == "bark")
        back = next(row for row in self.rows if row["kind"] == "undo")
        self.assertEqual(back["data"], '{""row"":%d}'.replace('""', '"') % (int(bark["row"]) - 1))
        self.assertEqual((back["ref"], final["undone"]), ("1", 1))
        values = {point["id"]: point["value"] for point in final["points"]}
        self.assertEqual((values["rude"], values["ask"]), (0, 1))

    def test_undo_of_what_is_not_there(self):
        told, _, result = self.play(["/undo", "#hello", "/undo 2", "/undo x"], "--mode", "learn")
        self.assertNotIn("undo", kinds(told))
        self.assertEqual(kinds(told).count("refused"), 2)
        self.assertIn("nothing of that kind", result.stderr)

    def test_hint_shows_its_price_first(self):
        result, replay = self.plain(["#hello", "/hint", "/hint yes", "/hint", "/hint yes", "#since"], "--mode", "learn")
        price, hint = result.stdout.index("worth half at most"), result.stdout.index("Hint, Gather facts: Ask since")
        self.assertLess(price, hint)
        self.assertIn("Hint, Gather facts: Since when does it", result.stdout)
        self.assertIn("half at most: a hint was taken", result.stdout)
        self.assertIn("Hint, Gather facts: Since when does it", replay.stdout)
        told, final, _ = self.play(["#hello", "/hint", "/hint yes", "#since"], "--mode", "learn")
        self.assertEqual(kinds(told).count("hint"), 1)
        self.assertEqual(final["hinted"], ["ask"])
        self.assertEqual({point["id"]: point["value"] for point in final["points"]}["ask"], 0.5)

    def test_learn_calls_never_pass(self):
        for mode, passes in (("learn", False), ("practise", True)):
            _, final, _ = self.play(BEST, "--mode", mode)
            self.assertEqual((final["q"], final["pass"]), (100, passes))

    # ---- exam: row 73, no hint in the transcript ----

    def test_exam_transcript_holds_no_hint(self):
        lines = ["Hello, how can I help you?", "/hint", "/hint yes", "/undo", "#since", "Since when?",
                 "We can send you a new one", "Is all well now?"]
        told, final, _ = self.play(lines, "--mode", "exam")
        self.assertFalse({"hint", "undo", "reply"} & set(kinds(told)))
        self.assertTrue(all(event["options"] == [] for event in told))
        self.assertEqual(final["q"], 100)
        result, _ = self.plain(lines, "--mode", "exam")
        before = result.stdout.split("Receipt")[0]
        for word in ("Hint", "✓", "½", "Ask since when", "Since when does it"):
            self.assertNotIn(word, before)
        self.assertIn("the record proves no more", result.stdout)
        self.assertIn("chained to every row before it", result.stdout)

    def test_exam_names_the_trainee_and_the_login(self):
        _, final, _ = self.play(BEST, "--mode", "exam")
        login = run("play", SCRIPT, "--plain", "--mode", "exam", lines=[])
        self.assertEqual(login.returncode, 2)
        self.assertIn("--trainee", login.stderr)
        self.assertIn('"login":"%s"' % final["login"], self.rows[0]["data"])
        _, final, _ = self.play(BEST)
        self.assertNotIn("login", self.rows[0]["data"])

    # ---- confidence ----

    def test_confident_and_wrong(self):
        told, final, _ = self.play(["/sure 3", "#what", "/sure 2", "#since", "/sure 9", "/sure", "#offer"])
        self.assertEqual(kinds(told).count("sure"), 2)
        wrong = next(row for row in self.rows if row["ref"] == "what")
        self.assertEqual(final["sure"], {"said": [0, 1, 1], "right": [0, 1, 0], "wrong": [int(wrong["row"])]})
        result, _ = self.plain(["/sure 3", "#what", "/end"])
        self.assertIn("quite sure, and wrong: row %s" % wrong["row"], result.stdout)

    # ---- drill: row 162 ----

    def test_countdown(self):
        told, final, _ = self.play(["/wait 19.9", "#hello", "/wait 20", "#since", "#offer", "#all-well"], "--mode", "drill")
        self.assertEqual(kinds(told).count("timeout"), 1)
        out = next(event for event in told if event["kind"] == "timeout")
        self.assertEqual((out["t_ms"], out["marks"][0]["reason"]), (39900, "timeout"))
        self.assertEqual(final["timeouts"], 1)
        self.assertEqual({point["id"]: point["value"] for point in final["points"]}["ask"], 0)

    def test_without_any_reply_the_customer_leaves(self):
        told, final, _ = self.play(["/wait 100", "#hello"], "--mode", "drill")
        self.assertEqual(kinds(told).count("timeout"), 5)
        self.assertEqual(final["ending"], "gone")

    # ---- the clocks ----

    def test_first_reply(self):
        """Row 2: 29.9, 30.0, 30.1 s give in time, in time, late; row 128: so does 20 s where it is asked for."""
        for target, options in ((30, ()), (20, ("--frt", "20"))):
            for tenth, met in ((-1, True), (0, True), (1, False)):
                lines = [f"/wait {target + tenth / 10}", *BEST]
                _, final, _ = self.play(lines, *options)
                self.assertEqual(final["kpi"]["frt_target_ms"], target * 1000)
                self.assertEqual((final["kpi"]["frt_ms"], final["kpi"]["frt_met"]), (target * 1000 + tenth * 100, met))
                self.assertEqual(final["q"], 100)  # a clock beside Q, not in it

    def test_first_reply_of_settings(self):
        """Row 128: the target of a data folder; the record keeps it for later."""
        with Desk() as desk:
            (desk.data / "settings.json").write_text('{"frt_s": 20, "speech_en": 5}')
            played = desk.play(SCRIPT, ["/wait 25", "#hello", "/end"])
            self.assertIn("First reply: 25.0 s · target 20 s · not in time", played.stdout)
            self.assertIn('"frt_s":20', desk.record().read_text().replace('""', '"'))

    def test_fast_is_not_rushed(self):
        """Row 21: the same text at 5 s and at 25 s scores the same."""
        scores = []
        for wait in (5, 25):
            _, final, _ = self.play([f"/wait {wait}", "Hello, how can I help you?", "/end"])
            scores.append((final["q"], final["points"][0]["value"], final["kpi"]["frt_met"]))
        self.assertEqual(scores[0], scores[1])

    def test_long_and_broken_replies_are_flagged(self):
        result, _ = self.plain(["…", "so " * 120, "Since when,", "/end"])
        self.assertIn("row 3: broken off", result.stdout)
        self.assertIn("row 4: too long", result.stdout)
        self.assertIn("row 5: broken off", result.stdout)

    def test_clocks_of_the_receipt(self):
        result, _ = self.plain(["/wait 8", "#hello", "/hold", "/wait 60", "/resume", *BEST[1:]])
        self.assertIn("offer to help 8.0 s ✓", result.stdout)
        self.assertIn("Talk 0:08 + hold 1:00 + after-call work 0:00 = handling time 1:08", result.stdout)
        self.assertIn("silences over 5 s: 1, together 0:08", result.stdout)
        self.assertIn("By the case clock · first reply 8 s of 3 min, in time", result.stdout)
        self.assertIn("Intake (Soothe)", result.stdout)  # row 145

    def test_work_after_the_call(self):
        """What is done between hanging up and `/done` is after-call work, not talk."""
        content = json.loads(SCRIPT.read_text())
        content["after_call"] = True
        with Desk() as desk, tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(content, file)
            file.flush()
            played = desk.play(file.name, ["/wait 4", *BEST, "/wait 45", "/done"], "--json")
            kpi = json_lines(played.stdout)[-1]["kpi"]
            self.assertEqual((kpi["talk_ms"], kpi["acw_ms"], kpi["aht_ms"]), (4000, 45000, 49000))

    # ---- case time: row 144 ----

    def test_later(self):
        for wait, value in ((400, 1), (400.1, 0)):
            told, final, _ = self.play([*BEST[:3], f"/wait {wait}", "/later", "/later 86000", "#all-well"])
            self.assertEqual(kinds(told).count("later"), 1)
            self.assertEqual({point["id"]: point["value"] for point in final["points"]}["close"], value)
            row = next(row for row in self.rows if row["kind"] == "later")
            self.assertEqual(row["ref"], "86000")
        result, replay = self.plain([*BEST[:3], "/later", "/later 86000", "#all-well"])
        self.assertIn("/later 172800  2 d · Call back in two days", result.stdout)
        for text in (result.stdout, replay.stdout):
            self.assertIn("Later in the case: 23 h 53 min 20 s · Call back tomorrow", text)

    def test_there_is_nothing_to_skip_here(self):
        told, _, result = self.play(["/later", "/later 5"])
        self.assertEqual(kinds(told).count("refused"), 2)
        self.assertIn("nothing of that kind", result.stderr)


if __name__ == "__main__":
    unittest.main()

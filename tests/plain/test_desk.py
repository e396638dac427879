"""The desk in plain mode, with the packs, from the first reply to the receipt. Names the rows it shows."""
import csv
import json
import unittest

from itr import Desk, SOURCE, best_path, json_lines, receipt, run

SCRIPT = SOURCE / "tests" / "unit" / "scenario" / "desk.json"
TO_PLAN = ["#back", "#order"]


def points(told):
    return {point["id"]: point for point in told["points"]}


def rows(desk):
    with open(desk.record(), newline="") as file:
        return list(csv.DictReader(file))


class Actions(unittest.TestCase):
    def test_best_path_ends_with_the_account_it_expects(self):
        """Row 12: the account at the ending is what the ending expects; the record verifies."""
        with Desk() as desk:
            told = receipt(desk.play(SCRIPT, best_path(SCRIPT), "--json"))
            self.assertEqual((told["ending"], told["account"], told["account_right"]),
                             ("repaid", {"refunded": 100, "exchanged": 0}, True))
            self.assertTrue(told["pass"])
            self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_each_ending_with_each_account(self):
        """Row 12: a wrong final account is told with what it should be."""
        for amount, right in ((99, False), (100, True), (101, False)):
            with self.subTest(amount=amount), Desk() as desk:
                lines = TO_PLAN + ["#ask-first", f"/act refund {amount}", "#settled"]
                told = desk.play(SCRIPT, lines)
                self.assertEqual("should be 100" in told.stdout, not right, told.stdout)
                self.assertEqual(receipt(desk.play(SCRIPT, lines, "--json"))["account_right"], right)

    def test_allowed_and_forbidden_plans(self):
        """Row 10: each allowed plan ends well, each forbidden one does not."""
        plans = {
            "refund inside": (["#ask-first", "/act refund 100", "#settled"], True),
            "exchange": (["#ask-first", "/act exchange 88001234", "#settled"], True),
            "refund outside": (["#ask-first", "/act refund 201", "#settled"], False),
            "leave it": (["#bye", "#bye"], False),
            "talk only": (["#ask-first", "/end"], False),
        }
        for name, (lines, good) in plans.items():
            with self.subTest(plan=name), Desk() as desk:
                self.assertEqual(receipt(desk.play(SCRIPT, TO_PLAN + lines, "--json"))["pass"], good)

    def test_wrong_number_is_refused_and_logged(self):
        """Rows 89, 132: a wrong order number is refused and logged, the right one acts and is logged."""
        with Desk() as desk:
            told = desk.play(SCRIPT, TO_PLAN + ["/act exchange 88001235", "/act exchange 13912345678", "/act exchange",
                                                "/act exchange 8800 1234", "#settled"])
            kept = [(row["kind"], row["ref"], row["text"]) for row in rows(desk) if row["kind"] in ("refused", "action")]
            self.assertEqual(kept, [("refused", "wrong_target", "exchange 88001235"),
                                    ("refused", "wrong_target", "exchange <phone>"),
                                    ("refused", "wrong_target", "exchange"),
                                    ("action", "exchange", "8800-1234")], told.stdout)
            self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_policy_boundary(self):
        """Rows 34, 138: 200 is inside policy, 201 outside and business-critical."""
        for amount, critical in ((200, False), (201, True)):
            with self.subTest(amount=amount), Desk() as desk:
                lines = TO_PLAN + ["#ask-first", f"/act refund {amount}", "#settled"]
                told = receipt(desk.play(SCRIPT, lines, "--json"))
                self.assertEqual(told["critical"], critical)

    def test_promise_in_words(self):
        """Rows 34, 138: the same limit for a promise in words; a promise not made is none."""
        for text, critical in (("We refund you 200 yuan.", False), ("We refund you 201 yuan.", True),
                               ("I can't give you 500 yuan back.", False), ("我给您退两百元。", False),
                               ("我给您退两百零一元。", True), ("我没法给您退五百元。", False)):
            with self.subTest(text=text), Desk() as desk:
                told = receipt(desk.play(SCRIPT, TO_PLAN + [text, "/end"], "--json"))
                self.assertEqual(told["critical"], critical)

    def test_taken_back(self):
        """Row 12: in learn mode an action is taken back with the reply: the account is as before."""
        with Desk() as desk:
            lines = TO_PLAN + ["#ask-first", "/act refund 100", "/undo", "/end"]
            accounts = [line["account"] for line in json_lines(desk.play(SCRIPT, lines, "--json", "--mode", "learn").stdout)
                        if line["kind"] in ("action", "undo")]
            self.assertEqual([account["refunded"] for account in accounts], [100, 0])
            self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_an_account_that_no_play_reaches(self):
        """Row 12: `itr check` names an ending whose account no action can bring about."""
        script = json.loads(SCRIPT.read_text())
        for expected, found in ((100, False), (777, True)):
            script["endings"][0]["account"]["refunded"] = expected
            with self.subTest(expected=expected), Desk() as desk:
                file = desk.data / "desk.json"
                file.write_text(json.dumps(script, ensure_ascii=False))
                self.assertEqual("account-never-fits" in run("check", file).stdout, found)

    def test_bad_words_change_nothing(self):
        """What cannot be read as an action is told and leaves no row."""
        with Desk() as desk:
            told = desk.play(SCRIPT, TO_PLAN + ["/act refund", "/act refund much", "/act refund 12x", "/act", "/note",
                                                "/note keep it", "/end"])
            kinds = [row["kind"] for row in rows(desk)]
            self.assertEqual(kinds, ["opened", "reply", "reply", "note", "end", "closed"], told.stderr)
            self.assertIn("up to 200", told.stderr)


class HandingOn(unittest.TestCase):
    def told(self, note, *rest):
        with Desk() as desk:
            result = desk.play(SCRIPT, TO_PLAN + [f"/handover {note}", *rest], "--json")
            self.assertEqual(run("verify", desk.record()).returncode, 0)
            return receipt(result)

    def test_full_note_and_two_missing(self):
        """Row 32: a full note: nothing asked again; two things missing: two questions and less patience."""
        full = self.told("Order 88001234, the lamp arrived broken, I promised a reply today", "#theirs")
        self.assertEqual((full["second_line_asked"], points(full)["handed-on"]["value"]), (0, 1))
        short = self.told("The lamp is broken", "#theirs")
        self.assertEqual((short["second_line_asked"], points(short)["handed-on"]["value"]), (2, 0))
        with Desk() as desk:
            lines = json_lines(desk.play(SCRIPT, TO_PLAN + ["/handover The lamp is broken", "#theirs"], "--json").stdout)
            patience = [line["patience"] for line in lines if line["kind"] == "handover"]
            self.assertEqual(patience, [40])

    def test_too_early_is_refused_once(self):
        """Row 32: handing on before the earlier stages are done is refused, then a knowing skip."""
        with Desk() as desk:
            desk.play(SCRIPT, ["/handover nothing", "/handover nothing", "#theirs"])
            kinds = [row["kind"] for row in rows(desk)]
            self.assertEqual(kinds, ["opened", "refused", "skip", "handover", "reply", "closed"])
            self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_ping_pong(self):
        """Row 153: on, back and on again is told as ping-pong; once is not."""
        once = self.told("Order 88001234, broken, promised a call", "#theirs")
        self.assertEqual((once["transfers"], once["sent_round"]), (1, False))
        note = "Order 88001234, broken, promised a call"
        twice = self.told(note, "#back", f"/handover {note}", "#theirs")
        self.assertEqual((twice["transfers"], twice["sent_round"]), (2, True))

    def test_a_changed_note_is_found(self):
        """Row 156: what the note held is judged again by verify; a changed row is named."""
        with Desk() as desk:
            desk.play(SCRIPT, TO_PLAN + ["/handover The lamp is broken", "#theirs"])
            record = desk.record()
            text = record.read_text().replace('""needs"":[""issue""]', '""needs"":[""issue"",""order""]')
            record.chmod(0o644)
            record.write_text(text)
            self.assertNotEqual(run("verify", record).returncode, 0)


class Parts(unittest.TestCase):
    def receipt_of(self, *texts):
        with Desk() as desk:
            told = desk.play(SCRIPT, TO_PLAN + [*texts, "/end"])
            self.assertEqual(run("verify", desk.record()).returncode, 0)
            return told.stdout

    def test_find_out(self):
        """Row 31: what and by when; the missing one is named."""
        self.assertIn("missing: by when", self.receipt_of("I will ask the warehouse."))
        self.assertIn("missing: what\n", self.receipt_of("I will call back at three."))
        both = self.receipt_of("I will ask the warehouse and call back at three.")
        self.assertIn("MET 2·1  Not knowing", both)

    def test_missing_parts_are_named(self):
        """Rows 36, 134: the missing part of three is named in the receipt, in the call's language."""
        self.assertIn("missing: what is needed", self.receipt_of("We send the new lamp by tomorrow."))
        self.assertIn("missing: when, what is needed", self.receipt_of("We send the new lamp."))
        self.assertIn("missing: benefit", self.receipt_of("It has a magnetic foot, shall I send you one?"))
        with Desk() as desk:
            told = desk.play(SCRIPT, TO_PLAN + ["明天我们寄出新灯。", "/end"], lang="zh").stdout
            self.assertIn("缺少： 需要什么", told)

    def test_after_sale_criteria_fail_alone(self):
        """Row 136: empathy, solving and following up each fail alone."""
        said = {"feel": "I am so sorry, I can understand how annoying this is.", "solved": "You get a new lamp.",
                "follow": "I will call you again to be sure."}
        for left_out in [None, *said]:
            with self.subTest(left_out=left_out), Desk() as desk:
                text = " ".join(words for point, words in said.items() if point != left_out)
                lines = TO_PLAN + ["#ask-first", "/act refund 100", text, "#settled"]
                got = points(receipt(desk.play(SCRIPT, lines, "--json")))
                for point in said:
                    self.assertEqual(got[point]["value"], 0 if point == left_out else 1, (left_out, point))


class RepeatCall(unittest.TestCase):
    def test_a_plan_he_cannot_carry_out(self):
        """Row 35: the plan comes back as a repeat call in follow-up; that is no first-contact solution."""
        with Desk() as desk:
            lines = TO_PLAN + ["#ask-first", "#print", "#sorry", "/act refund 100", "#settled"]
            told = receipt(desk.play(SCRIPT, lines, "--json"))
            self.assertEqual((told["called_again"], told["case"], told["fcr"]), (1, "closed", 0))
            straight = receipt(desk.play(SCRIPT, best_path(SCRIPT), "--json"))
            self.assertEqual((straight.get("called_again"), straight["fcr"]), (None, 1))


if __name__ == "__main__":
    unittest.main()

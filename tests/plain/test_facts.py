"""Hidden facts, the masked card and the ticket, through the program: plain mode, record, receipt."""
import json
import unittest

from itr import Desk, SOURCE, json_lines, receipt, run

SCRIPT = SOURCE / "tests/unit/scenario/hidden.json"
RIGHT = ["#verify", "#go", "#since", "#changed", "#before", "#visit", "#solve", "#adapter", "#happy"]
TICKET = ["/ticket who Mara", "/ticket what it has no sound", "/ticket since for three days",
          "/ticket category sound", "/ticket urgency 2", "/ticket impact 2", "/ticket grade important",
          "/ticket cause adapter", "/ticket save"]


def points(told):
    return {point["id"]: point["value"] for point in told["points"]}


class Ticket(unittest.TestCase):
    def test_a_whole_call(self):
        """Rows 4, 7, 8: the ticket is filled in after the talk and earns its points."""
        with Desk() as desk:
            told = receipt(desk.play(SCRIPT, RIGHT + TICKET + ["/done"], "--json"))
            self.assertEqual(told["q"], 100.0)
            self.assertEqual(told["facts"], {"found": 4, "needed": 4, "missed": []})
            self.assertTrue(told["verified"])
            self.assertTrue(told["ticket"]["saved"])
            self.assertEqual(told["ticket"]["fields"]["cause"], {"filled": True, "value": 1, "guessed": False})
            for point in ("captured", "category", "grade", "cause"):
                self.assertEqual(points(told)[point], 1, point)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_a_guess(self):
        """Row 8: told as a guess in the receipt."""
        lines = [line for line in RIGHT if line not in ("#visit", "#adapter", "#happy")] + ["/ticket cause adapter"]
        with Desk() as desk:
            result = desk.play(SCRIPT, lines + ["/end", "/ticket save", "/done"])
            self.assertIn("½ Cause (guessed)", result.stdout)
            self.assertIn("not found out: the other adapter", result.stdout)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_not_saved_not_done(self):
        """Row 15: the end of input closes the call; the ticket earned nothing."""
        with Desk() as desk:
            told = receipt(desk.play(SCRIPT, RIGHT, "--json"))
            self.assertEqual(told["outcome"], "resolved")
            self.assertFalse(told["ticket"]["saved"])
            self.assertEqual(points(told)["cause"], 0)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_refused_and_shown(self):
        with Desk() as desk:
            result = desk.play(SCRIPT, ["/ticket grade highest", "/ticket nothing x", "/ticket grade urgent", "/ticket"],
                               "--json")
            told = json_lines(result.stdout)
            self.assertEqual([event["kind"] for event in told[:4]], ["opened", "refused", "ticket", "ticket_form"])
            fields = {field["id"]: field for field in told[3]["fields"]}
            self.assertEqual(fields["grade"]["value"], "urgent")
            self.assertEqual([value["id"] for value in fields["urgency"]["values"]], ["1", "2", "3"])

    def test_private_data_is_masked_on_the_ticket(self):
        with Desk() as desk:
            desk.play(SCRIPT, ["/ticket next call 13800138001"])
            self.assertNotIn("13800138001", desk.record().read_text())
            self.assertIn("<phone>", desk.record().read_text())

    def test_a_changed_verdict_is_found(self):
        with Desk() as desk:
            desk.play(SCRIPT, ["/ticket who Tom", "/ticket save", "/done"])
            text = desk.record().read_text()
            self.assertIn('{""verdict"":""NOT""}', text)

    def test_goes_on_after_the_talk(self):
        """A call left in the work after it is gone on with there."""
        with Desk() as desk:
            desk.play(SCRIPT, RIGHT + TICKET[:3], "--json")
            whole = desk.record()
            lines = whole.read_bytes().split(b"\n")
            cut = whole.with_suffix(".open")
            cut.write_bytes(b"\n".join(lines[:-3]) + b"\n")
            whole.unlink()
            result = run("play", cut, "--plain", "--clock", "virtual", "--resume", "--json", "--data", desk.data,
                         lines=["/ticket"] + TICKET[3:] + ["/done"])
            told = json_lines(result.stdout)
            form = next(event for event in told if event["kind"] == "ticket_form")
            self.assertEqual(form["fields"][0]["value"], "Mara")
            self.assertEqual(points(told[-1])["captured"], 1)
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)


class Identity(unittest.TestCase):
    def test_before_and_after(self):
        """Row 3: the same reply before and after the caller was verified; only the first fails the call."""
        for lines, critical in ((["#leak"] + RIGHT, True), (["#verify", "#leak"] + RIGHT[1:], False)):
            with Desk() as desk:
                told = receipt(desk.play(SCRIPT, lines + TICKET + ["/done"], "--json"))
                self.assertEqual(told["critical"], critical)
                self.assertEqual(told["pass"], not critical)

    def test_the_card(self):
        with Desk() as desk:
            told = json_lines(desk.play(SCRIPT, ["/card", "#verify", "/card"], "--json").stdout)
            before, after = [event for event in told if event["kind"] == "card"]
            self.assertEqual([field["value"] for field in before["fields"]], ["Sound 4", "2******7", "P*********7"])
            self.assertEqual([field["value"] for field in after["fields"]], ["Sound 4", "20260417", "Pine Road 7"])

    def test_typed(self):
        with Desk() as desk:
            told = receipt(desk.play(SCRIPT, ["Your order is 20260417?", "/end"], "--json"))
            self.assertTrue(told["critical"])


class Facts(unittest.TestCase):
    def test_typed_questions(self):
        """Row 6: what a typed question revealed stands in the record, so that a replay judges nothing."""
        with Desk() as desk:
            desk.play(SCRIPT, ["How long has it been?", "Bananas?", "/end", "/done"])
            rows = [row for row in desk.record().read_text().splitlines() if '"typed"' in row]
            self.assertIn('""facts"":[""since""]', rows[0])
            self.assertNotIn("facts", rows[1])
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_explore_finds_the_ticket_worth_filling(self):
        told = json.loads(run("explore", SCRIPT, "--json").stdout)
        self.assertEqual(told["best"]["q"], 100.0)
        self.assertEqual(told["best"]["ticket"]["cause"], "adapter")
        self.assertLess(told["worst"]["q"], 30)


if __name__ == "__main__":
    unittest.main()

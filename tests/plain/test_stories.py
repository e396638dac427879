"""What three shipped scripts tell about the desk, the card and the days between: each story once
done well and once badly. Names the rows it shows."""
import unittest

from itr import Desk, SOURCE, best_path, json_lines, receipt

SCRIPTS = {name: SOURCE / "scenarios" / f"{name}.json"
           for name in ("where-is-my-order", "suspicious-transfer", "office-offline")}


def play(name, lines):
    """The events and the receipt."""
    with Desk() as desk:
        events = json_lines(desk.play(SCRIPTS[name], lines, "--json").stdout)
        return events[:-1], events[-1]


def swapped(lines, **others):
    """The lines with some replies replaced: old_reply="#new" (or a list; empty takes it out)."""
    result = []
    for line in lines:
        other = others.get(line.lstrip("#/").replace("-", "_").replace(" ", "_"), line)
        result += other if isinstance(other, list) else [other]
    return result


def points(told):
    return {point["id"]: point["value"] for point in told["points"]}


def heard(events):
    return " ".join(line for event in events for line in event.get("lines", []))


class SaidIsNotDone(unittest.TestCase):
    """Row 12: an answer that was promised has to be carried out at the desk."""

    def test_a_freeze_in_words(self):
        best = best_path(SCRIPTS["suspicious-transfer"])
        self.assertIn("/act freeze-card", best)
        _, told = play("suspicious-transfer", best)
        self.assertTrue(told["pass"] and told["account_right"])
        words = swapped(best, act_freeze_card=[], act_freeze_app=[], ac_freeze=["#ac-words", "#se-words"])
        events, told = play("suspicious-transfer", words)
        self.assertIn("The three thousand's gone", heard(events))
        self.assertFalse(told["pass"])
        self.assertEqual(points(told)["act-fast"], 0)

    def test_a_second_bike_that_nobody_booked(self):
        best = best_path(SCRIPTS["where-is-my-order"])
        second = swapped(best, bring_back="#send-second", plan_b="#refuse-first", opening_news="#opening-news-second",
                         add_block="#add-block-second")
        for booked, ending in ((["/act resend 4402198836"], "second-bike"), ([], "not-booked")):
            with self.subTest(ending=ending):
                lines = swapped(second, refuse_first=["#refuse-first"] + booked)
                if not booked:
                    lines = swapped(lines, opening_news_second="#opening-not-booked")
                _, told = play("where-is-my-order", lines)
                self.assertEqual(told["ending"], ending)
                self.assertEqual(told["pass"], bool(booked))

    def test_outside_the_rule(self):
        """Row 34: nobody asked by when it is needed, so another bike is outside the rule."""
        best = best_path(SCRIPTS["where-is-my-order"])
        lines = swapped(best, by_when="#checking-now", bring_back="#send-second",
                        plan_b=["#refuse-first", "/act resend 4402198836"], opening_news="#opening-news-second",
                        add_block="#add-block-second")
        self.assertEqual(points(play("where-is-my-order", lines)[1])["over-rule"], 0)


class TheCard(unittest.TestCase):
    def test_digits_read_out_fail_the_call(self):
        """Row 3: the same play, but the answers to the check are told instead of asked for."""
        best = best_path(SCRIPTS["suspicious-transfer"])
        lines = swapped(best, vb_four="#vb-read", vg_stop=[])
        _, told = play("suspicious-transfer", lines)
        self.assertFalse(told["pass"])
        self.assertEqual(points(told)["told-card"], 0)


class TheNote(unittest.TestCase):
    """Rows 32, 153: the second line asks the customer again for what the note lacks, and for nothing else."""
    FULL = ("/handover Larkfield Design, Priya on the line: sixty people, no internet and no desk phones since 9:07, "
            "restarted twice, red light on")

    def handed(self, note):
        best = best_path(SCRIPTS["office-offline"])
        events, told = play("office-offline", swapped(best, br_full=note))
        event = next(event for event in events if event["kind"] == "handover")
        return event, told

    def test_what_is_asked_again(self):
        full, told = self.handed(self.FULL)
        self.assertTrue(told["pass"])
        self.assertEqual(points(told)["handed-over"], 1)
        half, told = self.handed("/handover Larkfield Design, the whole office is offline, down since 9:07")
        self.assertEqual(points(told)["handed-over"], 0.5)
        self.assertIn("Have you tried restarting?", heard([half]))
        self.assertNotIn("What time did it go?", heard([half]))
        self.assertNotIn("Have you tried restarting?", heard([full]))
        self.assertLess(half["patience"], full["patience"])


class DaysBetween(unittest.TestCase):
    """Rows 142 to 145: the promised call by the clock of the case, at its hour and after it."""

    def test_the_hour(self):
        for name, right, late, point in (("where-is-my-order", 99600, 106200, "in-time"),
                                         ("office-offline", 2040, 5700, "rang-back")):
            best = best_path(SCRIPTS[name])
            self.assertIn(f"/later {right}", best)
            for seconds, value in ((right, 1), (late, 0)):
                with self.subTest(script=name, seconds=seconds):
                    lines = [f"/later {seconds}" if line.startswith("/later") else line for line in best]
                    _, told = play(name, lines)
                    self.assertEqual(points(told)[point], value)


class Cues(unittest.TestCase):
    def test_what_was_never_asked(self):
        """Row 6: the cue is heard, the fact only when somebody asked about it."""
        for name, asked, other, cue, fact in (
                ("where-is-my-order", "any_text", "#any-call", "Not one proper call", "took it for a scam"),
                ("suspicious-transfer", "ca_pro", "#ca-ok", "step by step", "read them to him"),
                ("office-offline", "si_change", "#si-exact", "rattling", "Drilling since nine")):
            best = best_path(SCRIPTS[name])
            for lines, told in ((best, True), (swapped(best, **{asked: other}), False)):
                with self.subTest(script=name, asked=told):
                    said = heard(play(name, lines)[0])
                    self.assertIn(cue, said)
                    self.assertEqual(fact in said, told)


if __name__ == "__main__":
    unittest.main()

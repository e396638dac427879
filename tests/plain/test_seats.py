"""Rows 161 and 44: two people at one call, one of them the customer; and three ways into one script file."""
import csv
import json
import subprocess
import time
import unittest

from itr import ITR, LANGUAGES, SOURCE, Desk, json_lines, receipt, run

SCRIPT = SOURCE / "tests/plain/seats_script.json"


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def two(desk, lines, *options, script=SCRIPT, **named):
    return desk.play(script, lines, "--seats", 2, *options, **named)


class Seats(unittest.TestCase):
    def test_row_161_both_seats_in_one_record(self):
        """Every row says whose it is; the pair is the talk, in order; then each rates the other."""
        with Desk() as desk:
            result = two(desk, ["/say My lamp came in pieces!", "Good morning, how can I help?", "/say Order 88001234.",
                                "/end", "/rate agent 4 polite, a little slow", "/rate customer 5"])
            self.assertEqual(result.returncode, 0, result.stderr)
            record = rows(desk.record())
            self.assertEqual(json.loads(record[0]["data"])["seats"], 2)
            told = [(row["seat"], row["kind"]) for row in record]
            self.assertEqual(told, [("0", "opened"), ("2", "said"), ("1", "typed"), ("2", "said"), ("1", "end"),
                                    ("2", "rated"), ("1", "rated"), ("0", "closed")])
            self.assertEqual([row["ref"] for row in record if row["kind"] == "rated"], ["4", "5"])
            self.assertIn("My lamp came in pieces!", record[1]["text"])
            self.assertIn("Ratings by the players: the agent 4 of 5 · the customer 5 of 5", result.stdout)
            verified = run("verify", desk.record(), "--data", desk.data)
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_row_161_the_script_is_only_a_cue(self):
        """What the script has the customer say is shown to his player and to nobody else."""
        with Desk() as desk:
            cue = "My desk lamp is broken"
            told = two(desk, ["/say It broke.", "/end", ""]).stdout
            self.assertNotIn(cue, told)
            self.assertIn("It broke.", told)
        with Desk() as desk:
            self.assertIn(cue, two(desk, ["/cue", "/end"]).stdout)
        with Desk() as desk:
            self.assertIn(cue, two(desk, ["/say", "/end"]).stdout)  # said as it stands
            replayed = run("replay", desk.record(), "--plain", "--data", desk.data).stdout
            self.assertIn("(cue: Hello? My desk lamp is broken", replayed)

    def test_row_161_the_role_card(self):
        for lang, wanted in (("en", ("You are: ", "You feel: ", "You may tell this freely:", "Only when the agent asks",
                                     "Your cue", "It is 88001234.")),
                             ("zh", ("您是：", "您的心情：", "可以随口说出：", "只有客服问到才说：", "该您说"))):
            with Desk() as desk, self.subTest(lang=lang):
                shown = two(desk, ["/cue", "/end"], lang=lang).stdout
                for words in wanted:
                    self.assertIn(words, shown)

    def test_the_customers_timers_do_not_run(self):
        """With one seat he speaks up when nobody does; with two only his player does."""
        with Desk() as desk:
            alone = desk.play(SCRIPT, ["/wait 600", "/end"], "--json")
            self.assertIn('"silence"', alone.stdout)
        with Desk() as desk:
            result = two(desk, ["/say Hello?", "/wait 600", "/end", ""], "--json")
            self.assertNotIn('"silence"', result.stdout)
        with Desk() as desk:
            two(desk, ["/say Hello?", "/silent", "/end", ""])
            self.assertEqual([(row["seat"], row["ref"]) for row in rows(desk.record()) if row["kind"] == "silence"],
                             [("2", "1")])
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_the_agent_is_scored_as_always(self):
        """The same replies earn the same, whoever plays the customer."""
        lines = ["Good morning, how can I help?", "What is the order number on your invoice, please?", "/end"]
        with Desk() as one, Desk() as both:
            alone = receipt(one.play(SCRIPT, lines, "--json"))
            paired = receipt(two(both, [words for line in lines for words in ("/say Well.", line)], "--json"))
            self.assertEqual(alone["q"], paired["q"])
            self.assertEqual(alone["points"][0]["value"], paired["points"][0]["value"])
            self.assertNotIn("seats", alone)
            self.assertEqual(paired["rated_by_players"], {"agent": 0, "customer": 0})

    def test_rating_has_its_time_and_its_bounds(self):
        with Desk() as desk:
            result = two(desk, ["/rate agent 4", "/end", "/rate agent 0", "/rate agent 6", "/rate nobody 3",
                                "/rate agent 1", "/rate customer 5"])
            record = rows(desk.record())
            self.assertEqual([row["kind"] for row in record], ["opened", "refused", "end", "rated", "rated", "closed"])
            self.assertEqual(record[1]["seat"], "2")
            self.assertEqual(result.stderr.count("/rate agent 4 or"), 3)
        with Desk() as desk:  # one seat has none of it
            result = desk.play(SCRIPT, ["/say Hello", "/rate agent 3", "/end"])
            self.assertEqual(result.stderr.count("There is no such command"), 2)
            self.assertNotIn("seats", rows(desk.record())[0]["data"])

    def test_going_on_with_an_unfinished_call(self):
        """The record tells whose turn it is and what the cue was; ratings may come after the break."""
        with Desk() as desk:
            two(desk, ["/say It broke."], "--json")
            whole = desk.record()
            lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
            whole.with_suffix(".open").write_text("".join(lines[:3]), encoding="utf-8")
            whole.unlink()
            result = run("play", "--plain", "--resume", "--clock", "virtual", "--data", desk.data,
                         lines=["/cue", "Good morning, how can I help?", "/end", "/rate agent 2", "/rate customer 3"])
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("My desk lamp is broken", result.stdout)
            self.assertEqual([row["kind"] for row in rows(desk.record())][-2:], ["rated", "closed"])
            self.assertEqual(run("verify", desk.record(), "--data", desk.data).returncode, 0)

    def test_the_time_of_the_customers_player_is_not_the_calls(self):
        """Real clock: he thinks for 1.2 s before each of his turns; the agent answers at once."""
        with Desk() as desk:
            command = [ITR, "play", str(SCRIPT), "--plain", "--seats", "2", "--trainee", "t1", "--lang", "en", "--data",
                       str(desk.data)]
            with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, text=True) as play:
                for words in ("/say It broke.", "Good morning, how can I help?", "/say Well?", "/end", ""):
                    if words.startswith("/say"):
                        time.sleep(1.2)
                    play.stdin.write(words + "\n")
                    play.stdin.flush()
                play.stdin.close()
            self.assertLess(int(rows(desk.record())[-1]["t_ms"]), 1000)

    def test_what_two_seats_do_not_go_with(self):
        for mode in ("drill", "exam"):
            self.assertEqual(run("play", SCRIPT, "--plain", "--seats", 2, "--mode", mode).returncode, 2)
        self.assertEqual(run("play", SCRIPT, "--plain", "--seats", 3).returncode, 2)

    def test_typed_words_of_the_customer_are_masked(self):
        with Desk() as desk:
            two(desk, ["/say Call me back on 13800138000.", "/end", ""])
            self.assertNotIn("13800138000", desk.record().read_text(encoding="utf-8"))

    def test_row_44_three_ways_from_one_script_file(self):
        """Play, two seats, and a discussion over a replay: one script, one bundle, each replayed and verified."""
        for lang in LANGUAGES:
            with Desk() as desk, self.subTest(lang=lang):
                desk.play("device-dead", ["/end"], lang=lang)
                two(desk, ["/say", "/end", "/rate agent 3", "/rate customer 3"], script="device-dead", lang=lang)
                bundles = {json.loads(rows(path)[0]["data"])["bundle"] for path in desk.records()}
                self.assertEqual(len(bundles), 1)
                self.assertEqual(len(desk.records()), 2)
                for path in desk.records():
                    replayed = run("replay", path, "--plain", "--lang", lang, "--data", desk.data)
                    self.assertEqual(replayed.returncode, 0, replayed.stderr)
                    self.assertEqual(run("verify", path, "--data", desk.data).returncode, 0)
                    told = json_lines(run("replay", path, "--plain", "--json", "--data", desk.data).stdout)
                    self.assertEqual(told[0]["kind"], "opened")


if __name__ == "__main__":
    unittest.main()

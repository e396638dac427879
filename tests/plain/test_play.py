"""Whole calls in plain mode: played, recorded, verified, told again. Names the rows it shows."""
import json
import os
import pathlib
import subprocess
import unittest

from itr import Desk, ITR, LANGUAGES, SCRIPTS, best_path, json_lines, receipt, run


def spoken(text):
    """The lines that somebody said, with their times: '[m:ss] who: what'."""
    return [line for line in text.splitlines() if line.startswith("[")]


class WholeCalls(unittest.TestCase):
    def test_starter_library(self):
        """Row 160: the typical scenarios are there."""
        modules = {json.loads(script.read_text())["module"] for script in SCRIPTS}
        self.assertLessEqual({"product", "order", "complaint", "return"}, modules)

    def test_best_play_passes(self):
        """Rows 23, 87: each script has a way to Q 95 or more, in both languages."""
        for script in SCRIPTS:
            lines = best_path(script)
            for lang in LANGUAGES:
                with self.subTest(script=script.stem, lang=lang), Desk() as desk:
                    result = desk.play(script, lines, "--json", lang=lang)
                    self.assertEqual(result.returncode, 0, result.stderr)
                    told = receipt(result)
                    self.assertTrue(told["pass"], told)
                    self.assertGreaterEqual(told["q"], 95)

    def test_careless_play_fails(self):
        """Always the first or the last number shown never passes, whatever the seed."""
        for script in SCRIPTS:
            for seed in (1, 2):
                for number in ("1", "2"):
                    with self.subTest(script=script.stem, seed=seed, number=number), Desk() as desk:
                        told = receipt(desk.play(script, [number] * 120, "--json", "--no-sync", seed=seed))
                        self.assertFalse(told["pass"], told)

    def test_verify_and_replay(self):
        """Rows 45, 47: the record verifies and tells the call again word for word."""
        for script in SCRIPTS:
            for lang in LANGUAGES:
                with self.subTest(script=script.stem, lang=lang), Desk() as desk:
                    played = desk.play(script, best_path(script), lang=lang)
                    record = desk.record()
                    verified = run("verify", record)
                    self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
                    told = run("replay", record, "--plain")
                    self.assertEqual(told.returncode, 0, told.stderr)
                    self.assertEqual(spoken(played.stdout), spoken(told.stdout))
                    self.assertEqual(played.stdout.split("Q = ")[1].splitlines()[0],
                                     told.stdout.split("Q = ")[1].splitlines()[0])

    def test_same_events_same_record(self):
        """Row 47: the same replies and seed give the same rows but for the start time."""
        script = SCRIPTS[0]
        bodies = []
        for _ in range(2):
            with Desk() as desk:
                desk.play(script, best_path(script))
                rows = desk.record().read_text().splitlines()[2:]
                bodies.append([row.rsplit(",", 1)[0] for row in rows])
        self.assertEqual(bodies[0], bodies[1])

    def test_end_of_input_abandons(self):
        """Row 152: the record is closed even when the trainee just leaves."""
        with Desk() as desk:
            result = desk.play(SCRIPTS[0], ["1"], "--json")
            self.assertEqual(result.returncode, 0)
            self.assertEqual(receipt(result)["outcome"], "abandoned")
            self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_hanging_up_gives_no_follow_up(self):
        """Rows 13, 15: a call ended without follow-up keeps its points as not met."""
        for script in SCRIPTS:
            with self.subTest(script=script.stem), Desk() as desk:
                told = receipt(desk.play(script, best_path(script)[:3] + ["/end"], "--json"))
                self.assertEqual(told["stages"]["follow_up"], 0)
                self.assertEqual(told["outcome"], "abandoned")
                self.assertEqual((told["case"], told["fcr"]), ("open", 0))
                whole = receipt(desk.play(script, best_path(script), "--json"))
                self.assertEqual(whole["gathered"], whole["gatherable"])
                self.assertLess(told["gathered"], told["gatherable"])
                handed_over = whole["outcome"] != "resolved" or script.stem == "office-offline"
                self.assertEqual(whole["fcr"], 0 if handed_over else 1)


class Lines(unittest.TestCase):
    def test_silence(self):
        """Row 20: the customer speaks up after the script's silence, at its due time."""
        for script in SCRIPTS:
            with self.subTest(script=script.stem), Desk() as desk:
                events = json_lines(desk.play(script, ["/wait 300"], "--json").stdout)
                silences = [event for event in events if event["kind"] == "silence"]
                self.assertTrue(silences)
                self.assertLess(silences[0]["t_ms"], 300_000)
                self.assertTrue(silences[0]["lines"])

    def test_hold(self):
        with Desk() as desk:
            events = json_lines(desk.play(SCRIPTS[0], ["#" + "nothing", best_path(SCRIPTS[0])[0], "/hold", "1",
                                                       "/resume", "/end"], "--json").stdout)
            kinds = [event["kind"] for event in events]
            self.assertIn("hold", kinds)
            self.assertIn("resume", kinds)
            refused = [event for event in events if event["kind"] == "refused"]
            self.assertIn("wrong_phase", [event["refusal"] for event in refused])

    def test_wrong_lines_change_nothing(self):
        with Desk() as desk:
            result = desk.play(SCRIPTS[0], ["99", "#no-such", "/nonsense", "/wait", "/wait -1", "", "/help"], "--json")
            events = json_lines(result.stdout)
            self.assertEqual([event["kind"] for event in events[:-1]], ["opened", "end", "done", "closed"])
            self.assertIn("/wait", result.stderr)

    def test_no_command_holds_a_nul(self):
        with Desk() as desk:
            opening = best_path(SCRIPTS[0])[0]
            result = desk.play(SCRIPTS[0], ["/end\0more", opening + "\0more", "he\0llo"], "--json")
            kinds = [event["kind"] for event in json_lines(result.stdout)[:-1]]
            self.assertEqual(kinds, ["opened", "typed", "end", "done", "closed"])

    def test_endless_line(self):
        """A line of 200 MB is cut in little time and memory, and what follows it is still read."""
        limit = 160 << 20
        with Desk() as desk:
            process = subprocess.Popen(
                [ITR, "play", str(SCRIPTS[0]), "--plain", "--json", "--clock", "virtual", "--data", str(desk.data)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            chunk = b"a" * (1 << 20)
            for _ in range(200):
                process.stdin.write(chunk)
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            peak = int(status.split("VmHWM:")[1].split()[0]) << 10
            told, _ = process.communicate(b"\n/wait 5\n/end\n", timeout=60)
            events = json_lines(told.decode())
            self.assertEqual(process.returncode, 0)
            self.assertEqual([event["kind"] for event in events[:2]], ["opened", "typed"])
            self.assertLess(len(events[1]["text"]), 2 << 20)
            self.assertLess(peak, limit)

    def test_typed_reply_and_slash(self):
        with Desk() as desk:
            events = json_lines(desk.play(SCRIPTS[0], ["//wait a moment", "/end"], "--json").stdout)
            self.assertEqual(events[1]["kind"], "typed")
            self.assertEqual(events[1]["text"], "/wait a moment")

    def test_private_numbers_are_masked(self):
        """Row 157: what was typed never reaches the disk in the clear."""
        with Desk() as desk:
            desk.play(SCRIPTS[0], ["your phone is 13912345678, mail a.b@mail.example", "/end"])
            kept = b"".join(path.read_bytes() for path in desk.data.rglob("*") if path.is_file())
            self.assertNotIn(b"13912345678", kept)
            self.assertNotIn(b"a.b@mail.example", kept)
            self.assertIn("<phone>".encode(), kept)

    def test_hostile_text_is_inert(self):
        """What is typed is shown visibly and never reaches the terminal as it is."""
        with Desk() as desk:
            result = desk.play(SCRIPTS[0], ["a\x1b[2Jb\u202ec\x9bd", "/end"])
            for character in "\x1b\u202e\x9b":
                self.assertNotIn(character, result.stdout)
            self.assertIn("<U+202E>", result.stdout)
            self.assertIn("\u202e", desk.record().read_text())


class Commands(unittest.TestCase):
    def test_no_terminal(self):
        """Without a terminal itr explains, names --plain, exits 2 and never hangs."""
        for arguments in ((), ("play", str(SCRIPTS[0])), ("replay", "x.csv")):
            result = run(*arguments, timeout=10)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertIn("--plain", result.stderr)

    def test_shipped_scripts_are_sound(self):
        """`itr check` is silent on what is shipped, played by machines too."""
        result = run("check", "--audit", *SCRIPTS)
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)

    def test_wrong_use(self):
        for arguments in (("plya",), ("play",), ("play", "a", "b", "--plain"), ("verify",), ("play", "--lang", "fr"),
                          ("play", "x", "--seed", "-1"), ("check",), ("--nonsense",), ("doctor", "x"),
                          ("play", "--plain", "--resume", "a", "b")):
            result = run(*arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertTrue(result.stderr.startswith("itr: "), result.stderr)
            self.assertEqual(result.stdout, "")

    def test_missing_files(self):
        for arguments in (("play", "no-such", "--plain"), ("verify", "/nonexistent.csv"),
                          ("replay", "/nonexistent.csv", "--plain"), ("check", "/nonexistent.json")):
            result = run(*arguments)
            self.assertIn(result.returncode, (1, 3), arguments)

    def test_what_is_no_file(self):
        """A file that cannot be read is 3, whatever stands in its place; a broken one is 1."""
        with Desk() as desk:
            os.mkfifo(desk.data / "fifo.json")
            (desk.data / "empty.json").write_text("")
            for name, wanted in (("fifo.json", 3), (".", 3), ("none.json", 3), ("empty.json", 1)):
                for command in (("check",), ("check", "--json"), ("play", "--plain"), ("explore",)):
                    result = run(*command, desk.data / name, timeout=10)
                    self.assertEqual(result.returncode, wanted, (command, name))

    def test_full_standard_output(self):
        for arguments in (("--version",), ("--help",), ("play", "--help"), ("explore", str(SCRIPTS[0]), "--limit", "50")):
            with open("/dev/full", "w") as full:
                result = subprocess.run([ITR, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(result.returncode, 3, arguments)
            self.assertTrue(result.stderr.startswith("itr: "), result.stderr)

    def test_no_home(self):
        """Without HOME the records go to the home that the system knows, not below the current folder."""
        with Desk() as desk:
            script = "unset HOME XDG_DATA_HOME ITR_DATA; cd \"$1\" && exec \"$0\" doctor --json"
            told = subprocess.run(["sh", "-c", script, ITR, str(desk.data)], text=True, capture_output=True).stdout
            data = next(line for line in json_lines(told) if line["check"] == "data")
            self.assertNotIn("./.local", data["text"])
            self.assertEqual(list(desk.data.iterdir()), [])

    def test_help_everywhere(self):
        for command in ("play", "replay", "verify", "check", "explore", "score", "doctor"):
            result = run(command, "--help")
            self.assertEqual(result.returncode, 0, command)
            self.assertIn("--help", result.stdout)

    def test_read_only_data(self):
        with Desk() as desk:
            blocked = desk.data / "file"
            blocked.write_text("")
            result = run("play", SCRIPTS[0], "--plain", "--data", blocked / "below", lines=["1"])
            self.assertEqual(result.returncode, 3)
            self.assertTrue(result.stderr.startswith("itr: "), result.stderr)


if __name__ == "__main__":
    unittest.main()

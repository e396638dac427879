"""A call is killed at any moment and goes on where it stood."""
import os
import signal
import subprocess
import unittest

from itr import Desk, ITR, SOURCE, best_path, json_lines, receipt, run

SCRIPT = SOURCE / "scenarios" / "device-dead.json"


def start(desk, script):
    return subprocess.Popen(
        [ITR, "play", str(script), "--plain", "--json", "--clock", "virtual", "--trainee", "t1", "--seed", "1",
         "--lang", "en", "--data", str(desk.data)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


class Crash(unittest.TestCase):
    def resume(self, desk, lines):
        return run("play", "--plain", "--resume", "--json", "--clock", "virtual", "--data", desk.data, lines=lines)

    def test_kill_after_each_reply(self):
        """R1: what was acknowledged is there after kill -9, and the call ends as it would have."""
        script = SCRIPT
        lines = best_path(script)
        self.assertTrue(all(line.startswith(("#", "/kb open", "/ticket", "/done")) for line in lines), "one event each")
        for killed_after in range(len(lines)):
            with self.subTest(killed_after=killed_after), Desk() as desk:
                process = start(desk, script)
                process.stdout.readline()
                for line in lines[:killed_after]:
                    process.stdin.write(line + "\n")
                    process.stdin.flush()
                    process.stdout.readline()
                process.send_signal(signal.SIGKILL)
                process.communicate()
                self.assertEqual(len(desk.records(".open")), 1)
                result = self.resume(desk, lines[killed_after:])
                self.assertEqual(result.returncode, 0, result.stderr)
                told = receipt(result)
                self.assertTrue(told["pass"], told)
                self.assertIn("gap", [event["kind"] for event in json_lines(result.stdout)])
                self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_torn_tail_is_cut_and_told(self):
        with Desk() as desk:
            process = start(desk, SCRIPT)
            process.stdout.readline()
            process.kill()
            process.communicate()
            record = desk.records(".open")[0]
            with open(record, "ab") as file:
                file.write(b'"3","500","0","rep')
            result = self.resume(desk, best_path(SCRIPT))
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("torn", result.stderr)
            self.assertEqual(run("verify", desk.record()).returncode, 0)

    def test_second_window_is_told_who_holds_it(self):
        with Desk() as desk:
            process = start(desk, SCRIPT)
            process.stdout.readline()
            record = desk.records(".open")[0]
            result = run("play", "--plain", "--resume", str(record), "--data", desk.data)
            self.assertEqual(result.returncode, 3)
            self.assertIn(str(process.pid), result.stderr)
            process.kill()
            process.communicate()

    def test_moved_record(self):
        """A record away from its data folder is no damage: the message says what to name."""
        with Desk() as desk, Desk() as other:
            desk.play(SCRIPT, ["/end"])
            moved = other.data / "moved.csv"
            moved.write_bytes(desk.record().read_bytes())
            result = run("verify", moved)
            self.assertEqual(result.returncode, 3)
            self.assertIn("--data", result.stderr)
            self.assertEqual(run("verify", "--data", desk.data, moved).returncode, 0)

    def test_altered_row_is_named(self):
        """Row 156: change any row of a closed record and verify names it."""
        with Desk() as desk:
            desk.play(SCRIPT, best_path(SCRIPT))
            record = desk.record()
            rows = record.read_bytes().split(b"\n")
            for number in range(1, len(rows) - 1):
                changed = list(rows)
                changed[number] = changed[number].replace(b'"0"', b'"1"', 1)
                if changed[number] == rows[number]:
                    continue
                os.chmod(record, 0o644)
                record.write_bytes(b"\n".join(changed))
                result = run("verify", "--json", record)
                self.assertEqual(result.returncode, 1)
                self.assertIn(f'"bad_row": {number + 1},', result.stdout)


if __name__ == "__main__":
    unittest.main()

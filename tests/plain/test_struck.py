"""R1, R2, R3 for the whole program in plain mode: it is killed at random moments and in each system call, and
each system call of its record fails in turn. What it told is in the record; the record is never damaged; the call
goes on. ITR_LONG=1 gives the full numbers."""
import os
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

from itr import Desk, ITR, SCRIPTS, best_path, json_lines, run

LONG = os.environ.get("ITR_LONG", "0") not in ("", "0")
ERRORS = ("ENOSPC", "EIO", "EINTR", "EDQUOT", "EROFS")
CALLS = ("openat", "write", "fdatasync", "fsync", "renameat2", "close", "mkdir", "fcntl", "ftruncate")


def command(desk):
    return [ITR, "play", str(SCRIPTS[0]), "--plain", "--json", "--clock", "virtual", "--trainee", "t1", "--seed", "1",
            "--lang", "en", "--data", str(desk.data)]


def strace(*options):
    return ["strace", "-f", "-qq", *options]


def strace_works():
    if not shutil.which("strace"):
        return False
    probe = strace("-o", "/dev/null", "-e", "inject=write:error=EIO:when=1000", "true")
    return subprocess.run(probe, capture_output=True).returncode == 0


def told_rows(output):
    """The rows that whole lines of output spoke of."""
    whole = output[:output.rfind(b"\n") + 1].decode()
    return [event["row"] for event in json_lines(whole) if "row" in event]


class Struck(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lines = best_path(SCRIPTS[0])
        cls.input = "".join(line + "\n" for line in cls.lines).encode()

    def check(self, desk, told):
        """Nothing told is lost, nothing is damaged, and the call can be gone on with to a closed record."""
        records = desk.records(".open") + desk.records(".csv")
        if not records:
            self.assertEqual(told, [])
            return
        self.assertEqual(len(records), 1)
        rows = records[0].read_bytes().count(b"\n")
        self.assertGreaterEqual(rows, max(told, default=1))
        verdict = run("verify", "--json", records[0]).stdout
        self.assertNotIn("Damaged", verdict)
        self.assertNotIn("Changed", verdict)
        if records[0].suffix == ".open" and rows > 1:
            resumed = run("play", "--plain", "--resume", "--clock", "virtual", "--data", desk.data, lines=["/end"])
            self.assertEqual(resumed.returncode, 0, resumed.stderr)
            records = desk.records(".csv")
        if rows > 1:
            self.assertEqual(run("verify", records[0]).returncode, 0)

    def test_killed_at_random_moments(self):
        seed = random.randrange(1 << 32)
        chance = random.Random(seed)
        with Desk() as desk:
            began = time.monotonic()
            subprocess.run(command(desk), input=self.input, capture_output=True)
            whole = time.monotonic() - began
        middle = 0
        for number in range(2000 if LONG else 25):
            with self.subTest(seed=seed, number=number), Desk() as desk:
                process = subprocess.Popen(command(desk), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL)
                process.stdin.write(self.input)
                process.stdin.flush()
                time.sleep(chance.random() * whole)
                process.send_signal(signal.SIGKILL)
                told = told_rows(process.communicate()[0])
                middle += 0 < len(told) < len(self.lines)
                self.check(desk, told)

    def strike(self, call, fault, when):
        with self.subTest(call=call, fault=fault, when=when), Desk() as desk:
            struck = subprocess.run(
                strace("-o", "/dev/null", "-e", f"inject={call}:{fault}:when={when}", *command(desk)),
                input=self.input, capture_output=True, timeout=60,
                env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
            if not fault.startswith("signal") and struck.returncode not in (0, 1):
                self.assertTrue(struck.stderr.strip(), f"status {struck.returncode} without a sentence")
            self.check(desk, told_rows(struck.stdout))

    def counts(self):
        """How often each call is made, and from which on it is the program's own and not the loader's."""
        with Desk() as desk:
            trace = desk.data / "trace"
            subprocess.run(strace("-o", str(trace), *command(desk)), input=self.input, capture_output=True,
                           env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
            text = trace.read_text(errors="replace")
        own = text.find("/records") if "/records" in text else 0
        return {call: (len(re.findall(rf" {call}\(", text[:own])) + 1, len(re.findall(rf" {call}\(", text)))
                for call in CALLS}

    @unittest.skipUnless(strace_works(), "strace is missing or may not trace here")
    def test_killed_in_each_call(self):
        for call, (first, last) in self.counts().items():
            for when in range(first, last + 1, 1 if LONG else 20):
                self.strike(call, "signal=KILL", when)

    @unittest.skipUnless(strace_works(), "strace is missing or may not trace here")
    def test_each_call_fails(self):
        for call, (first, last) in self.counts().items():
            for number, error in enumerate(ERRORS):
                for when in range(first + (0 if LONG else number), last + 1, 1 if LONG else 40):
                    self.strike(call, f"error={error}", when)


if __name__ == "__main__":
    unittest.main()

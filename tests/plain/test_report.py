"""itr report and itr export sessions against an independent recomputation from the CSV records.

Records are played once and then copied with other names and times; the chain of sums is made anew as
docs/record.md says, so each copy is a sound record of its own.
"""
import csv
import hashlib
import io
import json
import math
import os
import pathlib
import random
import subprocess
import unittest

from itr import Desk, ITR, run

SCRIPT = pathlib.Path(__file__).parent / "practice_script.json"
BEST = ["#hello", "#since", "#offer", "#all-well"]
PLAYS = [BEST, ["#hello", "/end"], ["#what", "#bark", "#since", "#offer", "#all-well"],
         ["#hello", "#bark", "#bark", "#since", "#offer", "#all-well"], ["/end"], ["#hello", "#since", "/end"]]
HEADER = '"row","t_ms","seat","kind","node","ref","text","data","sum"\n'


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_record(path, rows):
    """Row by row with the sums of docs/record.md."""
    lines, previous = [HEADER.encode()], b""
    for row in rows:
        fields = [row[name] for name in ("row", "t_ms", "seat", "kind", "node", "ref", "text", "data")]
        body = "".join('"' + field.replace('"', '""') + '",' for field in fields).encode()
        previous = hashlib.sha256(previous + body).hexdigest()[:16].encode()
        lines.append(body + b'"' + previous + b'"\n')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines))


class Floor(Desk):
    """Plays once, copies often."""

    def __init__(self):
        super().__init__()
        self.played, self.count = {}, 0

    def source(self, number):
        if number not in self.played:
            with Desk() as desk:
                desk.play(SCRIPT, PLAYS[number], "--no-sync")
                self.played[number] = rows_of(desk.record())
                bundle = next((desk.data / "bundles").iterdir())
                (self.data / "bundles").mkdir(exist_ok=True)
                (self.data / "bundles" / bundle.name).write_bytes(bundle.read_bytes())
        return [dict(row) for row in self.played[number]]

    def add(self, number, trainee="t1", day="2026-01-05", frt=None, aht=None, rating=None, mode=None):
        """`frt`: when the first reply is given, `aht`: when the call is over, in ms."""
        rows = self.source(number)
        opened, closed = json.loads(rows[0]["data"]), json.loads(rows[-1]["data"])
        opened.update(trainee=trainee, start=f"{day}T08:00:{self.count % 60:02d}Z")
        if mode:
            opened["mode"] = mode
        if rating:
            closed["rating"] = rating
        for row in rows[1:]:
            row["t_ms"] = str(int(row["t_ms"]) + (frt or 0))
        if aht is not None:
            rows[-1]["t_ms"] = str(aht)
        rows[0]["data"] = json.dumps(opened, ensure_ascii=False, separators=(",", ":"))
        rows[-1]["data"] = json.dumps(closed, ensure_ascii=False, separators=(",", ":"))
        self.count += 1
        path = self.data / "records" / day / f"0800-{self.count:05d}.csv"
        write_record(path, rows)
        return path

    def report(self, kind, *options):
        result = run("report", kind, "--json", "--data", self.data, *options)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def text(self, kind, *options):
        return run("report", kind, "--lang", "en", "--data", self.data, *options).stdout


# ---- the oracle: nothing but the records and the script ----

def half_up(sum, count):
    return (2 * sum + count) // (2 * count)


def wilson(hits, count, z=1.959963984540054):
    p = hits / count
    middle, width = p + z * z / (2 * count), z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    low, high = (middle - width) / (1 + z * z / count), (middle + width) / (1 + z * z / count)
    return (0 if hits == 0 else low), (1 if hits == count else high)


def share(hits, count):
    told = {"hits": hits, "count": count}
    if count:
        low, high = wilson(hits, count)
        told.update(share=half_up(1000 * hits, count) / 1000, low=int(1000 * low + 0.5) / 1000,
                    high=int(1000 * high + 0.5) / 1000)
    return told


def calls_of(data):
    script = json.loads(SCRIPT.read_text())
    closing = [point["id"] for point in script["points"] if point["action"] == "close"]
    for path in sorted(data.glob("records/*/*.csv")):
        rows = rows_of(path)
        opened, closed = json.loads(rows[0]["data"]), json.loads(rows[-1]["data"])
        replies = [row for row in rows if row["kind"] in ("reply", "typed")]
        refs = [row["ref"] for row in replies]
        solved = closed["outcome"] == "resolved" and any(
            closed["verdicts"].get(point) in ("MET", "PARTIAL") for point in closing)
        mood = max(-100, 10 * refs.count("since") - 30 * refs.count("bark"))
        yield {"trainee": opened["trainee"], "scenario": opened["scenario"], "day": opened["start"][:10],
               "mode": opened["mode"], "q": round(10 * closed["q"]), "pass": closed["pass"],
               "verdicts": closed["verdicts"], "stages": closed["stages"], "aht": int(rows[-1]["t_ms"]),
               "frt": int(replies[0]["t_ms"]) if replies else None, "rating": closed.get("rating"),
               "solved": solved, "defused": solved and mood >= -20}


def figures(name, calls):
    replied = [call["frt"] for call in calls if call["frt"] is not None]
    rated = [call["rating"] for call in calls if call["rating"]]
    told = {
        "name": name, "calls": len(calls), "q_mean": half_up(sum(c["q"] for c in calls), len(calls)) / 10,
        "frt_mean_ms": half_up(sum(replied), len(replied)) if replied else None,
        "aht_mean_ms": half_up(sum(c["aht"] for c in calls), len(calls)),
        "aht_under": sum(c["aht"] < 300_000 for c in calls), "aht_over": sum(c["aht"] > 480_000 for c in calls)}
    n = len(calls)
    told.update(
        passed=share(sum(c["pass"] for c in calls), n), frt=share(sum(t <= 30_000 for t in replied), n),
        aht=share(sum(300_000 <= c["aht"] <= 480_000 for c in calls), n),
        fcr=share(sum(c["solved"] for c in calls), n), solved=share(sum(c["solved"] for c in calls), n),
        csat=share(sum(r >= 4 for r in rated), len(rated)), rated=share(len(rated), n),
        transferred=share(0, n), complaint=share(n, n), defused=share(sum(c["defused"] for c in calls), n),
        error=share(0, n))
    return told


def grouped(calls, key):
    names = sorted({call[key] for call in calls}, key=str.encode)
    return [figures(name, [call for call in calls if call[key] == name]) for name in names]


def errors_of(calls):
    counted, missed = {}, {}
    for call in calls:
        for point, verdict in call["verdicts"].items():
            key = (call["scenario"], point)
            counted[key] = counted.get(key, 0) + 1
            missed[key] = missed.get(key, 0) + (verdict != "MET")
    return [{"scenario": key[0], "point": key[1], "counted": counted[key], "missed": missed[key]}
            for key in sorted(counted, key=lambda key: (-missed[key] / counted[key], -counted[key], key))
            if missed[key]]


class Same(unittest.TestCase):
    """Every figure of every report is that of the oracle, to the last digit shown."""

    @classmethod
    def setUpClass(cls):
        dice = random.Random(7)
        cls.floor = Floor()
        for _ in range(150):
            frt = dice.choice((100, 29_900, 30_000, 30_100, 45_678))
            cls.floor.add(dice.randrange(len(PLAYS)), dice.choice(("li", "王", "=SUM(A1)", "007", "zoë")),
                          f"2026-01-{dice.randint(1, 9):02d}", frt,
                          dice.choice((299_000, 300_000, 480_000, 481_000, 400_123)),
                          dice.choice((None, None, 1, 3, 4, 5)), dice.choice(("practise", "learn")))
        cls.calls = list(calls_of(cls.floor.data))

    @classmethod
    def tearDownClass(cls):
        cls.floor.folder.cleanup()

    def same(self, told, wanted):
        self.assertEqual(len(told), len(wanted))
        for one, other in zip(told, wanted):
            for key, value in other.items():
                found = {k: one[key][k] for k in value} if isinstance(value, dict) else one[key]
                self.assertEqual(found, value, (one["name"], key))

    def test_trainees(self):
        self.same(self.floor.report("trainee")["rows"], grouped(self.calls, "trainee"))

    def test_scenarios(self):
        self.same(self.floor.report("scenario")["rows"], grouped(self.calls, "scenario"))

    def test_kpi(self):
        """Row 169: calls handled a day, and the days that reach a target."""
        told = self.floor.report("kpi", "--per-day", 17)
        self.same(told["rows"], [figures("", self.calls)])
        days = {day["name"]: day["calls"] for day in grouped(self.calls, "day")}
        self.assertEqual({day["day"]: day["calls"] for day in told["days"]}, days)
        self.assertEqual(told["full_days"], sum(count >= 17 for count in days.values()))
        self.assertIn("target 17 · reached", self.floor.text("kpi", "--per-day", 17))

    def test_team(self):
        """Row 164: the common errors, the most often missed first."""
        told = self.floor.report("team")
        self.assertEqual(told["errors"], errors_of(self.calls))
        self.assertEqual((told["calls"], told["passes"]), (len(self.calls), sum(c["pass"] for c in self.calls)))
        self.same(told["figures"], [figures("", self.calls)])

    def test_stages(self):
        told = {stage["stage"]: stage for stage in self.floor.report("stage")["stages"]}
        for stage in ("intake", "diagnosis", "solution", "follow_up"):
            marks = [round(10 * call["stages"][stage]) for call in self.calls if stage in call["stages"]]
            self.assertEqual(told[stage]["q_mean"], half_up(sum(marks), len(marks)) / 10)
            wanted = share(sum(mark >= 600 for mark in marks), len(marks))
            self.assertEqual({key: told[stage]["passed"][key] for key in wanted}, wanted)

    def test_filters(self):
        chosen = [c for c in self.calls if c["trainee"] == "王" and "2026-01-03" <= c["day"] <= "2026-01-06"]
        self.same(self.floor.report("trainee", "--trainee", "王", "--since", "2026-01-03", "--until", "2026-01-06")
                  ["rows"], grouped(chosen, "trainee"))
        lessons = [call for call in self.calls if call["mode"] == "learn"]
        self.same(self.floor.report("kpi", "--mode", "learn", "--scenario", "case-test")["rows"], [figures("", lessons)])
        self.assertEqual(self.floor.report("kpi", "--scenario", "none")["rows"], [])
        self.assertEqual(run("report", "kpi", "--since", "yesterday").returncode, 2)
        self.assertEqual(run("report", "weather").returncode, 2)

    def test_csv(self):
        """The table of a spreadsheet says the same as the JSON; names are inert, and come back."""
        table = run("report", "trainee", "--csv", "--data", self.floor.data).stdout
        told = {row["name"]: row for row in csv.DictReader(io.StringIO(table))}
        self.assertEqual(set(told), {"li", "王", "'=SUM(A1)", "'007", "zoë"})
        for group in self.floor.report("trainee")["rows"]:
            row = told.get(group["name"]) or told["'" + group["name"]]
            self.assertEqual((int(row["calls"]), int(row["fcr"]), float(row["fcr_low"])),
                             (group["calls"], group["fcr"]["hits"], group["fcr"]["low"]))

    def test_sessions(self):
        """One row a call, in order; built twice it is byte for byte the same; the rule of cells can be undone."""
        tables = []
        for options in ((), ("--rebuild",)):
            self.assertEqual(run("export", "sessions", "--data", self.floor.data, *options).returncode, 0)
            tables.append((self.floor.data / "sessions.csv").read_bytes())
        self.assertEqual(tables[0], tables[1])
        self.assertTrue(tables[0].startswith(b"\xef\xbb\xbf"))
        rows = list(csv.DictReader(io.StringIO(tables[0].decode("utf-8-sig"))))
        self.assertEqual(len(rows), len(self.calls))
        order = [(row["start"], row["record"]) for row in rows]
        self.assertEqual(order, sorted(order))
        names = [name[1:] if name.startswith("'") else name for name in (row["trainee"] for row in rows)]
        self.assertEqual(sorted(names), sorted(call["trainee"] for call in self.calls))
        self.assertFalse(any(row["trainee"][0] in "=0" for row in rows))
        self.assertEqual(sum(row["pass"] == "1" for row in rows), sum(call["pass"] for call in self.calls))


class Boundaries(unittest.TestCase):
    def test_first_reply(self):
        """Row 166: 29.9 and 30.0 s reach the target, 30.1 s does not; alone, and as the mean of five."""
        for frt, met in ((29_900, True), (30_000, True), (30_100, False)):
            with Floor() as floor:
                for _ in range(5):
                    floor.add(0, frt=frt)
                told = floor.report("kpi")["rows"][0]
                self.assertEqual((told["frt"]["hits"], told["frt_verdict"]), (5 if met else 0, "reached" if met else "not reached"))
                text = floor.text("kpi")
                self.assertIn(f"first reply {frt / 1000:.1f} s · target 30 s · {'reached' if met else 'not reached'}", text)
                # never alone
                self.assertIn("solved at the first contact", text)
                self.assertIn("satisfied, ratings of 4 and 5 (simulated)", text)
                self.assertIn("5 calls", text)

    def test_handling_time(self):
        """Row 167: 4:59 is too short, 5:00 and 8:00 are in the band, 8:01 is too long."""
        for aht, verdict, under, over in ((299_000, "too short", 5, 0), (300_000, "reached", 0, 0),
                                          (480_000, "reached", 0, 0), (481_000, "too long", 0, 5)):
            with Floor() as floor:
                for _ in range(5):
                    floor.add(0, aht=aht)
                told = floor.report("kpi")["rows"][0]
                self.assertEqual((told["aht_verdict"], told["aht_under"], told["aht_over"]), (verdict, under, over))
                self.assertIn(f"handling time {aht // 60000}:{aht // 1000 % 60:02d} · {verdict}", floor.text("kpi"))

    def test_first_contact(self):
        """Row 168: 17 of 20 is 85 % and reaches it, 16 does not; fewer than five say nothing."""
        for solved, calls, verdict in ((17, 20, "reached"), (16, 20, "not reached"), (4, 4, "too few")):
            with Floor() as floor:
                for number in range(calls):
                    floor.add(0 if number < solved else 1)
                self.assertEqual(floor.report("kpi")["rows"][0]["fcr"]["verdict"], verdict)
                text = floor.text("kpi")
                if calls == 20:
                    self.assertIn(f"({64.0 if solved == 17 else 58.4}-{94.8 if solved == 17 else 91.9}, {solved} of 20)", text)
                else:
                    self.assertIn("too few (4 of 4)", text)

    def test_wilson(self):
        """Row 112's interval: 18 of 20 is 0.900, 0.699 to 0.972."""
        with Floor() as floor:
            for number in range(20):
                floor.add(0 if number < 18 else 1)
            solved = floor.report("kpi")["rows"][0]["solved"]
            self.assertEqual([solved[key] for key in ("share", "low", "high")], [0.9, 0.699, 0.972])

    def test_hostile_names(self):
        """What stands in a record reaches the terminal inert, and a table without running."""
        with Floor() as floor:
            path = floor.add(0)
            rows = rows_of(path)
            rows[0]["data"] = rows[0]["data"].replace('"t1"', r'"=\\u001b[31m\\u0007\\n\\u202e"')
            write_record(path, rows)
            for kind in ("trainee", "kpi", "team", "scenario"):
                for options in ((), ("--json",), ("--csv",)):
                    text = floor.text(kind, *options)
                    self.assertTrue(text)
                    for hostile in "\x1b\x07":
                        self.assertNotIn(hostile, text)
                    self.assertTrue(options == ("--json",) or "\u202e" not in text)
            self.assertIn("=^[[31m", floor.text("trainee"))
            self.assertIn("\n\"'=^[[31m", floor.text("trainee", "--csv"))
            run("export", "sessions", "--data", floor.data)
            self.assertIn(b",\"'=\x1b[31m", (floor.data / "sessions.csv").read_bytes())

    def test_no_calls(self):
        with Floor() as floor:
            self.assertEqual(floor.report("trainee")["rows"], [])
            self.assertIn("no calls", floor.text("trainee"))
            self.assertIn("0 calls", floor.text("kpi"))


class Index(unittest.TestCase):
    def setUp(self):
        self.floor = Floor()
        for number in range(30):
            self.floor.add(number % 3, day=f"2026-01-{1 + number % 3:02d}")
        for day in (self.floor.data / "records").iterdir():
            os.utime(day, (1_700_000_000, 1_700_000_000))
        self.index = self.floor.data / "index.sqlite"

    def tearDown(self):
        self.floor.folder.cleanup()

    def calls(self, *options):
        told = self.floor.report("trainee", *options)
        return sum(row["calls"] for row in told["rows"]), told["unreadable"]

    def test_only_what_changed_is_read(self):
        """A known day is not read again: a record spoilt behind its back is seen only by --rebuild."""
        self.assertEqual(self.calls(), (30, 0))
        day = self.floor.data / "records" / "2026-01-01"
        path = sorted(day.iterdir())[0]
        path.write_bytes(b"spoilt")
        self.assertEqual(self.calls(), (30, 0))
        self.floor.add(0, day="2026-01-09")
        self.assertEqual(self.calls(), (31, 0))
        self.assertEqual(self.calls("--rebuild"), (30, 1))

    def test_what_comes_and_goes(self):
        self.calls()
        path = self.floor.add(0, day="2026-01-02")
        self.assertEqual(self.calls(), (31, 0))
        path.write_bytes(path.read_bytes()[:-30])
        self.assertEqual(self.calls(), (30, 1))
        path.unlink()
        self.assertEqual(self.calls(), (30, 0))
        for record in (self.floor.data / "records" / "2026-01-03").iterdir():
            record.unlink()
        (self.floor.data / "records" / "2026-01-03").rmdir()
        self.assertEqual(self.calls(), (20, 0))

    def test_thrown_away_or_damaged(self):
        told = self.floor.report("team")
        whole = self.index.read_bytes()
        middle = bytearray(whole)
        middle[8192:40960] = os.urandom(32768)
        for damage in (b"", b"no index", whole[:len(whole) // 2], bytes(middle), b"\0" * len(whole)):
            self.index.write_bytes(damage)
            self.assertEqual(self.floor.report("team"), told)
        self.index.unlink()
        self.assertEqual(self.floor.report("team"), told)

    def test_links_and_strangers(self):
        """A link or a folder named like a record is passed by."""
        day = self.floor.data / "records" / "2026-01-01"
        (day / "link.csv").symlink_to("/etc/passwd")
        os.mkfifo(day / "pipe.csv")
        (day / "folder.csv").mkdir()
        self.assertEqual(self.calls(), (30, 0))

    def test_lost_scripts(self):
        """Without its script a call still counts where its rows speak; what needs the script is not counted."""
        for bundle in (self.floor.data / "bundles").iterdir():
            bundle.unlink()
        told = self.floor.report("kpi")["rows"][0]
        self.assertEqual((told["calls"], told["frt"]["count"], told["fcr"]["count"]), (30, 30, 0))

    def test_many_at_a_time(self):
        """Readers and writers together, some of them killed: nothing lost, nothing doubled."""
        dice = random.Random(3)
        for _ in range(4):
            running = [subprocess.Popen([ITR, "report", "kpi", "--json", "--data", str(self.floor.data),
                                         *(["--rebuild"] if dice.random() < .4 else [])],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
            self.floor.add(0)
            for process in running[:2]:
                try:
                    process.wait(dice.random() * 0.05)
                except subprocess.TimeoutExpired:
                    process.kill()
            for process in running:
                out, err = process.communicate(timeout=60)
                if process.returncode == 0:
                    self.assertIn(json.loads(out)["rows"][0]["calls"], range(30, 35))
                else:
                    self.assertEqual((process.returncode, err), (-9, b""))
        self.assertEqual(self.calls(), (34, 0))
        self.assertEqual(self.floor.report("team"), self.floor.report("team", "--rebuild"))


if __name__ == "__main__":
    unittest.main()

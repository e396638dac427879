"""Every sentence the sources mark for translation has its Chinese, and none of it is a guess.

The catalogue is read as it stands in the source folder: untranslated and fuzzy entries fail, and
so does a sentence of the sources that the catalogue has not taken in yet.
"""
import pathlib
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["ITR_SOURCE"])
CATALOGUE = SOURCE / "po" / "zh_CN.po"
TOOLS = ("msgattrib", "msgfmt", "msgmerge", "xgettext")
SKIPPED = 77
ADVICE = "`meson compile itr-update-po` takes new sentences into po/zh_CN.po; fill their msgstr"


def run(*command):
    return subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


def sentences(catalogue, *which):
    """The entries msgattrib picks, without the header."""
    blocks = run("msgattrib", "--no-wrap", "--no-obsolete", *which, str(catalogue)).split("\n\n")
    return [line[len("msgid "):] for block in blocks for line in block.split("\n")
            if line.startswith("msgid ") and block.count('msgid ""\nmsgstr ""') == 0]


class Complete(unittest.TestCase):
    def expect_none(self, catalogue, *which):
        left = sentences(catalogue, *which)
        self.assertFalse(left, f"{len(left)} of {which}; {ADVICE}:\n" + "\n".join(left[:20]))

    def test_nothing_is_untranslated(self):
        self.expect_none(CATALOGUE, "--untranslated")

    def test_nothing_is_fuzzy(self):
        self.expect_none(CATALOGUE, "--only-fuzzy")

    def test_the_format_checks_pass(self):
        run("msgfmt", "--check-format", "--check-header", "-o", os.devnull, str(CATALOGUE))

    def test_the_sources_hold_no_other_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            template, merged = (str(pathlib.Path(folder) / name) for name in ("now.pot", "now.po"))
            run("xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--no-location",
                "--files-from=po/POTFILES", "--output", template)
            run("msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file", merged,
                str(CATALOGUE), template)
            self.expect_none(merged, "--untranslated")

    def test_every_source_is_listed(self):
        listed = set((SOURCE / "po" / "POTFILES").read_text().split())
        found = {str(path.relative_to(SOURCE)) for room in ("src", "ui")
                 for path in (SOURCE / room).rglob("*.[ch]")
                 if " _(" in path.read_text() or "(_(" in path.read_text()
                 or "N_(" in path.read_text()}
        self.assertEqual(sorted(found - listed), [], "po/POTFILES lacks these sources")


if __name__ == "__main__":
    if not all(shutil.which(tool) for tool in TOOLS):
        print("the gettext tools are not installed; nothing was looked at")
        sys.exit(SKIPPED)
    unittest.main()

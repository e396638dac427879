"""Every code a finding can have, wherever in the sources it is given, has its section in both pages
of diagnostics."""
import os
import pathlib
import re
import unittest

SOURCE = pathlib.Path(os.environ["ITR_SOURCE"])
CODE = re.compile(r'FINDING_(?:ERROR|WARNING),\s*"([a-z]+(?:-[a-z]+)+)"|\bbad\(pack, \w+, "([a-z-]+)"')


def codes():
    found = {}
    for path in sorted(SOURCE.glob("src/**/*.c")):
        for match in CODE.finditer(path.read_text()):
            found.setdefault(match.group(1) or match.group(2), path.name)
    return found


class Codes(unittest.TestCase):
    def test_each_has_a_section(self):
        self.assertGreater(len(codes()), 20)
        for page in ("diagnostics.md", "diagnostics.zh-CN.md"):
            text = (SOURCE / "docs" / page).read_text()
            missing = [f"{code} ({name})" for code, name in codes().items() if f"### `{code}`" not in text]
            self.assertFalse(missing, page)


if __name__ == "__main__":
    unittest.main()

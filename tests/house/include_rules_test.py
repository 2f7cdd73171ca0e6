"""The include rules find what is wrong in a small bad tree, and only that."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import include_rules

GOOD = {
    "include/crm/crm.h": "#include <stdint.h>",
    "include/crm/base/id.hpp": "#include <string>",
    "include/crm/model/company.hpp": '#include "crm/base/id.hpp"',
    "include/crm/rules/funnel.hpp": '#include "crm/model/company.hpp"',
    "include/crm/store/store.hpp": '#include "crm/base/id.hpp"',
    "include/crm/stores/sqlite.hpp": '#include "crm/store/store.hpp"',
    "include/crm/stores/memory.hpp": '#include "crm/store/store.hpp"',
    "include/crm/services/crm.hpp": '#include "crm/store/store.hpp"\n#include "crm/rules/funnel.hpp"',
    "include/crm/meta/meta.hpp": '#include "crm/store/store.hpp"\n#include "crm/model/company.hpp"',
    "include/crm/open.hpp": '#include "crm/services/crm.hpp"\n#include "crm/stores/memory.hpp"',
    "src/rules/funnel.cpp": '#include <boost/graph/adjacency_list.hpp>\n#include "crm/rules/funnel.hpp"',
    "src/stores/sqlite/open.cpp": '#include <sqlite3.h>\n#include "crm/stores/sqlite.hpp"\n#include "local.hpp"',
    "src/stores/sqlite/local.hpp": "#include <vector>",
    "src/meta/json.hpp": "#include <boost/json.hpp>",
    "src/services/cards.cpp": '#include "meta/json.hpp"',
    "src/open.cpp": '#include "crm/open.hpp"',
    "capi/db.cpp": '#include "crm/open.hpp"\n#include "crm/crm.h"',
    "bindings/gen/main.cpp": '#include "crm/meta/meta.hpp"\n#include <fmt/format.h>',
    "tests/rules/funnel_test.cpp": '#include <doctest/doctest.h>\n#include "crm/rules/funnel.hpp"',
}

# One bad file each, beside the good tree: (file, its text, what must be said of it)
BAD = [
    ("include/crm/rules/bad.hpp", '#include "crm/store/store.hpp"', "layer rules may not include"),
    ("include/crm/rules/bad.hpp", "#  include <crm/store/store.hpp>", "layer rules may not include"),
    ("src/rules/bad.cpp", '#include "../meta/json.hpp"', "layer rules may not include"),
    ("src/rules/bad.cpp", "#include <fstream>", "is pure"),
    ("src/model/bad.cpp", '\n\n#include "crm/store/store.hpp"', "bad.cpp:3: layer model may not include"),
    ("src/base/bad.cpp", '#include "crm/model/company.hpp"', "layer base may not include"),
    ("src/meta/bad.cpp", '#include "crm/rules/funnel.hpp"', "layer meta may not include"),
    ("src/store/bad.cpp", '#include "crm/model/company.hpp"', "layer store may not include"),
    ("src/stores/memory/bad.cpp", '#include "crm/model/company.hpp"', "layer stores/memory may not include"),
    ("src/stores/memory/bad.cpp", '#include "crm/stores/sqlite.hpp"', "layer stores/memory may not include"),
    ("src/stores/memory/bad.cpp", "#include <sqlite3.h>", "layer stores/memory may not include"),
    ("src/services/bad.cpp", '#include "crm/stores/sqlite.hpp"', "layer services may not include"),
    ("src/services/bad.cpp", "#include <sqlite3.h>", "layer services may not include"),
    ("src/open.hpp", '#include "crm/rules/funnel.hpp"', "layer open may not include"),
    ("capi/bad.cpp", '#include "crm/rules/funnel.hpp"', "layer capi may not include"),
    ("capi/bad.cpp", "#include <sqlite3.h>", "layer capi may not include"),
    ("bindings/gen/bad.cpp", '#include "crm/open.hpp"', "layer bindings may not include"),
    ("include/crm/base/bad.hpp", "#include <boost/date_time.hpp>", "a public header may not include"),
    ("include/crm/base/bad.hpp", "#include <fmt/format.h>", "a public header may not include"),
    ("include/crm/stores/bad.hpp", "#include <sqlite3.h>", "a public header may not include"),
    ("include/crm/stores/sqlite.hpp", '#include "../../../src/stores/sqlite/local.hpp"', "which is not public"),
    ("src/base/bad.cpp", '#include "crm/base/gone.hpp"', "is not in the tree"),
    ("src/new_layer/bad.cpp", "#include <vector>", "has no row"),
    ("tests/rules/bad_test.cpp", '#include "crm/store/store.hpp"', "layer tests/rules may not include"),
]


class IncludeRules(unittest.TestCase):
    def complaints(self, files):
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                path = Path(root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text + "\n", encoding="utf-8")
            script = Path(include_rules.__file__)
            run = subprocess.run([sys.executable, script, root], text=True, capture_output=True)
            complaints, _ = include_rules.check(root)
            self.assertEqual(run.returncode, 1 if complaints else 0, run.stdout + run.stderr)
            return complaints

    def test_a_good_tree_has_no_complaint(self):
        self.assertEqual(self.complaints(GOOD), [])

    def test_each_bad_file_is_found(self):
        for name, text, said in BAD:
            with self.subTest(name=name, text=text):
                complaints = self.complaints(GOOD | {name: text})
                self.assertEqual(len(complaints), 1, complaints)
                self.assertIn(said, complaints[0])
                self.assertIn(name, complaints[0])

    def test_an_empty_tree_is_refused(self):
        with tempfile.TemporaryDirectory() as root:
            run = subprocess.run([sys.executable, include_rules.__file__, root], capture_output=True)
            self.assertEqual(run.returncode, 1)


if __name__ == "__main__":
    unittest.main()

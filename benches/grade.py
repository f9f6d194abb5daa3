"""How many submissions `cargo course grade` grades in a minute, and in how much memory.

    python3 benches/grade.py [PROGRAM] [STUDENTS]

Each student hands in all exercises: the solutions, with one of them wrong, one that does not compile and one that is
still to be written, as in a class. The files differ from student to student, so that nothing is the same work twice.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
program = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/debug/course")
n_students = int(sys.argv[2]) if len(sys.argv) > 2 else 40

solutions = [path for path in sorted(ROOT.glob("solutions/*/*.rs"))]
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    for student in range(n_students):
        for i, path in enumerate(solutions):
            text = path.read_text() + f"// student {student}\n"
            role = (i + student) % len(solutions)
            if role == 0:
                text = text.replace("// solution", "todo!();")
            elif role == 1:
                text = text.replace("// solution", "let wrong: u8 = 0.5;")
            elif role == 2:
                text = text.replace("// solution", "if true { panic!(\"here\") }")
            to = folder / "class" / f"s{student:03}" / path.relative_to(ROOT / "solutions")
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(text)
    before = time.monotonic()
    submissions = [str(path) for path in sorted((folder / "class").iterdir())]
    command = [program, "grade", *submissions, "--out", str(folder / "marks"), "--jobs", "2", "--seed", "a benchmark"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    peak = 0
    while run.poll() is None:
        try:
            status = pathlib.Path(f"/proc/{run.pid}/status").read_text()
            peak = max([peak] + [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")])
        except OSError:
            pass
        time.sleep(0.05)
    seconds = time.monotonic() - before
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.returncode == 0, run.returncode
    n_graded = len(os.listdir(folder / "marks" / "results"))
    assert n_graded == n_students, n_graded
    record = json.loads((folder / "marks" / "results" / "s000.json").read_text())
    n_exercises = len(record["exercises"])
    print(
        f"{n_students} submissions of {n_exercises} exercises in {seconds:.1f} s, "
        f"cpu_seconds {used.ru_utime + used.ru_stime:.1f}: "
        f"{n_students * 60 / seconds:.0f} submissions and {n_students * n_exercises * 60 / seconds:.0f} exercises a minute; "
        f"grader's peak {peak / 1024:.0f} MB, largest child's {used.ru_maxrss / 1024:.0f} MB"
    )

"""How long it takes from saving an exercise's file to its verdict.

    python3 benches/verdict_latency.py [PROGRAM] [TIMES]

PROGRAM is `target/debug/course`, or the copy that set-up makes, `.course/bin/course`. Each save has another text. It measures
`check cosine`, from the save to the end of the process, and `watch`, from the save to the last line of the verdict.
"""

import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
program = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/debug/course").resolve())
n_times = int(sys.argv[2]) if len(sys.argv) > 2 else 21

WRITTEN = "x.iter().zip(y).map(|(a, b)| a * b).sum::<f32>() + {}.0"


def told(what, seconds):
    ordered = sorted(seconds)
    median, worst = statistics.median(ordered), ordered[-1]
    print(f"{what:<24} median {median:.3f} s, slowest of {len(ordered)} {worst:.3f} s")


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    shutil.copytree(ROOT / "exercises", folder / "exercises")
    shutil.copy(ROOT / "Cargo.toml", folder)
    file = folder / "exercises/01_vectors/cosine.rs"
    stub = file.read_text()

    def save(i):
        file.write_text(stub.replace("todo!()", WRITTEN.format(i)))

    seconds = []
    for i in range(n_times + 1):
        begin = time.monotonic()
        save(i)
        run = subprocess.run([program, "check", "cosine"], cwd=folder, capture_output=True, text=True)
        seconds.append(time.monotonic() - begin)
        assert "wrong" in run.stdout, run
    told("check cosine", seconds[1:])

    watch = subprocess.Popen(
        [program, "watch"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (line := watch.stderr.readline()).startswith("watching"):
        assert line, "watch has ended"
    seconds = []
    for i in range(n_times + 1):
        time.sleep(0.2)
        begin = time.monotonic()
        save(n_times + 1 + i)
        while "This is the dot product" not in (line := watch.stdout.readline()) and not line.endswith(" s\n"):
            assert line, "watch has ended"
        # The line with the time is the last of a verdict.
        while not line.endswith(" s\n"):
            line = watch.stdout.readline()
        seconds.append(time.monotonic() - begin)
    told("watch", seconds[1:])
    watch.terminate()
    watch.wait()

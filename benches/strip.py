"""How much the strip filter costs beside nbstripout and `cat`, in one sitting.

    python -m venv V && V/bin/pip install nbstripout
    V/bin/python benches/strip.py --course .course/bin/course --nbstripout V/bin/nbstripout

1. One notebook of 1 MB as a process of its own, from standard input to standard output: the median of --runs.
2. `git status` over 200 notebooks of 12 KB whose time stamps have changed, with each as git's clean filter. `cat` stands
   for the least that a filter can cost: a process a file. nbstripout starts Python 200 times; --files makes it fewer.
3. One notebook with 50 MB of outputs, and the peak of memory while it is stripped.
"""

import argparse
import base64
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


def notebook(number, size):
    """A notebook of about `size` bytes: code cells with printed lines, every fifth with a picture."""
    cells, written = [], 0
    while written < size:
        at = len(cells)
        noise = hashlib.sha256(b"%d-%d" % (number, at)).digest()
        outputs = [{"name": "stdout", "output_type": "stream", "text": [f"{i} {noise.hex()}\n" for i in range(20)]}]
        if at % 5 == 0 and size > 100_000:
            picture = base64.b64encode(noise * 600).decode()
            outputs.append({"data": {"image/png": picture, "text/plain": ["plot"]}, "metadata": {}, "output_type": "display_data"})
        cells.append({"cell_type": "code", "execution_count": at + 1, "id": f"c{at}", "metadata": {}, "outputs": outputs,
                      "source": [f"let x = {at};\n", "x"]})
        cells.append({"cell_type": "markdown", "id": f"m{at}", "metadata": {}, "source": [f"## Section {at}\n"]})
        written += sum(len(json.dumps(cell, indent=1)) for cell in cells[-2:])
    return json.dumps({"cells": cells, "metadata": {"language_info": {"name": "rust"}}, "nbformat": 4, "nbformat_minor": 5},
                      indent=1) + "\n"


def seconds(command, **kept):
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.PIPE, **kept)
    return time.perf_counter() - begin


def as_process(command, path, runs):
    times = []
    for _ in range(runs + 2):  # two to warm up
        with open(path, "rb") as source:
            times.append(seconds(command, stdin=source))
    return statistics.median(times[2:])


def git_status(folder, configure, runs):
    """`git status` when every notebook's time stamp has changed, so that git runs each through the filter."""
    def git(*arguments):
        return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout
    configure(git)
    git("add", "-A")
    git("-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "-qm", "notebooks")
    times = []
    for run in range(runs):
        for path in Path(folder).glob("*.ipynb"):
            os.utime(path, (run + 1e9, run + 1e9))
        times.append(seconds(["git", "-C", folder, "status", "--short"]))
    if git("status", "--short"):
        raise SystemExit("expected `git status` to be quiet, got changes")
    return statistics.median(times)


def repository(files, size):
    folder = tempfile.mkdtemp()
    subprocess.run(["git", "init", "-q", folder], check=True)
    for i in range(files):
        Path(folder, f"{i:03}.ipynb").write_text(notebook(i, size))
    return folder


def with_filter(command):
    def configure(git):
        git("config", "filter.bench.clean", command)
        Path(git("rev-parse", "--show-toplevel").strip(), ".gitattributes").write_text("*.ipynb filter=bench\n")
    return configure


def with_course(course):
    return lambda git: subprocess.run([course, "hooks", "install"], check=True, capture_output=True,
                                      cwd=git("rev-parse", "--show-toplevel").strip())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--course", required=True, type=os.path.abspath)
    options.add_argument("--nbstripout", type=os.path.abspath)
    options.add_argument("--runs", type=int, default=15)
    options.add_argument("--files", type=int, default=200, help="notebooks under `git status`")
    options = options.parse_args()
    peers = [("cat", ["cat"]), ("course", [options.course, "strip"])]
    if options.nbstripout:
        peers.append(("nbstripout", [options.nbstripout]))

    with tempfile.TemporaryDirectory() as folder:
        for name, size in [("1 MB", 1_000_000), ("50 MB", 50_000_000)]:
            path = Path(folder, "n.ipynb")
            path.write_text(notebook(0, size))
            for peer, command in peers:
                runs = options.runs if size < 10_000_000 else 3
                print(f"{name:<6} one process       {peer:<12}{1e3 * as_process(command, path, runs):9.1f} ms", flush=True)
        time_program = shutil.which("time")
        if time_program:
            with open(path, "rb") as source:
                told = subprocess.run([time_program, "-f", "%M", options.course, "strip"], stdin=source,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True).stderr
            print(f"50 MB  peak of memory    course      {int(told) / 1024:9.1f} MiB")

    setups = [("cat", with_filter("cat"), options.files, 5), ("course", with_course(options.course), options.files, 5)]
    if options.nbstripout:
        setups.append(("nbstripout", with_filter(options.nbstripout), options.files, 1))
    for peer, configure, files, runs in setups:
        folder = repository(files, 12_000)
        try:
            print(f"{files} notebooks, git status {peer:<12}{git_status(folder, configure, runs):9.3f} s", flush=True)
        finally:
            shutil.rmtree(folder)


main()

"""How fast a notebook's kernel answers, seen by a plain Jupyter client.

    JUPYTER_PATH=$(cargo course kernelspec) .course/lab/bin/python benches/kernel_latency.py

Starts the kernel of the spec `rust` three times and gives it the cells of kernel_cells.rs, one after the other, as Run
All does. A cell has ended when its reply and the kernel's `idle` have both come. Also asked: completion of a course
function by the tab key, and whether a variable that a `let` without a type took from a course function is still there,
with its type, in a later cell. A cell that fails or panics ends the measurement: an error is fast, too. The processor
time of a kernel with all that it starts says more than the clock where other programs run beside it.

On a kernel that is not the pack's: --before ':dep llm-course = { path = "…" }'.
"""

import argparse
import json
import platform
import re
import resource
import statistics
import sys
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

TIMEOUT = 1800  # seconds; a stock kernel compiles the library's dependencies in its first cell

# (what to type, which completion must be offered)
COMPLETIONS = [("let w = course::corpus::wor", "words"), ("Vocabulary::cou", "count")]
# A `let` whose type only the course's sources tell, and a cell that compiles only if the kernel found it.
LET = 'let counted = Vocabulary::count(words("a b a"), 1);'
USE = "{ let again: &Vocabulary = &counted; again.tokens() }"
USE_SAYS = "3"


def cells_of(path):
    blocks = re.split(r"(?m)^// %%.*\n", path.read_text(encoding="utf-8"))[1:]
    return [block.strip() for block in blocks]


class Failed(Exception):
    pass


class Kernel:
    """A running kernel; `with` ends it."""

    def __init__(self, name):
        self.began = time.perf_counter()
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=TIMEOUT)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def since_launch(self):
        return time.perf_counter() - self.began

    def run(self, code):
        """Seconds, seconds from launch to the first output (or None), and the outputs' plain texts."""
        first, texts, errors = [], [], []

        def see(message):
            kind, content = message["header"]["msg_type"], message["content"]
            if kind in ("execute_result", "display_data"):
                first.append(self.since_launch())
                texts.append(content["data"].get("text/plain", ""))
            elif kind == "error":
                errors.append(content["evalue"] or "\n".join(content["traceback"]))
            elif kind == "stream" and "panicked at" in content["text"]:
                errors.append(content["text"])

        began = time.perf_counter()
        reply = self.client.execute_interactive(code, timeout=TIMEOUT, output_hook=see)
        seconds = time.perf_counter() - began
        if errors or reply["content"]["status"] != "ok":
            raise Failed(f"{code}\n\n{errors[0] if errors else reply['content']}")
        return seconds, first[0] if first else None, texts

    def complete(self, code):
        began = time.perf_counter()
        reply = self.client.complete(code, reply=True, timeout=TIMEOUT)
        return time.perf_counter() - began, reply["content"]["matches"]


def processor_time():
    """Seconds that the ended processes below this one have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def one_run(name, before, cells):
    used = processor_time()
    with Kernel(name) as kernel:
        ready = kernel.since_launch()
        seconds, first_result = [], None
        for code in before:
            kernel.run(code)
        for code in cells:
            took, first, _ = kernel.run(code)
            seconds.append(took)
            first_result = first_result or first
        total = kernel.since_launch()
        completions = []
        for code, wanted in COMPLETIONS:
            took, matches = kernel.complete(code)
            # A match may end in its arguments.
            offered = any(re.match(rf"(.*::)?{wanted}\b", match) for match in matches)
            completions.append({"typed": code, "offers": wanted, "ok": offered, "seconds": took})
        kernel.run(LET)
        _, _, texts = kernel.run(USE)
        inferred = texts == [USE_SAYS]
    return {
        "processor_time": processor_time() - used,
        "ready": ready,
        "first_result": first_result,
        "total": total,
        "median_cell": statistics.median(seconds),
        "slowest_cell": max(seconds),
        "cells": seconds,
        "completions": completions,
        "let_is_inferred_and_kept": inferred,
    }


def show(runs, cells):
    def row(what, values, unit="s"):
        numbers = "".join(f"{value:9.2f}" for value in values)
        print(f"{what:34}{numbers}   median {statistics.median(values):.2f} {unit}")

    print(f"{'':34}" + "".join(f"{f'run {i}':>9}" for i in range(1, len(runs) + 1)))
    row("launch to ready", [r["ready"] for r in runs])
    row("launch to first result", [r["first_result"] for r in runs])
    row("median cell", [r["median_cell"] for r in runs])
    row("slowest cell", [r["slowest_cell"] for r in runs])
    row("processor time of all of it", [r["processor_time"] for r in runs])
    row(f"launch to the end of {len(cells)} cells", [r["total"] for r in runs])
    for i, (code, wanted) in enumerate(COMPLETIONS):
        row(f"tab after {code.split()[-1][-20:]!r}", [r["completions"][i]["seconds"] for r in runs])
        offered = all(r["completions"][i]["ok"] for r in runs)
        print(f"{'':34}{'offers' if offered else 'DOES NOT OFFER'} {wanted}")
    kept = all(r["let_is_inferred_and_kept"] for r in runs)
    print(f"a `let` from a course function {'is' if kept else 'IS NOT'} kept, with its type")
    print("\ncells, median of the runs:")
    for i, code in enumerate(cells):
        seconds = statistics.median(r["cells"][i] for r in runs)
        print(f"  {seconds:6.2f} s  {code.splitlines()[0][:90]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kernel", default="rust", help="name of the kernelspec")
    parser.add_argument("--cells", type=Path, default=Path(__file__).with_name("kernel_cells.rs"))
    parser.add_argument("--before", action="append", default=[], help="a cell to run first, which is not counted")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", type=Path, help="a file for all the figures")
    given = parser.parse_args()
    cells = cells_of(given.cells)
    try:
        runs = [one_run(given.kernel, given.before, cells) for _ in range(given.runs)]
    except Failed as failed:
        sys.exit(f"a cell has failed:\n{failed}")
    show(runs, cells)
    good = all(r["let_is_inferred_and_kept"] and all(c["ok"] for c in r["completions"]) for r in runs)
    if given.json:
        about = {"kernel": given.kernel, "before": given.before, "machine": platform.platform(), "sources": cells}
        given.json.write_text(json.dumps({**about, "ok": good, "runs": runs}, indent=1) + "\n", encoding="utf-8")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()

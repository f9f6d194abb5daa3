"""Whether Jupyter's own reader accepts what the program under test has made of notebooks that it accepted before.

usage: nbformat_accepts.py COURSE SEED NUMBER

Makes NUMBER notebooks of nbformat 4.0 to 4.5 (and a few of version 3) with nbformat's own functions: code, text and raw
cells, attachments, every kind of output, widget state, tags, unusual sources. Each is valid for `nbformat.validate`.
Then `COURSE strip`, `nb to-text` and `from-text`, and `git merge` with two changed versions; each result is read and
validated. Stripping must leave sources, ids, tags and unknown metadata as they were.

Prints one line and exits with 0, or says what was not accepted and exits with 1. Run by tests/git/jupyter.rs with the
nbformat of JupyterLab's environment; written against nbformat 5.11.1.
"""
import copy
import json
import os
import random
import subprocess
import sys
import tempfile
import warnings

import nbformat
from nbformat import v3, v4

warnings.simplefilter("error")
COURSE, SEED, NUMBER = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
LINES = ["let x = 1;", "", "// %% no cell", ":dep x = \"1\"", "# Title", "é 🎈 \u2028", "tab\t \"quoted\" \\n", "%%bash", "<<<<<<< ours", "```rust", "\x07\x1b[1m"]
METADATA = [("x", None), ("nested", {"a": [1, 2.5, {"b": {}}]}), ("with \"quotes\"", "\"text\""), ("id", "reserved"), ("title", "a title"), ("1", 1e300), ("", False), ("text", "ü\n")]


def source(rng):
    return "\n".join(rng.choice(LINES) for _ in range(rng.randrange(5)))


def metadata(rng):
    found = dict(rng.choice(METADATA) for _ in range(rng.randrange(3)))
    if rng.random() < 0.3:
        found["tags"] = rng.sample(["quiz", "solution", "raises-exception", "ü"], rng.randrange(1, 4))
    if rng.random() < 0.2:
        found.update(collapsed=True, scrolled="auto")
    if rng.random() < 0.2:
        found["jupyter"] = {"source_hidden": True, "outputs_hidden": False}
    return found


def output(rng):
    kind = rng.choice(["stream", "display_data", "execute_result", "error"])
    data = {"text/plain": source(rng), "application/json": {"a": [None]}, "image/png": "iVBORw0KGgo="}
    if kind == "stream":
        return v4.new_output(kind, name=rng.choice(["stdout", "stderr"]), text=source(rng))
    if kind == "error":
        return v4.new_output(kind, ename="E", evalue="v", traceback=["\x1b[31mred"])
    return v4.new_output(kind, data=data, metadata={"image/png": {"width": 3}},
                         **({"execution_count": rng.randrange(9)} if kind == "execute_result" else {}))


def cell(rng, minor):
    kind = rng.choice(["code", "code", "markdown", "raw"])
    if kind == "code":
        new = v4.new_code_cell(source(rng), metadata=metadata(rng))
        if rng.random() < 0.7:
            new.outputs = [output(rng) for _ in range(rng.randrange(3))]
            new.execution_count = rng.randrange(100)
    else:
        make = v4.new_markdown_cell if kind == "markdown" else v4.new_raw_cell
        new = make(source(rng), metadata=metadata(rng))
        if minor >= 1 and rng.random() < 0.3:
            new.attachments = {"a.png": {"image/png": "iVBORw0KGgo="}}
    if minor < 5:
        del new["id"]
    else:
        new.id = "%08x" % rng.getrandbits(32)
    return new


def notebook(rng):
    minor = rng.randrange(6)
    found = v4.new_notebook(nbformat_minor=minor, cells=[cell(rng, minor) for _ in range(rng.randrange(6))])
    if rng.random() < 0.8:
        found.metadata["kernelspec"] = {"name": "rust", "display_name": "Rust", "language": "rust"}
        found.metadata["language_info"] = {"name": "Rust", "version": "1"}
    if rng.random() < 0.3:
        found.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}, "version_major": 2, "version_minor": 0}}
    found.metadata.update(rng.choice(METADATA) for _ in range(rng.randrange(2)))
    return found


def changed(given, rng):
    """A version of the notebook as one of two people would leave it; sometimes one who has a newer Jupyter."""
    found = copy.deepcopy(given)
    if found.nbformat_minor < 5 and rng.random() < 0.3:
        found.nbformat_minor = 5
        for each in found.cells:
            each["id"] = "%08x" % rng.getrandbits(32)
    minor, cells = found.nbformat_minor, found.cells
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(cells) + 1)
        what = rng.randrange(6)
        if what == 0 or at == len(cells):
            cells.insert(at, cell(rng, minor))
        elif what == 1:
            del cells[at]
        elif what == 2:
            cells.insert(rng.randrange(len(cells)), cells.pop(at))
        elif what == 3:
            cells[at].metadata = nbformat.from_dict(metadata(rng))
        elif what == 4:
            other = cell(rng, minor)
            if minor >= 5:
                other.id = cells[at].id
            cells[at] = other
        else:
            cells[at].source += "\n" + source(rng)
    return found


def old(rng):
    """nbformat 3: only strip knows it."""
    cells = [v3.new_code_cell(input=source(rng), prompt_number=rng.randrange(9), collapsed=True,
                              outputs=[v3.new_output("pyout", output_text="1", prompt_number=3)]),
             v3.new_text_cell("markdown", source=source(rng))]
    return v3.new_notebook(worksheets=[v3.new_worksheet(cells=cells)], metadata=v3.new_metadata(name="old"))


def write(found, path):
    nbformat.validate(found)
    nbformat.write(found, path, version=nbformat.NO_CONVERT)


def read(path, what):
    """Jupyter's own reader, with warnings as errors."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        found = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        nbformat.validate(found)
    except Exception as error:
        sys.exit(f"{what} {path}: {str(error)[:500]}\n{text}")
    # Line separators stay as they were written, and nbformat 3 writes them as escapes.
    plain = text.replace("\\u2028", "\u2028")
    if plain != json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n":
        sys.exit(f"{what} {path}: not in Jupyter's own form\n{text}")
    return found


def run(*arguments, codes=(0,)):
    done = subprocess.run([COURSE, *arguments], capture_output=True, text=True)
    if done.returncode not in codes:
        sys.exit(f"course {' '.join(arguments)}: exit {done.returncode}: {done.stderr}")
    return done.returncode


def bare(found):
    """What must survive: everything that running does not write."""
    found = copy.deepcopy(found)
    found.metadata.pop("widgets", None)
    for each in found.cells:
        for key in ("collapsed", "scrolled"):
            each.metadata.pop(key, None)
        if each.cell_type == "code":
            each.outputs, each.execution_count = [], None
    return found


def main():
    rng = random.Random(SEED)
    os.chdir(tempfile.mkdtemp())
    given = [notebook(rng) if i % 20 else old(rng) for i in range(NUMBER)]
    names = [f"{i}.ipynb" for i in range(NUMBER)]
    for found, name in zip(given, names):
        write(found, name)
        write(found, "kept-" + name)
    run("strip", *names)
    for option in (["--keep-output"], ["--max-size", "20", "--drop-empty-cells"]):
        run("strip", *option, *("kept-" + name for name in names))
        for name in names:
            read("kept-" + name, option[0])
    conflicts = 0
    for found, name in zip(given, names):
        stripped = read(name, "stripped")
        if found.nbformat != 4:
            continue
        if stripped != bare(found):
            sys.exit(f"stripped {name}: more than what running writes has changed")
        # There and back.
        run("nb", "to-text", name, "-o", name + ".rs")
        run("nb", "from-text", name + ".rs", "-o", "back.ipynb", "--force")
        back = read("back.ipynb", "from text")
        back.nbformat_minor = stripped.nbformat_minor
        if stripped.nbformat_minor < 5:
            for each in back.cells:
                del each["id"]
        if back != stripped:
            sys.exit(f"from text {name}: not the same notebook")
        # Two versions of it; with outputs, since not every repository has the filter.
        write(found, "base")
        write(changed(found, rng), "ours")
        write(changed(found, rng), "theirs")
        conflicts += run("git", "merge", "base", "ours", "theirs", "7", name, codes=(0, 1))
        read("ours", "merged")
    print(f"nbformat {nbformat.__version__} accepts {NUMBER} notebooks stripped, as text and back, and merged ({conflicts} with conflicts)")


main()

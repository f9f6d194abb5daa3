"""What nbstripout makes of one notebook with each of its options: tests/fixtures/git/nbstripout.json.

    python -m venv V && V/bin/pip install nbstripout==0.9.1
    V/bin/python tests/oracles/options_of_nbstripout.py > tests/fixtures/git/nbstripout.json

Always with --keep-id, since ids are always kept here. What nbformat takes away when it writes (`trusted`, `orig_nbformat`) is put
into each notebook behind its back, as Kaggle and VS Code do. Made with nbstripout 0.9.1.
"""
import json
import subprocess
import sys
from importlib.metadata import version

import nbformat
from nbformat import v4

STREAM = v4.new_output("stream", name="stdout", text="4\n")
REMARK = v4.new_output("stream", name="stderr", text="a remark\nof two lines\n")
RESULT = v4.new_output("execute_result", data={"text/plain": "5", "application/json": {"a": [None, True, 1.5]}}, execution_count=5)
ERROR = v4.new_output("error", ename="E", evalue="v", traceback=["one", "two"])


def code(source, metadata=None, outputs=(STREAM, REMARK, RESULT, ERROR), count=7):
    return v4.new_code_cell(source, metadata=metadata or {}, outputs=list(outputs), execution_count=count)


CELLS = [
    code("plain"),
    code("kept by a tag", {"tags": ["keep_output", "a"]}),
    code("kept by metadata", {"keep_output": True}),
    code("not kept", {"keep_output": False}),
    code("not false, not true", {"keep_output": 0}),
    code("first", {"init_cell": True}),
    code("not first", {"init_cell": False, "keep_output": True}),
    code("machine made", {"collapsed": True, "scrolled": "auto", "ExecuteTime": {"end_time": "x"}, "execution": {"iopub.execute_input": "x"},
                          "heading_collapsed": True, "hidden": True, "jupyter": {"source_hidden": True}}),
    code("mine", {"mine": {"deep": {"x": 1, "y": 2}}, "gone": [1], "flat.key": 3, "tags": ["b"]}),
    code("", count=None, outputs=[]),
    code(" \n\t", {"tags": ["a"]}),
    v4.new_markdown_cell("# text", metadata={"collapsed": True, "tags": ["b", "c"]}),
    v4.new_markdown_cell(""),
    v4.new_raw_cell("raw", metadata={"mine": {"deep": 1}}),
]
OPTIONS = [
    [],
    ["--keep-output"],
    ["--keep-count"],
    ["--keep-output", "--keep-count"],
    ["--extra-keys", "metadata.foo cell.metadata.mine.deep.x cell.metadata.gone"],
    ["--extra-keys", "metadata.language_info.version cell.metadata.flat.key cell.metadata.mine"],
    ["--keep-metadata-keys", "cell.metadata.collapsed cell.metadata.execution metadata.widgets"],
    ["--extra-keys", "cell.metadata.gone metadata.foo", "--keep-metadata-keys", "cell.metadata.gone"],
    ["--extra-keys", "cell.metadata.keep_output cell.metadata.init_cell metadata.keep_output"],
    ["--drop-empty-cells"],
    ["--drop-tagged-cells", "a"],
    ["--drop-tagged-cells", "nobody c b"],
    ["--strip-init-cells"],
    ["--strip-init-cells", "--keep-output"],
    ["--max-size", "13"],
    ["--max-size", "14"],
    ["--max-size", "40"],
    ["--max-size", "1k", "--keep-count"],
    ["--keep-output-type", "error"],
    ["--keep-output-type", "stream:stderr execute_result", "--keep-output"],
    ["--drop-output-type", "error stream:stdout", "--keep-output"],
    ["--drop-output-type", "error"],
    ["--drop-output-type", "stream:stdout", "--keep-output-type", "stream", "--max-size", "30"],
]


def given(**metadata):
    for i, cell in enumerate(CELLS):
        cell["id"] = f"c{i}"
    return v4.new_notebook(cells=CELLS, metadata={
        "foo": {"bar": 1}, "signature": "x", "language_info": {"name": "rust", "version": "1"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}}, **metadata})


def nbstripout(text, options):
    # Lists of types are many arguments there, one here.
    spread = []
    for option, word in zip([""] + options, options):
        spread += word.split() if option.endswith("-output-type") else [word]
    done = subprocess.run([sys.executable, "-m", "nbstripout", "--keep-id", *spread], input=text, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else None


def written(notebook):
    found = json.loads(nbformat.writes(notebook))
    found["metadata"].update(orig_nbformat=4, orig_nbformat_minor=2)
    for cell in found["cells"][::3]:
        cell["metadata"]["trusted"] = True
    return found


notebooks = {"plain": given(), "notebook keeps": given(keep_output=True), "notebook does not": given(keep_output=False)}
contradiction = v4.new_notebook(cells=[code("both", {"keep_output": False, "tags": ["keep_output"]})])
contradiction.cells[0].id = "c0"
cases = []
for name, notebook in notebooks.items():
    text = json.dumps(written(notebook))
    for options in OPTIONS if name == "plain" else OPTIONS[:2] + [["--max-size", "14"]]:
        cases.append({"notebook": name, "options": options, "result": nbstripout(text, options)})
text = json.dumps(written(contradiction))
cases.append({"notebook": "contradiction", "options": [], "result": nbstripout(text, [])})
json.dump({
    "made by": f"tests/oracles/options_of_nbstripout.py with nbstripout {version('nbstripout')}",
    "notebooks": {name: written(found) for name, found in {**notebooks, "contradiction": contradiction}.items()},
    "cases": cases,
}, sys.stdout, ensure_ascii=False, separators=(",", ":"))
print()

"""What jupytext writes for a few notebooks, and what it reads from our text of them: tests/fixtures/git/jupytext.json.

    python -m venv V && V/bin/pip install jupytext
    V/bin/python tests/oracles/text_by_jupytext.py target/debug/course > tests/fixtures/git/jupytext.json

Made with jupytext 1.19.6. `theirs` is jupytext's text and `read back` what jupytext makes of it again: where that is not the
notebook itself, ours need not be either. `ours` is the text of `course nb to-text`, and `read by jupytext` what it is there.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbformat import v4

COURSE = sys.argv[1]
RUST = {"kernelspec": {"display_name": "Rust", "language": "rust", "name": "rust"},
        "language_info": {"file_extension": ".rs", "mimetype": "text/rust", "name": "Rust"}}
PYTHON = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
          "language_info": {"name": "python"}}

md, code, raw = v4.new_markdown_cell, v4.new_code_cell, v4.new_raw_cell
NOTEBOOKS = {
    "plain": (RUST, [md("# Title\n\nText with `code` and é 🎈."), code("let x = 1;\nx + 1"), code("println!(\"{}\", x);\n\n// a comment")]),
    "commands": (RUST, [code(":dep serde = \"1\"\n:vars"), code("// text\nlet y = 2;"), code("use std::fmt;\n\n\nfn f() {}\n\nf()")]),
    "metadata": (RUST, [code("1", metadata={"tags": ["quiz", "b"]}), code("2", metadata={"course": {"exercise": "01_vectors/dot", "n": 1.5}}),
                        md("text", metadata={"slideshow": {"slide_type": "slide"}}), code("3", metadata={"title": "A title", "x": None, "on": True})]),
    "raw and empty": (RUST, [raw("<b>raw</b>\n---"), md(""), code(""), raw("", metadata={"format": "text/html"}), code("end")]),
    "lines": (RUST, [md("one\n\n\n- two\n    - three\n"), code("\n\nx\n\n"), code("/* a\n   comment */\n    indented"), md("// a comment\n# %% no cell")]),
    "python": (PYTHON, [md("# Title"), code("import os\n\nprint(1)"), code("def f():\n    return 1\n\n\nf()", metadata={"tags": ["a"]}), raw("raw"), code("# comment")]),
    "magics": (PYTHON, [code("%matplotlib inline\nimport os"), code("!ls\nx = 1"), code("# %not a magic\ny"), code("%timeit f(1)")]),
}


def cells(notebook):
    # jupytext notes how many empty lines stood between cells where they are not those that it would have written.
    return [{"cell_type": c.cell_type, "source": c.source,
             "metadata": {k: v for k, v in c.metadata.items() if k != "lines_to_next_cell"}} for c in notebook.cells]


def ours(notebook):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "n.ipynb")
        nbformat.write(notebook, path)
        return subprocess.run([COURSE, "nb", "to-text", path], check=True, capture_output=True, text=True).stdout


found = {}
for name, (metadata, content) in NOTEBOOKS.items():
    for i, cell in enumerate(content):
        cell["id"] = f"c{i}"
    notebook = v4.new_notebook(cells=content, metadata=metadata)
    extension = "rs" if metadata is RUST else "py"
    # jupytext leaves out most metadata unless it is told not to.
    keeping = nbformat.from_dict({**notebook, "metadata": {**metadata, "jupytext": {"cell_metadata_filter": "all", "notebook_metadata_filter": "all"}}})
    theirs = jupytext.writes(keeping, fmt=f"{extension}:percent")
    text = ours(notebook)
    found[name] = {
        "notebook": json.loads(nbformat.writes(notebook)),
        "theirs": theirs,
        "read back": cells(jupytext.reads(theirs, fmt=f"{extension}:percent")),
        "ours": text,
        "read by jupytext": cells(jupytext.reads(text, fmt=f"{extension}:percent")),
    }
json.dump({"made by": f"tests/oracles/text_by_jupytext.py with jupytext {jupytext.__version__}", "notebooks": found}, sys.stdout, indent=1, ensure_ascii=False)
print()

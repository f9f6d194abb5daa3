"""What jupytext writes for a few notebooks, and what it reads from our text of them: tests/fixtures/git/jupytext.json.

    python -m venv V && V/bin/pip install jupytext==1.19.6
    V/bin/python tests/oracles/text_by_jupytext.py target/debug/course > tests/fixtures/git/jupytext.json

Made with jupytext 1.19.6. `theirs` is jupytext's text and `read back` what jupytext makes of it again: where that is not the
notebook itself, ours need not be either. `ours` is the text of `course nb to-text`, and `read by jupytext` what it is there.
`texts` are written by hand, with what jupytext reads. `corpus` has random cells of Python, Rust and R, made of lines that mean
something to a format on the way: `given` is the notebook.
"""
import json
import random
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

R = {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}}
EXTENSIONS = {id(RUST): "rs", id(PYTHON): "py", id(R): "R"}

md, code, raw = v4.new_markdown_cell, v4.new_code_cell, v4.new_raw_cell
NOTEBOOKS = {
    "plain": (RUST, [md("# Title\n\nText with `code` and é 🎈."), code("let x = 1;\nx + 1"), code("println!(\"{}\", x);\n\n// a comment")]),
    "commands": (RUST, [code(":dep serde = \"1\"\n:vars"), code("// text\nlet y = 2;"), code("use std::fmt;\n\n\nfn f() {}\n\nf()")]),
    "metadata": (RUST, [code("1", metadata={"tags": ["quiz", "b"]}), code("2", metadata={"course": {"exercise": "01_vectors/dot", "n": 1.5}}),
                        md("text", metadata={"slideshow": {"slide_type": "slide"}}), code("3", metadata={"title": "A title", "x": None, "on": True})]),
    "raw and empty": (RUST, [raw("<b>raw</b>\n---"), md(""), code(""), raw("", metadata={"format": "text/html"}), code("end")]),
    "lines": (RUST, [md("one\n\n\n- two\n    - three\n"), code("\n\nx\n\n"), code("/* a\n   comment */\n    indented"), md("// a comment\n# %% no cell")]),
    "python": (PYTHON, [md("# Title"), code("import os\n\nprint(1)"), code("def f():\n    return 1\n\n\nf()", metadata={"tags": ["a"]}), raw("raw"), code("# comment")]),
    "cell magics": (PYTHON, [code("%%bash\nls -l\n\n# done\necho done"), code("%%time\nz = 3"), code("%%script bash -e\necho 1"),
                             code("%%capture out\nprint(1)")]),
    "continued": (PYTHON, [code("%load_ext watermark\n%watermark -u -n \\\n    -p jupytext -v\nx = 1"), code("!ls \\\n  -l \\\n  -a"),
                           code("x?\ny = !ls\ncd ..\n# x?")]),
    "inactive": (PYTHON, [code("x = 1\n# comment", metadata={"tags": ["active-ipynb"]}), code("y", metadata={"active": "ipynb"}),
                          code("z", metadata={"tags": ["active-py-ipynb"]})]),
    "inactive Rust": (RUST, [code("let x = 1;\n// comment", metadata={"tags": ["active-ipynb"]}), code("%%html\n<b>"), code("fn f() {}")]),
    "strings": (PYTHON, [code('x = """\n%no magic\n!ls\n"""\n%time y'), code("a = 'it\\'s'  # \"\"\"\n%b")]),
    "R": (R, [md("# Title"), code("x <- c(1, 2)\nx?"), code("%%bash\nls"), code("%load_ext a\n# %a"), code("f <- \"it's\"")]),
    "magics": (PYTHON, [code("%matplotlib inline\nimport os"), code("!ls\nx = 1"), code("# %not a magic\ny"), code("%timeit f(1)")]),
}


def cells(notebook):
    # jupytext notes how many empty lines stood between cells, and which quotes around one, where it would write others.
    return [{"cell_type": c.cell_type, "source": c.source,
             "metadata": {k: v for k, v in c.metadata.items() if k not in ("lines_to_next_cell", "cell_marker", "region_name")}}
            for c in notebook.cells]


def ours(notebook):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "n.ipynb")
        nbformat.write(notebook, path)
        return subprocess.run([COURSE, "nb", "to-text", path], check=True, capture_output=True, text=True).stdout


def theirs_of(notebook, extension):
    # jupytext leaves out most metadata unless it is told not to.
    options = {"cell_metadata_filter": "all", "notebook_metadata_filter": "all"}
    keeping = nbformat.from_dict({**notebook, "metadata": {**notebook.metadata, "jupytext": options}})
    return jupytext.writes(keeping, fmt=f"{extension}:percent")


# The kernel's part of a header, as jupytext writes it.
KERNEL = """# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

"""
TEXTS = {
    "markdown in quotes": ("py", KERNEL + '''# %% [markdown]
"""
# A title

$$
x' = s (y - x)
$$
"""

# %%
a = """
not markdown
"""

# %% [markdown]
r"""One line with \\alpha"""

# %% [raw]
\'\'\'
raw text
\'\'\'

# %% [md]
R\'\'\'a
b\'\'\'
'''),
    "continued magic": ("py", KERNEL + """# %%
# %load_ext watermark
# %watermark -u -n -t -z \\
#     -p jupytext -v
x = 1
"""),
    "languages": ("py", KERNEL + """# %% language="bash"
# ls -l
# echo done

# %% language="script" magic_args="bash -e"
# ls

# %% language="latin"
# a

# %%
y = 2
"""),
    "languages in Rust": ("rs", """// %% language="bash"
// ls

// %% language="html" tags=["a"]
// <b>
"""),
    "cell magics": ("py", KERNEL + """# %%
# %%time
z = 3

# %%
# %%writefile a.py
x = 1
# # %%time
"""),
    "lines of the kernel": ("py", KERNEL + """# %%
# x?

# %%
# x = !ls

# %%
# x = %time 1

# %%
# cd ..
# cd = 1
    # !ls
# # %a
# a?b
# %a  # noescape
"""),
    "active": ("py", """# %% tags=["active-ipynb"]
# x = 1
## y

# %% active="ipynb"
# z

# %% active="py"
# a
b

# %% active=""
# c

# %% active="ipynb,py"
# d
"""),
    "active in Rust": ("rs", """// %% tags=["active-ipynb"]
// let x;

// %% tags=["active-rs"]
let y;
"""),
    "a mark in a string": ("py", '''x = """
# %%
"""

# %% a
y = 1  # """

# %% b
'''),
    "marks in blocks": ("py", """# %% [markdown]
# ```mermaid
# %% a comment
# ```
#
# %% [markdown]
# ~~~
#
# %%
x
"""),
    "quoted as in Python": ("py", """# %% tags=['a', "b"] e=True n=None t=(1, 'x')
1

# %% A title e=1 x
2

# %% a=b c=1
3

# %% {"a b": 1}
4

# %%% Deeper
5

# %% .class a=1
6
"""),
    "empty lines": ("rs", "// %%\nlet x = 1;\n\n\n// %%\nlet y;\n\n\n\n// %%\n\n\n// %% [markdown]\n// a\n\n\n// %%\nz\n \n// %%\nw\n\n"),
    "empty lines of Python": ("py", "# %%\nx = 1\n\n\n# %%\ndef f():\n    return 1\n\n\n\n# %%\ny\n# %%\nz\n\n\n"),
    "R": ("R", '''# %% [markdown]
# # Title

# %% language="bash"
# ls

# %%
# %time
x <- """
# %%
y?
'''),
}

LINES = {
    "py": ["x = 1", "", "    y", "# comment", "%time x", "!ls", "x?", "y = !ls a", "cd ..", "%a \\", "    -p b", "'" * 3, 's = "a"', "# %b", "%%x",
           "def f(a):", "@d", "# # %a"],
    "rs": ["let x = 1;", "", "    y", "// comment", ":dep a", "// :vars", "let c = '\"';", "fn f<'a>() {}", '""', "#[derive(Debug)]", "%time",
           'let s = r#"', "//// a"],
    "R": ["x <- 1", "", "  y", "# comment", "%time x", "!x", "# %b", "'it'", "\"it's\"", "x %% 2", "f?"],
}
MAGICS = ["%%bash", "%%html", "%%time", "%%script a -b", "%%R", "%%python3"]
TEXT = ["# Title", "", "text", "- a", "$x$", "```", "> a", "    code", "%time", "'it'"]
METADATA = [{}, {}, {}, {"tags": ["a", "active-ipynb"]}, {"tags": ["b c"]}, {"x": None}, {"title": "A title"},
            {"n": 1.5, "course": {"exercise": "a/b"}}, {"active": "ipynb"}]


def random_notebook(rng, extension, metadata):
    made = []
    for _ in range(rng.randrange(1, 5)):
        kind = rng.choice([code, code, code, md, raw])
        lines = [rng.choice(LINES[extension] if kind is code else TEXT) for _ in range(rng.randrange(1, 5))]
        if kind is code and rng.random() < 0.2:
            lines.insert(0, rng.choice(MAGICS))
        own = rng.choice(METADATA) if kind is code else {}
        made.append(kind("\n".join(lines), metadata=nbformat.from_dict(own)))
    return v4.new_notebook(cells=made, metadata=metadata)


def corpus():
    rng = random.Random(1)
    for extension, metadata in (("py", PYTHON), ("rs", RUST), ("R", R)):
        for _ in range(40):
            notebook = random_notebook(rng, extension, metadata)
            theirs = theirs_of(notebook, extension)
            yield {"given": cells(notebook), "extension": extension, "theirs": theirs,
                   "read back": cells(jupytext.reads(theirs, fmt=f"{extension}:percent"))}


found = {}
for name, (metadata, content) in NOTEBOOKS.items():
    for i, cell in enumerate(content):
        cell["id"] = f"c{i}"
    notebook = v4.new_notebook(cells=content, metadata=metadata)
    extension = EXTENSIONS[id(metadata)]
    theirs = theirs_of(notebook, extension)
    text = ours(notebook)
    found[name] = {
        "notebook": json.loads(nbformat.writes(notebook)),
        "theirs": theirs,
        "read back": cells(jupytext.reads(theirs, fmt=f"{extension}:percent")),
        "ours": text,
        "read by jupytext": cells(jupytext.reads(text, fmt=f"{extension}:percent")),
    }
texts = {name: {"extension": extension, "text": text, "read": cells(jupytext.reads(text, fmt=f"{extension}:percent"))}
         for name, (extension, text) in TEXTS.items()}
made_by = f"tests/oracles/text_by_jupytext.py with jupytext {jupytext.__version__}"
print(json.dumps({"made by": made_by, "notebooks": found, "texts": texts}, indent=1, ensure_ascii=False)[:-2] + ",")
print(' "corpus": [\n' + ",\n".join("  " + json.dumps(one, ensure_ascii=False) for one in corpus()) + "\n ]\n}")

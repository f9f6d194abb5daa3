"""The Jargon File 4.4.7, from Debian `dict-jargon`: the text of a dictionary server, taken apart again.

    python3 jargon.py [dict-jargon_4.4.7-3.1_all.deb]

The package's text was filled to lines of at most 79 characters; here a paragraph is one line again.
"""

import io
import re
import subprocess
import tarfile

from common import checked, debian, gunzip, gzip, jsonl, licence, package, write

SOURCE = "405f8168d7994ed2cb71407bb95493daec2e9aa66fc0461dafa74a9d6728a8c1"
WIDTH = 79
INDENT = "    "
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def deb_files(path):
    """Name to bytes, for every file that a Debian package installs."""
    tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", path], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(tar)) as files:
        return {m.name.removeprefix("."): files.extractfile(m).read() for m in files if m.isfile()}


def number(text):
    """A number as dictd's index writes it: base 64, the most significant digit first."""
    value = 0
    for c in text:
        value = value * 64 + DIGITS.index(c)
    return value


def entries(index, text):
    """The entries in the order of the text, without those about the dictionary itself."""
    places = []
    for line in index.splitlines():
        head, start, length = line.split("\t")
        if not head.startswith("00-"):
            places.append((number(start), number(length)))
    for start, length in sorted(places):
        yield text[start : start + length].decode().rstrip().split("\n")



def clean(line):
    """Without the hyphens that show only at a line's end, and with every space an ordinary one."""
    return line.replace("\u00ad", "").replace("\u00a0", " ")


def glue(before, after):
    """What stood where the line was broken: nothing inside of a bracket or an address, else a space."""
    if re.search(r"[{(\[“‘^]$|\S/$", before) or re.match(r"[)\]},;:!?”’]|\.(\W|$)", after):
        return ""
    # A page of the manual: sbrk(2).
    return "" if re.search(r"\w$", before) and re.match(r"\(\d\w?\)", after) else " "


def unfilled(lines):
    """The text with each filled paragraph as one line. A line that was broken early, or is indented, stays one."""
    out, room = [], WIDTH
    for line in lines:
        width = len(line)
        line = clean(line).rstrip().removeprefix(INDENT)
        drawn = re.match(r"[ │├┌└]", line)
        between = glue(out[-1], line) if out else ""
        # The piece that would have stood on the line before, had there been room.
        first = re.match(r"\S*?[^\s/]/|\S*", line).group()
        if line and not drawn and room < len(between + first):
            out[-1] += between + line
        else:
            out.append(line)
        room = WIDTH if not line or drawn else WIDTH - width
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n")


def record(lines):
    # "@-party" is the last entry before the letter A: the text has the letter of the next section at its end.
    if re.fullmatch(INDENT + "[A-Z]", lines[-1]):
        lines = lines[:-1]
    blank = lines.index("", 1) if lines[1] else 1
    return {
        "headword": lines[0],
        "grammar": " ".join(clean(line).strip() for line in lines[1:blank]),
        "definition": unfilled(lines[blank:]),
    }


def main():
    path = package(debian, "dict-jargon", "4.4.7-3.1")
    checked(path.read_bytes(), SOURCE, "dict-jargon")
    files = deb_files(path)
    index = files["/usr/share/dictd/jargon.index"].decode()
    text = gunzip(files["/usr/share/dictd/jargon.dict.dz"])
    records = [record(lines) for lines in entries(index, text)]
    assert all(r["headword"] and r["definition"] for r in records)
    write("jargon/entries.jsonl.gz", gzip(jsonl(records)))
    preface = """
The Jargon File 4.4.7 of 29 December 2003, in entries.jsonl.gz: the entries of the Debian package dict-jargon
4.4.7-3.1 in another form, with the lines of a paragraph joined. From the package's copyright file:
"""
    notice = files["/usr/share/doc/dict-jargon/copyright"].decode()
    write("jargon/LICENCE", licence(preface, notice.split("\nFiles: debian/*")[0]))


main()

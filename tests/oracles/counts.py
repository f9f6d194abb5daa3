"""The numbers of tests/counts.rs, by scikit-learn, numpy and loops.

usage: counts.py, in this folder's place, with scikit-learn 1.9 and numpy 2
"""
import lzma
import pathlib
import re

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

here = pathlib.Path(__file__).parent
rows = lzma.open(here / "../../data/sotu/speeches.tsv.lzma", "rt").read().splitlines()[1:]
# Runs of a to z, so that all programs cut the same words.
texts = [" ".join(re.findall("[a-z]+", row.split("\t")[3].lower())) for row in rows]

print("# TF-IDF of all speeches, min_df 5: entries, sum, largest, and three cells")
PATTERN = r"(?u)\b\w\w+\b"
for name, options in {
    "default": {},
    "l1, not smooth": {"norm": "l1", "smooth_idf": False},
    "sublinear, no norm": {"norm": None, "sublinear_tf": True},
    "boolean, no idf": {"binary": True, "use_idf": False},
}.items():
    v = TfidfVectorizer(min_df=5, token_pattern=PATTERN, **options)
    x = v.fit_transform(texts)
    cells = [x[d, v.vocabulary_[w]] for d, w in [(0, "militia"), (73, "emancipation"), (150, "war")]]
    print(f"{name}: {x.nnz} {x.sum():.6f} {x.max():.8f}", " ".join(f"{c:.9f}" for c in cells))

print("# singular values of the first variant, by numpy's dense SVD; the energy that 20 and 100 of them keep")
x = TfidfVectorizer(min_df=5, token_pattern=PATTERN).fit_transform(texts).toarray()
sigma = np.linalg.svd(x, compute_uv=False)
print(" ".join(f"{s:.6f}" for s in sigma[:20]))
print(f"{(sigma[:20] ** 2).sum() / (sigma ** 2).sum():.7f} {(sigma[:100] ** 2).sum() / (sigma ** 2).sum():.7f}")

print("# PPMI of the last twenty speeches, window 3, words of at least 20: entries, sum, health care, of the, by shift and smoothing")
cut = [t.split() for t in texts[-20:]]
counts = {}
for t in cut:
    for w in t:
        counts[w] = counts.get(w, 0) + 1
words = sorted((w for w in counts if counts[w] >= 20), key=lambda w: (-counts[w], w))
number = {w: i for i, w in enumerate(words)}
c = np.zeros((len(words), len(words)))
for t in cut:
    for i, w in enumerate(t):
        for j in range(max(0, i - 3), min(len(t), i + 4)):
            if i != j and w in number and t[j] in number:
                c[number[w], number[t[j]]] += 1
for shift, alpha in [(1, 1), (1, 0.75), (5, 0.75)]:
    p = c.sum(0) ** alpha / (c.sum(0) ** alpha).sum()
    with np.errstate(divide="ignore"):
        pmi = np.log2(c / (c.sum(1, keepdims=True) * p)) - np.log2(shift)
    ppmi = np.maximum(pmi, 0)
    print(len(words), (ppmi > 1e-12).sum(), f"{ppmi.sum():.4f}",
          f"{ppmi[number['health'], number['care']]:.6f}", f"{ppmi[number['of'], number['the']]:.6f}")

"""Answers of 3CosMul by gensim on the built-in vectors: see src/embeddings/analogy.rs.

gensim adds 1e-6 to the denominator and not the paper's 0.001.

pip install gensim==4.4.0 && python tests/oracles/cosmul.py
"""
import gzip
import io
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors

data = Path(__file__).parent / "../../data/glove"
words = gzip.open(data / "words.txt.gz", "rt", encoding="utf-8").read().split("\n")
vectors = np.load(io.BytesIO(gzip.open(data / "vectors.npy.gz").read())).astype(np.float32)
words = [w for w in words if w]
kv = KeyedVectors(vectors.shape[1])
kv.add_vectors(words, vectors)
for a, b, c in [("man", "king", "woman"), ("france", "paris", "italy"), ("good", "better", "bad")]:
    found = kv.most_similar_cosmul(positive=[b, c], negative=[a], topn=5)
    print((a, b, c), [(w, round(float(s), 6)) for w, s in found])

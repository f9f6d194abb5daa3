"""Files of vectors, against gensim 4.4, safetensors 0.8 and numpy.

usage: vectors.py write     writes tests/oracles/vectors/gensim.{vec,bin}: the library must read them
       vectors.py read      reads tests/oracles/vectors/course.{vec,bin,txt,safetensors}, which the library's test
                            writes byte for byte, and fails unless they hold the same vectors
pip install gensim safetensors"""
import json
import os
import sys

import numpy as np
from gensim.models import KeyedVectors

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "vectors")
words = ["the", "Whale", "naïve", "鯨", "don't", "1.5"]
# Numbers that need all their digits, the largest, the smallest, and one below the normal ones.
vectors = np.array([
    [0.1, -2.0, 1 / 3],
    [3.4028235e38, -1.1754944e-38, 1e-45],
    [-0.0, 16777216.0, 123456.79],
    [np.pi, -np.e, np.sqrt(2)],
    [1e-10, 1e10, -1e-3],
    [5.0, 0.5, 0.25],
], dtype=np.float32)

if sys.argv[1] == "write":
    kv = KeyedVectors(3)
    kv.add_vectors(words, vectors)
    kv.save_word2vec_format(os.path.join(here, "gensim.vec"), binary=False)
    kv.save_word2vec_format(os.path.join(here, "gensim.bin"), binary=True)
else:
    from safetensors import safe_open

    def check(name, got_words, got):
        assert list(got_words) == words, (name, got_words)
        assert got.dtype == np.float32 and got.tobytes() == vectors.tobytes(), (name, got)
        print(name, "is read as it was written")

    for name, options in (("course.vec", {}), ("course.bin", {"binary": True}), ("course.txt", {"no_header": True})):
        kv = KeyedVectors.load_word2vec_format(os.path.join(here, name), **options)
        check(name, kv.index_to_key, kv.vectors)
    with safe_open(os.path.join(here, "course.safetensors"), "numpy") as f:
        check("course.safetensors", json.loads(f.metadata()["words"]), f.get_tensor("vectors"))
        assert f.get_tensor("counts").tolist() == [1] * 6

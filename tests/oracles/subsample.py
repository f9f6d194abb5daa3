"""The probabilities with which gensim keeps a word: see src/corpus/subsample.rs.

pip install gensim==4.4.0 && python tests/oracles/subsample.py
"""
from gensim.models import Word2Vec

counts = {"a": 100_000, "b": 10_000, "c": 1_000, "d": 100}
model = Word2Vec(sample=1e-2, min_count=1)
model.build_vocab_from_freq(counts)
for word in counts:
    # An integer in a 32-bit scale, for its random numbers.
    print(word, round(model.wv.get_vecattr(word, "sample_int") / 2**32, 6))

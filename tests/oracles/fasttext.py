"""A small model of gensim's fastText, as its file and as vectors of known and unknown words; hashes of n-grams.

    python3 tests/oracles/fasttext.py                  writes tests/oracles/fasttext/tiny.bin, vectors.json
    python3 tests/oracles/fasttext.py --read FILE.bin WORD ...     what gensim reads in a file of ours

Made with gensim 4.4.0, numpy 2.
"""
import json
import pathlib
import sys

import numpy as np
from gensim.models import FastText
from gensim.models.fasttext import load_facebook_model, save_facebook_model
from gensim.models.fasttext_inner import compute_ngrams, ft_hash_bytes

if sys.argv[1:2] == ["--read"]:
    model = load_facebook_model(sys.argv[2])
    for word in sys.argv[3:]:
        print(word, *(f"{x:.6f}" for x in model.wv[word]))
    sys.exit()

out = pathlib.Path(__file__).parent / "fasttext"
out.mkdir(exist_ok=True)
sentences = [s.split() for s in ["the cats chased the mouse", "the dogs chased the cat", "naïve dogs sleep"] * 5]
model = FastText(sentences, vector_size=4, bucket=60, min_n=3, max_n=4, min_count=1, sg=1, epochs=3, seed=1, workers=1)
save_facebook_model(model, str(out / "tiny.bin"))
words = ["the", "chased", "naïve", "mice", "chaser", "dogsled", "猫"]
grams = compute_ngrams("naïve", 3, 4)
result = {
    "vectors": {w: [float(x) for x in model.wv[w].astype(np.float32)] for w in words},
    "ngrams": list(grams),
    "hashes": {g: ft_hash_bytes(g.encode()) for g in grams},
}
(out / "vectors.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")

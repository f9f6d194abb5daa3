"""The peer of the row `encode` of `cargo bench --bench peers`: MiniLM by sentence-transformers.

    encode_peers.py MODEL_FOLDER TEXTS [runs] [threads] [vectors.npy of ours]

TEXTS has a text a line, as `--out` of our row writes it. One JSON line a run; the first run is not timed. Given our
vectors, it also says how far they are apart at most.
"""
import json
import sys
import time

import numpy
import sentence_transformers
import torch

folder, texts, *more = sys.argv[1:]
runs, threads = (int(x) for x in (more + ["3", "2"][len(more) :])[:2])
torch.set_num_threads(threads)
model = sentence_transformers.SentenceTransformer(folder, device="cpu")
texts = open(texts).read().split("\n")
model.encode(texts[:64])
for _ in range(runs):
    start = time.perf_counter()
    vectors = model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)
    seconds = time.perf_counter() - start
    quality = {}
    if len(more) > 2:
        quality["apart"] = float(abs(numpy.load(more[2]) - vectors).max())
    print(json.dumps({
        "task": "encode", "peer": "sentence-transformers", "version": sentence_transformers.__version__,
        "params": {"texts": len(texts), "threads": threads}, "seconds": round(seconds, 4),
        "throughput": len(texts) / seconds, "unit": "texts/s", "quality": quality,
    }))

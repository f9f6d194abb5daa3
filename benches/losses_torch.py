"""The losses of a batch in torch, forward and backward, for `cargo bench --bench peers`: the same inputs and one
line of JSON a run. `python benches/losses_torch.py [infonce|triplet] [threads] [runs]`; each run is the median of
100 passes."""
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F

task = sys.argv[1] if len(sys.argv) > 1 else "infonce"
threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 1
torch.set_num_threads(threads)
torch.manual_seed(1)
N, D = 1024, 256
vectors = [torch.randn(N, D, requires_grad=True) for _ in range(3)]
anchors, positives, negatives = vectors
right = torch.arange(N)


def infonce():
    similarities = F.normalize(anchors) @ F.normalize(positives).T
    return F.cross_entropy(similarities / 0.07, right)


def triplet():
    return F.triplet_margin_loss(anchors, positives, negatives, margin=0.2)


loss = {"infonce": infonce, "triplet": triplet}[task]


def one_pass():
    for x in vectors:
        x.grad = None
    start = time.perf_counter()
    value = loss()
    value.backward()
    return time.perf_counter() - start, value.item()


for _ in range(runs):
    for _ in range(10):
        one_pass()
    passes = sorted(one_pass() for _ in range(100))
    seconds = statistics.median(s for s, _ in passes)
    print(json.dumps({
        "task": task, "peer": "torch", "version": torch.__version__,
        "params": {"B": N, "D": D, "threads": threads}, "seconds": round(seconds, 6),
        "quality": {"ms": seconds * 1e3, "best_ms": passes[0][0] * 1e3, "loss": passes[0][1]},
    }), flush=True)

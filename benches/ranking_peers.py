"""The peers of the rows `infonce`, `triplet` and `batch-hard` of `cargo bench --bench peers`.

    ranking_peers.py infonce|triplet|batch-hard [runs] [threads]

infonce: the cross entropy of normalised 1,024 x 256 anchors against positives at a temperature of 0.07, with both
gradients.
triplet: torch's triplet_margin_loss on 1,024 x 256 anchors, positives and negatives, with all three gradients.
batch-hard: pytorch-metric-learning's BatchHardMiner and TripletMarginLoss on 4,096 x 256 vectors of 64 classes,
with plain Euclidean distances that are not scaled, as in our row. One JSON line a run: the median and the best
of its repetitions in milliseconds. Needs torch, and for batch-hard pytorch-metric-learning.
"""
import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F

D = 256


def infonce():
    q, k = (torch.randn(1024, D, requires_grad=True) for _ in range(2))
    right = torch.arange(1024)

    def once():
        q.grad = k.grad = None
        loss = F.cross_entropy(F.normalize(q) @ F.normalize(k).T / 0.07, right)
        loss.backward()
        return loss

    return once, 100


def triplet():
    a, p, n = (torch.randn(1024, D, requires_grad=True) for _ in range(3))

    def once():
        a.grad = p.grad = n.grad = None
        loss = F.triplet_margin_loss(a, p, n, margin=0.2)
        loss.backward()
        return loss

    return once, 500


def batch_hard():
    from pytorch_metric_learning.distances import LpDistance
    from pytorch_metric_learning.losses import TripletMarginLoss
    from pytorch_metric_learning.miners import BatchHardMiner

    distance = LpDistance(normalize_embeddings=False, p=2)
    miner, loss_of = BatchHardMiner(distance=distance), TripletMarginLoss(margin=0.2, distance=distance)
    x = torch.randn(4096, D, requires_grad=True)
    labels = torch.arange(4096) % 64

    def once():
        x.grad = None
        loss = loss_of(x, labels, miner(x, labels))
        loss.backward()
        return loss

    return once, 5


task = sys.argv[1]
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 1
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 2
torch.set_num_threads(threads)
torch.manual_seed(1)
once, times = {"infonce": infonce, "triplet": triplet, "batch-hard": batch_hard}[task]()
for _ in range(3):
    once()
for _ in range(runs):
    took = []
    for _ in range(times):
        start = time.perf_counter()
        loss = once()
        took.append(1e3 * (time.perf_counter() - start))
    ms, best = statistics.median(took), min(took)
    print(json.dumps({"task": task, "peer": "torch " + torch.__version__, "threads": threads,
                      "loss": loss.item(), "ms": round(ms, 4), "best_ms": round(best, 4)}), flush=True)

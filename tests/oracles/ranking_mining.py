"""Miners, metrics and the geometry of a space by others: what tests/ranking compares with.

pip install torch==2.15.0 sentence-transformers==6.2.0 pytorch-metric-learning==2.8.1 scipy==1.17.1 datasets
python tests/oracles/ranking_mining.py > tests/fixtures/ranking/mining.json
"""
import contextlib
import io
import json
import sys
import warnings

import numpy as np
import scipy
import torch
import torch.nn.functional as F
from ranking_batches import LABELLED, TRIPLETS, draw, number, rows, written
from scipy.stats import spearmanr

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)

import pytorch_metric_learning  # noqa: E402
import sentence_transformers  # noqa: E402
from datasets import Dataset  # noqa: E402
from pytorch_metric_learning import distances, miners  # noqa: E402
from pytorch_metric_learning.utils import loss_and_miner_utils  # noqa: E402
from pytorch_metric_learning.utils.accuracy_calculator import AccuracyCalculator  # noqa: E402
from sentence_transformers import util  # noqa: E402
from sentence_transformers.sentence_transformer import evaluation  # noqa: E402

RAW = {
    "euclidean": lambda: distances.LpDistance(normalize_embeddings=False),
    "cosine": lambda: distances.CosineSimilarity(),
}

# Miners ----------------------------------------------------------------------------------------------------
chosen = []
for name, (vectors, labels) in LABELLED.items():
    labels = torch.tensor(labels)
    for kind in ["all", "easy", "semihard", "hard"]:
        miner = miners.TripletMarginMiner(0.875, kind, distance=RAW["euclidean"]())
        found = torch.stack(miner(vectors, labels)).T.tolist()
        chosen.append({"miner": kind, "batch": name, "distance": "euclidean", "margin": 0.875, "found": found})
    for distance in RAW:
        if name in ["ties", "zero vectors"] and distance == "cosine":
            continue  # which of two equal numbers is larger, the last bit decides
        found = torch.stack(miners.BatchHardMiner(distance=RAW[distance]())(vectors, labels)).T.tolist()
        chosen.append({"miner": "batch hard", "batch": name, "distance": distance, "found": found})

# By distance: the weights with which a negative is drawn. The miner hands them to a function that draws.
weights = []
for name, dimensions in [("random", 4), ("wide", 16)]:
    vectors, labels = LABELLED["random"] if name == "random" else (draw(8, 16), [0, 1, 2, 0, 1, 2, 0, 0])
    drawn = {}
    drawing = loss_and_miner_utils.get_random_triplet_indices
    loss_and_miner_utils.get_random_triplet_indices = lambda *a, **k: drawn.update(k) or drawing(*a, **k)
    with contextlib.suppress(Exception):
        miners.DistanceWeightedMiner(0.5, 1.5)(vectors, torch.tensor(labels))
    loss_and_miner_utils.get_random_triplet_indices = drawing
    weights.append(
        {
            "vectors": written(vectors), "labels": labels, "cutoff": 0.5, "nonzero_loss_cutoff": 1.5,
            "weights": written(drawn["weights"]),
        }
    )


# A whole corpus --------------------------------------------------------------------------------------------
class Table:
    """A model that knows texts by heart."""

    similarity_fn_name = "cosine"
    model_card_data = type("Card", (), {"set_evaluation_metrics": lambda *a, **k: None})()
    device = torch.device("cpu")
    similarity = staticmethod(util.cos_sim)
    similarity_pairwise = staticmethod(util.pairwise_cos_sim)

    def __init__(self, table):
        self.table = table

    def encode(self, texts, convert_to_tensor=False, normalize_embeddings=False, **options):
        vectors = torch.stack([self.table[t] for t in texts])
        vectors = F.normalize(vectors) if normalize_embeddings else vectors
        return vectors if convert_to_tensor else vectors.numpy()

    encode_query = encode_document = encode


# Up to rank range_max it looks at as many more as a query has positives, so most searches go through all.
queries, corpus = draw(6, 3), draw(14, 3)
positives = [[0], [1], [2, 9], [3], [4], [5]]
table = {f"q{i}": q for i, q in enumerate(queries)} | {f"d{i:02}": d for i, d in enumerate(corpus)}
pairs = [(f"q{i}", f"d{d:02}") for i, ds in enumerate(positives) for d in ds]
mined = []
for options in [
    {},
    {"range_min": 2},
    {"range_min": 1, "range_max": 4},
    {"absolute_margin": 0.125},
    {"relative_margin": 0.25},
    {"max_score": 0.75},
    {"min_score": 0.25},
    {"max_score": 0.75, "min_score": -0.25, "absolute_margin": 0.0, "range_min": 1},
]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        found = util.mine_hard_negatives(
            Dataset.from_dict({"anchor": [q for q, _ in pairs], "positive": [d for _, d in pairs]}),
            Table(table), corpus=sorted(t for t in table if t[0] == "d"), num_negatives=3, verbose=False,
            **{"range_max": 14, **options},
        )
    # The same negatives for each positive of a query.
    by_query = [[] for _ in queries]
    for row in found:
        q, n = int(row["anchor"][1:]), int(row["negative"][1:])
        if n not in by_query[q]:
            by_query[q].append(n)
    mined.append({"options": {"range_max": 14, **options}, "negatives": by_query})

# Metrics ---------------------------------------------------------------------------------------------------
# Among equal distances those of other classes come first, so that the order of the rows does not matter.
metrics = []
for name, (vectors, labels) in LABELLED.items():
    if name == "one element":
        continue
    classes = torch.tensor(labels)

    def neighbours(query, k, reference, to_itself):
        d = (query[:, None].double() - reference[None].double()).norm(dim=2)
        d.fill_diagonal_(torch.inf)
        same = classes[:, None] == classes[None]
        order = [sorted(range(len(d)), key=lambda j: (d[i, j], same[i, j]))[:k] for i in range(len(d))]
        return d.gather(1, torch.tensor(order)), torch.tensor(order)

    calculator = AccuracyCalculator(
        exclude=("AMI", "NMI"), k=len(labels) - 1, knn_func=neighbours, device=torch.device("cpu"),
        kmeans_func=lambda *a: None,
    )
    figures = calculator.get_accuracy(vectors, classes)
    metrics.append({"batch": name, **{key: number(x) for key, x in figures.items()}})

accuracies = []
for name, (a, p, n) in TRIPLETS.items():
    texts = {f"{kind}{i}": v for kind, vs in zip("apn", (a, p, n)) for i, v in enumerate(vs)}
    names = [[f"{kind}{i}" for i in range(len(a))] for kind in "apn"]
    evaluator = evaluation.TripletEvaluator(*names, similarity_fn_names=["cosine", "euclidean", "dot"])
    accuracies.append({"batch": name, **{k: number(x) for k, x in evaluator(Table(texts)).items()}})

left, right = draw(12, 4), draw(12, 4)
found = Table({f"q{i}": q for i, q in enumerate(left)} | {f"d{i}": d for i, d in enumerate(right)})
evaluator = evaluation.InformationRetrievalEvaluator(
    {f"q{i}": f"q{i}" for i in range(12)}, {f"d{i}": f"d{i}" for i in range(12)},
    {f"q{i}": {f"d{i}"} for i in range(12)},
    mrr_at_k=[12], ndcg_at_k=[12], accuracy_at_k=[1, 3, 5], precision_recall_at_k=[1, 3, 5], map_at_k=[12],
    score_functions={"cosine": util.cos_sim, "dot": util.dot_score, "euclidean": util.euclidean_sim},
)
retrieval = {k: number(x) for k, x in evaluator(found).items()}

ranks = []
for a, b in [
    ([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]),
    ([1, 1, 2, 2, 3], [1, 2, 3, 3, 3]),
    ([0.5, 0.25, 0.75, 1], [4, 3, 2, 1]),
    ([1, 1, 1], [1, 2, 3]),
    ([1, 2, 3], [1, 4, 9]),
]:
    ranks.append({"a": a, "b": b, "spearman": number(spearmanr(a, b).statistic)})

# Geometry --------------------------------------------------------------------------------------------------
wide = torch.cat([draw(20, 3), draw(20, 3, scale=0.0625)], 1)
unit = F.normalize


def rank(x, centred):
    """exp of the entropy of the singular values' shares (Roy and Vetterli 2007)."""
    s = np.linalg.svd((x - x.mean(0) if centred else x).numpy(), compute_uv=False)
    shares = s / s.sum()
    shares = shares[shares > 0]
    return float(np.exp(-(shares * np.log(shares)).sum()))


def isotropy(x):
    cosines = (unit(x) @ unit(x).T).numpy()
    return float(cosines[~np.eye(len(x), dtype=bool)].mean())


def collapsed(x):
    """The share of principal axes with less than 1 % of the deviation of an even spread."""
    variances = np.linalg.svd((x - x.mean(0)).numpy(), compute_uv=False) ** 2 / len(x)
    return float((np.sqrt(variances) < 0.01 * np.sqrt(variances.mean())).mean())


# Two of four directions are nearly empty, and neither is a column.
flat = torch.cat([draw(20, 2), draw(20, 2) / 512], 1)
flat = flat @ rows([1, 1, 0, 0], [1, -1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1])
labels = [i % 3 for i in range(12)]
d = torch.cdist(left, left).numpy()
same = np.equal.outer(labels, labels)
off = ~np.eye(12, dtype=bool)
geometry = {
    "left": written(left), "right": written(right), "wide": written(wide), "labels": labels,
    "alignment": number((unit(left) - unit(right)).norm(dim=1).pow(2).mean()),
    "alignment, power 1": number((unit(left) - unit(right)).norm(dim=1).mean()),
    "uniformity": number(torch.pdist(unit(left)).pow(2).mul(-2).exp().mean().log()),
    "effective rank": {"left": number(rank(left, False)), "wide": number(rank(wide, False))},
    "effective rank, centred": {"left": number(rank(left, True)), "wide": number(rank(wide, True))},
    "anisotropy": {"left": number(isotropy(left)), "wide": number(isotropy(wide))},
    "flat": written(flat),
    "collapsed": {"left": collapsed(left), "wide": collapsed(wide), "flat": collapsed(flat)},
    "within": number(d[same & off].mean()), "between": number(d[~same].mean()),
}

write = json.JSONEncoder(separators=(",", ":")).encode
result = {
    "versions": {
        "torch": torch.__version__.split("+")[0],
        "sentence-transformers": sentence_transformers.__version__,
        "pytorch-metric-learning": pytorch_metric_learning.__version__,
        "scipy": scipy.__version__,
        "numpy": np.__version__,
    },
    "weights": weights,
    "corpus": {
        "queries": written(queries), "corpus": written(corpus), "positives": positives, "mined": mined,
    },
    "retrieval": retrieval, "metrics": metrics, "accuracies": accuracies, "ranks": ranks, "geometry": geometry,
}
text = write(result)[:-1] + ',"chosen":[\n' + ",\n".join(map(write, chosen)) + "\n]}\n"
sys.stdout.write(text)

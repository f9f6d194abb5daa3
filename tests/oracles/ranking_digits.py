"""Digits as vectors of 8 numbers by the losses of others: the curves with which tests/ranking compares ours.

pip install torch==2.15.0 sentence-transformers==6.2.0 pytorch-metric-learning==2.8.1
python tests/oracles/ranking_digits.py data/digits/digits.csv.gz > tests/fixtures/ranking/digits.json

64 pixels, 32 units with tanh, 8 numbers. Weights and batches come from the generator below, which the test
has too. The first 1,200 digits are trained on; an accuracy is the share of the other 597 whose nearest neighbour
among the 1,200 has their label. Five seeds, 150 steps of Adam, float64.
"""
import gzip
import json
import sys
import warnings

import torch
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)

import pytorch_metric_learning  # noqa: E402
import sentence_transformers  # noqa: E402
from pytorch_metric_learning import distances, losses, miners, regularizers  # noqa: E402
from ranking_models import Given  # noqa: E402
from sentence_transformers.sentence_transformer import losses as st  # noqa: E402
from transformers.models.clip.modeling_clip import image_text_contrastive_loss  # noqa: E402

SEEDS, STEPS, EVERY, RATE, PER_CLASS = 5, 150, 50, 0.01, 4
lines = gzip.open(sys.argv[1], "rt").read().split()
table = torch.tensor([[float(x) for x in line.split(",")] for line in lines])
pixels, labels = table[:, :64] / 16, table[:, 64].long()
TRAINED = 1200
of_class = [[i for i in range(TRAINED) if labels[i] == c] for c in range(10)]


def numbers(seed):
    """Whole numbers of 32 bits: a linear congruential generator, so that the test can have the same ones."""
    while True:
        seed = (1664525 * seed + 1013904223) % 2**32
        yield seed


def start(random):
    """Uniform weights within 1/sqrt(inputs), row by row; the biases are 0."""
    parameters = []
    for outputs, inputs in [(32, 64), (8, 32)]:
        uniform = [2 * next(random) / 2**32 - 1 for _ in range(outputs * inputs)]
        parameters.append(torch.tensor(uniform).view(outputs, inputs) / inputs**0.5)
        parameters.append(torch.zeros(outputs))
    return [p.requires_grad_() for p in parameters]


def encode(parameters, x):
    w1, b1, w2, b2 = parameters
    return F.linear(torch.tanh(F.linear(x, w1, b1)), w2, b2)


RAW = distances.LpDistance(normalize_embeddings=False)
DOT = distances.DotProductSimilarity(normalize_embeddings=False)
by_class = torch.arange(10 * PER_CLASS) % 10
left, right = torch.triu_indices(10 * PER_CLASS, 10 * PER_CLASS, 1)
same = (by_class[left] == by_class[right]).long()
# Anchors are the first digit of each class, positives the second, negatives the third of the next class.
third = 20 + (torch.arange(10) + 1) % 10


def labelled(loss, miner=None):
    return lambda e, x: loss(e, by_class, miner(e.detach(), by_class) if miner else None)


def rows(*columns, y=None, loss):
    return lambda e, x: loss(Given(8))([{"rows": e[c], "guide": x[c]} for c in columns], y)


def guided(model):
    loss = st.GISTEmbedLoss(model, Given(64, "guide"), temperature=0.25)
    loss.must_retokenize = False
    return loss


def memory():
    loss = losses.ContrastiveLoss(0, 1, distance=RAW)
    return labelled(losses.CrossBatchMemory(loss, embedding_size=8, memory_size=160))


A, P = torch.arange(10), torch.arange(10, 20)
LOSSES = {
    "pair": lambda: labelled(losses.ContrastiveLoss(0, 1, distance=RAW)),
    "hadsell": lambda: rows(
        left, right, y=same,
        loss=lambda m: st.ContrastiveLoss(m, lambda a, b: torch.linalg.vector_norm(a - b, dim=1), margin=1.0),
    ),
    "triplet": lambda: labelled(losses.TripletMarginLoss(1.0, distance=RAW)),
    "semi-hard": lambda: labelled(
        losses.TripletMarginLoss(1.0, distance=RAW), miners.TripletMarginMiner(1.0, "semihard", distance=RAW)
    ),
    "batch hard": lambda: rows(
        torch.arange(40), y=by_class, loss=lambda m: st.BatchHardTripletLoss(m, margin=1.0)
    ),
    "batch hard soft": lambda: rows(
        torch.arange(40), y=by_class, loss=lambda m: st.BatchHardSoftMarginTripletLoss(m)
    ),
    "n-pairs": lambda: lambda e, x: losses.NPairsLoss(
        distance=DOT, embedding_regularizer=regularizers.LpRegularizer(power=2), embedding_reg_weight=0.0625
    )(e[:20], by_class[:20]),
    "infonce": lambda: rows(A, P, loss=lambda m: st.MultipleNegativesRankingLoss(m, 4.0)),
    "both ways": lambda: lambda e, x: image_text_contrastive_loss(
        4 * F.normalize(e[A]) @ F.normalize(e[P]).T
    ),
    "four directions": lambda: rows(
        A, P, third,
        loss=lambda m: st.MultipleNegativesRankingLoss(
            m, 4.0, directions=("query_to_doc", "query_to_query", "doc_to_query", "doc_to_doc")
        ),
    ),
    "guided": lambda: rows(A, P, loss=guided),
    "supervised contrastive": lambda: labelled(losses.SupConLoss(0.25)),
    "multi-similarity": lambda: labelled(losses.MultiSimilarityLoss(2, 50, 0.5)),
    "cosent": lambda: rows(left, right, y=same, loss=lambda m: st.CoSENTLoss(m, 4.0)),
    "angle": lambda: rows(left, right, y=same, loss=lambda m: st.AnglELoss(m, 4.0)),
    "margin-MSE": lambda: rows(A, P, third, y=torch.ones(10), loss=lambda m: st.MarginMSELoss(m)),
    "matryoshka": lambda: rows(
        A, P, loss=lambda m: st.MatryoshkaLoss(m, st.MultipleNegativesRankingLoss(m, 4.0), [8, 2])
    ),
    "memory": memory,
}
ANGLES = ["infonce", "both ways", "four directions", "guided", "supervised contrastive", "multi-similarity",
          "cosent", "angle", "matryoshka"]


def accuracy(parameters, angles):
    with torch.no_grad():
        e = encode(parameters, pixels)
        e = F.normalize(e) if angles else e
        nearest = torch.cdist(e[TRAINED:], e[:TRAINED]).argmin(1)
        return (labels[nearest] == labels[TRAINED:]).double().mean().item()


curves = {}
for name, loss_of in LOSSES.items():
    runs = []
    for seed in range(SEEDS):
        random, loss = numbers(seed), loss_of()
        parameters = start(random)
        optimiser = torch.optim.Adam(parameters, lr=RATE)
        run = {"losses": [], "accuracies": [accuracy(parameters, name in ANGLES)]}
        for step in range(1, STEPS + 1):
            classes = of_class * PER_CLASS
            batch = [members[(next(random) >> 16) % len(members)] for members in classes]
            value = loss(encode(parameters, pixels[batch]), pixels[batch])
            optimiser.zero_grad()
            value.backward()
            optimiser.step()
            if step <= 10:
                run["losses"].append(float("%.8g" % value.item()))
            if step % EVERY == 0:
                run["accuracies"].append(round(accuracy(parameters, name in ANGLES), 4))
        run["accuracies"][0] = round(run["accuracies"][0], 4)
        runs.append(run)
    curves[name] = runs
    print(name, [run["accuracies"] for run in runs], file=sys.stderr)

result = {
    "versions": {
        "torch": torch.__version__.split("+")[0],
        "sentence-transformers": sentence_transformers.__version__,
        "pytorch-metric-learning": pytorch_metric_learning.__version__,
    },
    "curves": curves,
}
text = json.JSONEncoder(separators=(",", ":")).encode
print(text(result).replace('],"', '],\n"'))

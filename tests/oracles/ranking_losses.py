"""Ranking losses by the libraries that train with them, with gradients: what tests/ranking compares with.

pip install torch==2.15.0 sentence-transformers==6.2.0 pytorch-metric-learning==2.8.1
python tests/oracles/ranking_losses.py > tests/fixtures/ranking/losses.json

All in float64. A null is a gradient at a vector of zeros, which the libraries divide by 1e-12 or 1e-8. A loss
of sentence-transformers takes its vectors from a model; the model here hands back the vectors it is given.
"""
import json
import sys
import warnings

import torch
import torch.nn.functional as F
from ranking_batches import COLUMNS, GRADED, GUIDES, LABELLED, PAIRS, TRIPLETS, draw, number, written
from ranking_models import Given
from transformers.models.clip.modeling_clip import image_text_contrastive_loss

warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)

import pytorch_metric_learning  # noqa: E402
import sentence_transformers  # noqa: E402
from pytorch_metric_learning import distances, losses, miners, reducers, regularizers  # noqa: E402
from sentence_transformers import util  # noqa: E402
from sentence_transformers.sentence_transformer import losses as st  # noqa: E402


cases = []
batches = {
    "labelled": LABELLED, "pairs": PAIRS, "graded": GRADED, "triplets": TRIPLETS, "columns": COLUMNS,
    "guides": GUIDES,
}


def case(loss, by, kind, batch, function, more=(), **options):
    """Runs `function` on the vectors of a batch, and on numbers of its own if there are `more`."""
    tensors = [t.clone().requires_grad_() for t in batches[kind][batch] if torch.is_tensor(t)]
    labels = [torch.tensor(t) for t in batches[kind][batch] if not torch.is_tensor(t)]
    more = [torch.tensor(m).requires_grad_() for m in more]
    value = function(*tensors, *more, *labels)
    if torch.is_tensor(value) and value.requires_grad:
        value.backward()
    gradients = [torch.zeros_like(t) if t.grad is None else t.grad for t in tensors + more]
    cases.append(
        {
            "loss": loss, "by": by, "kind": kind, "batch": batch, "options": options,
            "value": number(value), "gradients": [[number(x) for x in g.flatten()] for g in gradients],
        }
    )


def by_model(loss, dimensions=4):
    """A loss of sentence-transformers as a function of vectors, and of labels if it takes some."""

    def function(*arguments):
        tensors = [a for a in arguments if a.ndim == 2]
        labels = [a for a in arguments if a.ndim == 1]
        model = Given(dimensions)
        return loss(model)([{"rows": t} for t in tensors], labels[0] if labels else None)

    return function


# Pairs -----------------------------------------------------------------------------------------------------
EUCLIDEAN = lambda a, b: torch.linalg.vector_norm(a - b, dim=1)  # torch's pairwise_distance would add 1e-6
COSINE = st.SiameseDistanceMetric.COSINE_DISTANCE

for name in PAIRS:
    for distance, function, margin in [("euclidean", EUCLIDEAN, 2.125), ("cosine", COSINE, 0.875)]:
        case(
            "pair", "torch hinge_embedding_loss", "pairs", name,
            lambda a, b, y: F.hinge_embedding_loss(function(a, b), 2.0 * y - 1, margin=margin),
            distance=distance, margin=margin,
        )
        for loss, theirs in [("hadsell", st.ContrastiveLoss), ("online", st.OnlineContrastiveLoss)]:
            case(
                loss, f"sentence-transformers {theirs.__name__}", "pairs", name,
                by_model(lambda m: theirs(m, distance_metric=function, margin=margin)),
                distance=distance, margin=margin,
            )

# Triplets in rows ------------------------------------------------------------------------------------------
for name in TRIPLETS:
    case(
        "triplets", "torch triplet_margin_loss, eps 0", "triplets", name,
        lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=0.875, eps=0.0),
        distance="euclidean", margin=0.875,
    )
    case(
        "triplets", "sentence-transformers TripletLoss", "triplets", name,
        by_model(lambda m: st.TripletLoss(m)), distance="euclidean", margin=5.0,
    )
    case(
        "triplets", "sentence-transformers TripletLoss", "triplets", name,
        by_model(lambda m: st.TripletLoss(m, st.TripletDistanceMetric.COSINE, 0.875)),
        distance="cosine", margin=0.875,
    )
    case(
        "triplets", "torch triplet_margin_with_distance_loss", "triplets", name,
        lambda a, p, n: F.triplet_margin_with_distance_loss(
            a, p, n, distance_function=lambda x, y: ((x - y) ** 2).sum(1), margin=0.875
        ),
        distance="squared", margin=0.875,
    )
    case(
        "soft triplets", "torch soft_margin_loss", "triplets", name,
        lambda a, p, n: F.soft_margin_loss(EUCLIDEAN(a, n) - EUCLIDEAN(a, p), torch.ones(len(a))),
        distance="euclidean",
    )

# Vectors with labels ---------------------------------------------------------------------------------------
RAW = {
    "euclidean": lambda: distances.LpDistance(normalize_embeddings=False),
    "squared": lambda: distances.LpDistance(normalize_embeddings=False, power=2),
    "cosine": lambda: distances.CosineSimilarity(),
    "dot": lambda: distances.DotProductSimilarity(normalize_embeddings=False),
}


def only_positives(e, temperature, distance):
    """The supervised contrastive loss of a batch of one class."""
    e = F.normalize(e) if distance == "cosine" else e
    itself = torch.eye(len(e)).bool()
    logits = (e @ e.T / temperature).masked_fill(itself, -torch.inf)
    return -F.log_softmax(logits, 1)[~itself].mean()


AVERAGES = {"all": reducers.MeanReducer, "non-zero": reducers.AvgNonZeroReducer}
FUNCTIONS = st.BatchHardTripletLossDistanceFunction
for name in LABELLED:
    for distance in ["euclidean", "squared", "cosine"]:
        # A similarity has its bounds where a distance has margins: 1 - margin.
        margin = 0.875
        low, high = (1.0, 1.0 - margin) if distance == "cosine" else (0.0, margin)
        for average, reducer in AVERAGES.items():
            case(
                "pairs by label", "pytorch-metric-learning ContrastiveLoss", "labelled", name,
                losses.ContrastiveLoss(low, high, distance=RAW[distance](), reducer=reducer()),
                distance=distance, margin=margin, average=average,
            )
            case(
                "triplet", "pytorch-metric-learning TripletMarginLoss", "labelled", name,
                losses.TripletMarginLoss(margin, distance=RAW[distance](), reducer=reducer()),
                distance=distance, margin=margin, average=average,
            )
    case(
        "soft triplet", "pytorch-metric-learning TripletMarginLoss, smooth_loss", "labelled", name,
        losses.TripletMarginLoss(
            0.0, smooth_loss=True, distance=RAW["euclidean"](), reducer=reducers.MeanReducer()
        ),
        distance="euclidean", average="all",
    )
    for distance in ["euclidean", "cosine"]:
        function = getattr(FUNCTIONS, distance + "_distance")
        for loss, theirs in [
            ("batch hard", st.BatchHardTripletLoss),
            ("batch all", st.BatchAllTripletLoss),
            ("batch semi-hard", st.BatchSemiHardTripletLoss),
        ]:
            case(
                loss, f"sentence-transformers {theirs.__name__}", "labelled", name,
                by_model(lambda m: theirs(m, function, margin=0.875)), distance=distance, margin=0.875,
            )
        case(
            "batch hard soft", "sentence-transformers BatchHardSoftMarginTripletLoss", "labelled", name,
            by_model(lambda m: st.BatchHardSoftMarginTripletLoss(m, function)), distance=distance,
        )
    # The same choice, but an anchor without a positive or a negative is left out.
    miner = miners.BatchHardMiner(distance=RAW["euclidean"]())
    for average, reducer in AVERAGES.items():
        theirs = losses.TripletMarginLoss(0.875, distance=RAW["euclidean"](), reducer=reducer())
        case(
            "batch hard, mined", "pytorch-metric-learning BatchHardMiner, TripletMarginLoss", "labelled", name,
            lambda e, y: theirs(e, y, miner(e, y)), distance="euclidean", margin=0.875, average=average,
        )
    for temperature, distance in [(0.125, "cosine"), (1.0, "dot")]:
        for average, reducer in AVERAGES.items():
            by, theirs = "pytorch-metric-learning SupConLoss", losses.SupConLoss(
                temperature, distance=RAW[distance](), reducer=reducer()
            )
            if name == "one class":  # its loss is 0 without negatives; by the paper's formula it is not
                by, theirs = "torch log_softmax", lambda e, y: only_positives(e, temperature, distance)
            case(
                "supervised contrastive", by, "labelled", name, theirs,
                temperature=temperature, distance=distance, average=average,
            )
    case(
        "multi-similarity", "pytorch-metric-learning MultiSimilarityLoss", "labelled", name,
        losses.MultiSimilarityLoss(2, 50, 0.5), alpha=2, beta=50, base=0.5,
    )

# Columns: anchors, positives, further negatives ------------------------------------------------------------
EVERY = ("query_to_doc", "query_to_query", "doc_to_query", "doc_to_doc")
for name, columns in COLUMNS.items():
    for directions, partition in [
        (EVERY[:1], "joint"),
        ((EVERY[0], EVERY[2]), "per_direction"),
        ((EVERY[0], EVERY[2]), "joint"),
        (EVERY, "joint"),
    ]:
        for scale, similarity in [(20.0, util.cos_sim), (1.0, util.dot_score)]:
            if scale == 1.0 and name not in ["one further", "zero vectors", "large"]:
                continue
            case(
                "multiple negatives", "sentence-transformers MultipleNegativesRankingLoss", "columns", name,
                by_model(
                    lambda m: st.MultipleNegativesRankingLoss(
                        m, scale, similarity, directions=directions, partition_mode=partition
                    )
                ),
                scale=scale, similarity="dot" if scale == 1.0 else "cosine", directions=directions,
                partition=partition,
            )
    # A temperature so small that exp(1/temperature) is beyond float32.
    case(
        "multiple negatives", "sentence-transformers MultipleNegativesRankingLoss", "columns", name,
        by_model(lambda m: st.MultipleNegativesRankingLoss(m, 200.0)),
        scale=200.0, similarity="cosine", directions=EVERY[:1], partition="joint",
    )
    case(
        "cached multiple negatives", "sentence-transformers CachedMultipleNegativesRankingLoss", "columns",
        name,
        by_model(lambda m: st.CachedMultipleNegativesRankingLoss(m, 20.0, mini_batch_size=2)), scale=20.0,
    )
    if len(columns) == 2:
        def clip(a, p, t):
            return image_text_contrastive_loss(t.exp() * F.normalize(a) @ F.normalize(p).T)

        case(
            "both ways", "transformers' CLIP loss", "columns", name, clip, more=[2.6592],
            logarithm_of_scale=2.6592,
        )
        n = len(columns[0])
        case(
            "n-pairs", "pytorch-metric-learning NPairsLoss", "columns", name,
            lambda a, p: losses.NPairsLoss(distance=RAW["dot"]())(
                torch.cat([a, p]), torch.arange(n).repeat(2)
            ),
            weight=0.0,
        )
        penalty = regularizers.LpRegularizer(power=2)
        case(
            "n-pairs", "pytorch-metric-learning NPairsLoss, LpRegularizer", "columns", name,
            lambda a, p: losses.NPairsLoss(
                distance=RAW["dot"](), embedding_regularizer=penalty, embedding_reg_weight=0.0625
            )(torch.cat([a, p]), torch.arange(n).repeat(2)),
            weight=0.0625,
        )
        equal = (columns[1][:, None] == columns[1][None]).all(2) & ~torch.eye(n).bool()
        case(
            "equal rows masked", "torch cross_entropy", "columns", name,
            lambda a, p: F.cross_entropy(
                (20 * F.normalize(a) @ F.normalize(p).T).masked_fill(equal, -torch.inf), torch.arange(n)
            ),
            scale=20.0,
        )
        classes = torch.arange(n) % 2
        same = (classes[:, None] == classes[None]) & ~torch.eye(n).bool()
        case(
            "equal labels masked", "torch cross_entropy", "columns", name,
            lambda a, p: F.cross_entropy(
                (20 * F.normalize(a) @ F.normalize(p).T).masked_fill(same, -torch.inf), torch.arange(n)
            ),
            scale=20.0, labels=classes.tolist(),
        )

for name, guides in GUIDES.items():
    for strategy, margin, also in [
        ("absolute", 0.0, True), ("absolute", 0.125, True), ("relative", 0.125, True), ("absolute", 0.0, False)
    ]:
        def gist(*columns):
            loss = st.GISTEmbedLoss(
                Given(), Given(key="guide"), temperature=0.0625, margin_strategy=strategy, margin=margin,
                contrast_anchors=also, contrast_positives=also,
            )
            loss.must_retokenize = False
            return loss([{"rows": c, "guide": g} for c, g in zip(columns, guides)], None)

        case(
            "guided", "sentence-transformers GISTEmbedLoss", "columns", name, gist,
            temperature=0.0625, strategy=strategy, margin=margin, anchors_and_positives=also,
        )

# Graded pairs ----------------------------------------------------------------------------------------------
for name in GRADED:
    for scale in [20.0, 1.0]:
        case(
            "cosent", "sentence-transformers CoSENTLoss", "graded", name,
            by_model(lambda m: st.CoSENTLoss(m, scale)), scale=scale,
        )
        case(
            "angle", "sentence-transformers AnglELoss", "graded", name,
            by_model(lambda m: st.AnglELoss(m, scale)), scale=scale,
        )

# A scorer to imitate ---------------------------------------------------------------------------------------
for name in ["random", "equal", "one element", "zero vectors"]:
    n = len(TRIPLETS[name][0])
    for similarity, function in [("dot", util.pairwise_dot_score), ("cosine", util.pairwise_cos_sim)]:
        scores = draw(n, 2)
        case(
            "margin-MSE", "sentence-transformers MarginMSELoss", "triplets", name,
            lambda a, p, n: st.MarginMSELoss(Given(), function)(
                [{"rows": a}, {"rows": p}, {"rows": n}], scores
            ),
            similarity=similarity, scores=scores.tolist(),
        )

# Shorter vectors -------------------------------------------------------------------------------------------
for dims, weights in [([4], [1.0]), ([4, 2, 1], [1.0, 1.0, 1.0]), ([2, 4], [0.5, 2.0])]:
    case(
        "matryoshka of multiple negatives", "sentence-transformers MatryoshkaLoss", "columns", "one further",
        by_model(lambda m: st.MatryoshkaLoss(m, st.MultipleNegativesRankingLoss(m), dims, weights)),
        dims=dims, weights=weights, scale=20.0,
    )
    case(
        "matryoshka of triplets", "sentence-transformers MatryoshkaLoss", "triplets", "random",
        by_model(lambda m: st.MatryoshkaLoss(m, st.TripletLoss(m, triplet_margin=0.875), dims, weights)),
        dims=dims, weights=weights, margin=0.875,
    )
    case(
        "matryoshka of cosent", "sentence-transformers MatryoshkaLoss", "graded", "random",
        by_model(lambda m: st.MatryoshkaLoss(m, st.CoSENTLoss(m), dims, weights)),
        dims=dims, weights=weights, scale=20.0,
    )

# Cross-batch memory: steps one after another; the memory of 8 wraps at the third --------------------------
memories = []
stream = [(draw(3, 4), [0, 1, 0]), (draw(4, 4), [1, 2, 0, 2]), (draw(3, 4), [2, 2, 1]), (draw(2, 4), [3, 0])]
for loss, by, theirs, options in [
    (
        "pairs by label", "ContrastiveLoss", losses.ContrastiveLoss(0, 0.875, distance=RAW["euclidean"]()),
        {"distance": "euclidean", "margin": 0.875, "average": "non-zero"},
    ),
    (
        "triplet", "TripletMarginLoss", losses.TripletMarginLoss(0.875, distance=RAW["euclidean"]()),
        {"distance": "euclidean", "margin": 0.875, "average": "non-zero"},
    ),
    (
        "supervised contrastive", "SupConLoss", losses.SupConLoss(0.125),
        {"temperature": 0.125, "distance": "cosine", "average": "non-zero"},
    ),
]:
    memory = losses.CrossBatchMemory(theirs, embedding_size=4, memory_size=8)
    steps = []
    for vectors, labels in stream:
        vectors = vectors.clone().requires_grad_()
        value = memory(vectors, torch.tensor(labels))
        value.backward()
        steps.append({"value": number(value), "gradient": [number(x) for x in vectors.grad.flatten()]})
    memories.append({"loss": loss, "by": f"pytorch-metric-learning CrossBatchMemory, {by}", "options": options,
                     "steps": steps})


def batch(parts):
    return {
        "vectors": [written(t) for t in parts if torch.is_tensor(t)],
        "labels": next((t for t in parts if not torch.is_tensor(t)), []),
    }


result = {
    "versions": {
        "torch": torch.__version__.split("+")[0],
        "sentence-transformers": sentence_transformers.__version__,
        "pytorch-metric-learning": pytorch_metric_learning.__version__,
    },
    "batches": {kind: {name: batch(parts) for name, parts in of.items()} for kind, of in batches.items()},
    "stream": [batch(parts) for parts in stream],
    "memory": 8,
    "memories": memories,
}
# One case a line: a change shows what it changes.
write = json.JSONEncoder(separators=(",", ":")).encode
text = write(result)[:-1] + ',"cases":[\n' + ",\n".join(map(write, cases)) + "\n]}\n"
sys.stdout.write(text)

"""The batches on which the ranking losses, miners and metrics are compared, and how a case is written.

Every number is a multiple of 1/64 (or a whole number), so that float32 holds what float64 holds.
"""
import torch

generator = torch.Generator().manual_seed(8)


def draw(*shape, scale=1.0):
    """Normal numbers, rounded to multiples of 1/64 other than 0."""
    whole = (torch.randn(shape, generator=generator, dtype=torch.float64) * scale * 64).round()
    return torch.where(whole == 0, 1, whole) / 64


def rows(*rows):
    return torch.tensor(rows, dtype=torch.float64)


x, y, z, w = draw(3), draw(3), draw(3), draw(3)
far = lambda sign: (rows([11 * sign, 11, 11, 11]) + draw(3, 4, scale=0.25)).round(decimals=6)

# Vectors and labels.
LABELLED = {
    "random": (draw(10, 4), [0, 1, 2, 0, 1, 2, 0, 3, 1, 0]),
    # Points of a grid: most distances are there many times.
    "ties": (
        rows([1, 0], [0, 1], [1, 1], [-1, 0], [0, -1], [2, 0], [0, 2], [-1, 1]),
        [0, 1, 0, 1, 0, 1, 0, 1],
    ),
    # The same vector within a class and across classes.
    "equal": (torch.stack([x, x, x, y, y, z, w, z]), [0, 0, 1, 1, 1, 0, 2, 1]),
    "one class": (draw(5, 3), [7, 7, 7, 7, 7]),
    "no class twice": (draw(5, 3), [3, 1, 4, 5, 9]),
    "one element": (draw(1, 3), [2]),
    "zero vectors": (torch.stack([x, 0 * x, 0 * x, y, z, w]), [0, 0, 1, 1, 2, 2]),
    # Products of about 240 and 480: exp overflows in float32.
    "large": (torch.cat([far(1), far(-1)]), [0, 0, 1, 1, 0, 1]),
}

# Left and right vectors, and whether they belong together.
PAIRS = {
    "random": (draw(8, 4), draw(8, 4), [1, 0, 1, 0, 0, 1, 1, 0]),
    "ties": (rows([0, 1], [1, 0], [1, 1], [2, 0]), rows([1, 0], [0, 1], [2, 1], [2, 1]), [1, 0, 1, 0]),
    "equal": (torch.stack([x, y, x, y]), torch.stack([x, y, y, z]), [1, 0, 1, 0]),
    "positives only": (draw(4, 3), draw(4, 3), [1, 1, 1, 1]),
    "negatives only": (draw(4, 3), draw(4, 3), [0, 0, 0, 0]),
    "one element": (draw(1, 3), draw(1, 3), [1]),
    "zero vectors": (torch.stack([x, 0 * x, 0 * x, w]), torch.stack([0 * x, y, 0 * x, z]), [1, 0, 1, 0]),
    "large": (draw(4, 4, scale=16), draw(4, 4, scale=16), [1, 0, 0, 1]),
}

# Left and right vectors with a score.
GRADED = {
    "random": (draw(7, 4), draw(7, 4), [0.5, 0.25, 1.0, 0.0, 0.75, 0.125, 0.375]),
    "equal scores": (draw(6, 4), draw(6, 4), [1.0, 0.5, 1.0, 0.5, 0.0, 0.0]),
    "one score": (draw(4, 4), draw(4, 4), [0.5, 0.5, 0.5, 0.5]),
    "one element": (draw(1, 4), draw(1, 4), [1.0]),
    "equal": (torch.stack([x, y, x, y]), torch.stack([x, y, y, z]), [0.0, 1.0, 1.0, 0.0]),
    "odd": (draw(5, 3), draw(5, 3), [1.0, 0.0, 0.5, 0.25, 0.75]),
    "zero vectors": (
        torch.stack([x, 0 * x, 0 * x, w]),
        torch.stack([0 * x, y, 0 * x, z]),
        [1.0, 0.0, 0.5, 0.25],
    ),
}

# Anchors, positives, negatives.
TRIPLETS = {
    "random": (draw(6, 4), draw(6, 4), draw(6, 4)),
    "ties": (rows([0, 1], [1, 0], [1, 1]), rows([1, 0], [0, 1], [2, 0]), rows([-1, 0], [2, 1], [0, 2])),
    "equal": (torch.stack([x, y, z, w]), torch.stack([x, z, z, x]), torch.stack([x, y, w, x])),
    "one element": (draw(1, 3), draw(1, 3), draw(1, 3)),
    "zero vectors": (torch.stack([x, 0 * x, y]), torch.stack([0 * x, y, z]), torch.stack([y, w, 0 * x])),
    "large": (draw(4, 4, scale=16), draw(4, 4, scale=16), draw(4, 4, scale=16)),
}

# Anchors, positives, and lists of further negatives: row i of each belongs to anchor i.
p = draw(4, 4)
COLUMNS = {
    "random": (draw(6, 4), draw(6, 4)),
    "one further": (draw(5, 4), draw(5, 4), draw(5, 4)),
    "two further": (draw(4, 4), draw(4, 4), draw(4, 4), draw(4, 4)),
    "equal": (draw(4, 4), torch.stack([p[0], p[0], p[1], p[1]])),
    "all equal": (torch.stack([p[2]] * 3), torch.stack([p[2]] * 3)),
    "one element": (draw(1, 4), draw(1, 4)),
    "one element, one further": (draw(1, 4), draw(1, 4), draw(1, 4)),
    "zero vectors": (torch.stack([x, 0 * x, y, z]), torch.stack([y, w, 0 * x, x])),
    "large": (torch.cat([far(1), far(-1)]), torch.cat([far(1), far(-1)])),
}
# What a guide thinks of the same rows. In "equal" equal positives are equal for the guide too.
g = draw(4, 3)
GUIDES = {
    "random": (draw(6, 3), draw(6, 3)),
    "one further": (draw(5, 3), draw(5, 3), draw(5, 3)),
    "equal": (draw(4, 3), torch.stack([g[0], g[0], g[1], g[1]])),
    "all equal": (torch.stack([g[2]] * 3), torch.stack([g[2]] * 3)),
    "one element": (draw(1, 3), draw(1, 3)),
}


def number(x):
    """Eight digits: more than what is asked for. What is not a number, or no use as one, is null."""
    x = float(x)
    return float("%.8g" % x) if abs(x) < 1e6 else None


def written(tensor):
    tensor = torch.as_tensor(tensor)
    return {"shape": list(tensor.shape), "numbers": [number(x) for x in tensor.detach().flatten()]}

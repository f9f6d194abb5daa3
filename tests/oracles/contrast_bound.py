"""InfoNCE on worlds that are known, by torch's cross entropy; their mutual information by scikit-learn: the numbers in
src/contrast/bound (exact.rs, gaussians.rs).

    pip install torch==2.15.0 scikit-learn==1.9.1
    python tests/oracles/contrast_bound.py
"""
import itertools

import numpy as np
import torch
from sklearn.metrics import mutual_info_score

torch.set_default_dtype(torch.float64)


def show(name, x):
    print(name, np.array2string(np.asarray(x), precision=12, separator=", ", floatmode="fixed"))


# A table of 3 x 4: rows x, columns c.
p = torch.tensor([[4.0, 1, 0, 2], [1, 3, 2, 2], [1, 1, 5, 2]])
p /= p.sum()
show("mutual information", mutual_info_score(None, None, contingency=24 * p.numpy()))

scores = torch.tensor([[0.5, -1, 0, 2], [0, 1, 0.25, -0.5], [1, 0.75, 3, 0]], requires_grad=True)
p_x = p.sum(1)
for n in (2, 4):
    loss = 0
    for c in range(4):
        for xs in itertools.product(range(3), repeat=n):
            weight = p[xs[0], c] * p_x[list(xs[1:])].prod()
            loss = loss + weight * torch.nn.functional.cross_entropy(scores[list(xs), c], torch.tensor(0))
    (gradient,) = torch.autograd.grad(loss, scores)
    show(f"loss of {n}", loss.detach())
    show(f"its gradient", gradient)

# Gaussians of one dimension and correlation 0.8, two samples: three integrals by Gauss and Hermite.
rho = 0.8
at, weights = np.polynomial.hermite_e.hermegauss(80)
at, weights = torch.tensor(at), torch.tensor(weights / weights.sum())
c, noise, other = torch.meshgrid(at, at, at, indexing="ij")
x = rho * c + (1 - rho**2) ** 0.5 * noise


def score(x):
    normal = torch.distributions.Normal
    return normal(rho * c, (1 - rho**2) ** 0.5).log_prob(x) - normal(0, 1).log_prob(x)


logits = torch.stack([score(x), score(other)], -1).reshape(-1, 2)
losses = torch.nn.functional.cross_entropy(logits, torch.zeros(len(logits), dtype=torch.long), reduction="none")
show("Gaussians, 2 samples", (losses * torch.einsum("i,j,k->ijk", weights, weights, weights).reshape(-1)).sum())

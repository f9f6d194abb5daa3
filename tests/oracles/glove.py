"""The least loss of GloVe on a text of eight words, by scipy's L-BFGS: see tests/predict/glove.rs.

The counts are made here by the definition, a neighbour at distance n counting 1/n, and the loss is minimised over all
numbers at once from 200 starting points. Prints the mean loss of a pair.

pip install numpy scipy && python tests/oracles/glove.py
"""
import numpy as np
from scipy.optimize import minimize

TEXT = "the cat sat on the mat the dog sat on the log the cat saw the dog the dog saw the cat on the mat".split()
WINDOW, D, X_MAX, POWER = 3, 2, 2.0, 0.75

words = sorted(set(TEXT))
n = len(words)
x = np.zeros((n, n))
for i, centre in enumerate(TEXT):
    for j in range(max(0, i - WINDOW), min(len(TEXT), i + WINDOW + 1)):
        if j != i:
            x[words.index(centre), words.index(TEXT[j])] += 1 / abs(i - j)
met = x > 0
f = np.where(met, np.minimum(1, (x / X_MAX) ** POWER), 0)
log = np.log(np.where(met, x, 1))


def loss(flat):
    w, c = flat.reshape(2, n, D + 1)
    e = w[:, :D] @ c[:, :D].T + w[:, D:] + c[:, D:].T - log
    g = f * e
    to_w = np.hstack([g @ c[:, :D], g.sum(1, keepdims=True)])
    to_c = np.hstack([g.T @ w[:, :D], g.sum(0)[:, None]])
    return 0.5 * (g * e).sum(), np.stack([to_w, to_c]).ravel()


rng = np.random.default_rng(1)
options = {"maxiter": 20000, "maxfun": 40000, "ftol": 1e-15, "gtol": 1e-9}
found = [
    minimize(loss, rng.uniform(-0.5, 0.5, 2 * n * (D + 1)), jac=True, method="L-BFGS-B", options=options).fun
    for _ in range(200)
]
print(int(met.sum()), "pairs")
print("least %.6f, at the 10th and 50th per cent %.6f %.6f" % tuple(np.percentile(found, [0, 10, 50]) / met.sum()))

"""Probabilities, divergence and gradient of t-SNE, by scikit-learn 1.9: its own functions for the exact method.
prints what src/embeddings/tsne/tests.rs compares with
pip install scikit-learn"""
import numpy as np
from scipy.spatial.distance import squareform
from sklearn.manifold._t_sne import _joint_probabilities, _kl_divergence

i, j = np.mgrid[0:12, 0:3]
x = np.sin(i * 1.7 + j * 2.3 + i * j * 0.31).astype(np.float32)
i, j = np.mgrid[0:12, 0:2]
y = np.cos(i * 0.9 + j * 1.1 + i * j * 0.7).astype(np.float32)
squares = ((x[:, None] - x[None]) ** 2).sum(-1).astype(np.float32)
p = _joint_probabilities(squares, 4.0, 0)
full = squareform(p)
print("p[0]", [float("%.6g" % v) for v in full[0]])
kl, gradient = _kl_divergence(y.ravel().astype(np.float64), p, 1.0, 12, 2)
print("divergence %.6f" % kl)
print("gradient", [[float("%.5g" % v) for v in row] for row in gradient.reshape(12, 2)])

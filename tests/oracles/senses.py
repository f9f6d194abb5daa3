"""Silhouettes by scikit-learn: see src/math/kmeans.rs.

pip install numpy scikit-learn && python tests/oracles/senses.py
"""
import numpy as np
from sklearn.metrics import silhouette_score

i, j = np.mgrid[0:12, 0:3]
x = np.sin(i * 1.7 + j * 2.3 + i * j * 0.31).astype(np.float32).astype(float)
for labels in [[0, 1, 2] * 4, [0] * 6 + [5] * 5 + [3]]:
    print("%.8f" % silhouette_score(x, labels, metric="cosine"))

"""The first two principal components of a small table, by scikit-learn. Prints what src/embeddings/pca.rs expects."""
import numpy as np
import sklearn
from sklearn.decomposition import PCA

X = np.array([[(i * 7 + j * 5) % 11 + (i * j) / 4 for j in range(4)] for i in range(8)])
p = PCA(n_components=2, svd_solver="full").fit(X)
W = p.components_
W = W * np.sign(W[np.arange(2), np.abs(W).argmax(1)])[:, None]
print("scikit-learn", sklearn.__version__)
print(", ".join("%.6f" % v for v in p.explained_variance_))
print(", ".join("%.7f" % v for v in W.ravel()))

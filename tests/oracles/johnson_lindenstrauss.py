"""The dimension of the Johnson-Lindenstrauss lemma by scikit-learn: see src/indexing/projection/tests.rs.

pip install scikit-learn && python tests/oracles/johnson_lindenstrauss.py
"""
from sklearn.random_projection import johnson_lindenstrauss_min_dim

for n in (2, 10, 1000, 123456, 10**9):
    for eps in (0.05, 0.1, 0.5, 0.99):
        print(f"({n}, {eps}, {johnson_lindenstrauss_min_dim(n, eps=eps)}),")

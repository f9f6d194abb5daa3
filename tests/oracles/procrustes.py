"""The best rotation by scipy: see src/math/procrustes.rs.

pip install numpy scipy && python tests/oracles/procrustes.py
"""
import numpy as np
from scipy.linalg import orthogonal_procrustes

i, j = np.mgrid[0:6, 0:3]
a = np.sin(i * 1.7 + j * 2.3 + i * j * 0.3).astype(np.float32).astype(float)
b = np.cos(i * 0.9 + j * 1.1 + i * j * 0.3).astype(np.float32).astype(float)
rotation, agreement = orthogonal_procrustes(a, b)
for row in rotation:
    print("[%.8f, %.8f, %.8f]," % tuple(row))
print("%.8f" % agreement)

"""Co-occurrence counts and what is made of them, by scipy: see tests/count.rs.

pip install numpy scipy && python tests/oracles/cooccurrence.py
"""
import numpy as np
from scipy.sparse import coo_matrix, diags

# The same text as in the test: a linear congruential generator (Knuth's MMIX) over words "a" to "z", the low ones more
# often; documents of 0 to 15 words.
state = 2026


def draw(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % n


documents = [[chr(97 + min(draw(26), draw(26))) for _ in range(draw(16))] for _ in range(40)]
counts = {}
for word in sum(documents, []):
    counts[word] = counts.get(word, 0) + 1
vocabulary = sorted((w for w in counts if counts[w] >= 9), key=lambda w: (-counts[w], w))
number = {w: i for i, w in enumerate(vocabulary)}
print("vocabulary", "".join(vocabulary), [counts[w] for w in vocabulary])


def count(left, right, weight, close):
    triplets = []
    for document in documents:
        if close:
            document = [w for w in document if w in number]
        for i, w in enumerate(document):
            for j in range(max(0, i - left), min(len(document), i + right + 1)):
                if i != j and w in number and document[j] in number:
                    d, n = abs(i - j), left if j < i else right
                    x = {"uniform": 1, "inverse": 1 / d, "linear": n - d + 1}[weight]
                    triplets.append((number[w], number[document[j]], x))
    rows, columns, values = zip(*triplets)
    n = len(vocabulary)
    return coo_matrix((np.array(values, dtype=np.float64), (rows, columns)), shape=(n, n)).tocsr()


# One number that any wrong entry changes: every entry times its own weight.
def checksum(x):
    rows, columns = x.nonzero()
    return sum(x[i, j] * (1 + i) ** 0.5 * (1 + j) ** 0.25 for i, j in zip(rows, columns))


for left, right in [(2, 2), (5, 5), (4, 0), (1, 3)]:
    for weight in ["uniform", "inverse", "linear"]:
        for close in [False, True]:
            x = count(left, right, weight, close)
            print(f'({left}, {right}, "{weight}", {str(close).lower()}, {x.nnz}, {x.sum():.4f}, {checksum(x):.4f}),')

x = count(2, 2, "uniform", False)
total, rows, columns = x.sum(), x.sum(axis=1).A1, x.sum(axis=0).A1
print("pmi a b", np.log2(x[0, 1] * total / (rows[0] * columns[1])))
dense = x.toarray()
print("cosine a b", dense[0] @ dense[1] / np.linalg.norm(dense[0]) / np.linalg.norm(dense[1]))

# Sparse products: rows scaled, transposed, times a matrix.
b = np.arange(len(vocabulary) * 3).reshape(-1, 3) % 7
y = (diags(1 / rows) @ count(4, 0, "linear", False)).T @ b
print("product", np.round(y, 5).tolist())

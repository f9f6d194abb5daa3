"""Topic models: what src/topic expects, by scipy and scikit-learn, and by plain numpy for what they have not.

usage: topics.py            prints digamma and log Γ, one step of online variational Bayes, perplexity by document
                            completion and NPMI of a small case
"""
import math

import numpy as np
import scipy
import sklearn
from scipy.special import digamma, gammaln
from sklearn.decomposition import LatentDirichletAllocation

print("scipy", scipy.__version__, "scikit-learn", sklearn.__version__)
for x in (1e-3, 0.1, 0.5, 1.5, 7.9, 50.0, 12345.6):
    print((x, float(digamma(x)), float(gammaln(x))))

# Six documents over five words.
DOCS = [[0, 0, 1, 0], [1, 0, 2, 1, 0], [3, 4, 3, 4], [4, 3, 4, 2], [2, 0, 3], [1, 1, 0, 4, 4, 3]]
K, V = 2, 5
counts = np.array([[d.count(w) for w in range(V)] for d in DOCS])
# λ of the start, (K, V): from the lattice (k·V + w)·7 mod 11.
start = np.array([[0.5 + ((k * V + w) * 7 % 11) / 10 for w in range(V)] for k in range(K)])

lda = LatentDirichletAllocation(K, doc_topic_prior=0.3, topic_word_prior=0.2, learning_method="online", learning_offset=10.0,
                                learning_decay=0.7, total_samples=6, batch_size=6, max_doc_update_iter=5000,
                                mean_change_tol=1e-12, random_state=1)
lda.partial_fit(counts)  # makes the arrays
lda.components_ = start.copy()
lda.exp_dirichlet_component_ = np.exp(digamma(start) - digamma(start.sum(1))[:, None])
lda.n_batch_iter_ = 1
for step in range(2):
    lda.partial_fit(counts)
    print("lambda after step", step + 1, np.round(lda.components_, 9).tolist())
print("theta", np.round(lda.transform(counts), 9).tolist())

# Perplexity by document completion: theta from the even places, the odd ones predicted. NPMI of the two best words.
phi = start / start.sum(1, keepdims=True)
ll, n = 0.0, 0
for d in DOCS:
    a, b = d[0::2], d[1::2]
    th = np.full(K, 1 / K)
    for _ in range(50):
        r = th[:, None] * (phi[:, a] + 1e-12)
        r /= r.sum(0)
        th = r.sum(1) + 0.1
        th /= th.sum()
    ll += float(np.log(th @ (phi[:, b] + 1e-12)).sum())
    n += len(b)
print("perplexity", math.exp(-ll / n))


def npmi(a, b):
    A, B = ({i for i, d in enumerate(DOCS) if w in d} for w in (a, b))
    N, c = len(DOCS), len(A & B)
    return -1.0 if c == 0 else 1.0 if c == N else math.log(c * N / (len(A) * len(B))) / -math.log(c / N)


print("npmi", [np.mean([npmi(*p) for p in pairs]) for pairs in ([(0, 1), (0, 2), (1, 2)], [(3, 4), (3, 0), (4, 0)])])

# How far the topics that online variational Bayes finds are from the bars that the text was made of.
rng = np.random.default_rng(1)
bars = np.zeros((10, 25))
for k in range(5):
    bars[k, 5 * k:5 * k + 5] = bars[5 + k, k::5] = 0.2
text = np.array([rng.multinomial(100, rng.dirichlet(np.ones(10)) @ bars) for _ in range(500)])
for seed in range(3):
    lda = LatentDirichletAllocation(10, doc_topic_prior=1.0, topic_word_prior=0.1, learning_method="online", batch_size=50,
                                    learning_offset=10.0, learning_decay=0.7, max_iter=20, random_state=seed).fit(text)
    found = lda.components_ / lda.components_.sum(1, keepdims=True)
    print("error of the bars", np.mean([min(np.abs(p - q).sum() / 2 for q in found) for p in bars]))

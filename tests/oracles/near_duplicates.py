"""Pairs of sentences (what is between ". ") of the speeches with eight words or more whose sets of word trigrams have a
Jaccard similarity of 0.5 or more, each compared as sets of strings. Prints what is in near_duplicates.in: the sentences,
the pairs of sentences that differ, and twelve of these. Usage: near_duplicates.py > near_duplicates.in"""
import lzma, os
from collections import defaultdict

path = os.path.join(os.path.dirname(__file__), "..", "..", "data", "sotu", "speeches.tsv.lzma")
rows = lzma.open(path, "rt", encoding="utf-8", newline="\n").read().rstrip("\n").split("\n")[1:]
texts = [t for r in rows for t in r.split("\t")[3].split(". ") if len(t.encode().split()) >= 8]
sets = [frozenset(zip(w, w[1:], w[2:])) for w in (t.encode().split() for t in texts)]
where = defaultdict(list)
for i, s in enumerate(sets):
    for x in s:
        where[x].append(i)
pairs = set()
for i, s in enumerate(sets):
    shared = defaultdict(int)
    for x in s:
        for j in where[x]:
            if j > i:
                shared[j] += 1
    for j, n in shared.items():
        if n / (len(s) + len(sets[j]) - n) >= 0.5 and texts[i] != texts[j]:
            pairs.add((i, j))
pairs = sorted(pairs)
print("(%d, %d, %s)" % (len(texts), len(pairs), [pairs[i * len(pairs) // 12] for i in range(12)]))

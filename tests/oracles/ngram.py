"""Interpolated Kneser-Ney by its definition: every count is taken from the list of sequences each time that it is needed.

usage: python3 tests/oracles/ngram.py        prints the numbers of tests/predict/language.rs
"""

SENTENCES = [
    "the cat sat on the mat",
    "the dog sat on the log",
    "a cat ran",
    "the dog ran to the cat",
]
WORDS = ["the", "cat", "sat", "on", "dog", "ran", "mat", "log"]  # `a` and `to` are not known
ORDER, D = 3, 0.6
END = "(end)"
CLASSES = WORDS + ["(another word)", END]


def coded(sentence):
    return [w if w in WORDS else "(another word)" for w in sentence.split()] + [END]


def sequences():
    for sentence in SENTENCES:
        words = [END] * (ORDER - 1) + coded(sentence)
        for i in range(ORDER - 1, len(words)):
            yield tuple(words[i - ORDER + 1 : i + 1])


ALL = list(sequences())


def times(sequence):
    """n(sequence): of the longest how often it is there, of a shorter one how many different words stand before it."""
    if len(sequence) == ORDER:
        return ALL.count(sequence)
    longer = {s for s in expand(len(sequence) + 1)}
    return sum(1 for s in longer if s[1:] == sequence)


def expand(n):
    """The different sequences of length n that have a count."""
    if n == ORDER:
        return set(ALL)
    return {s[1:] for s in expand(n + 1)}


def p(word, context):
    followers = {w: times(context + (w,)) for w in CLASSES}
    total = sum(followers.values())
    rest = p(word, context[1:]) if context else 1 / len(CLASSES)
    if total == 0:
        return rest
    kinds = sum(1 for n in followers.values() if n > 0)
    return max(followers[word] - D, 0) / total + D * kinds / total * rest


def main():
    for context in [("the", "cat"), ("sat", "on"), ("mat", "ran"), ("cat", "(another word)"), (END, END)]:
        row = [p(word, context) for word in CLASSES]
        assert abs(sum(row) - 1) < 1e-12
        print(context, [round(x, 12) for x in row])


if __name__ == "__main__":
    main()

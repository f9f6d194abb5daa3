"""Merges that the `tokenizers` library learns from the benchmark corpus (its sum is in the first lines of the output), 8,000
and 32,000 tokens, byte level, GPT-2's expression, min_frequency 0. Prints the SHA-256 of the merges, written as
`cargo bench --bench peers -- bpe-train CORPUS --vocab N --out DIR` writes DIR/merges.txt: two tokens a line.

    bpe_merges.py CORPUS [DIR/merges.txt …]   compares such files, and fails on the first merge that is another

tokenizers 0.23.3, corpus.txt of 20,710,073 bytes, SHA-256 cbbf665a3fae4aaa34f157590189f649d34a1dcaaf7b23debd968f8bcfa56846:
    8,000 tokens    7,744 merges  4e68f479ac60a24c0e11502105bc8ae03b5cbcd9eac68aa355fae9ccd694b107
    32,000 tokens  31,744 merges  3b9256a570231f1a382b36b27769a9109ba3576b7116bcc4d623c26153deaf4d
and DIR/merges.txt has the same sums. The corpus is not part of this repository; on the built-in texts a test compares the
merges with the library's one by one (tests/tokenize/bpe.rs)."""
import hashlib, json, sys
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

corpus = sys.argv[1]
print("corpus", hashlib.sha256(open(corpus, "rb").read()).hexdigest())
theirs = {}
for n in (8000, 32000):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    t.train([corpus], trainers.BpeTrainer(vocab_size=n, min_frequency=0, show_progress=False,
                                          initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    merges = [tuple(m) for m in json.loads(t.to_str())["model"]["merges"]]
    theirs[len(merges)] = merges
    lines = "".join("%s %s\n" % m for m in merges)
    print(n, len(merges), hashlib.sha256(lines.encode()).hexdigest())
for path in sys.argv[2:]:
    ours = [tuple(l.rstrip("\n").split(" ")) for l in open(path, encoding="utf-8")]
    for i, (a, b) in enumerate(zip(ours, theirs[len(ours)])):
        if a != b:
            sys.exit("%s: merge %d is %s, not %s" % (path, i, a, b))
    print(path, "is the same,", len(ours), "merges")

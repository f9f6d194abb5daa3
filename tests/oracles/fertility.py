"""Words, tokens of words, split words and all tokens of BERT uncased on the Declaration, by the `tokenizers` library and
Python's own regular expressions. Prints what is in fertility.in. Usage: fertility.py > fertility.in
tokenizers 0.23.3, regex 2026.11.19"""
import gzip, json, os, regex
from tokenizers import BertWordPieceTokenizer, Tokenizer, models, normalizers, pre_tokenizers

data = os.path.join(os.path.dirname(__file__), "..", "..", "data")
vocab = {t: i for i, t in enumerate(gzip.open(data + "/bert/vocab.txt.gz", "rt", encoding="utf-8").read().split("\n")) if t}
t = Tokenizer(models.WordPiece(vocab, unk_token="[UNK]"))
t.normalizer = normalizers.BertNormalizer(lowercase=True)
t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
# Runs of letters, marks and digits with a letter among them; an apostrophe before a letter is inside.
word = regex.compile(r"[\p{Alphabetic}\p{N}](?:[\p{Alphabetic}\p{N}\p{M}\u00ad]|['’](?=\p{Alphabetic}))*")
rows = []
for line in gzip.open(data + "/udhr/declarations.jsonl.gz", "rt", encoding="utf-8"):
    d = json.loads(line)
    if d["name"] not in ("English", "German", "Finnish", "Turkish"):
        continue
    text = "\n".join(p for a in d["articles"] for p in a["paragraphs"])
    e = t.encode(text, add_special_tokens=False)
    words = [m.span() for m in word.finditer(text) if regex.search(r"\p{Alphabetic}", m.group())]
    n = [sum(s < b and a < z for s, z in e.offsets) for a, b in words]
    rows.append((d["name"], len(words), sum(n), sum(k > 1 for k in n), len(e.ids)))
print("[%s]" % ", ".join('("%s", %d, %d, %d, %d)' % r for r in rows))

"""Small SentencePiece models that are written field by field, and what the library makes of texts with them: pieces that
were appended with the score 0, pieces out of the order of their scores, pieces of the user, spaces at the ends.
Writes sentencepiece/small.json. Usage: sentencepiece_small.py
sentencepiece 0.2.3"""
import base64, json, os, struct
import sentencepiece as sp

NORMAL, UNKNOWN, CONTROL, USER, UNUSED, BYTE = 1, 2, 3, 4, 5, 6

def varint(n):
    out = b""
    while n > 127:
        out, n = out + bytes([n & 127 | 128]), n >> 7
    return out + bytes([n])

def number(field, n): return varint(field << 3) + varint(n)
def data(field, b): return varint(field << 3 | 2) + varint(len(b)) + b
def piece(text, score, kind): return data(1, data(1, text.encode()) + varint(2 << 3 | 5) + struct.pack("<f", score) + number(3, kind))

def model(pieces, bpe, fallback=False, prefix=True, collapse=False):
    trainer = number(3, 2 if bpe else 1) + number(35, int(fallback))
    normal = data(1, b"identity") + number(3, int(prefix)) + number(4, int(collapse)) + number(5, 1)
    return b"".join(piece(*p) for p in pieces) + data(2, trainer) + data(3, normal)

def ranked(texts): return [(t, -float(i), NORMAL) for i, t in enumerate(texts)]

def appended(pieces, texts): return pieces + [(t, 0.0, NORMAL) for t in texts if t not in [p[0] for p in pieces]]

head = [("<unk>", 0.0, UNKNOWN), ("<s>", 0.0, CONTROL), ("</s>", 0.0, CONTROL)]
letters = list("▁abcdehilmnoprstuwy<>")
merged = ["▁t", "he", "▁the", "in", "▁a", "er", "on", "▁s", "or", "ed", "▁to", "en", "ll", "▁hel", "▁hello", "▁w", "▁he"]
new = ["trees", "▁worlds", "線性", "線", "性", "lo", "▁helloworld", "▁cat", "cat", "at", "▁c", "ca"]
every_byte = [("<0x%02X>" % b, 0.0, BYTE) for b in range(256)]
users = [(t, 0.0, USER) for t in ("<sep>", "<doc>", "▁▁")]
base, with_bytes = head + ranked(merged + letters), head + every_byte + ranked(merged + letters)
uni = [("▁", -2.0, NORMAL), ("▁hello", -5.0, NORMAL), ("▁world", -5.2, NORMAL), ("hello", -6.5, NORMAL), ("world", -6.6, NORMAL)]
uni += [(c, -7.0 - i / 10, NORMAL) for i, c in enumerate("helowrdsp<>ab")]
models = {
    "bpe-plain": model(base, True), "bpe-extended": model(appended(base, new), True),
    "bpe-bytes-extended": model(appended(with_bytes, new), True, fallback=True),
    "bpe-out-of-order": model(base + [("▁hell", -.5, NORMAL), ("ello", -1.5, NORMAL), ("▁ab", -100.0, NORMAL), ("ab", -2.5, NORMAL)], True),
    "bpe-no-prefix": model(base, True, prefix=False), "bpe-collapse": model(base, True, collapse=True),
    "bpe-user": model(head + users + ranked(merged + letters), True),
    "uni-plain": model(head + uni, False), "uni-collapse": model(head + uni, False, collapse=True),
    "uni-no-prefix": model(head + uni, False, prefix=False), "uni-bytes": model(head + every_byte + uni, False, fallback=True),
    "uni-user": model(head + users + uni, False),
}
texts = ["the hello", "hello", "helloworld", "the cat sat on the trees", "線性 線", "worlds", "the worlds", "  the  hello ", "a", "",
         "ab ab", "hellohello", "then lot hell", "cathello trees線性", " hello", "  hello", "hello ", "hello  world", " ", "  ",
         "▁hello", " hello world ", "\thello", "\n hello", "x hello", "▁ hello", "hello <sep> world", "<sep>", "hello<sep>world",
         "<sep> <doc> hello", "<sep><sep>", " <sep>", "hello <sep", "a<doc> b", "<s>", "hello 猫 world"]
out = {}
for name, m in models.items():
    t = sp.SentencePieceProcessor(model_proto=m)
    out[name] = dict(model=base64.b64encode(m).decode(), cases=[[x, t.encode(x), t.decode(t.encode(x))] for x in texts])
path = os.path.dirname(os.path.abspath(__file__)) + "/sentencepiece/small.json"
json.dump(out, open(path, "w"), ensure_ascii=False, separators=(",", ":"))

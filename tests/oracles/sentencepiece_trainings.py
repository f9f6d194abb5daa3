"""Some eighty SentencePiece models of many options, trained on the Declaration in four languages, and what the library makes
of hard texts with each: numbers, places (in bytes) and the text again. Writes sentencepiece/trainings.json.gz.
Usage: sentencepiece_trainings.py
sentencepiece 0.2.3, protobuf 6.33.0"""
import base64, gzip, io, itertools, json, os
import sentencepiece as sp

here = os.path.dirname(os.path.abspath(__file__))
names = ("English", "Finnish", "Russian", "Hindi")
texts = []
for line in gzip.open(here + "/../../data/udhr/declarations.jsonl.gz", "rt", encoding="utf-8"):
    d = json.loads(line)
    if d["name"] in names:
        texts += [p for a in d["articles"][:12] for p in a["paragraphs"]]
hard = ["", " ", "  ", "a", " a", "a ", "  a  b  ", "hello world", " hello", "  hello", "hello  world ", "\ta\r\nb\n", "a\n\nb",
        "naïve café", "e\u0301 a\u0308", "語言 日本", "ab語cd", "\U0001F642 ok!", "▁", "▁hello ▁ ▁▁x", "a▁b", " ▁a", "▁ ▁",
        "<s> hello </s>", "<unk>", "<0x41><0xE3>", "<h1>hello</h1>", "<sep>", "a<sep> b", "<sep><sep>x", "  <sep>  ", "foo   bar",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "rightsrights rights", "1234 12", "x\u00a0y\u3000z", "Всеобщая декларация", "मानव",
        "Everyone has   the right\n to rest .", texts[3], texts[-2]]
users = ["<h1>", "</h1>", "<sep>", "▁▁", "▁▁▁", "\n\n", "right"]
options = []
for kind, fallback, prefix, collapse, suffix, given in itertools.product(
        ("unigram", "bpe"), (False, True), (True, False), (True, False), (False, True), (False, True)):
    if sum((fallback, not prefix, not collapse, suffix, given)) <= 3 or kind == "bpe":
        options.append(dict(model_type=kind, byte_fallback=fallback, add_dummy_prefix=prefix, remove_extra_whitespaces=collapse,
                            treat_whitespace_as_suffix=suffix, user_defined_symbols=users if given else []))
more = [dict(split_digits=True), dict(split_by_whitespace=False), dict(allow_whitespace_only_pieces=True),
        dict(control_symbols=["<cls>", "a"]), dict(unk_surface=" [?] "), dict(split_by_unicode_script=False)]
for kind, extra in itertools.product(("unigram", "bpe"), more):
    options.append(dict(model_type=kind, remove_extra_whitespaces=False, **extra))
for kind in ("unigram", "bpe"):
    options.append(dict(model_type=kind, normalization_rule_name="nmt_nfkc"))
for kind in ("word", "char"):
    options.append(dict(model_type=kind))
out = []
for o in options:
    f = io.BytesIO()
    size = 430 if o.get("byte_fallback") else 220
    o = dict(dict(normalization_rule_name="identity"), **o)
    sp.SentencePieceTrainer.train(sentence_iterator=iter(texts), model_writer=f, vocab_size=size, hard_vocab_limit=False,
                                  character_coverage=0.995, minloglevel=2, num_threads=1, **o)
    m = sp.SentencePieceProcessor(model_proto=f.getvalue())
    cases = []
    for t in hard:
        e = m.encode(t, return_type="proto")
        ids = [p.id for p in e.pieces]
        cases.append([ids, [x for p in e.pieces for x in (p.begin, p.end)], m.decode(ids)])
    # Numbers that no text has: each token alone, and neighbours.
    n = m.get_piece_size()
    lists = [[i] for i in range(0, n, 7)] + [[(i * 37) % n, (i * 91 + 5) % n, (i * 17 + 3) % n] for i in range(25)]
    decoded = [[ids, m.decode(ids)] for ids in lists]
    out.append(dict(options={k: v for k, v in o.items() if k != "user_defined_symbols"}, given=bool(o.get("user_defined_symbols")),
                    model=base64.b64encode(f.getvalue()).decode(), cases=cases, decoded=decoded))
path = here + "/sentencepiece/trainings.json.gz"
with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as z:
    z.write(json.dumps(dict(texts=hard, models=out), ensure_ascii=False, separators=(",", ":")).encode())
print(len(out), "models,", os.path.getsize(path), "bytes")

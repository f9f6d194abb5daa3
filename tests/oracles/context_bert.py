"""A tiny BERT as transformers writes it, with its layers, heads, losses and all gradients: what tests/context.rs
compares with.

pip install torch==2.15.0 transformers==5.24.0 safetensors==0.8.0
python tests/oracles/context_bert.py tests/fixtures/context
"""
import sys

import torch
import transformers
from safetensors.torch import save_file
from transformers import BertConfig, BertForPreTraining

folder = sys.argv[1]
torch.manual_seed(1)
config = BertConfig(
    vocab_size=20,
    hidden_size=8,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=12,
    max_position_embeddings=10,
    type_vocab_size=2,
    attn_implementation="eager",
)
model = BertForPreTraining(config).eval()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        # Far from the small numbers of a fresh model, so that every part of it counts.
        start = 1.0 if name.endswith("LayerNorm.weight") else 0.0
        parameter.copy_(start + 0.4 * torch.randn_like(parameter))
tied = "cls.predictions.decoder."
weights = {name: t.contiguous() for name, t in model.state_dict().items() if not name.startswith(tied)}
save_file(weights, f"{folder}/bert.safetensors", {"format": "pt"})
config.to_json_file(f"{folder}/bert.json")

model = model.double()
ids = torch.tensor([[2, 7, 5, 4, 19, 3], [2, 9, 4, 3, 0, 0]])
types = torch.tensor([[0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 0, 0]])
mask = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0]])
labels = torch.tensor([[-100, 7, -100, 11, -100, -100], [-100, -100, 6, -100, -100, -100]])
follows = torch.tensor([0, 1])
out = model(
    ids,
    attention_mask=mask,
    token_type_ids=types,
    labels=labels,
    next_sentence_label=follows,
    output_hidden_states=True,
)
out.loss.backward()
expected = {f"layer.{i}": h for i, h in enumerate(out.hidden_states)}
expected |= {
    "masked_logits": out.prediction_logits,
    "next_logits": out.seq_relationship_logits,
    "pooled": torch.tanh(model.bert.pooler.dense(out.hidden_states[-1][:, 0])),
    "loss": out.loss,
}
expected |= {f"gradient.{name}": p.grad for name, p in model.named_parameters()}
expected |= {"ids": ids, "types": types, "mask": mask, "labels": labels, "follows": follows}
expected = {name: t.detach().contiguous() for name, t in expected.items()}
versions = {"torch": torch.__version__, "transformers": transformers.__version__}
save_file(expected, f"{folder}/bert_expected.safetensors", versions)

"""A tiny XLNet as transformers writes it: two streams after a memory, the loss of permutation language modelling, and
all gradients. What tests/context/xlnet.rs compares with.

pip install torch==2.15.0 transformers==5.24.0 safetensors==0.8.0
python tests/oracles/context_xlnet.py tests/fixtures/context
"""
import sys

import torch
import transformers
from safetensors.torch import save_file
from transformers import XLNetConfig, XLNetLMHeadModel

folder = sys.argv[1]
torch.manual_seed(2)
config = XLNetConfig(vocab_size=20, d_model=8, n_layer=2, n_head=2, d_inner=12, mem_len=4, ff_activation="gelu")
model = XLNetLMHeadModel(config).eval()
with torch.no_grad():
    for name, parameter in model.named_parameters():
        start = 1.0 if name.endswith("layer_norm.weight") else 0.0
        parameter.copy_(start + 0.4 * torch.randn_like(parameter))
weights = {name: t.contiguous() for name, t in model.state_dict().items() if name != "lm_loss.weight"}
save_file(weights, f"{folder}/xlnet.safetensors", {"format": "pt"})
config.to_json_file(f"{folder}/xlnet.json")

model = model.double()
# The library makes positions in single precision, whatever the model has.
encoding = model.transformer.relative_positional_encoding
model.transformer.relative_positional_encoding = lambda *given, **named: encoding(*given, **named).double()
before = torch.tensor([[4, 9, 2]])
ids = torch.tensor([[7, 5, 5, 11, 19, 3]])
types = torch.tensor([[0, 0, 1, 1, 1, 0]])
order = [3, 0, 5, 1, 4, 2]  # position 3 is predicted first, position 2 last
rank = {position: i for i, position in enumerate(order)}
hidden = torch.tensor([[[float(rank[j] >= rank[i]) for j in range(6)] for i in range(6)]])
targets = [1, 4, 2]
mapping = torch.zeros(1, len(targets), 6)
for i, position in enumerate(targets):
    mapping[0, i, position] = 1.0

expected = {}


def keep(name, out):
    for i, h in enumerate(out.hidden_states):
        expected[f"{name}.{i}"] = h
    expected[f"{name}.logits"] = out.logits


# All tokens look at all; then the same text after a memory of three tokens.
plain = model(ids, token_type_ids=types, output_hidden_states=True)
keep("plain", plain)
mems = model(before, use_mems=True).mems
after = model(ids, token_type_ids=types, mems=mems, output_hidden_states=True, use_mems=True)
keep("after", after)
for i, mem in enumerate(after.mems):
    expected[f"memory.{i}"] = mem.squeeze(1)
# Both streams: content at even places of the list, query at odd ones.
two = model(
    ids,
    token_type_ids=types,
    perm_mask=hidden.double(),
    target_mapping=mapping.double(),
    mems=mems,
    output_hidden_states=True,
    use_mems=True,
)
keep("two", two)
loss = torch.nn.functional.cross_entropy(two.logits[0], ids[0, targets])
model.zero_grad()
loss.backward()
expected["loss"] = loss
expected |= {f"gradient.{name}": p.grad for name, p in model.named_parameters() if p.grad is not None}
expected = {name: t.detach().contiguous() for name, t in expected.items()}
save_file(expected, f"{folder}/xlnet_expected.safetensors", {"torch": torch.__version__, "transformers": transformers.__version__})

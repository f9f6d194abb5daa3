"""A small GPT and single operations by torch, results and gradients: what tests/nn.rs compares with.

pip install torch==2.15.0 numpy && python tests/oracles/transformer_block.py > tests/fixtures/nn/transformer_block.json
"""
import json
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(1)


def draw(*shape, scale=1.0):
    """Numbers with four decimals, so that the file holds them exactly."""
    numbers = torch.randn(shape, generator=generator) * scale
    return (numbers * 10_000).round() / 10_000


def written(tensor):
    """Twelve digits: far more than what is asked for."""
    numbers = [float("%.12g" % x) for x in tensor.detach().flatten().tolist()]
    return {"shape": list(tensor.shape), "numbers": numbers}


# The model: embeddings of words and positions, blocks that normalise first, a head that is the table of words.
WORDS, CONTEXT, D, HEADS, BLOCKS, EPSILON = 11, 6, 8, 2, 2, 1e-5
ids = torch.tensor([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])
targets = torch.tensor([[1, 4, 1, 5, 9], [2, 6, 5, 3, 10]])

parameters = {"wte.weight": draw(WORDS, D, scale=0.5), "wpe.weight": draw(CONTEXT, D, scale=0.5)}
for i in range(BLOCKS):
    for name, outputs, inputs in [
        ("attn.c_attn", 3 * D, D),
        ("attn.c_proj", D, D),
        ("mlp.c_fc", 4 * D, D),
        ("mlp.c_proj", D, 4 * D),
    ]:
        parameters[f"h.{i}.{name}.weight"] = draw(outputs, inputs, scale=0.4)
        parameters[f"h.{i}.{name}.bias"] = draw(outputs, scale=0.1)
for name in [f"h.{i}.ln_{j}" for i in range(BLOCKS) for j in (1, 2)] + ["ln_f"]:
    parameters[f"{name}.weight"] = 1 + draw(D, scale=0.1)
    parameters[f"{name}.bias"] = draw(D, scale=0.1)
for parameter in parameters.values():
    parameter.requires_grad_()


def linear(x, name):
    return F.linear(x, parameters[name + ".weight"], parameters[name + ".bias"])


def norm(x, name):
    return F.layer_norm(x, (D,), parameters[name + ".weight"], parameters[name + ".bias"], EPSILON)


def attention(x, name):
    batch, n, _ = x.shape
    heads = lambda t: t.view(batch, n, HEADS, D // HEADS).transpose(1, 2)
    q, k, v = (heads(t) for t in linear(x, name + ".c_attn").split(D, dim=2))
    o = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    return linear(o.transpose(1, 2).reshape(batch, n, D), name + ".c_proj")


x = parameters["wte.weight"][ids] + parameters["wpe.weight"][: ids.shape[1]]
for i in range(BLOCKS):
    x = x + attention(norm(x, f"h.{i}.ln_1"), f"h.{i}.attn")
    inner = F.gelu(linear(norm(x, f"h.{i}.ln_2"), f"h.{i}.mlp.c_fc"), approximate="tanh")
    x = x + linear(inner, f"h.{i}.mlp.c_proj")
logits = norm(x, "ln_f") @ parameters["wte.weight"].T
loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
loss.backward()

# Single operations: the loss is the sum of the results, each with a weight of its own.
operations = {}


def operation(name, function, *inputs):
    for tensor in inputs:
        tensor.requires_grad_()
    result = function(*inputs)
    weights = draw(*result.shape)
    (result * weights).sum().backward()
    operations[name] = {
        "inputs": [written(t) for t in inputs],
        "result": written(result),
        "weights": written(weights),
        "gradients": [written(t.grad) for t in inputs],
    }


operation("softmax", lambda x: F.softmax(x, -1), draw(3, 5, scale=3))
operation("log_softmax", lambda x: F.log_softmax(x, -1), draw(3, 5, scale=3))
operation("gelu", F.gelu, draw(3, 5, scale=2))
operation("gelu_tanh", lambda x: F.gelu(x, approximate="tanh"), draw(3, 5, scale=2))
operation("layer_norm", lambda x, w, b: F.layer_norm(x, (5,), w, b, 1e-5), draw(3, 5) + 2, draw(5), draw(5))
operation("rms_norm", lambda x, w: F.rms_norm(x, (5,), w, 1e-6), draw(3, 5) + 2, draw(5))
operation(
    "swiglu",
    lambda x, gate, up, down: (F.silu(x @ gate.T) * (x @ up.T)) @ down.T,
    draw(3, 4),
    draw(6, 4),
    draw(6, 4),
    draw(4, 6),
)
operation("attention", F.scaled_dot_product_attention, draw(2, 2, 3, 4), draw(2, 2, 5, 4), draw(2, 2, 5, 6))
operation(
    "causal_attention",
    lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True),
    draw(2, 4, 3),
    draw(2, 4, 3),
    draw(2, 4, 3),
)
allowed = torch.tensor([[1, 0, 1], [0, 0, 0], [1, 1, 1]]).bool()
operation(
    "masked_attention",
    lambda q, k, v: F.scaled_dot_product_attention(q, k, v, attn_mask=allowed),
    draw(1, 3, 2),
    draw(1, 3, 2),
    draw(1, 3, 2),
)
operation("cross_entropy", lambda y: F.cross_entropy(y, torch.tensor([4, 0, 2])), draw(3, 5, scale=3))

json.dump(
    {
        "torch": torch.__version__,
        "ids": ids.tolist(),
        "targets": targets.flatten().tolist(),
        "parameters": {name: written(p) for name, p in parameters.items()},
        "logits": written(logits),
        "loss": loss.item(),
        "gradients": {name: written(p.grad) for name, p in parameters.items()},
        "operations": operations,
    },
    sys.stdout,
)
print()

"""Writes tests/fixtures/context/gpts.json: three small seeded models of transformers, with logits, the gradient of
the loss by each parameter, and the tokens that greedy generation gives; and positions by transformers' functions.

    gpts.py > tests/fixtures/context/gpts.json

Names and shapes of the weights are those of the course. Made with torch 2.15.0 and transformers 5.24.0.
"""
import json
import sys

import torch
import transformers
from transformers import (GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, OpenAIGPTConfig,
                          OpenAIGPTLMHeadModel)
from transformers.models.bloom.modeling_bloom import build_alibi_tensor
from transformers.models.gptj.modeling_gptj import apply_rotary_pos_emb, create_sinusoidal_positions

torch.manual_seed(1)
V, N = 13, 8
COMMON = {"vocab_size": V, "bos_token_id": 0, "eos_token_id": None}


def written(tensor):
    return {"shape": list(tensor.shape), "numbers": [float(f"{x:.8g}") for x in tensor.flatten().tolist()]}


def of_gpt(name, tensor):
    """transformers' Conv1D keeps (inputs, outputs)."""
    name = name.removeprefix("transformer.")
    for theirs, ours in [("tokens_embed", "wte"), ("positions_embed", "wpe")]:
        name = name.replace(theirs, ours)
    is_conv = name.endswith(".weight") and ".c_" in name
    return name, tensor.T if is_conv else tensor


def of_llama(state):
    """Queries, keys and values are one matrix here."""
    out = {}
    for name, tensor in state.items():
        name = name.removeprefix("model.")
        for theirs, ours in [("embed_tokens", "wte"), ("layers.", "h."), ("input_layernorm", "ln_1"), ("norm.weight", "ln_f.weight"),
                             ("post_attention_layernorm", "ln_2"), ("self_attn.o_proj", "attn.c_proj")]:
            if theirs != "norm.weight" or name == "norm.weight":
                name = name.replace(theirs, ours)
        out[name] = tensor
    for i in range(2):
        parts = [out.pop(f"h.{i}.self_attn.{x}_proj.weight") for x in "qkv"]
        out[f"h.{i}.attn.c_attn.weight"] = torch.cat(parts)
    return out


def model(made, names):
    made = made.eval()
    with torch.no_grad():  # Larger than a fresh model's, so that tokens differ.
        for name, p in made.named_parameters():
            p.normal_(1.0 if "ln" in name or "norm" in name else 0.0, 0.3)
    ids = torch.randint(0, V, (2, 6))
    out = made(ids, labels=ids)
    out.loss.backward()
    parameters = dict(made.named_parameters())
    greedy = made.generate(torch.tensor([[3, 1]]), do_sample=False, max_new_tokens=6, pad_token_id=0)
    penalised = made.generate(torch.tensor([[3, 1]]), do_sample=False, max_new_tokens=6, pad_token_id=0,
                              repetition_penalty=1.8)
    of = lambda tensors: {name: written(x) for name, x in names(tensors).items()}
    return {
        "ids": ids.tolist(),
        "logits": written(out.logits),
        "loss": out.loss.item(),
        "parameters": of({name: p.detach() for name, p in parameters.items()}),
        "gradients": of({name: p.grad for name, p in parameters.items()}),
        "greedy": greedy[0].tolist(),
        "penalised": penalised[0].tolist(),
    }


def gpt_names(tensors):
    return dict(of_gpt(name, x) for name, x in tensors.items())


off = {"resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0}
gpt2 = GPT2LMHeadModel(GPT2Config(n_positions=N, n_embd=8, n_layer=2, n_head=2, **off, **COMMON))
gpt1 = OpenAIGPTLMHeadModel(OpenAIGPTConfig(n_positions=N, n_embd=8, n_layer=2, n_head=2, **off, **COMMON))
llama = LlamaForCausalLM(LlamaConfig(hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
                                     num_key_value_heads=2, max_position_embeddings=N, rms_norm_eps=1e-6,
                                     rope_parameters={"rope_type": "default", "rope_theta": 100.0},
                                     tie_word_embeddings=False, **COMMON))

# Neighbours are pairs in GPT-J: one head of 6 numbers, turned as positions 0 to 3.
table = create_sinusoidal_positions(4, 6)  # sines, then cosines
x = torch.randn(1, 4, 1, 6)
turned = apply_rotary_pos_emb(x, table[None, :, :3], table[None, :, 3:])
slopes = {}
for heads in (1, 4, 6, 8, 12):
    bias = build_alibi_tensor(torch.ones(1, 2), heads, torch.float32)  # (heads, 1, 2): slope · position
    slopes[str(heads)] = bias[:, 0, 1].tolist()

json.dump({
    "torch": torch.__version__,
    "transformers": transformers.__version__,
    "gpt2": model(gpt2, gpt_names),
    "gpt1": model(gpt1, gpt_names),
    "llama": model(llama, of_llama),
    "sinusoidal": written(table),
    "rotary": {"x": written(x[0, :, 0]), "turned": written(turned[0, :, 0])},
    "slopes": slopes,
}, sys.stdout)
print()

"""The peer of the row `gpt-step` of `cargo bench --bench peers`: a step of training of a small GPT in torch.

    gpt_step.py [runs] [threads] [steps]

4 blocks, 4 heads, 128 wide, a context of 128, batches of 16, 1,024 tokens, tied; AdamW with decay of matrices,
gradients clipped to 1; the same drawn windows in each step. One JSON line a run: the median and the best step in
milliseconds, and the loss at the end.
"""
import json
import statistics
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

VOCAB, CONTEXT, BATCH, WIDTH, HEADS, BLOCKS = 1024, 128, 16, 128, 4, 4
WARM = 3


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.c_attn, self.c_proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        b, n, d = x.shape
        q, k, v = (part.view(b, n, HEADS, -1).transpose(1, 2) for part in self.c_attn(self.ln_1(x)).split(d, dim=2))
        o = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, n, d)
        x = x + self.c_proj(o)
        return x + self.down(F.gelu(self.up(self.ln_2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(VOCAB, WIDTH), nn.Embedding(CONTEXT, WIDTH)
        self.h = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.ln_f = nn.LayerNorm(WIDTH)
        for name, p in self.named_parameters():
            if p.dim() > 1:
                is_out = name.endswith(("c_proj.weight", "down.weight"))
                nn.init.normal_(p, std=0.02 / (2 * BLOCKS) ** 0.5 if is_out else 0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(p)

    def loss(self, windows):
        ids = windows[:, :-1]
        x = self.wte(ids) + self.wpe(torch.arange(ids.shape[1]))
        for block in self.h:
            x = block(x)
        logits = self.ln_f(x) @ self.wte.weight.T
        return F.cross_entropy(logits.view(-1, VOCAB), windows[:, 1:].reshape(-1))


runs, threads, steps = (int(x) for x in (sys.argv[1:] + ["1", "2", "20"][len(sys.argv) - 1:]))
torch.set_num_threads(threads)
torch.manual_seed(1)
windows = torch.randint(0, VOCAB, (BATCH, CONTEXT + 1))
for _ in range(runs):
    gpt = Gpt()
    decayed = [p for p in gpt.parameters() if p.dim() > 1]
    rest = [p for p in gpt.parameters() if p.dim() == 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0.0}],
                                  lr=1e-3, betas=(0.9, 0.95))
    took = []
    for _ in range(steps + WARM):
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = gpt.loss(windows)
        loss.backward()
        nn.utils.clip_grad_norm_(gpt.parameters(), 1.0)
        optimiser.step()
        loss.item()
        took.append(1e3 * (time.perf_counter() - start))
    took = took[WARM:]
    print(json.dumps({"task": "gpt-step", "peer": "torch " + torch.__version__, "threads": threads,
                      "ms": round(statistics.median(took), 2), "best_ms": round(min(took), 2),
                      "loss": gpt.loss(windows).item()}), flush=True)

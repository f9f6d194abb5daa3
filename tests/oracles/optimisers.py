"""Steps of torch's optimisers, its clipping and its schedules: the numbers in src/train (optimiser/tests.rs, schedule.rs, gradients.rs).

    pip install torch==2.15.0 transformers==5.24.0
    python tests/oracles/optimisers.py
"""

import torch
import transformers


def three_steps(optimiser, start):
    x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimiser = optimiser([x])
    for _ in range(3):
        optimiser.zero_grad()
        (x**3).sum().backward()
        optimiser.step()
        yield [round(v, 7) for v in x.tolist()]


def schedule(make, n):
    """The factor of each step."""
    x = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.SGD([x], lr=1.0)
    scheduler = make(optimiser)
    factors = []
    for _ in range(n):
        factors.append(round(optimiser.param_groups[0]["lr"], 6))
        optimiser.step()
        scheduler.step()
    return factors


print("torch", torch.__version__, "transformers", transformers.__version__)
for name, optimiser, start in [
    ("AdamW, decay 0.01", lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.01), [1.0, -2.0, 3.0]),
    ("SGD, momentum 0.9", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), [1.0]),
    ("SGD", lambda p: torch.optim.SGD(p, lr=0.1), [1.0]),
]:
    for step in three_steps(optimiser, start):
        print(name, step)

x = torch.zeros(2, requires_grad=True)
x.grad = torch.tensor([3.0, 4.0])
norm = torch.nn.utils.clip_grad_norm_([x], 5.0)
print("clipped at 5:", float(norm), [f"{v:.7f}" for v in x.grad.tolist()])

print("cosine, T_max 4:", schedule(lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=4), 6))
print("warm-up 2 of 10:", schedule(lambda o: transformers.get_cosine_schedule_with_warmup(o, 2, 10), 10))

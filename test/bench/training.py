"""Training steps of small models in PyTorch, one thread: the same architectures and batch sizes as training.ts."""
import math

from serve import optional, serve, timed

torch = optional("torch")
models = {}


def mlp(widths, activation):
    nn = torch.nn
    layers = []
    for i, (n, m) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Linear(n, m))
        if i < len(widths) - 2:
            layers.append(activation())
    return nn.Sequential(*layers)


def flow_matching():
    field = mlp([3, 64, 64, 64, 2], torch.nn.SELU)

    def loss():
        x0, x1, t = torch.randn(256, 2), torch.randn(256, 2), torch.rand(256, 1)
        x = (1 - t) * x0 + t * x1
        return ((field(torch.cat([x, t], 1)) - (x1 - x0)) ** 2).mean()

    return field, loss


def vae():
    nn = torch.nn
    encoder, decoder = mlp([784, 512, 256, 40], nn.ReLU), mlp([20, 256, 512, 784], nn.ReLU)
    both = nn.ModuleList([encoder, decoder])
    x = (torch.rand(128, 784) > 0.5).float()

    def loss():
        mean, logvar = encoder(x).chunk(2, 1)
        z = mean + torch.exp(logvar / 2) * torch.randn(128, 20)
        fit = nn.functional.binary_cross_entropy_with_logits(decoder(z), x, reduction="sum")
        return (fit - 0.5 * (1 + logvar - mean**2 - logvar.exp()).sum()) / 128

    return both, loss


def realnvp():
    nn = torch.nn
    nets = nn.ModuleList([mlp([1, 128, 128, 2], nn.ReLU) for _ in range(8)])

    def loss():
        a, b = torch.randn(512, 2).chunk(2, 1)
        total = torch.zeros(512, 1)
        for net in nets:
            s, t = net(a).chunk(2, 1)
            s = 2 * torch.tanh(s)
            a, b = b * torch.exp(s) + t, a
            total = total + s
        return (0.5 * (a**2 + b**2) - total).mean() + math.log(2 * math.pi)

    return nets, loss


def load(request):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    for name, make in (("flow-matching", flow_matching), ("vae", vae), ("realnvp", realnvp)):
        module, loss = make()
        models[name] = (torch.optim.Adam(module.parameters(), lr=1e-3, fused=True), loss)
    return {"ms": 0}


def step(request):
    optimizer, loss = models[request["model"]]

    def run():
        for _ in range(request["steps"]):
            optimizer.zero_grad()
            value = loss()
            value.backward()
            optimizer.step()
        return value.item()

    ms, value = timed(run)
    return {"ms": ms / request["steps"], "loss": value}


if __name__ == "__main__":
    serve({"torch": torch}, {"load": load, "step": step})

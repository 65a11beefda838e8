"""The samplers of sampling.ts in PyTorch, one thread: the same weights and noise, the same methods."""
import base64
import math

from serve import optional, serve, timed
from workloads import Dcgan, Flow, Gpt, PixelCnn, Unet, conv, dense, layer_norm, memory, mlp, tensor, theirs

torch = optional("torch")
held = {}


def sent(x):
    return base64.b64encode(x.contiguous().numpy().tobytes()).decode()


class Euler:
    def __init__(self, p, noise, plan):
        self.field, self.z = Flow(p), noise["z"]

    def draw(self):
        x, h = self.z.clone(), 1 / 100
        for k in range(100):
            x.add_(self.field.forward({"x": x, "t": x.new_full((len(x), 1), k * h)}), alpha=h)
        return x, None


class Decoder:
    def __init__(self, p, noise, plan):
        self.p, self.z = p, noise["z"]

    def draw(self):
        return torch.sigmoid_(mlp(self.p, "decoder", 3, self.z)), None


class Generator:
    def __init__(self, p, noise, plan):
        self.net, self.z = Dcgan(p), noise["z"]

    def draw(self):
        return self.net.generator(self.z).permute(0, 2, 3, 1), None


class Inverse:
    def __init__(self, p, noise, plan):
        self.p, self.z = p, noise["z"]

    def draw(self):
        """x and log q(x), side by side."""
        a, b = self.z.chunk(2, 1)
        total = -0.5 * self.z.square().sum(1, keepdim=True) - math.log(2 * math.pi)
        for i in reversed(range(8)):
            raw, t = mlp(self.p, "coupling%d" % i, 3, a if i % 2 == 0 else b).chunk(2, 1)
            s = 2 * torch.tanh(raw)
            if i % 2 == 0:
                b = (b - t) * (-s).exp()
            else:
                a = (a - t) * (-s).exp()
            total += s
        return torch.cat([a, b, total], 1), None


class Ddim:
    def __init__(self, p, noise, plan):
        self.net, self.x, self.levels = Unet(p), noise["x"], plan

    def draw(self):
        x = self.x
        w = 10000 ** (-torch.arange(32, dtype=torch.float64) / 32)
        for (k, alpha, sigma), (_, next_alpha, next_sigma) in zip(self.levels, self.levels[1:]):
            features = torch.cat([((k - 1) * w).sin(), ((k - 1) * w).cos()]).float().expand(len(x), 64)
            e = self.net.forward({"x": x, "features": features})
            scale = next_alpha / alpha
            x = torch.add(scale * x, e, alpha=next_sigma - scale * sigma)
        return x.permute(0, 2, 3, 1), None


class Pixels:
    """Each layer once at each place: what the row above adds for a row at once, what is on the left place by place. Axes: row, column, image, channel."""

    def __init__(self, p, noise, plan):
        self.net, self.p, self.e = PixelCnn(p), p, noise["e"]
        kernels = [p["first/kernel"]] + [p["masked%d/kernel" % i] for i in range(6)]
        self.bias = [p["first/bias"]] + [p["masked%d/bias" % i] for i in range(6)]
        middle = [w.shape[-1] // 2 for w in kernels]
        flat = lambda w: w.permute(2, 3, 1, 0).reshape(-1, w.shape[0]).contiguous()
        self.above = [flat(w[:, :, :m]) for w, m in zip(kernels, middle)]
        self.here = [flat(w[:, :, m : m + 1, : m + (i > 0)]) for i, (w, m) in enumerate(zip(kernels, middle))]
        self.mixed, self.logit = (p[name + "/kernel"].flatten(1).t().contiguous() for name in ("mixed", "logit"))

    def draw(self):
        n, p = self.e.shape[2], self.p
        x, logits = torch.zeros(31, 34, n), torch.empty(28, 28, n)
        h = [torch.zeros(30, n, 32) for _ in range(6)]
        for r in range(28):
            seen = x[r : r + 3].unfold(1, 28, 1).permute(3, 2, 0, 1)  # column, image, row above, tap
            u = [torch.addmm(self.bias[0], seen.reshape(28 * n, 21), self.above[0]).view(28, n, 32)]
            for i in range(6):
                taps = torch.cat([h[i][:28], h[i][1:29], h[i][2:]], 2).view(28 * n, 96)
                u.append(torch.addmm(self.bias[i + 1], taps, self.above[i + 1]).view(28, n, 32))
            left, row = [torch.zeros(n, 32)] * 6, x[r + 3]
            for c in range(28):
                y, here = torch.addmm(u[0][c], row[c : c + 3].t(), self.here[0]).relu_(), []
                for i in range(6):
                    here.append(y)
                    y = torch.addmm(u[i + 1][c], torch.cat([left[i], y], 1), self.here[i + 1]).relu_()
                    h[i][c + 1] = here[i]
                left = here
                logit = torch.addmm(p["logit/bias"], torch.addmm(p["mixed/bias"], y, self.mixed).relu_(), self.logit).view(n)
                logits[r, c] = logit
                row[c + 3] = logit + self.e[r, c] > 0
        return x[3:, 3:31], logits

    def logits(self, values):
        x = values.view(28, 28, -1).permute(2, 0, 1)[:, None]
        return self.net.forward({"x": x})[:, 0].permute(1, 2, 0)


class Characters:
    """Keys and values of each layer in one tensor, filled as the characters come."""

    def __init__(self, p, noise, plan):
        self.net, self.p, self.first, self.g = Gpt(p), p, noise["first"], noise["g"]

    def draw(self):
        F, p = torch.nn.functional, self.p
        c, n = self.first, len(self.first)
        kept = torch.empty(4, 2, n, 4, 128, 32)
        drawn, logits = torch.empty(128, n), torch.empty(128, n, 64)
        for t in range(128):
            h = F.embedding(c, p["characters/kernel"]) + p["places/kernel"][t]
            for i in range(4):
                name, (keys, values) = "layer%d" % i, kept[i]
                q, k, v = dense(p, name + "/qkv", layer_norm(p, name + "/norm0", h)).view(n, 3, 4, 32).unbind(1)
                keys[:, :, t], values[:, :, t] = k, v
                mixed = F.scaled_dot_product_attention(q[:, :, None], keys[:, :, : t + 1], values[:, :, : t + 1]).reshape(n, 128)
                h = h + dense(p, name + "/out", mixed)
                h = h + dense(p, name + "/back", F.gelu(dense(p, name + "/wide", layer_norm(p, name + "/norm1", h))))
            logits[t] = dense(p, "head", h)
            c = (logits[t] + self.g[t]).argmax(1)
            drawn[t] = c
        return drawn, logits

    def logits(self, values):
        drawn = values.view(128, -1).long()
        x = torch.cat([self.first[None], drawn[:-1]]).t().contiguous()
        return self.net.forward({"x": x}).transpose(0, 1)


SAMPLERS = {
    "flow": Euler,
    "vae": Decoder,
    "dcgan": Generator,
    "realnvp": Inverse,
    "unet": Ddim,
    "pixelcnn": Pixels,
    "gpt": Characters,
}


def floats(data):
    return torch.frombuffer(bytearray(base64.b64decode(data)), dtype=torch.float32)


def load(request):
    torch.set_num_threads(1)
    p = {name: theirs(name, floats(data).reshape(shape)) for name, shape, data in request["group"]}
    noise = {name: tensor(given) for name, given in request["noise"].items()}
    held["sampler"] = SAMPLERS[request["workload"]](p, noise, request["plan"])
    return {"ms": 0}


def draw(request):
    with torch.inference_mode():
        ms, (values, logits) = timed(held["sampler"].draw)
        if not request.get("values"):
            return {"ms": ms}
        return {"ms": ms, "values": sent(values), "logits": None if logits is None else sent(logits)}


def logits(request):
    """By the whole network, everywhere at once, of a sample."""
    with torch.inference_mode():
        return {"ms": 0, "logits": sent(held["sampler"].logits(floats(request["values"])))}


if __name__ == "__main__":
    serve({"torch": torch}, {"load": load, "draw": draw, "logits": logits, "memory": memory})

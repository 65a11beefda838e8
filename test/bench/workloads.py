"""The workloads of workloads.ts in PyTorch, one thread: the same weights and inputs, given by the other side."""
import base64
import math
import os
import resource

from serve import optional, serve, timed

torch = optional("torch")
held = {}

# Where ours are flattened from height, width, channels, PyTorch flattens channels first.
FLATTENED = {"generator/project/kernel": 1, "generator/project/bias": 0, "generator/norm0/scale": 0, "generator/norm0/shift": 0, "judge/logit/kernel": 0}
EMBEDDINGS = ("characters/kernel", "places/kernel")


def theirs(name, w):
    """Our parameter in PyTorch's order of axes."""
    if name in FLATTENED:
        axis = FLATTENED[name]
        split = w.unflatten(axis, (7, 7, 128)).movedim(axis + 2, axis)
        w = split.flatten(axis, axis + 2)
    if w.dim() == 4:
        w = w.permute(3, 2, 0, 1)
    elif w.dim() == 2 and name not in EMBEDDINGS:
        w = w.T
    return w.contiguous()


def ours(name, w):
    """The inverse."""
    if w.dim() == 4:
        w = w.permute(2, 3, 1, 0)
    elif w.dim() == 2 and name not in EMBEDDINGS:
        w = w.T
    if name in FLATTENED:
        axis = FLATTENED[name]
        w = w.unflatten(axis, (128, 7, 7)).movedim(axis, axis + 2).flatten(axis, axis + 2)
    return w.contiguous()


def dense(p, name, x):
    return torch.nn.functional.linear(x, p[name + "/kernel"], p[name + "/bias"])


def conv(p, name, x, stride=1):
    w = p[name + "/kernel"]
    return torch.nn.functional.conv2d(x, w, p[name + "/bias"], stride=stride, padding=(w.shape[-1] - 1) // 2)


def batch_norm(p, name, x):
    return torch.nn.functional.batch_norm(x, None, None, p[name + "/scale"], p[name + "/shift"], training=True)


def group_norm(p, name, x):
    return torch.nn.functional.group_norm(x, 8, p[name + "/scale"], p[name + "/shift"])


def layer_norm(p, name, x):
    return torch.nn.functional.layer_norm(x, x.shape[-1:], p[name + "/scale"], p[name + "/shift"])


class Dcgan:
    def __init__(self, p):
        self.p = p

    def generator(self, z):
        F, p = torch.nn.functional, self.p
        up = lambda name, x: F.conv_transpose2d(x, p[name + "/kernel"], p[name + "/bias"], stride=2, padding=1)
        h = F.relu(batch_norm(p, "generator/norm0", dense(p, "generator/project", z))).view(-1, 128, 7, 7)
        return torch.tanh(up("generator/up1", F.relu(batch_norm(p, "generator/norm1", up("generator/up0", h)))))

    def judge(self, x):
        F, p = torch.nn.functional, self.p
        h = F.leaky_relu(conv(p, "judge/down0", x, 2), 0.2)
        h = F.leaky_relu(batch_norm(p, "judge/norm", conv(p, "judge/down1", h, 2)), 0.2)
        return dense(p, "judge/logit", h.flatten(1))

    def losses(self, inputs):
        F = torch.nn.functional
        fake = self.generator(inputs["z"])
        yield F.softplus(-self.judge(inputs["x"])).mean() + F.softplus(self.judge(fake.detach())).mean()
        yield F.softplus(-self.judge(fake)).mean()

    def forward(self, inputs):
        return self.generator(inputs["z"])


class Unet:
    def __init__(self, p):
        self.p = p

    def block(self, name, h, c):
        F, p = torch.nn.functional, self.p
        y = conv(p, name + "/conv0", F.silu(group_norm(p, name + "/norm0", h)))
        y = y + dense(p, name + "/time", c)[:, :, None, None]
        y = conv(p, name + "/conv1", F.silu(group_norm(p, name + "/norm1", y)))
        return y + (conv(p, name + "/skip", h) if name + "/skip/kernel" in p else h)

    def forward(self, inputs):
        F, p = torch.nn.functional, self.p
        twice = lambda x: F.interpolate(x, scale_factor=2, mode="nearest")
        c = F.silu(dense(p, "time1", F.silu(dense(p, "time0", inputs["features"]))))
        h0 = self.block("down0", conv(p, "in", inputs["x"]), c)
        h1 = self.block("down1", conv(p, "halve0", h0, 2), c)
        low = self.block("middle1", self.block("middle0", conv(p, "halve1", h1, 2), c), c)
        back1 = self.block("up1", torch.cat([conv(p, "double1", twice(low)), h1], 1), c)
        back0 = self.block("up0", torch.cat([conv(p, "double0", twice(back1)), h0], 1), c)
        return conv(p, "out", F.silu(group_norm(p, "norm", back0)))

    def losses(self, inputs):
        yield ((self.forward(inputs) - inputs["e"]) ** 2).mean()


class PixelCnn:
    def __init__(self, p):
        self.p, self.masks = p, {}
        for name, w in p.items():
            if name == "first/kernel" or name.startswith("masked") and name.endswith("/kernel"):
                middle, mask = w.shape[-1] // 2, torch.ones_like(w)
                mask[:, :, middle, middle + (0 if name == "first/kernel" else 1) :] = 0
                mask[:, :, middle + 1 :] = 0
                self.masks[name] = mask.detach()

    def forward(self, inputs):
        F, p, h = torch.nn.functional, self.p, inputs["x"]
        for name in ["first"] + ["masked%d" % i for i in range(6)]:
            w = p[name + "/kernel"] * self.masks[name + "/kernel"]
            h = F.relu(F.conv2d(h, w, p[name + "/bias"], padding=w.shape[-1] // 2))
        return conv(p, "logit", F.relu(conv(p, "mixed", h)))

    def losses(self, inputs):
        x = inputs["x"]
        yield torch.nn.functional.binary_cross_entropy_with_logits(self.forward(inputs), x, reduction="sum") / x.shape[0]


class Gpt:
    def __init__(self, p):
        self.p = p

    def forward(self, inputs):
        F, p = torch.nn.functional, self.p
        h = F.embedding(inputs["x"], p["characters/kernel"]) + p["places/kernel"]
        b, t, d = h.shape
        for name in ["layer%d" % i for i in range(4)]:
            qkv = dense(p, name + "/qkv", layer_norm(p, name + "/norm0", h))
            q, k, v = (x.view(b, t, 4, d // 4).transpose(1, 2) for x in qkv.split(d, 2))
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, d)
            h = h + dense(p, name + "/out", mixed)
            h = h + dense(p, name + "/back", F.gelu(dense(p, name + "/wide", layer_norm(p, name + "/norm1", h))))
        return dense(p, "head", h)

    def losses(self, inputs):
        yield torch.nn.functional.cross_entropy(self.forward(inputs).flatten(0, 1), inputs["y"].flatten())


class Flow:
    def __init__(self, p):
        self.p = p

    def forward(self, inputs):
        h = torch.cat([inputs["x"], inputs["t"]], 1)
        for i in range(4):
            h = dense(self.p, "field/dense%d" % i, h)
            h = torch.selu(h) if i < 3 else h
        return h

    def losses(self, inputs):
        yield ((self.forward(inputs) - inputs["u"]) ** 2).mean()


def mlp(p, name, depth, x):
    for i in range(depth):
        x = dense(p, "%s/dense%d" % (name, i), x)
        x = torch.relu(x) if i < depth - 1 else x
    return x


class Vae:
    def __init__(self, p):
        self.p = p

    def forward(self, inputs):
        """-ELBO of each image."""
        x = inputs["x"]
        mean, logvar = mlp(self.p, "encoder", 2, x).chunk(2, 1)
        logits = mlp(self.p, "decoder", 2, mean + torch.exp(logvar / 2) * inputs["e"])
        fit = torch.nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(1)
        return fit + 0.5 * (logvar.exp() + mean**2 - 1 - logvar).sum(1)

    def losses(self, inputs):
        yield self.forward(inputs).mean()


class RealNvp:
    def __init__(self, p):
        self.p = p

    def forward(self, inputs):
        """log q of each point."""
        a, b = inputs["x"].chunk(2, 1)
        total = 0.0
        for i in range(8):
            raw, t = mlp(self.p, "coupling%d" % i, 3, a if i % 2 == 0 else b).chunk(2, 1)
            s = 2 * torch.tanh(raw)
            if i % 2 == 0:
                b = b * s.exp() + t
            else:
                a = a * s.exp() + t
            total = total + s
        return (total - 0.5 * (a**2 + b**2)).squeeze(1) - math.log(2 * math.pi)

    def losses(self, inputs):
        yield -self.forward(inputs).mean()


WORKLOADS = {"flow": Flow, "vae": Vae, "realnvp": RealNvp, "dcgan": Dcgan, "unet": Unet, "pixelcnn": PixelCnn, "gpt": Gpt}


def tensor(given):
    dtype = torch.float32 if given["dtype"] == "float32" else torch.int32
    x = torch.frombuffer(bytearray(base64.b64decode(given["bytes"])), dtype=dtype).reshape(given["shape"])
    x = x.long() if dtype == torch.int32 else x
    return x.permute(0, 3, 1, 2).contiguous() if x.dim() == 4 else x


def load(request):
    torch.set_num_threads(1)
    p, optimizers = {}, []
    for group in request["groups"]:
        named = {}
        for name, shape, data in group:
            w = torch.frombuffer(bytearray(base64.b64decode(data)), dtype=torch.float32).reshape(shape)
            named[name] = theirs(name, w).requires_grad_()
        p.update(named)
        rate, beta1, decay = request["adam"]
        of = torch.optim.AdamW if decay > 0 else torch.optim.Adam
        optimizers.append((named, of(named.values(), lr=rate, betas=(beta1, 0.999), weight_decay=decay, fused=True)))
    inputs = {name: tensor(given) for name, given in request["inputs"].items()}
    held.update(model=WORKLOADS[request["workload"]](p), optimizers=optimizers, inputs=inputs)
    return {"ms": 0, "count": [sum(w.numel() for w in named.values()) for named, _ in optimizers]}


def check(request):
    """Losses and gradients of every phase at the weights that were given; nothing moves."""
    values, gradients = [], []
    for (named, _), loss in zip(held["optimizers"], held["model"].losses(held["inputs"])):
        values.append(loss.item())
        found = torch.autograd.grad(loss, list(named.values()), retain_graph=True)
        flat = torch.cat([ours(name, g).flatten() for name, g in zip(named, found)])
        gradients.append(base64.b64encode(flat.numpy().tobytes()).decode())
    return {"ms": 0, "losses": values, "gradients": gradients}


def step(request):
    def run():
        for (_, optimizer), loss in zip(held["optimizers"], held["model"].losses(held["inputs"])):
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        return loss.item()

    ms, value = timed(run)
    return {"ms": ms, "loss": value}


def forward(request):
    def run():
        with torch.no_grad():
            return held["model"].forward(held["inputs"])

    ms, y = timed(run)
    if not request.get("values"):
        return {"ms": ms}
    y = y.permute(0, 2, 3, 1).contiguous() if y.dim() == 4 else y
    return {"ms": ms, "values": base64.b64encode(y.numpy().tobytes()).decode()}


def feed(request):
    """Other inputs from now on."""
    held["inputs"] = {name: tensor(given) for name, given in request["inputs"].items()}
    return {"ms": 0}


def assign(request):
    """The optimal pairs of two batches of points in the plane, from the points."""
    x, y = (torch.frombuffer(bytearray(base64.b64decode(request[name])), dtype=torch.float64).reshape(-1, 2).numpy() for name in "xy")
    return {"ms": timed(lambda: ot.emd([], [], ot.dist(x, y)))[0]}


def memory(request):
    return {"ms": 0, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    # POT would import every deep learning framework that it finds.
    for package in ("PYTORCH", "JAX", "CUPY", "TENSORFLOW"):
        os.environ.setdefault(f"POT_BACKEND_DISABLE_{package}", "1")
    ot = optional("ot")
    serve({"torch": torch, "POT": ot}, {"load": load, "check": check, "step": step, "forward": forward, "feed": feed, "assign": assign, "memory": memory})

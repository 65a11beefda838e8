import { balanced, equal } from "./kind.ts"
import type { Kind } from "./kind.ts"
import { normalMixture } from "./law-table.ts"
import { above, at, plain, smooth } from "./shapes.ts"

const rules: ReadonlyArray<Kind> = [
  {
    name: "derivative by hand",
    make: (d) => {
      const [f, g] = smooth(d)
      return balanced(`D(${f}, x)`, g, at(d))
    },
  },
  {
    name: "product rule",
    make: (d) => {
      const [[f], [g]] = [smooth(d), smooth(d)]
      return balanced(`D((${f})*(${g}), x)`, `D(${f}, x)*(${g}) + (${f})*D(${g}, x)`, at(d))
    },
  },
  {
    name: "quotient rule",
    make: (d) => {
      const [[f], [g]] = [smooth(d), smooth(d)]
      return balanced(`D((${f})/(9 + (${g})^2), x)`, `(D(${f}, x)*(9 + (${g})^2) - (${f})*2*(${g})*D(${g}, x))/(9 + (${g})^2)^2`, at(d))
    },
  },
  {
    name: "chain rule",
    make: (d) => {
      const [f, g] = smooth(d)
      return balanced(`D(exp(sin(${f})), x)`, `exp(sin(${f}))*cos(${f})*(${g})`, at(d, "x", 2))
    },
  },
  {
    name: "derivative of a power",
    make: (d) => {
      const a = d.real(3)
      return balanced(`D(x^${a}, x)`, `${a}*x^(${a} - 1)`, above(d))
    },
  },
  { name: "derivative of x^x", make: (d) => equal("D(x^x, x)", "x^x*(log(x) + 1)", { ...above(d), nonzero: false }) },
  {
    name: "second derivative",
    make: (d) => {
      const [f, g] = smooth(d)
      return balanced(`D(${f}, x, 2)`, `D(${g}, x)`, at(d))
    },
  },
  {
    name: "high derivative",
    make: (d) => {
      const [n, a] = [d.int(3, 8), d.nonzero(0.3, 2)]
      return equal(`D(exp(${a}*x), x, ${n})`, `${a}^${n}*exp(${a}*x)`, at(d))
    },
  },
  { name: "derivative of |x|", make: (d) => equal("D(abs(x), x)", "sign(x)", { at: { x: plain(d.nonzero()) } }) },
  { name: "derivative of a branch", make: (d) => equal("D(if(x < 0, x^2, exp(x)), x)", "if(x < 0, 2*x, exp(x))", { at: { x: plain(d.nonzero()) } }) },
  { name: "derivative of max", make: (d) => balanced("D(max(x, 1/3)^2, x)", "if(x > 1/3, 2*x, 0)", { at: { x: plain(d.nonzero(0.4, 3)) } }) },
  {
    name: "gradient",
    make: (d) =>
      balanced("grad(v[1]^2*sin(v[2]), v)", "[2*v[1]*sin(v[2]), v[1]^2*cos(v[2])]", {
        at: { v: [plain(d.real()), plain(d.real())] },
        unit: "[1, 0]",
      }),
  },
  {
    name: "Laplacian of a Gaussian",
    make: (d) => {
      const s = d.pos(0.5, 3)
      return equal(`laplacian(exp(-norm2(v)/(2*${s}^2)), v)`, `(norm2(v)/${s}^4 - 2/${s}^2)*exp(-norm2(v)/(2*${s}^2))`, {
        at: { v: [plain(d.real(2)), plain(d.real(2))] },
        nonzero: false,
      })
    },
  },
  {
    name: "divergence of a field",
    make: (d) =>
      equal("divergence([v[1]*v[2], v[2]^2, sin(v[1])*v[3]], v)", "v[2] + 2*v[2] + sin(v[1])", {
        at: { v: [plain(d.real()), plain(d.real()), plain(d.real())] },
        nonzero: false,
      }),
  },
  {
    name: "product rule of divergence",
    make: (d) =>
      balanced(
        "divergence(exp(v[1])*[v[2]^2, v[1]*v[2]], v)",
        "dot(grad(exp(v[1]), v), [v[2]^2, v[1]*v[2]]) + exp(v[1])*divergence([v[2]^2, v[1]*v[2]], v)",
        { at: { v: [plain(d.real(2)), plain(d.real(2))] } },
      ),
  },
]

const leibniz: ReadonlyArray<Kind> = [
  {
    name: "fundamental theorem",
    make: (d) => {
      const [f] = smooth(d)
      const a = d.real(2)
      return balanced(`D(integral(t, ${a}, x, ${f.replaceAll("x", "t").replace("et", "ex")}), x)`.replace("etp", "exp"), f, at(d, "x", 2))
    },
  },
  { name: "moving ends", make: (d) => balanced("D(integral(t, x, x^2 + 1, exp(-t^2)), x)", "2*x*exp(-(x^2 + 1)^2) - exp(-x^2)", at(d, "x", 2)) },
  {
    name: "under the integral",
    make: (d) => {
      const a = d.pos(0.3, 2)
      return balanced(`D(integral(t, 0, ${a}, sin(x*t)), x)`, `integral(t, 0, ${a}, t*cos(x*t))`, at(d, "x", 3))
    },
  },
  {
    name: "Leibniz in full",
    make: (d) => balanced("D(integral(t, 0, x, exp(-x*t)), x)", "exp(-x^2) - integral(t, 0, x, t*exp(-x*t))", above(d, "x", 0.1, 3)),
  },
  { name: "kink that moves", make: (d) => balanced("D(integral(t, -5, 5, abs(t - x)), x)", "2*x", at(d, "x", 4)) },
  {
    name: "derivative of a probability",
    make: (d) => {
      const [m, s] = [d.real(2), d.pos(0.4, 3)]
      return equal(`D(P(z, Normal(${m}, ${s}), z > x), x)`, `-pdf(Normal(${m}, ${s}), x)`, { ...at(d), scale: 0.1 })
    },
  },
  {
    name: "derivative in the mean",
    make: (d) => {
      const [f, g] = smooth(d)
      const s = d.pos(0.3, 2)
      const z = (e: string): string => e.replace(/\bx\b/g, "z")
      return balanced(`D(E(z, Normal(x, ${s}), ${z(f)}), x)`, `E(z, Normal(x, ${s}), ${z(g)})`, at(d, "x", 2))
    },
  },
  {
    name: "derivative in the scale",
    make: (d) => {
      const [f, g] = smooth(d)
      const z = (e: string): string => e.replace(/\bx\b/g, "z")
      return balanced(`D(E(z, Normal(1/3, x), ${z(f)}), x)`, `E(z, Normal(0, 1), z*(${z(g).replace(/\bz\b/g, "(1/3 + x*z)")}))`, {
        ...above(d, "x", 0.3, 2),
        scale: 0.1,
      })
    },
  },
  {
    name: "log-derivative trick",
    make: (d) => {
      const [f] = smooth(d)
      const z = f.replace(/\bx\b/g, "z")
      return balanced(`D(E(z, Normal(x, 1), ${z}), x)`, `E(z, Normal(x, 1), (${z})*(z - x))`, at(d, "x", 2))
    },
  },
  {
    name: "heat equation",
    make: (d) =>
      balanced("D(pdf(Normal(0, sqrt(t)), y), t)", "D(pdf(Normal(0, sqrt(t)), y), y, 2)/2", {
        at: { t: plain(d.pos(0.2, 4)), y: plain(d.real()) },
        scale: 0.1,
      }),
  },
  {
    name: "heat equation of a mixture",
    make: (d) => {
      const m = normalMixture(d, 2)
      return balanced(`D(pdf(Diffused(${m.text}, 1, sqrt(t)), y), t)`, `D(pdf(Diffused(${m.text}, 1, sqrt(t)), y), y, 2)/2`, {
        at: { t: plain(d.pos(0.2, 4)), y: plain(d.real()) },
        scale: 0.1,
      })
    },
  },
  {
    name: "derivative of KL",
    make: (d) => {
      const [n, t] = [d.real(2), d.pos(0.5, 2)]
      return balanced(`D(KL(Normal(x, 1), Normal(${n}, ${t})), x)`, `(x - ${n})/${t}^2`, at(d))
    },
  },
  {
    name: "derivative of a quantile",
    weight: 0.5,
    make: (d) => equal("D(quantile(Normal(0, 1), u), u)", "1/pdf(Normal(0, 1), quantile(Normal(0, 1), u))", { at: { u: plain(d.prob()) } }),
  },
]

export const derivatives: ReadonlyArray<Kind> = [...rules, ...leibniz]

/**
 * Derivatives and integrals: rules of calculus, Leibniz, scores, Stein's and Tweedie's identities, heat equation, integrals with known values.
 */
import type { Draw } from "./draw.ts"
import { atMost, balanced, equal } from "./kind.ts"
import type { Draft, Kind } from "./kind.ts"
import { continuousLaw, lineLaw, normalMixture } from "./law-table.ts"

const plain = (text: string): string => text.replace(/[()]/g, "")
const at = (d: Draw, name = "x", size = 3): Pick<Draft, "at"> => ({ at: { [name]: plain(d.real(size)) } })
const above = (d: Draw, name = "x", lo = 0.1, hi = 5): Pick<Draft, "at"> => ({ at: { [name]: plain(d.pos(lo, hi)) } })
/** A smooth bounded function of x and its derivative. */
const smooth = (d: Draw): readonly [f: string, slope: string] => {
  const a = d.nonzero(0.2, 3)
  return d.pick([
    [`tanh(${a}*x)`, `${a}*(1 - tanh(${a}*x)^2)`],
    [`sin(${a}*x)`, `${a}*cos(${a}*x)`],
    [`exp(-x^2/2)`, "-x*exp(-x^2/2)"],
    [`sigmoid(${a}*x)`, `${a}*sigmoid(${a}*x)*sigmoid(-${a}*x)`],
    [`atan(${a}*x)`, `${a}/(1 + ${a}^2*x^2)`],
    ["x^3 - 2*x", "3*x^2 - 2"],
    ["log1p(x^2)", "2*x/(1 + x^2)"],
    [`softplus(${a}*x)`, `${a}*sigmoid(${a}*x)`],
    [`erf(${a}*x)`, `2*${a}/sqrt(pi)*exp(-${a}^2*x^2)`],
    [`normcdf(${a}*x)`, `${a}*exp(-${a}^2*x^2/2)/sqrt(2*pi)`],
    ["sqrt(1 + x^2)", "x/sqrt(1 + x^2)"],
    ["cosh(x/4)", "sinh(x/4)/4"],
  ] as const)
}

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

const scores: ReadonlyArray<Kind> = [
  {
    name: "score",
    make: (d) => {
      const l = lineLaw(d)
      return balanced(`score(${l.text}, x)`, `D(logpdf(${l.text}, x), x)`, { at: { x: `${d.int(-40, 40)}/7` } })
    },
  },
  {
    name: "score by hand",
    make: (d) => {
      const [m, s] = [d.real(), d.pos()]
      return balanced(`score(Normal(${m}, ${s}), x)`, `(${m} - x)/${s}^2`, at(d))
    },
  },
  {
    name: "score of a mixture",
    make: (d) => {
      const m = normalMixture(d)
      return balanced(`score(${m.text}, x)`, `D(pdf(${m.text}, x), x)/pdf(${m.text}, x)`, at(d))
    },
  },
  {
    name: "mean score",
    make: (d) => {
      const l = lineLaw(d)
      return balanced(`E(z, ${l.text}, score(${l.text}, z))`, "0")
    },
  },
  {
    name: "information of a location",
    make: (d) => {
      const s = d.pos(0.3, 3)
      return equal(`E(z, Logistic(0, ${s}), score(Logistic(0, ${s}), z)^2)`, `1/(3*${s}^2)`)
    },
  },
  {
    name: "Stein",
    make: (d) => {
      const [f, g] = smooth(d)
      const [m, s] = [d.real(2), d.pos(0.3, 2)]
      return balanced(`E(x, Normal(${m}, ${s}), (x - ${m})*(${f}))`, `${s}^2*E(x, Normal(${m}, ${s}), ${g})`)
    },
  },
  {
    name: "Stein by the score",
    make: (d) => {
      const [f, g] = smooth(d)
      const l = continuousLaw(d, ["normal", "logistic", "laplace"])
      return balanced(`E(x, ${l.text}, score(${l.text}, x)*(${f}))`, `-E(x, ${l.text}, ${g})`)
    },
  },
  {
    name: "Stein for a mixture",
    make: (d) => {
      const m = normalMixture(d, 2)
      const [f, g] = smooth(d)
      return balanced(`E(x, ${m.text}, score(${m.text}, x)*(${f}) + (${g}))`, "0")
    },
  },
  {
    name: "Stein for gamma",
    make: (d) => {
      const [a, r] = [d.pos(1.1, 5), d.pos()]
      return balanced(`E(x, Gamma(${a}, ${r}), (${a} - ${r}*x)*sin(x) + x*cos(x))`, "0")
    },
  },
  {
    name: "Stein for Poisson",
    make: (d) => {
      const r = d.pos(0.2, 5)
      return balanced(`E(k, Poisson(${r}), ${r}*exp(-(k + 1)/2) - k*exp(-k/2))`, "0")
    },
  },
]

const integrals: ReadonlyArray<Kind> = [
  {
    name: "polynomial integral",
    make: (d) => {
      const [a, b] = [d.real(), d.real()]
      return balanced(`integral(x, ${a}, ${b}, 3*x^2 - 2*x + 1)`, `(${b}^3 - ${a}^3) - (${b}^2 - ${a}^2) + ${b} - ${a}`, { scale: 4 })
    },
  },
  {
    name: "integration by parts",
    make: (d) => {
      const [f, g] = smooth(d)
      const a = d.pos(0.3, 3)
      return balanced(`integral(x, 0, ${a}, x*(${g}))`, `${a}*(${f.replace(/\bx\b/g, a)}) - integral(x, 0, ${a}, ${f})`)
    },
  },
  {
    name: "ends exchanged",
    make: (d) => {
      const [f] = smooth(d)
      const [a, b] = [d.real(), d.real()]
      return balanced(`integral(x, ${a}, ${b}, ${f})`, `-integral(x, ${b}, ${a}, ${f})`)
    },
  },
  {
    name: "range cut",
    make: (d) => {
      const [f] = smooth(d)
      const [a, b, c] = [d.real(), d.real(), d.real()]
      return balanced(`integral(x, ${a}, ${b}, ${f})`, `integral(x, ${a}, ${c}, ${f}) + integral(x, ${c}, ${b}, ${f})`)
    },
  },
  {
    name: "Gaussian integral",
    make: (d) => {
      const [a, b] = [d.pos(0.05, 20), d.real(3)]
      return equal(`integral(x, -inf, inf, exp(-${a}*x^2 + ${b}*x))`, `sqrt(pi/${a})*exp(${b}^2/(4*${a}))`)
    },
  },
  {
    name: "arctangent integral",
    make: (d) => {
      const a = d.pos(0.01, 50)
      return equal(`integral(x, -inf, inf, 1/(x^2 + ${a}^2))`, `pi/${a}`)
    },
  },
  {
    name: "half power at 0",
    make: (d) => {
      const [p, b] = [d.prob(), d.pos()]
      return equal(`integral(x, 0, ${b}, x^(${p} - 1))`, `${b}^${p}/${p}`)
    },
  },
  {
    name: "log at 0",
    make: (d) => {
      const b = d.pos(0.1, 5)
      return balanced(`integral(x, 0, ${b}, log(x))`, `${b}*log(${b}) - ${b}`)
    },
  },
  {
    name: "heavy tail",
    make: (d) => {
      const p = `(1 + ${d.pos(0.3, 4)})`
      return equal(`integral(x, 1, inf, x^(-${p}))`, `1/(${p} - 1)`)
    },
  },
  {
    name: "Laplace transform of a power",
    make: (d) => {
      const [n, s] = [d.int(0, 6), d.pos()]
      return equal(`integral(x, 0, inf, x^${n}*exp(-${s}*x))`, `gamma(${n + 1})/${s}^${n + 1}`)
    },
  },
  {
    name: "absolute value integral",
    make: (d) => {
      const c = d.real(2)
      return equal(`integral(x, -3, 3, abs(x - ${c}))`, `9 + ${c}^2`)
    },
  },
  {
    name: "staircase",
    make: (d) => {
      const n = d.int(1, 6)
      return equal(`integral(x, 0, ${n + 1}, floor(x))`, `${n}*(${n} + 1)/2`)
    },
  },
  {
    name: "indicator of a parabola",
    make: (d) => {
      const c = d.pos(0.1, 6)
      return equal(`integral(x, -3, 3, if(x^2 < ${c}, 1, 0))`, `2*sqrt(${c})`, { scale: 1 })
    },
  },
  {
    name: "double integral",
    weight: 0.2,
    make: (d) => {
      const [a, b] = [d.pos(0.3, 2), d.pos(0.3, 2)]
      return equal(`integral(x, 0, ${a}, integral(y, 0, ${b}, exp(x*y)*x))`, `integral(x, 0, ${a}, expm1(${b}*x))`)
    },
  },
  {
    name: "triangle",
    weight: 0.2,
    make: (d) => {
      const a = d.pos(0.3, 3)
      return equal(`integral(x, 0, ${a}, integral(y, 0, x, cos(x - y)))`, `1 - cos(${a})`)
    },
  },
  {
    name: "convolution of normals",
    weight: 0.2,
    make: (d) => {
      const [s, t, x] = [d.pos(0.4, 2), d.pos(0.4, 2), d.real()]
      return equal(`integral(z, -inf, inf, pdf(Normal(0, ${s}), z)*pdf(Normal(0, ${t}), ${x} - z))`, `pdf(Normal(0, sqrt(${s}^2 + ${t}^2)), ${x})`, {
        scale: 0.1,
      })
    },
  },
  {
    name: "sharp peak",
    make: (d) => {
      const [c, w] = [d.real(1), d.pos(1e-6, 1e-2)]
      return equal(`integral(x, -2, 2, ${w}/(${w}^2 + (x - ${c})^2))`, `atan((2 - ${c})/${w}) + atan((2 + ${c})/${w})`)
    },
  },
  {
    name: "fast oscillation",
    make: (d) => {
      const w = d.int(20, 300)
      return balanced(`integral(x, 0, 1, cos(${w}*x))`, `sin(${w})/${w}`, { scale: 0.001 })
    },
  },
  {
    name: "comparison of integrals",
    make: (d) => {
      const a = d.pos(0.2, 4)
      return atMost(`integral(x, 0, ${a}, sin(x)/(1 + x))`, `log1p(${a})`, { strict: true })
    },
  },
]

export const calculus: ReadonlyArray<Kind> = [...rules, ...leibniz, ...scores, ...integrals]

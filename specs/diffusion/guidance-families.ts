/**
 * Families of classifier-free guidance: classes, of which the first is asked for, and pairs of normal laws whose tilted law is normal.
 */
import { family } from "../../src/core/statement.ts"
import type { Family } from "../../src/core/statement.ts"

const place = { al: "real(1/10, 1)", sg: "positive(1/4, 4)", x: "real(-3, 3)", v: "positive(1/16, 4)", w: "real(-1, 4)" }
/** p is the law of all data, pc that of the class; at scales al and sg and, for the heat equation, at the variance v of the noise. */
const guided: Family["let"] = {
  "s(x)": "score(Diffused(p, al, sg), x)",
  "sc(x)": "score(Diffused(pc, al, sg), x)",
  "guide(x)": "(1 - w)*s(x) + w*sc(x)",
  "l(x, v)": "logpdf(Diffused(p, 1, sqrt(v)), x)",
  "lc(x, v)": "logpdf(Diffused(pc, 1, sqrt(v)), x)",
  "q(x, v)": "exp((1 - w)*l(x, v) + w*lc(x, v))",
}
const classes = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { ...place, ...parameters },
    let: {
      ...guided,
      "class(x)": "share*pdf(Diffused(pc, al, sg), x)/pdf(Diffused(p, al, sg), x)",
      "clean(z)": "share*pdf(pc, z)/pdf(p, z)",
      ...lets,
    },
  })

export const classFamilies: ReadonlyArray<Family> = [
  classes(
    "two-classes",
    "two normal classes",
    { share: "real(1/16, 15/16)", m: "vector(2, -2, 2)", r: "vector(2, 1/4, 2)" },
    { pc: "Normal(m[1], r[1])", p: "Mixture([share, 1 - share], [pc, Normal(m[2], r[2])])" },
  ),
  classes(
    "three-classes",
    "three normal classes of one variance",
    { u: "simplex(3)", m: "vector(3, -2, 2)", r: "positive(1/4, 2)" },
    { share: "u[1]", pc: "Normal(m[1], r)", p: "Mixture(u, [pc, Normal(m[2], r), Normal(m[3], r)])" },
  ),
  classes(
    "mixed-class",
    "a class that is a mixture itself, beside a normal class",
    { share: "real(1/16, 15/16)", h: "real(1/16, 15/16)", m: "vector(3, -2, 2)", r: "vector(3, 1/4, 2)" },
    {
      pc: "Mixture([h, 1 - h], [Normal(m[1], r[1]), Normal(m[2], r[2])])",
      p: "Mixture([share*h, share*(1 - h), 1 - share], [Normal(m[1], r[1]), Normal(m[2], r[2]), Normal(m[3], r[3])])",
    },
  ),
]

/** The tilted law has the density p^(1-w) pc^w, normalised: precision (1 - w)/r^2 + w/k^2. */
const pair = (name: string, title: string, parameters: Family["parameters"], lets: Family["let"]): Family =>
  family(name, {
    title,
    parameters: { ...place, m: "real(-2, 2)", ...parameters },
    let: {
      ...guided,
      precision: "(1 - w)/r^2 + w/k^2",
      p: "Normal(m0, r)",
      pc: "Normal(m, k)",
      tilted: "Normal(((1 - w)*m0/r^2 + w*m/k^2)/precision, 1/sqrt(precision))",
      "st(x)": "score(Diffused(tilted, al, sg), x)",
      ...lets,
    },
  })
const scale = "positive(1/4, 2)"
export const pairFamilies: ReadonlyArray<Family> = [
  pair("standard-pair", "standard normal data, normal class", { k: scale }, { r: "1", m0: "0" }),
  pair("normal-pair", "normal data, normal class", { r: scale, k: scale, m0: "real(-2, 2)" }, {}),
  pair("narrow-pair", "the class narrower by a factor", { r: scale, f: "positive(1/4, 1)" }, { k: "r*f", m0: "0" }),
]
export const sameFamilies: ReadonlyArray<Family> = [
  pair("standard-shift", "unit variances", {}, { r: "1", k: "1", m0: "0" }),
  pair("normal-shift", "equal variances", { r: scale }, { k: "r", m0: "0" }),
  pair("rare-shift", "equal variances, both means free", { r: scale, m0: "real(-2, 2)" }, { k: "r" }),
]

/**
 * Predictions of noise, data, velocity and score say the same. x = a x_0 + s eps with eps ~ N(0, 1) independent of x_0; v = a eps - s x_0:
 *
 *   x_0 = (x - s eps)/a,   score = -eps/s;   where a^2 + s^2 = 1:  x_0 = a x - s v,  eps = s x + a v;
 *   (eps - eps^)^2 = SNR (x_0 - x_0^)^2,   (v - v^)^2 = (SNR + 1) (x_0 - x_0^)^2,   SNR = a^2/s^2.
 *
 * The optimal predictors E[. | x] correspond under these maps, which are affine.
 */
import { family, step, theorem } from "../../src/core/statement.ts"
import { atoms, mixture, normal } from "./data-laws.ts"
import type { DataLaw } from "./data-laws.ts"
import { edges, mutants, posterior } from "./prediction-mutants.ts"

const FREE = { a: "real(1/10, 2)", s: "positive(1/8, 4)" }
/** All rational pairs with a^2 + s^2 = 1, a and s > 0, are of this form. */
const PRESERVING = { parameters: { q: "real(1/16, 7/8)" }, let: { a: "(1 - q^2)/(1 + q^2)", s: "2*q/(1 + q^2)" } }

const loss = (f: string): string => `E(z, d, E(e, Normal(0, 1), (${f})^2))`

const data: ReadonlyArray<readonly [name: string, title: string, law: DataLaw, bend: string]> = [
  ["gaussian", "normal data", normal, "x^2"],
  ["mixture", "mixture of two normals", mixture, "x^2"],
  ["atoms", "two atoms", atoms, "tanh(x)"],
]
const families = data.flatMap(([name, title, { parameters, law }, bend]) =>
  [
    { prefix: "", of: "any a and s", scales: { parameters: FREE, let: {} } },
    { prefix: "preserving-", of: "a^2 + s^2 = 1", scales: PRESERVING },
  ].map(({ prefix, of, scales }) =>
    family(`${prefix}${name}`, {
      title: `${title}, ${of}`,
      parameters: { ...parameters, ...scales.parameters, x: "real(-3, 3)", c: "real(-1, 1)", k: "real(-1, 1)", z0: "real(-3, 3)", e0: "real(-3, 3)" },
      let: {
        d: law,
        ...scales.let,
        noisy: "Diffused(d, a, s)",
        snr: "a^2/s^2",
        best: "PosteriorMean(d, a, s, x)",
        noise: posterior("(x - a*z)/s"),
        velocity: posterior("(a*(x - a*z)/s - s*z)"),
        "h(x)": `c*${bend} + k`,
        "xt(z, e)": "a*z + s*e",
        dataLoss: loss("z - h(xt(z, e))"),
        noiseLoss: loss("e - (xt(z, e) - a*h(xt(z, e)))/s"),
        velocityLoss: loss("a*e - s*z - (a*(xt(z, e) - a*h(xt(z, e)))/s - s*h(xt(z, e)))"),
      },
    }),
  ),
)
const ANY = ["gaussian", "mixture", "atoms"]
const SPHERE = ANY.map((name) => `preserving-${name}`)

export const predictionEquivalence = theorem({
  id: "diffusion/prediction-equivalence",
  title: "Predictions of noise, data, velocity and score",
  statement: String.raw`x_t = a x_0 + s\epsilon,\quad v = a\epsilon - s x_0:\qquad \hat x_0 = \frac{x_t - s\hat\epsilon}a = a x_t - s\hat v,\quad \hat\epsilon = s x_t + a\hat v,\quad \nabla\log p = -\frac{\hat\epsilon}s,\qquad \|\epsilon-\hat\epsilon\|^2 = \tfrac{a^2}{s^2}\|x_0-\hat x_0\|^2`,
  symbols: {
    a: "signal scale, a != 0",
    s: "noise scale, s > 0",
    d: "law of x_0",
    x: "observed point",
    best: "E[x_0 | x]",
    noise: "E[eps | x]",
    velocity: "E[v | x]",
    "h(x)": "a model of x_0",
    snr: "signal-to-noise ratio a^2/s^2",
  },
  hypotheses: [
    { name: "signal", statement: "x carries x_0", condition: "a != 0" },
    { name: "noise", statement: "and noise", condition: "s > 0" },
  ],
  families,
  steps: [
    step("inverse", "[a*xt(z0, e0) - s*(a*e0 - s*z0), s*xt(z0, e0) + a*(a*e0 - s*z0)] == [z0, e0]", "a rotation", { families: SPHERE }),
    step("data-from-noise", "(x - s*noise)/a == best", "the mean of an affine function", { families: ANY }),
    step("score", "-noise/s == score(noisy, x)", "Tweedie for the noise", { families: ANY }),
    step("data-from-velocity", "a*x - s*velocity == best", "the same with a^2 + s^2 = 1", { families: SPHERE }),
    step("noise-from-velocity", "s*x + a*velocity == noise", "the same with a^2 + s^2 = 1", { families: SPHERE }),
    step("noise-loss", "noiseLoss == snr*dataLoss", "the errors are proportional", { families: ANY }),
    step("velocity-loss", "velocityLoss == (snr + 1)*dataLoss", "the errors are proportional", { families: SPHERE }),
    step("gradients", "[D(noiseLoss, c), D(noiseLoss, k)] == [snr*D(dataLoss, c), snr*D(dataLoss, k)]", "one minimiser for both losses", {
      families: ANY,
    }),
  ],
  mutants,
  edges,
  sources: [
    { authors: "Salimans, Ho", year: 2022, where: "Progressive distillation for fast sampling of diffusion models, section 4 and appendix D" },
    { authors: "Kingma, Salimans, Poole, Ho", year: 2021, where: "Variational diffusion models, section 3 and appendix A" },
  ],
})

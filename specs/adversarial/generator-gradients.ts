/**
 * Gradients of the generator. p is the law of the data, q_t that of G(t, Z), JS and KL in nats; D* = p/(p + q_th) is optimal at th and then held fixed:
 *
 *   d/dt E log(1 - D*(G(t, Z))) = 2 d/dt JS(p, q_t),   d/dt E[-log D*(G(t, Z))] = d/dt [KL(q_t || p) - 2 JS(p, q_t)]   at t = th;
 *   in the logit l of D, the loss log(1 - D) of one sample has the slope -sigma(l), which vanishes as D -> 0, and -log D the slope -(1 - sigma(l)).
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import type { Point } from "../../src/core/statement.ts"
import { logistic, mixture, scale, shift, softmax } from "./families-generator.ts"

const SMOOTH = ["shift", "scale", "mixture", "logistic"]
const ALL = [...SMOOTH, "softmax"]
const at = (th: string | number, more: Record<string, string | number> = { s: 1 }): Point => ({ family: "shift", parameters: { th, ...more } })

export const generatorGradients = theorem({
  id: "adversarial/generator-gradients",
  title: "Gradients of the saturating and the non-saturating loss",
  statement: String.raw`\nabla_\theta\mathbb E\log(1-D^*(G_\theta)) = 2\nabla_\theta\mathrm{JS}(p,q_\theta),\qquad \nabla_\theta\mathbb E[-\log D^*(G_\theta)] = \nabla_\theta[\mathrm{KL}(q_\theta\|p)-2\,\mathrm{JS}(p,q_\theta)]`,
  symbols: {
    p: "law of the data",
    q: "law of the generator at th",
    th: "parameter of the generator",
    t: "its copy, in which D* is constant",
    x: "point",
  },
  hypotheses: [
    { name: "densities", statement: "p and q_t have the same support, and densities that are differentiable in t" },
    { name: "held", statement: "D* is optimal at th and held fixed" },
  ],
  families: [shift, scale, mixture, logistic, softmax],
  steps: [
    step("saturating-slope", "D(log(1 - best), x) == -sigmoid(logit(x))*slope", "chain rule in the logit", { families: SMOOTH }),
    step("non-saturating-slope", "D(-log(best), x) == -(1 - sigmoid(logit(x)))*slope", "chain rule in the logit", { families: SMOOTH }),
    step("pathwise", "first == firstScore", "integrate by parts", { families: ["shift", "scale", "mixture"] }),
    step("pathwise-other", "second == secondScore", "integrate by parts", { families: ["shift", "scale", "logistic"] }),
    step("envelope", "D(optimum, th) == first", "V is stationary in D at D*", { families: ["shift", "logistic", "softmax"] }),
    step("saturating", "first == 2*D(js, th)", "max V = 2 JS - 2 log 2", { families: ALL }),
    step("difference", "second == D(kl, th) - first", "-log D* = log(q/p) - log(1 - D*)", { families: ["scale", "mixture", "softmax"] }),
    step("non-saturating", "second == D(kl, th) - 2*D(js, th)", "insert the saturating gradient", { families: ALL }),
  ],
  mutants: [
    mutant("ns-is-kl", "non-saturating", "second == D(kl, th)", { visible: at(1), unlucky: at(8) }),
    mutant("ns-is-js", "non-saturating", "second == 2*D(js, th)", { visible: at(3), unlucky: at("1/100") }),
    mutant("one-js", "non-saturating", "second == D(kl, th) - D(js, th)", { visible: at(1), unlucky: at(8) }),
    mutant("reverse-kl-arg", "non-saturating", "second == D(KL(p, q), th) - 2*D(js, th)", {
      visible: { family: "scale", parameters: { th: 2, m: 0 } },
      unlucky: at(1),
    }),
    mutant("same-fixed-point-speed", "non-saturating", "second == first", { visible: at(3), unlucky: at("1/128") }),
    mutant("slope-not-one-minus", "non-saturating-slope", "D(-log(best), x) == -sigmoid(logit(x))*slope", { visible: at(3, { s: 1, x: 3 }) }),
    mutant("half-js", "saturating", "first == D(js, th)", { visible: at(1), unlucky: at(8) }),
  ],
  edges: [
    { name: "far", family: "shift", step: "saturating", parameters: { th: 8, s: 1 }, expected: "holds", note: "the gradient is 3.9e-4, not 0" },
    {
      name: "disjoint",
      family: "shift",
      step: "non-saturating",
      claim: "KL(Uniform(th, th + 1), Uniform(0, 1)) - 2*JS(Uniform(0, 1), Uniform(th, th + 1)) == KL(Uniform(th, th + 1), Uniform(0, 1))",
      parameters: { th: 2, s: 1 },
      expected: "divergent",
      note: "both KL are infinite on disjoint supports: their gradient does not exist",
    },
    {
      name: "not-optimal",
      family: "shift",
      step: "saturating",
      claim: "E(x, q, -softplus(logit(x)/2)*D(logpdf(q, x), th)) == 2*D(js, th)",
      parameters: { th: 1, s: 1 },
      expected: "refuted-as-exact",
      note: "false for a discriminator of half the logit",
    },
  ],
  sources: [
    { authors: "Goodfellow et al.", year: 2014, where: "Generative adversarial nets, section 3 and Theorem 1" },
    { authors: "Arjovsky, Bottou", year: 2017, where: "Towards principled methods for training generative adversarial networks, Theorem 2.5" },
  ],
})

/**
 * Time reversal of diffusions. For dX = f dt + G dW on [0, T] with densities p_t and scores s_t = grad log p_t, X_(T - r) is again a diffusion:
 *
 *   dY = [-f + div(G G^T) + G G^T s] dr + G dW;   with g = g(t):  dX = [f - (1 + lam^2)/2 g^2 s] dt + lam g dW (dt < 0), lam >= 0, from p_T
 *
 * has the marginals p_t; lam = 1 is the reversal, lam = 0 the probability flow x' = f - g^2 s/2.
 * Linear f = a(t) x: X_t given X_0 is N(al X_0, V), al' = a al, V' = 2 a V + g^2.
 */
import { theorem } from "../../src/core/statement.ts"
import { edges } from "./reverse-edges.ts"
import { linearFamilies } from "./reverse-families.ts"
import { flowFamilies, flowFunctions } from "./reverse-flows.ts"
import { gaussianFamilies } from "./reverse-gaussian.ts"
import { mutants } from "./reverse-mutants.ts"
import { schemeFamilies, schemeFunctions } from "./reverse-schemes.ts"
import { matrixFamilies, stateFamilies } from "./reverse-state-dependent.ts"
import { steps } from "./reverse-steps.ts"

export const reverseTimeSde = theorem({
  id: "diffusion/reverse-time-sde",
  title: "Reverse-time SDE and probability flow",
  statement: String.raw`dX = f\,dt + g\,dW \;\Rightarrow\; dX = \bigl[f - \tfrac{1+\lambda^2}2 g^2\,\nabla\log p_t\bigr]dt + \lambda g\,d\bar W
    \text{ from } p_T \text{ has the marginals } p_t;\quad
    \lambda = 1:\ Y_\tau = X_{T-\tau},\ dY = \bigl[-f + \nabla\!\cdot(GG^\top) + GG^\top\nabla\log p\bigr]d\tau + G\,d\tilde W`,
  symbols: {
    "f(x, t)": "drift; a(t) x for a linear SDE",
    "G(x, t)": "squared noise g^2, or A = G G^T in the plane",
    "p(x, t)": "density of X_t",
    "F(x, t)": "its distribution function",
    "s(x, t)": "score, grad log p",
    "q(x, r)": "density of X_(T - r)",
    "v(x, t)": "velocity of the probability flow",
    "back(x, t)": "drift of the reversed process, in its own time",
    lam: "noise level of the reversed process, lam >= 0",
    T: "horizon",
    "al(t)": "mean coefficient of the kernel",
    "V(t)": "variance of the kernel",
    "W(t)": "variance of X_t for normal data N(m0, v0)",
    "phi(lam, t)": "factor by which an error of the mean at T shrinks until t",
    "scheme(n)": "mean and variance at 0 after n Euler-Maruyama steps",
  },
  hypotheses: [
    { name: "density", statement: "p_t is positive and smooth, locally of finite energy; atoms need t > 0", condition: "width > 0" },
    { name: "regularity", statement: "f and g are Lipschitz of linear growth in x: a unique strong solution" },
    { name: "start", statement: "the reversed process starts from p_T itself" },
  ],
  families: [...linearFamilies, ...stateFamilies, ...matrixFamilies, ...gaussianFamilies, ...flowFamilies, ...schemeFamilies],
  functions: { ...flowFunctions, ...schemeFunctions },
  steps,
  mutants,
  edges,
  sources: [
    { authors: "Anderson", year: 1982, where: "Reverse-time diffusion equation models" },
    { authors: "Foellmer", year: 1985, where: "An entropy approach to the time reversal of diffusion processes" },
    { authors: "Haussmann, Pardoux", year: 1986, where: "Time reversal of diffusions" },
    {
      authors: "Song et al.",
      year: 2021,
      where: "Score-based generative modeling through stochastic differential equations, eqs. 6 and 13, appendix B",
    },
  ],
})

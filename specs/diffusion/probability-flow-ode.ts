/**
 * The probability-flow ODE. For dX = f dt + g dW with densities p_t and scores s_t, the flow of
 *
 *   x' = v = f - g^2 s_t / 2   has the marginals p_t;   log p_t(x_t) = log p_0(x_0) - int_0^t div v du along it;
 *   normal data: x_t = m_t + sqrt(W_t / W_0) (x_0 - m_0);   on the line: F_t(x_t) = F_0(x_0);   noise level as time: dx/dsigma = -sigma s.
 *
 * In several dimensions it is the optimal transport map for normal data whose covariance commutes with that of the noise, not in general.
 */
import { step, theorem } from "../../src/core/statement.ts"
import { commuting, crossing, mixtures, normals } from "./flow-families.ts"
import { edges, mutants } from "./flow-mutants.ts"

const names = (families: ReadonlyArray<{ readonly name: string }>): { readonly families: ReadonlyArray<string> } => ({
  families: families.map((f) => f.name),
})
const PLANES = names([...commuting, crossing])

export const probabilityFlowOde = theorem({
  id: "diffusion/probability-flow-ode",
  title: "Probability-flow ODE",
  statement: String.raw`dX = f\,dt + g\,dW \;\Rightarrow\; \dot x = f(x,t) - \tfrac12 g(t)^2\,\nabla\log p_t(x) \text{ has the marginals } p_t,\qquad \log p_t(x_t) = \log p_0(x_0) - \int_0^t \nabla\!\cdot v(x_u,u)\,du`,
  symbols: {
    "f(x, t)": "drift a(t) x",
    "G(x, t)": "squared noise g^2",
    "p(x, t)": "density of X_t",
    "F(x, t)": "its distribution function",
    "s(x, t)": "score, grad log p",
    "v(x, t)": "velocity of the flow",
    "path(t)": "solution from x0 for normal data N(m0, v0)",
    "W(t)": "variance of X_t for normal data",
    "M(t)": "solution x_t = M(t) x_0 in the plane for dX = G dW and normal data",
    cost: "E abs(x_T - x_0)^2 of the flow in the plane",
  },
  hypotheses: [{ name: "time", statement: "densities are smooth for t > 0", condition: "t > 0" }],
  families: [...mixtures, ...normals, ...commuting, crossing],
  steps: [
    step("continuity", "D(p(x, t), t) == -D(v(x, t)*p(x, t), x)", "Fokker-Planck with the diffusion as drift", names(mixtures)),
    step("quantile", "D(F(x, t), t) == -v(x, t)*p(x, t)", "integrated over x: along the flow F does not change", names(mixtures)),
    step(
      "noise-level",
      "D(pdf(blurred(t), x), t) == D(t*score(blurred(t), x)*pdf(blurred(t), x), x)",
      "no drift, and the noise level as time",
      names(mixtures),
    ),
    step("path", "D(path(t), t) == v(path(t), t)", "a linear velocity", names(normals)),
    step("transported", "cdf(law(t), path(t)) == cdf(d, x0)", "quantiles are carried along", names(normals)),
    step(
      "likelihood",
      "logpdf(law(T), path(T)) == logpdf(d, x0) - integral(t, 0, T, rate(t))",
      "change of variables, instant by instant",
      names(normals),
    ),
    step("plane", "[D(M(t)[1, 1], t), D(M(t)[1, 2], t), D(M(t)[2, 1], t), D(M(t)[2, 2], t)] == flat(t)", "x' = G G^T cov^-1 x/2", PLANES),
    step("covariance", "M(T)*start*transpose(M(T)) == cov(T)", "the flow carries the law", PLANES),
    step("cost", "cost >= W2(MvNormal([0, 0], start), MvNormal([0, 0], cov(T)))^2", "a coupling", { ...PLANES, sharpness: "transport" }),
    step(
      "transport",
      "cost == W2(MvNormal([0, 0], start), MvNormal([0, 0], cov(T)))^2",
      "M is symmetric where the covariances commute",
      names(commuting),
    ),
  ],
  mutants,
  edges,
  sources: [
    {
      authors: "Song et al.",
      year: 2021,
      where: "Score-based generative modeling through stochastic differential equations, equation 13, appendix D",
    },
    {
      authors: "Maoutsa, Reich, Opper",
      year: 2020,
      where: "Interacting particle solutions of Fokker-Planck equations through gradient-log-density estimation",
    },
    { authors: "Karras, Aittala, Aila, Laine", year: 2022, where: "Elucidating the design space of diffusion-based generative models, equation 1" },
  ],
})

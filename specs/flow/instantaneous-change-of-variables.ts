/**
 * Instantaneous change of variables. x_t = X(x_0, t) solves dx/dt = f(x, t), p_t is the density of x_t:
 *
 *   d/dt log p_t(x_t) = -tr df/dx (x_t, t),      log p_T(x_T) = log p_0(x_0) - int_0^T div f(x_t, t) dt;
 *   d/dt log det dX/dx_0 = tr df/dx   (Jacobi);   linear f = A x: log det exp(T A) = T tr A.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import { LINE, PLANE, families } from "./instantaneous-change-of-variables-families.ts"

export const instantaneousChangeOfVariables = theorem({
  id: "flow/instantaneous-change-of-variables",
  title: "Instantaneous change of variables",
  statement: String.raw`\frac{d}{dt}\log p_t(x_t) = -\operatorname{tr}\frac{\partial f}{\partial x}(x_t, t)`,
  symbols: {
    f: "velocity",
    X: "the flow: where x_0 is at time t",
    Y: "its inverse",
    p: "density at time t",
    A: "matrix of a linear flow",
    T: "its time",
  },
  hypotheses: [{ name: "flow", statement: "f is Lipschitz in x along the path, so that the flow exists up to t and is invertible" }],
  families,
  steps: [
    step("path", "D(X(x, t), t) == f(X(x, t), t)", "X solves the equation", { families: LINE }),
    step("inverse", "Y(X(x, t), t) == x", "paths do not cross", { families: LINE }),
    step("jacobi", "D(log(D(X(x, t), x)), t) == div(X(x, t), t)", "derivative of the equation in x_0", { families: LINE }),
    step("continuity", "rate(y, t) == -f(y, t)*slope(y, t) - div(y, t)*p(y, t)", "mass is carried", { families: LINE }),
    step("log-density", "log(p(X(x, t), t)) == logpdf(d, x) - integral(u, 0, t, div(X(x, u), u))", "integrate along the path", { families: LINE }),
    step("closed-form", "integral(u, 0, t, div(X(x, u), u)) == growth", "integrals of the closed paths", { families: LINE }),
    step("liouville", "log(det(J)) == T*trace(A)", "det exp(T A) = exp(T tr A)", { families: PLANE }),
  ],
  mutants: [
    mutant("sign", "log-density", "log(p(X(x, t), t)) == logpdf(d, x) + integral(u, 0, t, div(X(x, u), u))"),
    mutant("logdet-i-plus-a", "liouville", "log(det(J)) == T*log(abs(det(identity(2) + A)))", { families: ["spiral", "diagonal"] }),
    mutant("det-for-trace", "liouville", "log(det(J)) == T*det(A)"),
    mutant("trace-at-x0", "log-density", "log(p(X(x, t), t)) == logpdf(d, x) - t*div(x, 0)", {
      visible: { family: "cubic", parameters: { x: 2, m: 0, s: 1, t: 1 } },
    }),
    mutant("velocity-for-divergence", "log-density", "log(p(X(x, t), t)) == logpdf(d, x) - integral(u, 0, t, f(X(x, u), u))"),
    mutant("no-transport", "continuity", "rate(y, t) == -div(y, t)*p(y, t)"),
    mutant("jacobi-sign", "jacobi", "D(log(D(X(x, t), x)), t) == -div(X(x, t), t)"),
  ],
  edges: [
    {
      name: "blow-up",
      family: "square",
      step: "log-density",
      parameters: { x: 1, m: 0, s: 1, t: 1 },
      expected: "outside-hypotheses",
      note: "the path reaches infinity at t = 1",
    },
    {
      name: "rotation",
      family: "spiral",
      step: "liouville",
      claim: "det(J) == 1",
      parameters: { a: 0, b: 1, T: 2, v: [1, 1] },
      expected: "holds",
      note: "no divergence: volume and density are kept",
    },
  ],
  sources: [
    { authors: "Chen, Rubanova, Bettencourt, Duvenaud", year: 2018, where: "Neural ordinary differential equations, theorem 1" },
    { authors: "Grathwohl, Chen, Bettencourt, Sutskever, Duvenaud", year: 2019, where: "FFJORD, equation 3" },
  ],
})

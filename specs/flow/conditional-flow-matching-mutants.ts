/**
 * False variants of conditional flow matching; each must be refuted.
 */
import { mutant } from "../../src/core/statement.ts"
import type { Mutant } from "../../src/core/statement.ts"

export const mutants: ReadonlyArray<Mutant> = [
  mutant("losses-equal", "loss-gap", "cfm == fm", { visible: { family: "linear-gaussian", parameters: { t: "1/2", s: "1/2", m: 1 } } }),
  mutant("prior-weights", "marginalise", "E(y, p1, field(y, t, x)) == u(t, x)", {
    visible: { family: "linear-mixture", parameters: { w: ["1/4", "3/4"], m: [-2, 1], s: ["1/2", "1/4"], t: "1/2", x: "1/4" } },
  }),
  mutant("drop-sigma-min", "conditional-continuity", "D(cond(z, t, x), t) == -D(cond(z, t, x)*(z - x)/(1 - t), x)", {
    families: ["conditional-ot-mixture"],
    visible: { family: "conditional-ot-mixture", parameters: { sm: "1/10", t: "9/10", x: "1/2", z: 1 } },
  }),
  mutant("sign-continuity", "continuity", "D(pdf(p(t), x), t) == divergence(pdf(p(t), x)*u(t, x), x)"),
  mutant("time-reversed-schedule", "conditional-continuity", "D(cond(z, t, x), t) == divergence(cond(z, t, x)*field(z, 1 - t, x), x)", {
    families: ["vp-mixture"],
    visible: { family: "vp-mixture", parameters: { t: "1/8" } },
  }),
  mutant("velocity-reversed", "interpolant-continuity", "D(pdf(p(t), x), t) == -D(pdf(p(t), x)*(-chord(t, x) + gammaDot(t)*zeta(t, x)), x)"),
  mutant("no-gamma-dot", "interpolant-continuity", "D(pdf(p(t), x), t) == -D(pdf(p(t), x)*chord(t, x), x)", {
    visible: { family: "interpolant-mixture", parameters: { t: "1/8" } },
  }),
  mutant("score-times-gamma", "interpolant-score", "score(p(t), x) == -zeta(t, x)*sqrt(g2(t))", {
    visible: { family: "interpolant-mixture", parameters: { g: "1/4", t: "1/2" } },
  }),
  mutant("independent-is-straight", "energy", "integral(t, 0, 1, E(y, p(t), regression(t, y)^2)) == W2(Normal(0, 1), Normal(m, s))^2", {
    visible: { family: "linear-gaussian", parameters: { s: 1, m: 0 } },
  }),
  mutant("cfm-optimum-conditional", "loss-gap", "spread == 0"),
  mutant("euler-order-2", "heun-halving", "abs(error(1, n)/error(1, 2*n) - 4) < 1/2"),
]

/**
 * One-step schemes along the flow of the linear path to a fixed mixture, from three starts; n steps, error(p, k) of the scheme of order p with k steps.
 */
import { family } from "../../src/core/statement.ts"

const target = (x0: string, w: string, m: string, s: string, n: string): Readonly<Record<string, string>> => ({
  w,
  m,
  s,
  x0,
  n,
  exact: `quantile(Mixture(w, [Normal(m[1], s[1]), Normal(m[2], s[2])]), cdf(Normal(0, 1), x0))`,
  "error(p, k)": "abs(endpoint(p, k, w, m, s, x0) - exact)",
})
export const schemes = (
  [
    ["left", "-1"],
    ["middle", "0"],
    ["far-left", "-2"],
  ] as const
).map(([name, x0]) =>
  family(`scheme-${name}`, {
    title: `schemes from x_0 = ${x0} to a fixed mixture`,
    parameters: { e: "oneof(1, 2)" },
    let: target(x0, "[1/4, 3/4]", "[-1, 1]", "[1/2, 3/4]", "32*e"),
    points: [{ e: 1 }, { e: 2 }],
  }),
)

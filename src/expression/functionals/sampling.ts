/**
 * X = T(Z) for standard normal Z: the transport that lets one Gaussian stream sample any law with a closed quantile function.
 * With U = Phi(Z):  log U = log Phi(Z),  log(1 - U) = log Phi(-Z).
 */
import { minus, negate, over, plus, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { exp, half, placed } from "../laws/support.ts"
import { blocks } from "../laws/product.ts"
import { cholesky, matvec } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Unsupported } from "../value.ts"

/** Coordinates of X ~ law from as many standard normal ones. Throws Unsupported for laws without a closed quantile function. */
export const fromNormal = (law: Law, z: ReadonlyArray<Node>): ReadonlyArray<Node> => {
  const p = law.params
  const y = z[0]!
  const logU = N.call("lognormcdf", y)
  const logV = N.call("lognormcdf", negate(y))
  switch (law.kind) {
    case "Normal":
      return [placed(y, p["m"]!, p["s"]!)]
    case "MvNormal":
      return matvec(cholesky(law.gaussian!.cov), z).map((c, i) => plus(law.gaussian!.mean[i]!, c))
    case "Uniform":
      return [placed(N.call("normcdf", y), p["a"]!, minus(p["b"]!, p["a"]!))]
    case "Exponential":
      return [negate(over(logV, p["rate"]!))]
    case "Logistic":
      return [placed(minus(logU, logV), p["m"]!, p["s"]!)]
    case "Cauchy":
      return [placed(N.call("tan", times(N.pi(), minus(N.call("normcdf", y), half()))), p["m"]!, p["s"]!)]
    case "LogNormal":
      return [exp(placed(y, p["m"]!, p["s"]!))]
    case "Pareto":
      return [times(p["xm"]!, exp(negate(over(logV, p["alpha"]!))))]
    case "Laplace": {
      const log2 = N.call("log", N.integer(2))
      const arm = (t: Node): Node => N.min(N.integer(0), plus(log2, t))
      return [placed(minus(arm(logU), arm(logV)), p["m"]!, p["b"]!)]
    }
    case "Affine":
      return [placed(fromNormal(law.parts![0]!.law, z)[0]!, p["b"]!, p["a"]!)]
    case "Product":
      return blocks(
        law.parts!.map((q) => q.law),
        z,
      ).flatMap((block, i) => fromNormal(law.parts![i]!.law, block))
    default:
      throw new Unsupported(`a ${law.kind} law cannot be sampled from normal coordinates`)
  }
}

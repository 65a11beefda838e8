/**
 * What evaluating one node costs in each arithmetic, in operations of the meter: half an addition of two double intervals, its cell looked up, 30 to 40 ns.
 *
 * Measured on one core as processor time per call on varied arguments, and for the rest as the least-squares price of each kind of work over a thousand
 * random claims; every price is rounded up, so that 10^8 operations take at most 4 s whatever they are. The normal and the gamma function are computed
 * in balls even for doubles. A jet of order n costs a square of n + 1 coefficients, and twice the function.
 */
import type { Arithmetic, Elementary } from "../interval/arithmetic.ts"
import { complexArithmetic } from "../interval/complex-arithmetic.ts"
import type { Node } from "./node.ts"

interface Prices {
  readonly arithmetic: number
  readonly elementary: number
  readonly normal: number
  readonly gamma: number
}

const INTERVAL: Prices = { arithmetic: 2, elementary: 7, normal: 500, gamma: 500 }
const COMPLEX: Prices = { arithmetic: 4, elementary: 40, normal: 1500, gamma: 3000 }
const BALLS: ReadonlyArray<readonly [bits: number, prices: Prices]> = [
  [128, { arithmetic: 8, elementary: 100, normal: 450, gamma: 550 }],
  [256, { arithmetic: 8, elementary: 150, normal: 750, gamma: 1000 }],
  [512, { arithmetic: 10, elementary: 350, normal: 1900, gamma: 2700 }],
  [Infinity, { arithmetic: 20, elementary: 1800, normal: 7000, gamma: 14_000 }],
]

const known = new WeakMap<object, Prices>()

const pricesOf = <T>(A: Arithmetic<T>): Prices => {
  let found = known.get(A)
  if (found === undefined) {
    const base = (A as unknown) === complexArithmetic ? COMPLEX : A.bits <= 53 ? INTERVAL : BALLS.find(([bits]) => A.bits <= bits)![1]
    known.set(A, (found = "order" in A ? jets(base, A.order as number) : base))
  }
  return found
}

const jets = ({ arithmetic, elementary, normal, gamma }: Prices, order: number): Prices => {
  const square = arithmetic * (order + 1) ** 2
  return { arithmetic: square, elementary: 2 * elementary + square, normal: 2 * normal + square, gamma: 2 * gamma + square }
}

const KIND: Partial<Record<Elementary, "normal" | "gamma">> = {
  erf: "normal",
  erfc: "normal",
  normcdf: "normal",
  lognormcdf: "normal",
  lgamma: "gamma",
  digamma: "gamma",
}

/** The price of an addition. */
export const unit = <T>(A: Arithmetic<T>): number => pricesOf(A).arithmetic

/** The price of a node, its operands not included. */
export const priceOf = <T>(A: Arithmetic<T>, node: Node): number => {
  const prices = pricesOf(A)
  switch (node.op) {
    case "call":
      return prices[KIND[node.f] ?? "elementary"]
    case "pow":
      return 3 * prices.elementary
    case "logsumexp":
    case "external":
      return node.args.length * prices.elementary
    default:
      return prices.arithmetic
  }
}

/** Looking at a node for the first time in a scope. */
export const CELL = 40
/** A panel of a quadrature: its rectangle, its place in the queue and the memory it holds. */
export const PANEL = 120
/** The growth of one node along a ray, or of one product. */
export const GROWTH = 300
/** The supremum of a form over one block of the ray. */
export const BLOCK = 60
/** A bound of the integral of a growth form beyond one place. */
export const BOUND = 40
/** Drawing one sample and taking it in. */
export const SAMPLE = 40

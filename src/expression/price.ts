/**
 * What evaluating one node costs in each arithmetic, in operations of the meter (an addition of two double intervals), rounded from measurements.
 *
 * The normal and the gamma function are computed in balls even for doubles. A jet of order n costs a square of n + 1 coefficients, and twice the function.
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

const INTERVAL: Prices = { arithmetic: 1, elementary: 5, normal: 100, gamma: 150 }
const COMPLEX: Prices = { arithmetic: 2, elementary: 30, normal: 800, gamma: 4000 }
const BALLS: ReadonlyArray<readonly [bits: number, prices: Prices]> = [
  [128, { arithmetic: 7, elementary: 90, normal: 260, gamma: 500 }],
  [256, { arithmetic: 7, elementary: 130, normal: 450, gamma: 900 }],
  [512, { arithmetic: 9, elementary: 300, normal: 850, gamma: 2100 }],
  [Infinity, { arithmetic: 50, elementary: 2400, normal: 6000, gamma: 18_000 }],
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
export const CELL = 10
/** The growth of one node along a ray. */
export const GROWTH = 300
/** The supremum of a form over one block of the ray. */
export const BLOCK = 80
/** Drawing one sample and taking it in. */
export const SAMPLE = 40

/**
 * A probability law as the elaborator sees it: parameters are nodes (exact rationals at an instance, symbols while differentiating).
 */
import type { Node } from "./node.ts"

/** Where a 1-D continuous law lives; `undefined` is an infinite end. */
export interface Support {
  readonly lo: Node | undefined
  readonly hi: Node | undefined
}

export interface Atom {
  readonly at: Node
  readonly mass: Node
}

export interface Law {
  /** "Normal", "MvNormal", "Mixture", "Discrete", ... : the discriminant on which closed forms match. */
  readonly kind: string
  /** Named scalar parameters, e.g. Normal: m, s, v (= s^2, kept apart so that nothing squares a root). */
  readonly params: Readonly<Record<string, Node>>
  /** Number of coordinates; 1 for scalar laws. */
  readonly dimension: number
  /** Continuous laws have a Lebesgue density; discrete ones a mass function; mixed ones, of unlike kinds, are known by their components. */
  readonly type: "continuous" | "discrete" | "mixed"
  /** Of a 1-D continuous law. */
  readonly support: Support
  /** All atoms of a finite discrete law (masses may be 0). */
  readonly atoms?: ReadonlyArray<Atom>
  /** Smallest integer atom of an infinite integer law (Poisson, Geometric). */
  readonly from?: number
  /** Components of a mixture (weights sum to 1), or factors of a product (weights 1). */
  readonly parts?: ReadonlyArray<{ readonly weight: Node; readonly law: Law }>
  /** Mean vector and covariance matrix of a (multivariate) normal law. */
  readonly gaussian?: { readonly mean: ReadonlyArray<Node>; readonly cov: ReadonlyArray<ReadonlyArray<Node>> }
  /** X = location + scale * Y with Y ~ standard: the substitution used by quadrature. */
  readonly standard?: { readonly location: Node; readonly scale: Node; readonly law: Law }
  /** log density (or log mass) at x; -infinity outside the support through `conditional` and `infinite`. */
  readonly logpdf: (x: ReadonlyArray<Node>) => Node
  /** Density or mass; exactly 0 outside the support. */
  readonly pdf: (x: ReadonlyArray<Node>) => Node
  /** Distribution function of a 1-D law. */
  readonly cdf?: (x: Node) => Node
  /** E X^k of a 1-D law, k >= 1; an `undefined` or `infinite` node where it does not exist. */
  readonly moment?: (k: number) => Node
  /** E[X^k log X], for laws on ]0, inf[ that know it. */
  readonly logMoment?: (k: number) => Node
  /** E[log(1 - X)] (Beta). */
  readonly log1mMoment?: () => Node
}

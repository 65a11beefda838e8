/**
 * What separates the law that is sampled from the law that is meant, as bounds that a verdict adds to its interval.
 *
 * Both standard laws are sampled so that every coordinate stays within delta of an ideal independent coordinate (an L-infinity coupling):
 *
 *   uniform:  |u - U| <= delta = 2^-53   (midpoint of its cell),        normal:  |z - Z| <= delta = 2^-41   (`normal.ts`).
 *
 * The total variation distance of the two laws is 1, for the sampled one has finitely many atoms: nothing follows for a merely measurable
 * integrand, and two conditions on f are offered instead.
 *
 * Lipschitz.   |f(x) - f(y)| <= L |x - y|_2 gives |f(sampled) - f(ideal)| <= L sqrt(d) delta on every draw. This also is the slack under which
 *              a confidence sequence may treat the sampled values as the ideal ones, sub-Gaussian hypotheses included.
 * Bounded.     f has values in an interval of length R and along each coordinate line at most k monotone pieces. Replacing one coordinate
 *              after the other and integrating by parts, each step costs the variation along that line, at most (2k - 1) R (k pieces, k - 1
 *              jumps), times the Kolmogorov distance of the one-dimensional laws (Koksma):
 *              |E f(sampled) - E f(ideal)| <= d (2k - 1) R kappa,  kappa <= 2^-53 (uniform),  kappa <= delta / sqrt(2 pi) (normal).
 */
import { mulUp, sqrtUp } from "../interval/rounding.ts"
import { NORMAL_COUPLING } from "./normal.ts"

export type StandardLaw = "uniform" | "normal"

/** The distance that no sampled coordinate exceeds: |sampled - ideal| <= coupling(law). */
export const coupling = (law: StandardLaw): number => (law === "uniform" ? 1 / 0x20000000000000 : NORMAL_COUPLING)

/** Kolmogorov distances: delta for the uniform; a shift by delta moves the normal distribution function by delta / sqrt(2 pi) <= 0.4 delta. */
const kolmogorov = (law: StandardLaw): number => (law === "uniform" ? coupling(law) : mulUp(0.4, NORMAL_COUPLING))

/**
 * L sqrt(d) delta: bounds |f(sampled) - f(ideal)| on every draw, hence |E f(sampled) - E f(ideal)|, for f with Lipschitz constant L
 * (Euclidean norm) of d coordinates.
 */
export const lipschitzGap = (law: StandardLaw, dimension: number, lipschitz: number): number =>
  mulUp(mulUp(lipschitz, sqrtUp(dimension)), coupling(law))

/**
 * d (2k - 1) R kappa: bounds |E f(sampled) - E f(ideal)| for f with values in an interval of length R and at most k monotone pieces along
 * every line parallel to one of its d coordinate axes.
 */
export const boundedGap = (law: StandardLaw, dimension: number, range: number, pieces: number): number =>
  mulUp(mulUp(dimension * (2 * pieces - 1), range), kolmogorov(law))

/**
 * Bounded and polynomial divergences:
 *
 *   JS = log 2 - E_p softplus(log q - log p) / 2 - E_q softplus(log p - log q) / 2   (on the common support; disjoint supports give log 2)
 *   TV = integral |p - q| / 2,   Renyi, Hellinger^2 and chi^2 through the affinity (see affinity.ts).
 */
import { compareNodes, signOf } from "../decide.ts"
import { minus, negate, over, plus, sum, times } from "../derivative.ts"
import type { Law } from "../law.ts"
import { massBetween } from "../laws/survival.ts"
import { exp, half, halved, insideOf, isConst, isZero, log, nodesOf, sqrt } from "../laws/support.ts"
import { dot, inverse, matvec } from "../linear.ts"
import * as N from "../node.ts"
import type { Node } from "../node.ts"
import { Undefined, Unsupported } from "../value.ts"
import { logAffinity } from "./affinity.ts"
import { between, kl, overSegment, relative } from "./divergences.ts"
import { expectation } from "./expectation.ts"
import { integrals } from "./pieces.ts"
import { isPatchy, matchAtoms, needSameDimension, sameLaw, segments } from "./relations.ts"

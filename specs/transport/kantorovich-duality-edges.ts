/**
 * Degenerate points of Kantorovich duality: missing moments, costs that are no metric or not lower semicontinuous, atoms without mass.
 */
import { family } from "../../src/core/statement.ts"
import type { Edge, Family } from "../../src/core/statement.ts"

export const edgeFamilies: ReadonlyArray<Family> = []
export const edges: ReadonlyArray<Edge> = []

import type { Edge, Mutant } from "../../src/core/statement.ts"
export const mutants: ReadonlyArray<Mutant> = []
export const edges: ReadonlyArray<Edge> = []

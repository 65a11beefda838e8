/**
 * Files of reference values (format theorem-reference/1), and their parameters in the claim language.
 *
 * Every number is decimal or rational text and is meant exactly; distribution objects become laws, `gaussian` with (mean, sd) being Normal(m, s).
 */
import { readFileSync } from "node:fs"
import type { Literal } from "../../src/core/statement.ts"

export type Datum = string | number | ReadonlyArray<Datum> | Parameters
export interface Parameters {
  readonly [name: string]: Datum
}
/** A decimal, "Infinity", or arrays of decimals. */
export type Reference = string | ReadonlyArray<Reference>

export interface Case {
  readonly id: string
  readonly family: string
  readonly quantity: string
  readonly parameters: Parameters
  readonly value: Reference
  /** The value as a rational, where it is one and the file says so. */
  readonly exact?: string
}

export interface ReferenceFile {
  readonly format: string
  readonly theorem: string
  readonly cases: ReadonlyArray<Case>
}

/** Reads a file; throws a TypeError for another format. */
export const readReference = (path: string): ReferenceFile => {
  const file = JSON.parse(readFileSync(path, "utf8")) as ReferenceFile
  if (file.format !== "theorem-reference/1") throw new TypeError(`${path}: expected the format theorem-reference/1, not ${file.format}`)
  return file
}

export const isLaw = (d: Datum | undefined): d is Parameters => typeof d === "object" && !Array.isArray(d) && "kind" in d
export const isList = (d: Datum | undefined): d is ReadonlyArray<Datum> => Array.isArray(d)

/** The parameter as a number or nested lists of numbers. Throws a TypeError when it is missing or an object. */
export const literal = (p: Parameters, name: string): Literal => {
  const plain = (d: Datum | undefined): Literal => {
    if (isList(d)) return d.map(plain)
    if (typeof d === "string" || typeof d === "number") return d
    throw new TypeError(`the parameter ${name} must be a number or a list of numbers`)
  }
  return plain(p[name])
}

/** The parameter as an object with a `kind`. */
export const object = (p: Parameters, name: string): Parameters => {
  const d = p[name]
  if (isLaw(d)) return d
  throw new TypeError(`the parameter ${name} must be an object with a kind`)
}

/** A number or a list of numbers as a formula. */
export const text = (d: Datum | undefined): string => {
  if (isList(d)) return `[${d.map(text).join(", ")}]`
  if (typeof d === "string" || typeof d === "number") return `(${d})`
  throw new TypeError("expected a number or a list of numbers")
}

const LAW: Readonly<Record<string, (d: Parameters) => string>> = {
  gaussian: (d) => `Normal(${text(d["mean"])}, ${text(d["sd"])})`,
  mixture: (d) => {
    const [means, sds] = [d["means"], d["sds"]] as [ReadonlyArray<Datum>, ReadonlyArray<Datum>]
    return `Mixture(${text(d["weights"])}, [${means.map((m, k) => `Normal(${text(m)}, ${text(sds[k])})`).join(", ")}])`
  },
  laplace: (d) => `Laplace(${text(d["loc"])}, ${text(d["scale"])})`,
  logistic: (d) => `Logistic(${text(d["loc"])}, ${text(d["scale"])})`,
  cauchy: (d) => `Cauchy(${text(d["loc"])}, ${text(d["scale"])})`,
  student: (d) => `StudentT(${text(d["df"])}, ${text(d["loc"])}, ${text(d["scale"])})`,
  exponential: (d) => `Exponential(${text(d["rate"])})`,
  uniform: (d) => `Uniform(${text(d["lo"])}, ${text(d["hi"])})`,
  pareto: (d) => `Pareto(${text(d["xm"])}, ${text(d["alpha"])})`,
  discrete: (d) => `Discrete(${text(d["atoms"])}, ${text(d["probs"])})`,
}

/** A distribution object as a formula; probabilities p_0, p_1, ... in a list are those of 0, 1, ... Throws a TypeError for an unknown kind. */
export const lawText = (d: Datum | undefined): string => {
  if (isList(d)) return `Categorical(${text(d)})`
  const write = isLaw(d) ? LAW[String(d["kind"])] : undefined
  if (write === undefined) throw new TypeError(`no law for ${JSON.stringify(d)}`)
  return write(d as Parameters)
}

/** Half-lines and intervals: densities that vanish somewhere, so that a log density ratio may be infinite. */
export const isBounded = (d: Datum | undefined): boolean => isLaw(d) && ["uniform", "exponential", "pareto"].includes(String(d["kind"]))

/**
 * What `lemmata new` writes: a claim file, and the two files of a theorem. Each is true as written, so that the first check of a newcomer is Verified.
 */

/** `gaussian-tail` as the name of an export, `gaussianTail`. */
const exported = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const importing = (names: string, from: string): string => `import { ${names} } from ${JSON.stringify(from)}`

export const claimSkeleton = (name: string): string => `lemmata: 1
title: ${name}
# source: Kingma and Welling 2014, appendix B
parameters:                      # name: domain; every instance is a point of all of them
  m: real(-3, 3)
  s: positive(1/5, 3)
let:                             # definitions, substituted where they are used
  p: Normal(0, 1)
  q: Normal(m, s)
claims:                          # each holds one relation: == <= >= < >
  closed-form: KL(q, p) == (s^2 + m^2 - 1)/2 - log(s)
  bound: KL(q, p) >= 0
derivations:                     # each line is related to the line before it
  kl:
    - KL(q, p)
    - "= CrossEntropy(q, p) - Entropy(q)"
    - "= (log(2*pi) + m^2 + s^2)/2 - Entropy(q)    # moments of q"
    - "= (s^2 + m^2 - 1)/2 - log(s)"
`

/** The spec of a theorem; `library` is where its constructors come from. */
export const specSkeleton = (id: string, library: string): string => {
  const name = exported(id.split("/")[1]!)
  return `/**
 * The second moment. For a law d with a finite variance,
 *
 *   E z^2 = (E z)^2 + Var z >= (E z)^2.
 */
${importing("family, mutant, step, theorem", library)}

export const ${name} = theorem({
  id: "${id}",
  title: "Second moment",
  statement: String.raw\`\\mathbb E[z^2] = (\\mathbb E z)^2 + \\operatorname{Var} z \\ge (\\mathbb E z)^2\`,
  symbols: { m: "location", s: "scale, s > 0", d: "law of z" },
  hypotheses: [{ name: "scale", statement: "a positive scale", condition: "s > 0" }],
  families: [
    family("gaussian", { parameters: { m: "real(-3, 3)", s: "positive(1/8, 4)" }, let: { d: "Normal(m, s)" }, points: [{ m: 1, s: "1/2" }] }),
    family("laplace", { parameters: { m: "real(-3, 3)", s: "positive(1/8, 4)" }, let: { d: "Laplace(m, s)" } }),
    family("uniform", { parameters: { m: "real(-3, 3)", s: "positive(1/8, 4)" }, let: { d: "Uniform(m, m + s)" } }),
  ],
  steps: [
    step("expand", "E(z, d, (z - Mean(d))^2) == E(z, d, z^2) - Mean(d)^2", "linearity of the expectation"),
    step("bound", "Mean(d)^2 <= E(z, d, z^2)", "a square has no negative mean", { sharpness: "gap" }),
    step("gap", "E(z, d, z^2) - Mean(d)^2 == Var(d)", "the gap is the variance, which is 0 for a constant"),
  ],
  mutants: [
    mutant("sign", "expand", "E(z, d, (z - Mean(d))^2) == E(z, d, z^2) + Mean(d)^2", { visible: { family: "gaussian", parameters: { m: 1, s: 1 } } }),
    mutant("reversed", "bound", "Mean(d)^2 >= E(z, d, z^2)"),
  ],
  edges: [{ name: "zero-scale", family: "gaussian", step: "gap", parameters: { m: 0, s: 0 }, expected: "outside-hypotheses", note: "no density" }],
  sources: [{ authors: "Author", year: 2020, where: "equation 3" }],
})
`
}

/** The proof that belongs to the spec at the path `spec`. */
export const proofSkeleton = (id: string, spec: string, library: string): string => {
  const name = exported(id.split("/")[1]!)
  const [a, b] = [importing("prove", library), importing(name, spec)]
  // Sorted as the formatter has them: packages first, then paths.
  const imports = library === "lemmata" ? [a, b] : [b, a]
  return `/** Moments in closed form on both sides: the default ladder decides every step. */
${imports.join("\n")}

export const proof = prove(${name})
`
}

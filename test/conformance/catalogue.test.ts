/**
 * The laws of the catalogue. Every theorem under specs/ and proofs/ is picked up by itself.
 */
import { describe, expect, it } from "vitest"
import type { Spec } from "../../src/core/statement.ts"
import { parseDomain } from "../../src/expression/domain.ts"
import { parseClaim, parseFormula } from "../../src/expression/syntax.ts"
import { claimLatex, formulaLatex } from "../../src/report/latex.ts"
import { showLatex } from "../../src/report/show-latex.ts"
import { catalogue, isSpec, modules } from "../../src/run/registry.ts"
import type { Registry } from "../../src/run/registry.ts"

const root = new URL("../../", import.meta.url)
const registry = catalogue(root, ".ts")

const CORE = [
  "adversarial/js-equivalence",
  "adversarial/optimal-discriminator",
  "diffusion/reverse-time-sde",
  "diffusion/tweedie",
  "flow/conditional-flow-matching",
  "transport/kantorovich-duality",
  "variational/elbo-bound",
]

const familiesOf = (spec: Spec, step: Spec["steps"][number]): ReadonlyArray<string> => step.families ?? spec.families.map((f) => f.name)

/** Steps that fewer than three families can state, each with the reason. Everything else stands in at least three. */
const SPECIAL: Readonly<Record<string, string>> = {
  "adversarial/js-equivalence#second-order": "the Fisher information of a unit normal shift",
  "diffusion/tweedie#covariance-matrix": "the matrix form of a step that stands in five scalar families",
  "flow/conditional-flow-matching#closed-gap": "the closed form of a normal target on the linear path",
  "flow/conditional-flow-matching#exact-on-the-ray": "the velocity is constant only along the mean of a normal target",
  "flow/conditional-flow-matching#regression": "a second form of the velocity for a normal target",
  "flow/conditional-flow-matching#energy": "the closed form of a normal target on the linear path",
  "flow/conditional-flow-matching#optimal-energy": "the closed form of a normal target on the linear path",
  "variational/elbo-bound#mass": "finite tables, where the evidence is an exact rational",
  "variational/elbo-bound#iwae-sampled": "the sampled companion of iwae-monotone, which stands in four families",
  "variational/elbo-bound#frullani": "an integral formula that needs log-normal or finite weights",
  "variational/elbo-bound#gaussian-form": "the closed form of linear-Gaussian models",
  "variational/elbo-bound#gaussian-form-nd": "the closed form of linear-Gaussian models in several dimensions",
  "variational/elbo-bound#log-normal": "weights are log-normal only where q has the posterior variance",
  "variational/elbo-bound#log-cosh": "the value of the pair step for log-normal weights",
  "variational/elbo-bound#subset": "a statement about numbers, for any of them",
  "variational/elbo-bound#subset-jensen": "a statement about numbers, for any of them",
  "variational/elbo-bound#equal-weights": "a statement about numbers, for any of them",
  "variational/elbo-bound#support": "the companion of the setting where q misses a part of the support",
}

describe("the catalogue", () => {
  it("holds the seven theorems", () => {
    expect(registry.map((e) => e.id)).toEqual(expect.arrayContaining(CORE))
  })

  it("is listed by the built program as it is in source", async () => {
    const built = new URL("dist/", root)
    const list = (entries: Registry) => Promise.all(entries.map((entry) => entry.summary()))
    expect(await list(catalogue(built, ".js"))).toEqual(await list(registry))
  })

  it("excuses no step that is not there or that needs no excuse", async () => {
    const few = await Promise.all(
      registry.map(async (entry) => {
        const spec = await entry.spec()
        return spec.steps.filter((step) => familiesOf(spec, step).length < 3).map((step) => `${spec.id}#${step.name}`)
      }),
    )
    expect(few.flat()).toEqual(expect.arrayContaining(Object.keys(SPECIAL)))
  })

  it("forgets no spec and no proof", async () => {
    const ids = registry.map((e) => e.id)
    for (const id of modules(root, "specs", ".ts")) {
      const exported = Object.values<unknown>(await import(new URL(`specs/${id}.ts`, root).href)).filter(isSpec)
      expect(exported.map((s) => s.id)).toEqual(ids.includes(id) ? [id] : [])
    }
    for (const id of modules(root, "proofs", ".ts")) {
      const module: Record<string, unknown> = await import(new URL(`proofs/${id}.ts`, root).href)
      expect("proof" in module, `proofs/${id}`).toBe(ids.includes(id))
    }
  })
})

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/

describe.each(registry)("$id", (entry) => {
  it("has a spec whose id is its path, and a proof of that very spec", async () => {
    const spec = await entry.spec()
    expect(spec.id).toBe(entry.id)
    expect((await entry.proof()).spec).toBe(spec)
  })

  it("has names in kebab-case, each once", async () => {
    const spec = await entry.spec()
    for (const list of [spec.steps, spec.families, spec.mutants, spec.edges]) {
      const names = list.map((x: { readonly name: string }) => x.name)
      for (const name of names) expect(name).toMatch(KEBAB)
      expect(new Set(names).size).toBe(names.length)
    }
    // The part of a result's id after # names a step or a mutant, never both.
    for (const mutant of spec.mutants) expect(spec.steps.map((s) => s.name)).not.toContain(mutant.name)
  })

  it("says what it claims and where it comes from", async () => {
    const spec = await entry.spec()
    expect(spec.title).toMatch(/\w/)
    expect(spec.statement).toMatch(/\\?\w/)
    expect([...spec.statement].reduce((depth, c) => depth + (c === "{" ? 1 : c === "}" ? -1 : 0), 0)).toBe(0)
    expect(spec.sources.length).toBeGreaterThan(0)
    expect(Object.keys(spec.symbols).length).toBeGreaterThan(0)
    for (const step of spec.steps) expect(step.because).toMatch(/\w/)
  })

  it("checks every step in at least three families", async () => {
    const spec = await entry.spec()
    const few = spec.steps
      .filter((step) => familiesOf(spec, step).length < 3 && SPECIAL[`${spec.id}#${step.name}`] === undefined)
      .map((step) => `${step.name}: ${familiesOf(spec, step).join(", ")}`)
    expect(few).toEqual([])
  })

  it("says of every inequality when it is an equality", async () => {
    const spec = await entry.spec()
    for (const step of spec.steps) {
      if (parseClaim(step.claim).relation === "==") continue
      const companion = spec.steps.find((s) => s.name === step.sharpness)
      expect(companion, `${step.name} has no sharpness companion`).toBeDefined()
      expect(parseClaim(companion!.claim).relation, `${companion!.name} is no equality`).toBe("==")
    }
  })

  it("has mutants", async () => {
    const { mutants } = await entry.spec()
    expect(mutants.length).toBeGreaterThan(0)
    for (const mutant of mutants) expect(mutant.claim !== undefined || mutant.let !== undefined, `${mutant.name} changes nothing`).toBe(true)
  })

  it("is written in the claim language throughout, and prints as LaTeX", async () => {
    const spec = await entry.spec()
    for (const claim of [...spec.steps.map((s) => s.claim), ...spec.mutants.flatMap((m) => m.claim ?? [])]) {
      expect(() => parseClaim(claim), claim).not.toThrow()
      expect(claimLatex(claim)).toMatch(/\S/)
    }
    const conditions = [...spec.hypotheses.flatMap((h) => h.condition ?? []), ...spec.families.flatMap((f) => f.assume ?? [])]
    const definitions = [...spec.families.flatMap((f) => Object.values(f.let)), ...spec.mutants.flatMap((m) => Object.values(m.let ?? {}))]
    for (const formula of [...conditions, ...definitions]) {
      expect(() => parseFormula(formula), formula).not.toThrow()
      expect(formulaLatex(formula)).toMatch(/\S/)
    }
    for (const domain of spec.families.flatMap((f) => Object.values(f.parameters))) expect(() => parseDomain(domain), domain).not.toThrow()
    expect(showLatex(spec)).toContain(spec.statement)
  })

  it("states points only in parameters that their family has", async () => {
    const spec = await entry.spec()
    const stated = [
      ...spec.families.flatMap((f) => (f.points ?? []).map((parameters) => ({ family: f.name, parameters }))),
      ...spec.mutants.flatMap((m) => [m.visible, m.unlucky].filter((p) => p !== undefined)),
      ...spec.edges,
    ]
    for (const { family, parameters } of stated) {
      const known = Object.keys(spec.families.find((f) => f.name === family)!.parameters)
      for (const name of Object.keys(parameters)) expect(known).toContain(name)
    }
  })
})

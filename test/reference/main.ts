import { readReference } from "./case.ts"
import { rules as elbo } from "./elbo-bound.ts"
import { discriminator, jensenShannon, divergences } from "./adversarial.ts"
import { kantorovich, bures } from "./transport.ts"
import { reverseTime, tweedie } from "./diffusion.ts"
import { flowMatching } from "./flow.ts"
import { beside, compare, denote } from "./question.ts"
const T: any = { "elbo-bound": elbo, "optimal-discriminator": discriminator, "js-equivalence": jensenShannon, divergences, "kantorovich-duality": kantorovich, "bures-wasserstein": bures, "reverse-time-sde": reverseTime, tweedie, "conditional-flow-matching": flowMatching }
const bits = Number(process.argv[2])
for (const name of process.argv[3] ? process.argv[3].split(",") : Object.keys(T)) {
  const f = readReference(`/work/shared/reference/${name}.json`)
  for (const c of f.cases) {
    if (process.argv[4] && !c.id.match(process.argv[4])) continue
    let q
    for (const r of T[name]) if (r.quantity === c.quantity && (q = r.ask(c.parameters)) !== undefined) break
    if (!q || !q.formulas.length) { console.log("UNSUPPORTED", c.family, c.quantity); continue }
    for (const formula of q.formulas) {
      const t0 = performance.now()
      try {
        const d = denote(q, formula)
        if (d.kind !== "value") { console.log("NOTHING", c.id, d.kind, d.why, c.value); continue }
        const found = beside(d.value, c.value).map(([n, r]) => compare(n, r, c.exact, bits, bits == 53 ? 100000 : Number(process.env.EV ?? Math.ceil(800000 / bits))))
        const ms = performance.now() - t0
        const digits = Math.min(...found.map((x) => x.digits))
        const bad = !found.every((x) => x.contained)
        if (bad || digits < (bits==53?9:20) || ms > 500) console.log(bad ? "WRONG" : "ok", c.id, formula.slice(0, 60), digits.toFixed(1), ms.toFixed(0) + "ms", found[0]!.enclosure.status, found[0]!.enclosure.reason?.slice(0, 90) ?? "", bad ? [found.map((x) => [x.enclosure.lo, x.enclosure.hi]), c.value] : "")
      } catch (e) { console.log("THROW", c.id, formula.slice(0,60), String(e.stack).slice(0, 300)) }
    }
  }
  console.log("==", name, f.cases.length)
}

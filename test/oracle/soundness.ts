/**
 * Soundness: generated claims with known truth, half of them false by a relative amount between 1e-12 and 1; no conclusive verdict may be wrong.
 *
 *   node test/oracle/soundness.ts [--count 20000] [--seed 0] [--jobs 1] [--budget quick] [--kind part-of-a-name] [--print]
 *
 * Wrong: Refuted on a true claim, Verified on a false one by more than its tolerance, either on a claim that denotes nothing. One line per family of
 * kinds and truth; every wrong or faulted claim is printed. Exit 1 when there is one. `--print` writes the claims as JSON lines for soundness.py.
 */
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads"
import type { BudgetName } from "../../src/core/budget.ts"
import { judge } from "./soundness/judge.ts"
import type { Judged } from "./soundness/judge.ts"
import { generate } from "./soundness/kinds.ts"
import { table } from "./soundness/table.ts"

interface Share {
  readonly count: number
  readonly seed: string
  readonly budget: BudgetName
  readonly part: string
  readonly first: number
  readonly step: number
}

const claimsOf = function* (share: Share): Generator<ReturnType<typeof generate>> {
  for (let i = share.first; i < share.count; i += share.step) yield generate(share.seed, i, share.part)
}

const run = (share: Share, seen: (judged: Judged) => void): void => {
  for (const claim of claimsOf(share)) seen(judge(claim, share.budget))
}

const options = () => {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "20000" },
      seed: { type: "string", default: "0" },
      jobs: { type: "string", default: "1" },
      budget: { type: "string", default: "quick" },
      kind: { type: "string", default: "" },
      print: { type: "boolean", default: false },
    },
  })
  const jobs = Math.max(1, Math.min(Number(values.jobs), availableParallelism()))
  return { count: Number(values.count), seed: values.seed, jobs, budget: values.budget as BudgetName, part: values.kind, print: values.print }
}

const main = async (): Promise<void> => {
  const { jobs, print, ...rest } = options()
  const shares = Array.from({ length: jobs }, (_, first): Share => ({ ...rest, first, step: jobs }))
  if (print) {
    for (const claim of claimsOf({ ...rest, first: 0, step: 1 })) console.log(JSON.stringify(claim))
    return
  }
  const all: Array<Judged> = []
  const seen = (judged: Judged): void => {
    all.push(judged)
    if (judged.wrong || judged.verdict === "Faulted") console.log(`${judged.wrong ? "WRONG" : "FAULT"} ${JSON.stringify(judged)}`)
  }
  if (jobs === 1) run(shares[0]!, seen)
  else {
    await Promise.all(
      shares.map(
        (share) =>
          new Promise<void>((resolve, reject) => {
            const worker = new Worker(new URL(import.meta.url), { workerData: share })
            worker.on("message", seen)
            worker.on("error", reject)
            worker.on("exit", () => resolve())
          }),
      ),
    )
  }
  for (const line of table(all)) console.log(line)
  const wrong = all.filter((j) => j.wrong).length
  const faults = all.filter((j) => j.verdict === "Faulted").length
  console.log(`${all.length} claims, seed ${rest.seed}, budget ${rest.budget}: ${wrong} wrong, ${faults} faulted`)
  process.exitCode = wrong > 0 || faults > 0 ? 1 : 0
}

if (isMainThread) await main()
else run(workerData as Share, (judged) => parentPort!.postMessage(judged))

/**
 * A run on one page: the verdict first, then what it rests on. Self-contained HTML that loads nothing and runs nothing.
 */
import type { Judgement, Metric } from "../../math/metric.ts"
import type { Certificate, RunRecord } from "../../train/record.ts"
import { bounded, digits, measured } from "./series.ts"
import { monitorSummaries, uncertified, verdictOf } from "./summary.ts"
import type { MonitorSummary, RunVerdict } from "./summary.ts"

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]!)

const HUE: Readonly<Record<RunVerdict | Judgement | Certificate["standing"], string>> = {
  passed: "good",
  failed: "bad",
  undecided: "open",
  diverged: "bad",
  interrupted: "open",
  unfinished: "open",
  holds: "good",
  violated: "bad",
  certified: "good",
  refuted: "bad",
  faulted: "bad",
}

const badge = (word: keyof typeof HUE): string => `<b class="${HUE[word]}">${word}</b>`

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #1c2530; background: #fff }
h1 { font-size: 1.5rem; margin-bottom: 0 } h2 { font-size: 1.15rem; margin-top: 2.2rem; border-bottom: 1px solid #d5dbe1 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #e8ecf0 }
td small, p small { color: #5b6773; display: block } code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere } pre { background: #f5f7f9; padding: .8rem; overflow: auto }
.good { color: #1d6b34 } .bad { color: #b02a1c } .open { color: #8a6500 } .warn { background: #fff3cd; padding: .6rem .8rem }
.plots { display: flex; flex-wrap: wrap; gap: 1rem } .plots svg { max-width: 100%; height: auto } figure { margin: 0 } img { image-rendering: pixelated; min-width: 12rem }`

/** The page of a run. */
export const runPage = (record: RunRecord): string => {
  const verdict = verdictOf(record)
  const body = [
    `<h1>${escape(record.title)}: ${badge(verdict)}</h1>`,
    `<p>${escape(headline(record))}</p>`,
    uncertified(record)
      ? `<p class="warn">Started without certificates: a theorem that this recipe relies on does not stand. What follows is a measurement, not evidence for the theory.</p>`
      : "",
    gates(record),
    monitors(monitorSummaries(record)),
    certificates(record.certificates),
    figures(record),
    `<h2>Configuration</h2><p><small>Saved as config.yaml; <code>lemmata run config.yaml</code> repeats the run.</small></p><pre>${escape(record.config)}</pre>`,
    surroundings(record),
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width"><title>${escape(`${record.title}: ${verdict}`)}</title><style>${STYLE}</style></head><body>
${body.filter((part) => part !== "").join("\n")}
</body></html>
`
}

const headline = ({ outcome, surroundings, evaluation }: RunRecord): string => {
  const steps = surroundings === null ? "" : ` of ${surroundings.steps}`
  const on = surroundings === null ? "" : `, seed ${surroundings.seed}, preset ${surroundings.preset}, back end ${surroundings.backend.name}`
  if (outcome === null) return `The run has not ended${on}.`
  const gates =
    evaluation === null ? "" : `; ${evaluation.gates.filter((g) => g.judgement === "holds").length} of ${evaluation.gates.length} gates hold`
  return `${outcome.step}${steps} steps${on}${gates}.${outcome.detail === "" ? "" : ` ${outcome.detail}`}`
}

const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  `<table><tr>${head.map((h) => `<th>${h}</th>`).join("")}</tr>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`

const floor = ({ floor }: Metric): string => (floor === null ? "" : `<small>floor ${digits(floor)}</small>`)

const gates = ({ evaluation }: RunRecord): string => {
  if (evaluation === null) return ""
  const rows = evaluation.gates.map((gate) => [
    badge(gate.judgement),
    `${escape(gate.name)}<small>${escape(gate.because)}</small><small>${escape(gate.source)}</small>`,
    escape(bounded(gate.bounds)),
    `${escape(measured(gate.measured))}${floor(gate.measured)}<small>${escape(gate.measured.protocol)}</small>`,
  ])
  const bounds = new Set(evaluation.gates.map(({ metric }) => metric))
  const rest = evaluation.metrics
    .filter(({ name }) => !bounds.has(name))
    .map((metric) => [escape(metric.name), `${escape(measured(metric))}${floor(metric)}<small>${escape(metric.protocol)}</small>`])
  return [
    `<h2>Gates</h2>${rows.length === 0 ? "<p>This recipe has none.</p>" : table(["", "gate", "must be", "measured"], rows)}`,
    rest.length === 0 ? "" : `<h2>Other measurements</h2>${table(["metric", "measured"], rest)}`,
  ].join("\n")
}

const monitors = (all: ReadonlyArray<MonitorSummary>): string => {
  if (all.length === 0) return ""
  const rows = all.map((monitor) => {
    const last = monitor.looks.at(-1)!
    const { holds, violated, undecided } = monitor.counts
    return [
      badge(monitor.judgement),
      `${escape(monitor.name)}<small><code>${escape(monitor.relation)}</code></small><small>${escape(monitor.theorem)}</small>`,
      escape(bounded(last.bounds)),
      `${escape(measured(last.metric))}${floor(last.metric)}<small>${escape(last.metric.protocol)}</small>`,
      `${holds} hold, ${violated} violated, ${undecided} undecided<small>last at step ${last.step}</small>`,
    ]
  })
  return `<h2>Monitors: theorems watching the run</h2>${table(["", "monitor", "must be", "last look", "looks"], rows)}`
}

const certificates = (all: ReadonlyArray<Certificate>): string => {
  if (all.length === 0) return `<h2>Certificates</h2><p>This recipe relies on no theorem of the catalogue.</p>`
  const rows = all.map((certificate) => {
    const verified = certificate.results.filter(({ verdict }) => verdict._tag === "Verified").length
    const lines = certificate.results.map(
      (r) =>
        `<tr><td>${r.verdict._tag}</td><td>${escape(r.id)}</td><td>${r.grade ?? "-"}</td><td><code>lemmata replay ${escape(r.replay)}</code></td></tr>`,
    )
    return [
      badge(certificate.standing),
      `${escape(certificate.title)} <code>${escape(certificate.id)}</code><small>${escape(certificate.because)}</small>
<details><summary>${verified} of ${certificate.results.length} steps Verified</summary><table>${lines.join("")}</table></details>`,
      `${certificate.grade ?? "none"}<small>${certificate.needs} needed</small>`,
    ]
  })
  return `<h2>Certificates: theorems that the recipe stands on</h2>${table(["", "theorem", "grade"], rows)}`
}

const figures = ({ plots, images }: RunRecord): string => {
  const of = (test: (name: string) => boolean, title: string, more: string): string => {
    const shown = plots.filter(({ name }) => test(name)).map(({ svg, title }) => `<figure aria-label="${escape(title)}">${svg}</figure>`)
    return shown.length === 0 && more === "" ? "" : `<h2>${title}</h2><div class="plots">${shown.join("\n")}${more}</div>`
  }
  const grids = images.map(
    ({ name, png }) =>
      `<figure><img alt="${escape(name)}" src="data:image/png;base64,${Buffer.from(png).toString("base64")}"><figcaption>${escape(name)}</figcaption></figure>`,
  )
  return [
    of((name) => !/^(scalar|monitor)-/.test(name), "Samples", grids.join("\n")),
    of((name) => name.startsWith("scalar-"), "Curves", ""),
    of((name) => name.startsWith("monitor-"), "Looks of the monitors", ""),
  ].join("\n")
}

const surroundings = ({ surroundings: s, path }: RunRecord): string => {
  if (s === null) return ""
  const rows: ReadonlyArray<readonly [string, string]> = [
    ["Lemmata", s.lemmata],
    ["started", s.started],
    ["command", ["lemmata", ...s.command].join(" ")],
    ["folder", path],
    ["back end", `${s.backend.name} (${s.backend.device})`],
    ["machine", `${s.processor}, ${s.cores} cores, ${digits(s.memory / 2 ** 30)} GiB, ${s.platform}, Node ${s.node}`],
    ["trainable numbers", String(s.parameters)],
    ["seed", String(s.seed)],
    ["configuration", `SHA-256 ${s.config}`],
    ...s.data.map(({ name, description, sha256 }): readonly [string, string] => [
      `data: ${name}`,
      `${description}${sha256 === undefined ? "" : `, SHA-256 ${sha256}`}`,
    ]),
    ...Object.entries(s.streams).map(([purpose, label]): readonly [string, string] => [`stream: ${purpose}`, label]),
  ]
  return `<h2>Environment</h2>${table(
    ["", ""],
    rows.map(([name, value]) => [escape(name), escape(value)]),
  )}`
}

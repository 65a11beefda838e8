/**
 * JUnit XML: a suite per theorem, a case per step or mutant.
 *
 *   Verified      passed                        Inconclusive, Vacuous, Faulted   error, with the word as its type
 *   Refuted       failure
 *
 * In a mutant run a refuted mutant is what should happen: Refuted passes, Verified is the failure. Undecided is never a pass.
 */
import type { Result } from "../core/verdict.ts"
import { partName, resultsOf } from "./report.ts"
import type { Report, Theorem } from "./report.ts"
import { detail } from "./terminal.ts"
import { plain } from "./text.ts"

export const junitReport = (report: Report): string => {
  const suites = report.theorems.map((theorem) => {
    const results = resultsOf(report.results, theorem.id)
    return { counts: counts(results), xml: suite(report, theorem, results) }
  })
  const all = counts(report.results)
  return [`<?xml version="1.0" encoding="UTF-8"?>`, `<testsuites name="lemmata" ${all}>`, ...suites.map((s) => s.xml), "</testsuites>", ""].join("\n")
}

type Status = "passed" | "failure" | "error"

const status = (r: Result): Status => {
  const { _tag } = r.verdict
  if (_tag === "Verified") return r.kind === "mutant" ? "failure" : "passed"
  if (_tag === "Refuted") return r.kind === "mutant" ? "passed" : "failure"
  return "error"
}

const counts = (results: ReadonlyArray<Result>): string => {
  const count = (s: Status): number => results.filter((r) => status(r) === s).length
  const time = results.reduce((t, r) => t + r.seconds, 0)
  return `tests="${results.length}" failures="${count("failure")}" errors="${count("error")}" skipped="0" time="${time.toFixed(3)}"`
}

const suite = (report: Report, theorem: Theorem, results: ReadonlyArray<Result>): string =>
  [
    `  <testsuite name="${escapeXml(theorem.id)}" ${counts(results)}>`,
    "    <properties>",
    ...Object.entries({ lemmata: report.lemmata, seed: report.seed, alpha: report.alpha, budget: report.budget }).map(
      ([name, value]) => `      <property name="${name}" value="${escapeXml(String(value))}"/>`,
    ),
    "    </properties>",
    ...results.map((r) => testcase(r, theorem)),
    "  </testsuite>",
  ].join("\n")

const testcase = (r: Result, theorem: Theorem): string => {
  const open = `    <testcase classname="${escapeXml(theorem.id)}" name="${escapeXml(partName(r))}" time="${r.seconds.toFixed(3)}"`
  const s = status(r)
  if (s === "passed") return `${open}/>`
  const [first, ...body] = detail(r, theorem, plain)
  const text = escapeXml(body.join("\n"))
  return `${open}>\n      <${s} type="${r.verdict._tag}" message="${escapeXml(first!)}">${text}</${s}>\n    </testcase>`
}

// XML 1.0 has no way to write control characters and lone surrogates, so they become U+FFFD.
const unwritable = (code: number): boolean =>
  (code < 32 && code !== 9 && code !== 10 && code !== 13) || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff

/** Text for an XML attribute or element. */
export const escapeXml = (text: string): string =>
  [...text]
    .map((c) => (unwritable(c.codePointAt(0)!) ? "\ufffd" : c))
    .join("")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")

import { spawnSync } from "node:child_process"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { escapeXml, junitReport } from "../../src/report/junit.ts"
import { result } from "../fake-proof.ts"
import { mutantSample, sample } from "./sample.ts"

const cases = (xml: string): Record<string, string> =>
  Object.fromEntries(
    [...xml.matchAll(/<testcase classname="([^"]+)" name="([^"]+)" time="[\d.]+"(?:\/>|>\s*<(\w+) type="(\w+)")/g)].map(
      ([, group, name, status, type]) => [`${group}#${name}`, status === undefined ? "passed" : `${status} ${type}`],
    ),
  )

describe("JUnit XML", () => {
  it("maps the verdicts, and undecided is never a pass", () => {
    expect(cases(junitReport(sample))).toEqual({
      "a/good#one": "passed",
      "a/good#two": "passed",
      "b/bad#r": "failure Refuted",
      "b/bad#u": "error Inconclusive",
      "b/bad#v": "error Vacuous",
      "b/bad#f": "error Faulted",
    })
    expect(junitReport(sample)).toContain('<testsuites name="lemmata" tests="6" failures="1" errors="3" skipped="0" time="3.750">')
  })

  it("passes refuted mutants and fails verified ones", () => {
    expect(cases(junitReport(mutantSample))).toEqual({
      "a/good#half": "passed",
      "a/good#sign": "passed",
      "b/bad#slip": "failure Verified",
      "b/bad#swap": "error Inconclusive",
      "b/bad#drop": "passed",
    })
  })

  it("escapes everything that XML reads as markup and replaces what it cannot hold", () => {
    expect(escapeXml('<a href="x">&\u0000\u001b\ud800\uffff</a>')).toBe("&lt;a href=&quot;x&quot;&gt;&amp;\ufffd\ufffd\ufffd\ufffd&lt;/a&gt;")
    const writable = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => writable.test(escapeXml(text)) && !/[<>"]/.test(escapeXml(text))))
  })

  const python = spawnSync("python3", ["-c", "import xml.dom.minidom"]).status === 0
  it.skipIf(!python)("is read by another program's parser", () => {
    const ugly = { ...sample, results: [...sample.results, result("b/bad#r", "step", "undecided", { detail: 'a < b & "c" \u0007 ]]> é 𝔼' })] }
    const script = "import sys,xml.dom.minidom as m; print(len(m.parse(sys.stdin.buffer).getElementsByTagName('testcase')))"
    const read = spawnSync("python3", ["-c", script], { input: junitReport(ugly), encoding: "utf8" })
    expect(read.stdout.trim()).toBe("7")
  })
})

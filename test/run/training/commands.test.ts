/**
 * The commands from outside: exit codes, what is written, what is said.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { parseNpy } from "../../../src/data/npy.ts"
import { drive, workplace } from "./drive.ts"

const NAMED = ["--preset", "smoke", "--name", "a"]
const at = (cwd: string, ...names: ReadonlyArray<string>): string => join(cwd, "runs", "fake", "a", ...names)
const text = (...names: [string, ...ReadonlyArray<string>]): string => readFileSync(at(...names), "utf8")

describe("run", () => {
  test("trains, measures, and leaves a folder that says everything", async () => {
    const cwd = workplace()
    const ended = await drive(cwd, ["run", "fake", ...NAMED, "run.sample=10", "run.checkpoint=5"])
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.stdout).toMatch(/^passed fake\/a, 20 steps\n {2}holds {2}gate small loss {2}at most 10 /)
    expect(
      readdirSync(at(cwd))
        .map((name) => name.replace(/\d{2,}/g, "N"))
        .sort(),
    ).toEqual([
      "checkpoints",
      "config.yaml",
      "environment.json",
      "evaluation.json",
      "events.out.tfevents.N.N",
      "memory.jsonl",
      "metrics.jsonl",
      "outcome.json",
      "plots",
      "report.html",
      "samples",
      "theorems.jsonl",
    ])
    expect(readdirSync(at(cwd, "samples"))).toEqual(["step-000000010-weights.png", "step-000000020-weights.png"])
    const memory = text(cwd, "memory.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
    expect(memory).toMatchObject([1, 5, 10, 15, 20].map((step) => ({ step, tensors: 7, bytes: 64 })))
    // A process of Node has some ten MiB at least, and no run here a GiB.
    for (const { resident } of memory) expect(resident > 2 ** 23 && resident < 2 ** 30).toBe(true)
    const environment = JSON.parse(text(cwd, "environment.json"))
    expect(environment).toMatchObject({
      lemmata: "0.0.0-test",
      seed: 0,
      backend: { name: "cpu" },
      data: [{ sha256: "0".repeat(64) }],
      steps: 20,
      parameters: 4,
    })
    expect(environment.streams.noise).toBe('["lemmata-stream-1","0","fake","noise"]')
    expect(JSON.parse(text(cwd, "theorems.jsonl"))).toMatchObject({
      id: "fake/true",
      standing: "certified",
      grade: "enclosed",
      results: [{}, { replay: /\w/ }],
    })
    const page = text(cwd, "report.html")
    for (const part of [
      'fake/a: <b class="good">passed</b>',
      "lemmata replay ",
      "Gates",
      "Monitors",
      "Certificates",
      "data:image/png;base64,",
      "<svg",
      "train: # training",
    ])
      expect(page).toContain(part)
    expect(page).not.toMatch(/(src|href)="(?!data:)|<script/)
  })

  test("its saved configuration repeats it, to the last bit", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...NAMED, "train.rate=0.05", "--seed", "7"])
    const again = await drive(cwd, ["run", "runs/fake/a/config.yaml", "--name", "b"])
    expect(again).toMatchObject({ code: 0 })
    const b = (name: string): string => readFileSync(join(cwd, "runs/fake/b", name), "utf8")
    for (const name of ["config.yaml", "metrics.jsonl", "evaluation.json", "checkpoints/last.json"]) expect(b(name)).toBe(text(cwd, name))
    const other = await drive(cwd, ["run", "fake", "--preset", "smoke", "--name", "c", "train.rate=0.05", "--seed", "8"])
    expect(other.code).toBe(0)
    expect(readFileSync(join(cwd, "runs/fake/c/metrics.jsonl"), "utf8")).not.toBe(text(cwd, "metrics.jsonl"))
  })

  test("a sweep runs every combination; --json is one object", async () => {
    const cwd = workplace()
    const ended = await drive(cwd, ["run", "fake", ...NAMED, "--sweep", "seed=0,1", "--sweep", "train.rate=0.1,1e30", "--json"])
    expect(ended).toMatchObject({ code: 4, stderr: expect.stringMatching(/^(lemmata: diverged: .*\n){2}$/) })
    const { runs } = JSON.parse(ended.stdout)
    expect(runs.map((r: { run: string; seed: number; verdict: string }) => [r.run, r.seed, r.verdict])).toEqual([
      ["fake/a-seed=0-train.rate=0.1", 0, "passed"],
      ["fake/a-seed=0-train.rate=1e+30", 0, "diverged"],
      ["fake/a-seed=1-train.rate=0.1", 1, "passed"],
      ["fake/a-seed=1-train.rate=1e+30", 1, "diverged"],
    ])
  })

  test.each<[number, ReadonlyArray<string>, RegExp, RegExp]>([
    [1, ["trouble=gate"], /^failed .*\n {2}violated +gate small loss +at most -1 /, /^/],
    [1, ["trouble=monitor", "at=0"], /^failed .*\n.*\n {2}violated +monitor norm /, /^/],
    [3, ["trouble=undecided"], /^undecided .*\n {2}undecided +gate small loss/, /^/],
    [4, ["trouble=diverge", "at=15"], /^diverged fake\/a, 15 steps/, /diverged: gradient of model\/w became NaN in step 15/],
    [4, ["trouble=nan-state", "at=15"], /^diverged fake\/a, 16 steps/, /diverged: loss became NaN in step 16/],
    [4, ["trouble=nan-state", "at=19"], /^diverged fake\/a, 20 steps/, /diverged: model\/w became NaN in step 20/],
    [2, ["trouble=memory", "at=3"], /^$/, /step 3 needs more memory than there is \(Invalid typed array length: 9007199254740991\); smaller batches/],
    [2, ["train.rate=.inf"], /^$/, /"train.rate=.inf": train.rate: expected a finite number, not "Infinity"/],
    [2, ["trouble=data"], /^$/, /fake-data is not installed: npm install fake-data/],
    [2, ["--backend", "cuda"], /^$/, /back end "cuda": no card was found; use --backend wasm/],
    [2, ["--backend", "wsam"], /^$/, /backend: expected .*, not "wsam"; did you mean "wasm"\?/],
    [2, ["trian.rate=1"], /^$/, /unknown key "trian"; did you mean "train"\?/],
    [2, ["train.rate=fast"], /^$/, /"train.rate=fast": train.rate: expected number, not "fast"/],
    [2, ["--config", "missing.yaml"], /^$/, /there is no file missing.yaml/],
    [2, ["--sweep", "seed="], /^$/, /key=a,b,\.\.\. is expected/],
  ])("exit %i for %j", async (code, args, stdout, stderr) => {
    const cwd = workplace()
    const ended = await drive(cwd, ["run", "fake", ...NAMED, ...args])
    expect(ended).toMatchObject({ code, stdout: expect.stringMatching(stdout), stderr: expect.stringMatching(stderr) })
    // What could not begin leaves nothing.
    if (code === 2 && !args.includes("trouble=memory")) expect(existsSync(at(cwd))).toBe(false)
  })

  test("a preset that is none, a name that leads elsewhere", async () => {
    const cwd = workplace()
    expect(await drive(cwd, ["run", "fake", "--preset", "shrot"])).toMatchObject({
      code: 2,
      stderr: 'lemmata: --preset: preset: one of smoke, short, full is expected, not "shrot"\n',
    })
    expect(await drive(cwd, ["run", "fake", "--name", "../up"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"../up" is no name of a run'),
    })
    expect(existsSync(join(cwd, "runs/up"))).toBe(false)
  })

  test("data that are not there are told of before anything is proved, and before the first run of a sweep", async () => {
    const cwd = workplace()
    expect(await drive(cwd, ["run", "fake", ...NAMED, "--sweep", "trouble=none,data"])).toMatchObject({
      code: 2,
      stderr: "lemmata: fake-data is not installed: npm install fake-data\n",
    })
    expect(readdirSync(cwd)).toEqual([])
  })

  test("a recipe that is not there: the nearest name", async () => {
    expect(await drive(workplace(), ["run", "fkae"])).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "fake"?') })
  })

  test.each<[number, string, RegExp]>([
    [1, "on-false", /fake\/false: refuted, 1\/2 steps Verified, enclosed: fake\/false#second is Refuted; lemmata replay \S+/],
    [3, "on-open", /fake\/open: undecided/],
    [3, "on-weak", /fake\/true: undecided, 2\/2 steps Verified, enclosed: its grade is enclosed, exact is needed/],
    [4, "on-broken", /fake\/broken: faulted/],
    [2, "on-nothing", /relies on the spec "fake\/tru", which is not in the catalogue; did you mean "fake\/true"\?/],
  ])("exit %i for a recipe %s, which does not start", async (code, recipe, said) => {
    const cwd = workplace()
    expect(await drive(cwd, ["run", recipe, ...NAMED])).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(said) })
    expect(existsSync(join(cwd, "runs", recipe))).toBe(false)
  })

  test("a certificate is made once for each program", async () => {
    const cwd = workplace()
    const made = (): number => readdirSync(join(cwd, "runs/.certificates")).length
    for (const [name, code, kept] of [
      ["a", "one", 1],
      ["b", "one", 1],
      ["c", "two", 2],
    ] as const) {
      expect(await drive(cwd, ["run", "fake", "--preset", "smoke", "--name", name], { code })).toMatchObject({ code: 0 })
      expect(made()).toBe(kept)
    }
  })

  test("--without-certificates starts it, and says so everywhere", async () => {
    const cwd = workplace()
    const ended = await drive(cwd, ["run", "on-false", ...NAMED, "--without-certificates"])
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining("(started without certificates)") })
    expect(readFileSync(join(cwd, "runs/on-false/a/report.html"), "utf8")).toContain("Started without certificates")
  })

  test("a folder that is there is not touched", async () => {
    const cwd = workplace()
    mkdirSync(at(cwd), { recursive: true })
    writeFileSync(at(cwd, "mine"), "mine")
    expect(await drive(cwd, ["run", "fake", ...NAMED])).toMatchObject({ code: 2, stderr: expect.stringContaining("is there already") })
    expect(readdirSync(at(cwd))).toEqual(["mine"])
  })

  test.each<readonly [string, string]>([
    ["file/runs", "a file stands where a folder is expected (EEXIST)"],
    ["loop/runs", "its links lead in a circle (ELOOP)"],
    ["x".repeat(300), "a name in its path is too long (ENAMETOOLONG)"],
    // Node's own recursive way never returns there.
    ...(process.platform === "linux" ? ([["/proc/x", "no folder can be made there; choose another place (ENOENT)"]] as const) : []),
  ])("a place that cannot be written, %s, is told of before anything is proved", async (out, why) => {
    const cwd = workplace()
    writeFileSync(join(cwd, "file"), "")
    symlinkSync("loop", join(cwd, "loop"))
    expect(await drive(cwd, ["run", "fake", ...NAMED, "--out", out])).toEqual({
      code: 2,
      signal: null,
      stdout: "",
      stderr: `lemmata: cannot use ${out}/.certificates: ${why}; what was written before is whole\n`,
    })
    expect(readdirSync(cwd).sort()).toEqual(["file", "loop"])
  })
})

describe("afterwards", () => {
  test("sample: .npy, .csv, and a file that is none; equal seeds, equal samples", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...NAMED])
    const draw = (...args: ReadonlyArray<string>) => drive(cwd, ["sample", "runs/fake/a", "--count", "5", ...args])
    expect(await draw("--out", "s.npy")).toMatchObject({ code: 0, stdout: "s.npy: 5 samples, 2 each\n" })
    const { rows, columns, values } = parseNpy("s.npy", readFileSync(join(cwd, "s.npy")))
    expect([rows, columns]).toEqual([5, 2])
    await draw("--out", "s.csv")
    const csv = readFileSync(join(cwd, "s.csv"), "utf8").split("\n")
    expect(csv[0]).toBe("x0,x1")
    expect(csv.slice(1, -1).flatMap((line) => line.split(",").map(Number))).toEqual([...values])
    await draw("--out", "other.npy", "--seed", "1")
    expect(parseNpy("other.npy", readFileSync(join(cwd, "other.npy"))).values).not.toEqual(values)
    mkdirSync(join(cwd, "folder.npy"))
    expect(await draw("--out", "folder.npy")).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot use folder.npy: it is a folder") })
    expect(await draw("--out", "none/s.npy")).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot use none/s.npy: there is no such") })
    expect(await draw("--out", "s.gif")).toMatchObject({ code: 2, stderr: expect.stringContaining("ends in .npy, .csv or .png is expected") })
    expect(await draw("--out", "s.png")).toMatchObject({ code: 2, stderr: expect.stringContaining("points are written as .npy or .csv") })
  })

  test("evaluate measures again; runs lists; both as JSON too", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...NAMED])
    await drive(cwd, ["run", "fake", "--name", "b", "trouble=diverge"])
    const before = text(cwd, "evaluation.json")
    writeFileSync(at(cwd, "evaluation.json"), "{}")
    expect(await drive(cwd, ["evaluate", "runs/fake/a"])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^passed fake\/a, 20 steps/) })
    expect(text(cwd, "evaluation.json")).toBe(before)
    const table = await drive(cwd, ["runs"])
    expect(table.stdout).toMatch(
      /^passed +runs\/fake\/a +20\/20 +loss \S+ +1\/1 gates +seed 0\ndiverged +runs\/fake\/b +25\/40 +loss \S+ +- +seed 0\n$/,
    )
    const { runs } = JSON.parse((await drive(cwd, ["runs", "--json"])).stdout)
    expect(runs.map((r: { verdict: string }) => r.verdict)).toEqual(["passed", "diverged"])
    for (const [where, lines] of [
      ["runs/fake", 2],
      ["runs/fake/a", 1],
    ] as const)
      expect((await drive(cwd, ["runs", where])).stdout.match(/\n/g)).toHaveLength(lines)
    expect(await drive(cwd, ["runs", "nowhere"])).toMatchObject({ code: 2, stderr: expect.stringContaining("there is no folder nowhere") })
  })

  test.each(["metrics.jsonl", "theorems.jsonl", "evaluation.json", "report.html", "checkpoints/last.json", "running.pid", "plots"])(
    "%s is something else: it is named, and the lock is given back",
    async (name) => {
      const cwd = workplace()
      await drive(cwd, ["run", "fake", ...NAMED])
      rmSync(at(cwd, name), { recursive: true, force: true })
      if (name === "plots") writeFileSync(at(cwd, name), "")
      else mkdirSync(at(cwd, name))
      const ended = await drive(cwd, ["evaluate", "runs/fake/a"])
      expect(ended).toMatchObject({ code: 2, stdout: "" })
      expect(ended.stderr).toMatch(
        name === "plots"
          ? /^lemmata: cannot use runs\/fake\/a\/plots: a file stands where a folder is expected \(EEXIST\); what/
          : new RegExp(`^lemmata: cannot use runs/fake/a/${name}: it is a folder where a file is expected \\(EISDIR\\); what`),
      )
      expect(existsSync(at(cwd, "running.pid"))).toBe(name === "running.pid")
    },
  )

  test("a damaged folder beside the others is named, and hides none of them", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...NAMED])
    const damage = (name: string, file: string, content: string): void => {
      const folder = join(cwd, "runs", "fake", name)
      mkdirSync(folder)
      writeFileSync(join(folder, "config.yaml"), "recipe: fake\n")
      writeFileSync(join(folder, file), content)
    }
    damage("b", "metrics.jsonl", "nonsense\n")
    damage("c", "evaluation.json", '{"step": 1}')
    damage("d", "outcome.json", "{")
    damage("e", "config.yaml", "recipe: {")
    const table = await drive(cwd, ["runs"])
    expect(table).toMatchObject({ code: 0, stdout: expect.stringMatching(/^passed +runs\/fake\/a .*\nunfinished +runs\/fake\/e .*\n$/) })
    expect(table.stderr.split("\n")).toMatchObject([
      expect.stringMatching(/runs\/fake\/b is left out: .*metrics.jsonl:1: a JSON object with a step is expected/),
      expect.stringMatching(/runs\/fake\/c is left out: .*evaluation.json: \{"step", "metrics": \[...\], "gates": \[...\]\} is expected/),
      expect.stringMatching(/runs\/fake\/d is left out: .*outcome.json: JSON is expected/),
      "",
    ])
    expect(JSON.parse((await drive(cwd, ["runs", "--json"])).stdout).runs).toHaveLength(2)
    const seeds = await drive(cwd, ["runs", "--seeds"])
    expect(seeds).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/1 seed \(0\)/),
      stderr: expect.stringMatching(/runs\/fake\/e is left out: .*YAML/),
    })
  })

  test("sampling takes nothing but the checkpoint: while another process trains, and where nothing may be written", async () => {
    const cwd = workplace()
    await drive(cwd, ["run", "fake", ...NAMED])
    writeFileSync(at(cwd, "running.pid"), `${process.pid}\n`)
    expect(await drive(cwd, ["sample", "runs/fake/a", "--count", "2", "--out", "s.npy"])).toMatchObject({ code: 0 })
    expect(text(cwd, "running.pid")).toBe(`${process.pid}\n`)
    expect(await drive(cwd, ["evaluate", "runs/fake/a"])).toMatchObject({ code: 2, stderr: expect.stringContaining("is in use by process") })
  })

  test("runs --seeds takes together what differs in the seed alone", async () => {
    const cwd = workplace()
    const preset = ["--preset", "smoke"]
    await drive(cwd, ["run", "fake", ...preset, "--sweep", "seed=1,2,3"])
    await drive(cwd, ["run", "fake", ...preset, "--seed", "2", "--name", "again", "run.log=3"])
    await drive(cwd, ["run", "fake", ...preset, "--seed", "4", "--name", "lost", "trouble=diverge", "at=5"])
    await drive(cwd, ["run", "fake", ...preset, "--seed", "5", "--name", "wide", "width=8"])
    const { seeds: groups } = JSON.parse((await drive(cwd, ["runs", "--seeds", "--json"])).stdout)
    const three = groups.find((g: { seeds: ReadonlyArray<number> }) => g.seeds.length === 3)
    expect(groups.map((g: { seeds: ReadonlyArray<number> }) => g.seeds)).toEqual(expect.arrayContaining([[1, 2, 3], [], [5]]))
    expect(three).toMatchObject({ recipe: "fake", preset: "smoke", backend: "cpu", settings: { width: "4", trouble: '"none"', at: "25" } })
    expect(three.uncounted).toEqual([{ run: expect.stringMatching(/-s2-seed=2$/), seed: 2, why: "repeated" }])
    const losses: ReadonlyArray<number> = three.runs.map(
      (run: string) => JSON.parse(readFileSync(join(cwd, run, "evaluation.json"), "utf8")).metrics[0].value,
    )
    const mean = (losses[0]! + losses[1]! + losses[2]!) / 3
    const half = 4.302652729749464 * Math.sqrt(losses.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2 / 3) // t of 2 degrees of freedom (SciPy)
    const [loss] = three.metrics
    expect(new Set(losses).size).toBe(3)
    expect(loss).toMatchObject({ name: "loss", n: 3, confidence: 0.95, floor: 0 })
    // A few roundings of numbers of size 10 and below.
    for (const [found, sought] of [
      [loss.value, mean],
      [loss.interval[0], mean - half],
      [loss.interval[1], mean + half],
    ])
      expect(Math.abs(found - sought)).toBeLessThan(1e-13)
    expect(three.gates).toMatchObject([{ name: "small loss", judgement: mean + half <= 10 ? "holds" : "undecided", measured: { n: 3 } }])
    // One seed: its own measurement, with its own interval.
    expect(groups.find((g: { seeds: ReadonlyArray<number> }) => g.seeds[0] === 5).metrics[0]).toMatchObject({ n: 8, confidence: 0.99 })
    const table = (await drive(cwd, ["runs", "--seeds"])).stdout
    expect(table).toMatch(/^fake smoke, cpu, (.*): 3 seeds \(1, 2, 3\)\n {2}\w+ +gate small loss +at most 10 +\S+ in \[\S+, \S+\] \(95 %, n = 3\)$/m)
    expect(table).toMatch(/trouble=diverge, at=5: 0 seeds\n {2}not counted: seed 4, diverged \(runs\/fake\/lost\)/)
  })

  test.each<[string, ReadonlyArray<string>, RegExp]>([
    ["no folder", ["resume", "runs/fake/x"], /there is no folder runs\/fake\/x/],
    ["a folder that is none of ours", ["evaluate", "."], /holds no config.yaml/],
    ["a file", ["sample", "file", "--count", "1"], /file is no folder/],
  ])("%s", async (_, args, said) => {
    const cwd = workplace()
    writeFileSync(join(cwd, "file"), "")
    expect(await drive(cwd, args)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(said) })
  })
})

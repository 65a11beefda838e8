/**
 * Configurations as plain trees, in layers: defaults, preset, file, command line. Each layer knows where its values were written.
 */
import type { Tree } from "../../train/recipe.ts"
import { readYaml, shown } from "../../expression/claim-text.ts"
import type { Entry, Tree as Yaml } from "../../expression/claim-text.ts"

export type Path = ReadonlyArray<string>

export interface Layer {
  readonly tree: Tree
  /** Where the value at a path was written, or the nearest value around it: "my.yaml:3:5", "the preset short". */
  readonly where: (path: Path) => string
}

/** One thing that is wrong, and where it was written. */
export interface Fault {
  readonly where: string
  readonly message: string
}

export const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value)

/** The value at a path; `undefined` where there is none. */
export const at = (tree: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, name) => (isTree(value) && Object.hasOwn(value, name) ? value[name] : undefined), tree)

/** A tree that holds one value. */
export const single = (path: Path, value: unknown): Tree => Object.fromEntries([[path[0]!, path.length === 1 ? value : single(path.slice(1), value)]])

/** The tree without some of its keys. */
export const without = (tree: Tree, names: ReadonlyArray<string>): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([k]) => !names.includes(k)))

/** The leaves of a tree by their paths, as JSON. */
export const leaves = (tree: Tree): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(tree).flatMap(
      ([name, value]): ReadonlyArray<readonly [string, string]> =>
        isTree(value) ? Object.entries(leaves(value)).map(([path, leaf]) => [`${name}.${path}`, leaf]) : [[name, JSON.stringify(value)]],
    ),
  )

/** What a YAML text says, with the place of every value; `file` names it in faults. */
export const readTree = (text: string, file: string): Layer | ReadonlyArray<Fault> => {
  const { tree, faults } = readYaml(text, "a configuration", false)
  const place = (line: number, column: number): string => `${file}:${line}:${column}`
  if (faults.length > 0) return faults.map(({ line, column, message }) => ({ where: place(line, column), message }))
  if (tree.kind === "empty") return { tree: {}, where: () => place(1, 1) }
  if (tree.kind !== "map") return [{ where: place(1, 1), message: "a configuration is a map of keys to values" }]
  const where = (path: Path): string => {
    let node: Yaml = tree
    let offset = tree.at
    for (const name of path) {
      const entry: Entry | undefined = node.kind === "map" ? node.entries.get(name) : undefined
      const next: Yaml | undefined = node.kind === "list" ? node.items[Number(name)] : entry?.value
      if (next === undefined) break
      node = next
      offset = entry?.key.at ?? next.at
    }
    const before = text.slice(0, offset).split("\n")
    return place(before.length, before.at(-1)!.length + 1)
  }
  return { tree: plain(tree) as Tree, where }
}

/** The value of a YAML node by the core schema of YAML 1.2: plain words may be numbers, true, false or null, quoted ones are texts. */
const plain = (node: Yaml): unknown => {
  switch (node.kind) {
    case "empty":
      return null
    case "list":
      return node.items.map(plain)
    case "map":
      return Object.fromEntries([...node.entries].map(([name, { value }]) => [name, plain(value)]))
    case "text":
      return /^["'|>]/.test(node.source) ? node.text : scalar(node.text)
  }
}

const scalar = (text: string): unknown => {
  if (/^(null|Null|NULL|~)$/.test(text)) return null
  if (/^(true|True|TRUE)$/.test(text)) return true
  if (/^(false|False|FALSE)$/.test(text)) return false
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text)) return Number(text)
  if (/^[-+]?\.(inf|Inf|INF)$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity
  return text
}

/** `key.path=value` as a layer. The value is read as YAML reads it: `0.1`, `[64, 64]`, `true`, a word. */
export const readAssignment = (text: string): Layer | ReadonlyArray<Fault> => {
  const equals = text.indexOf("=")
  const path = text.slice(0, equals).split(".")
  const where = `"${shown(text)}"`
  if (equals < 1 || path.some((name) => !/^[\w-]+$/.test(name))) return [{ where, message: "key=value or key.path=value is expected" }]
  const value = readValue(text.slice(equals + 1))
  return "fault" in value ? [{ where, message: value.fault }] : { tree: single(path, value.value), where: () => where }
}

const readValue = (text: string): { readonly value: unknown } | { readonly fault: string } => {
  // Behind a key the value is one YAML node, on one line.
  const read = readTree(`v: ${text}`, "")
  if (text.trim() === "" || text.includes("\n")) return { fault: "a value is expected after =" }
  return "tree" in read ? { value: read.tree["v"] } : { fault: read[0]!.message }
}

/** `key=a,b,...` as the assignments that it stands for. */
export const readSweep = (text: string): ReadonlyArray<Layer> | ReadonlyArray<Fault> => {
  const equals = text.indexOf("=")
  const where = `"${shown(text)}"`
  const values = readValue(`[${text.slice(equals + 1)}]`)
  if (equals < 1 || "fault" in values || !Array.isArray(values.value) || values.value.length === 0)
    return [{ where, message: "key=a,b,... is expected, the values to try" }]
  const layers: Array<Layer> = []
  for (const value of values.value) {
    const read = readAssignment(`${text.slice(0, equals)}=${JSON.stringify(value)}`)
    if (!("tree" in read)) return read
    layers.push(read)
  }
  return layers
}

/** What is set twice: a key that is swept and has a value beside, or is swept in two lists, and a value that stands twice in its list. */
export const clashes = (assigned: ReadonlyArray<Layer>, sweeps: ReadonlyArray<ReadonlyArray<Layer>>): ReadonlyArray<Fault> => {
  const keyOf = ({ tree }: Layer): string => Object.keys(leaves(tree))[0]!
  return sweeps.flatMap((list, i) => {
    const path = keyOf(list[0]!)
    const twice = list.filter((layer, j) => list.findIndex(({ tree }) => JSON.stringify(tree) === JSON.stringify(layer.tree)) < j)
    return [
      ...twice.map((layer) => ({ where: layer.where([]), message: "stands twice in its sweep: each value is run once" })),
      ...assigned
        .filter(({ tree }) => at(tree, path.split(".")) !== undefined)
        .map((layer) => ({ where: layer.where([]), message: `${path} is swept too: one of the two is expected` })),
      ...(sweeps.slice(0, i).some((other) => keyOf(other[0]!) === path)
        ? [{ where: list[0]!.where([]), message: `${path} is swept twice: one list with all values is expected` }]
        : []),
    ]
  })
}

/** Every choice of one layer from each list, the first list varying slowest. */
export const product = (lists: ReadonlyArray<ReadonlyArray<Layer>>): ReadonlyArray<ReadonlyArray<Layer>> =>
  lists.reduce<ReadonlyArray<ReadonlyArray<Layer>>>((all, list) => all.flatMap((chosen) => list.map((layer) => [...chosen, layer])), [[]])

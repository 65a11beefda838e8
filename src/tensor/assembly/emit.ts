/**
 * WebAssembly, byte by byte: expressions and statements are the bytes of their instructions, and a module is functions over an imported memory. The
 * instructions that the files beside this one use; all addresses are i32, all vectors four floats. WebAssembly Core Specification 3.0, section 5.
 */
export type Code = ReadonlyArray<number>

const unsigned = (n: number): Code => (n < 128 ? [n] : [(n & 127) | 128, ...unsigned(n >>> 7)])
const signed = (n: number): Code => (n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)])
const counted = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes]
const list = (entries: ReadonlyArray<Code>): Code => [...unsigned(entries.length), ...entries.flat()]
const text = (name: string): Code => counted([...new TextEncoder().encode(name)])

const I32 = 0x7f
const V128 = 0x7b

const binary =
  (...opcode: Code) =>
  (a: Code, b: Code): Code => [...a, ...b, ...opcode]
const vector = (opcode: number): Code => [0xfd, ...unsigned(opcode)]

export const i32 = (n: number): Code => [0x41, ...signed(n)]
export const add = binary(0x6a)
export const sub = binary(0x6b)
export const mul = binary(0x6c)
export const divide = binary(0x6e)
export const and = binary(0x71)
export const shiftRight = binary(0x76)
export const equal = binary(0x46)
/** a < b as numbers without sign. */
export const below = binary(0x49)
/** a where the condition is not 0, else b; both are computed. */
export const select = (a: Code, b: Code, condition: Code): Code => [...a, ...b, ...condition, 0x1b]

/** The i32 and the vector at `address + offset`; `splat` is one float four times. */
export const load = (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)]
export const loadVector = (address: Code, offset = 0): Code => [...address, ...vector(0), 2, ...unsigned(offset)]
export const splat = (address: Code, offset = 0): Code => [...address, ...vector(9), 2, ...unsigned(offset)]
export const store = (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0x36, 2, ...unsigned(offset)]
export const storeVector = (address: Code, value: Code, offset = 0): Code => [...address, ...value, ...vector(11), 2, ...unsigned(offset)]

/** The first float of a vector to `address`. */
export const storeFirst = (address: Code, value: Code): Code => [...address, ...value, ...vector(0x5a), 2, 0, 0]

/** Four times x. */
export const constant = (x: number): Code => [...vector(12), ...new Uint8Array(new Float32Array(4).fill(x).buffer)]
export const ZERO: Code = constant(0)
export const floats = {
  add: binary(...vector(0xe4)),
  sub: binary(...vector(0xe5)),
  mul: binary(...vector(0xe6)),
  div: binary(...vector(0xe7)),
  min: binary(...vector(0xe8)),
  max: binary(...vector(0xe9)),
  less: binary(...vector(0x43)),
  sqrt: (a: Code): Code => [...a, ...vector(0xe3)],
  nearest: (a: Code): Code => [...a, ...vector(0x6a)],
  /** 2^k for whole k from -126 to 127. */
  powerOfTwo: (k: Code): Code => [...k, ...vector(0xf8), ...whole(127), ...vector(0xae), ...i32(23), ...vector(0xab)],
  /** a where the comparison holds, else b. */
  choose: (comparison: Code, a: Code, b: Code): Code => [...a, ...b, ...comparison, ...vector(0x52)],
}
const whole = (n: number): Code => [...vector(12), ...new Uint8Array(new Int32Array(4).fill(n).buffer)]

/** The floats of two vectors, 0 to 3 of the first and 4 to 7 of the second. */
export const shuffle = (a: Code, b: Code, order: ReadonlyArray<number>): Code => [
  ...a,
  ...b,
  ...vector(13),
  ...order.flatMap((i) => [4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]),
]

/** a b + c: one rounding where the machine has the instruction and `relaxed` is set, else two. */
export const multiplyAdd = (relaxed: boolean, a: Code, b: Code, c: Code): Code =>
  relaxed ? [...a, ...b, ...c, ...vector(0x105)] : [...a, ...b, ...vector(0xe6), ...c, ...vector(0xe4)]

export interface Local {
  readonly get: Code
  readonly set: (value: Code) => Code
}

const local = (index: number): Local => ({ get: [0x20, ...unsigned(index)], set: (value) => [...value, 0x21, ...unsigned(index)] })

/** x += n. */
export const advance = (x: Local, n: number | Code): Code => x.set(add(x.get, typeof n === "number" ? i32(n) : n))

/** Runs `body` x times and leaves 0 in x. */
export const times = (x: Local, body: Code): Code => [
  ...[0x02, 0x40],
  ...[...x.get, 0x45, 0x0d, 0],
  ...[0x03, 0x40],
  ...body,
  ...[...x.set(sub(x.get, i32(1))), ...x.get, 0x0d, 0],
  ...[0x0b, 0x0b],
]

/** Runs `body` once, and again as long as `condition` is not 0 after it. */
export const repeat = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b]

/** Calls function number `index` of the module. */
export const call = (index: number, args: ReadonlyArray<Code>): Code => [...args.flat(), 0x10, ...unsigned(index)]

/**
 * The i32 at an address that several threads read and write, in one order for all of them. `take` puts `to` there if `from` is there, and answers what was there;
 * `wait` sleeps while `expected` is there, until `wake` is called, without end.
 */
export const atomic = {
  load: (address: Code, offset = 0): Code => [...address, 0xfe, 0x10, 2, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0xfe, 0x17, 2, ...unsigned(offset)],
  /** Adds, and answers what was there before. */
  add: (address: Code, value: Code, offset = 0): Code => [...address, ...value, 0xfe, 0x1e, 2, ...unsigned(offset)],
  take: (address: Code, from: Code, to: Code): Code => [...address, ...from, ...to, 0xfe, 0x48, 2, 0],
  wait: (address: Code, expected: Code, offset = 0): Code => [...address, ...expected, 0x42, 0x7f, 0xfe, 0x01, 2, ...unsigned(offset), 0x1a],
  wake: (address: Code, count: Code, offset = 0): Code => [...address, ...count, 0xfe, 0x00, 2, ...unsigned(offset), 0x1a],
}

export const when = (condition: Code, then: Code, otherwise: Code = []): Code => [...condition, 0x04, 0x40, ...then, 0x05, ...otherwise, 0x0b]

export interface Func {
  readonly name: string
  readonly params: number
  readonly locals: ReadonlyArray<number>
  readonly body: Code
}

/** A function of i32 arguments that returns nothing; `make` receives them, and takes further locals, zero at first, from `i32` and `v128`. */
export const func = (
  name: string,
  params: number,
  make: (args: ReadonlyArray<Local>, fresh: { readonly i32: () => Local; readonly v128: () => Local }) => Code,
): Func => {
  const locals: Array<number> = []
  const fresh = (type: number) => (): Local => local(params + locals.push(type) - 1)
  const body = make(
    Array.from({ length: params }, (_, i) => local(i)),
    { i32: fresh(I32), v128: fresh(V128) },
  )
  return { name, params, locals, body }
}

const section = (id: number, entries: ReadonlyArray<Code>): Code => [id, ...counted(list(entries))]

/** The module of these functions over the memory "env" "memory", shared between threads or not. */
export const moduleOf = (funcs: ReadonlyArray<Func>, shared: boolean): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(
      1,
      funcs.map(({ params }) => [0x60, ...list(Array.from({ length: params }, () => [I32])), 0]),
    ),
    ...section(2, [[...text("env"), ...text("memory"), 2, ...(shared ? [3, 0, ...unsigned(65536)] : [0, 0])]]),
    ...section(
      3,
      funcs.map((_, i) => unsigned(i)),
    ),
    ...section(
      7,
      funcs.map(({ name }, i) => [...text(name), 0, ...unsigned(i)]),
    ),
    ...section(
      10,
      funcs.map(({ locals, body }) => counted([...list(locals.map((type) => [1, type])), ...body, 0x0b])),
    ),
  ])

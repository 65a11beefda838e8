/**
 * Loops over numbers one by one, as WebAssembly: four at a time, the last three on their own by the same instructions.
 *
 *   adam       m1 = b1 m + c1 g,   v1 = b2 v + c2 g^2,   w1 = r w - a m1 / (sqrt v1 + e)            every operation rounded, in the order of src/train/adam.ts
 *   selu       y = s x for x >= 0, else s a (e^x - 1)
 *   seluGrad   dx = dy (y < 0 ? y + s a : s)
 *
 * e^x - 1 = 2^k p + (2^k - 1) with x = k log 2 + r, k whole, |r| <= log(2) / 2, p the Taylor polynomial of e^r - 1 up to r^7 / 7!: the remainder is below
 * 2^-25 of it, and where k < 0 both terms are negative or the second outweighs the first twice, so that nothing cancels. Klambauer et al. 2017, equation 2.
 */
import { advance, and, type Code, constant, floats, type Func, func, i32, loadVector, type Local, shiftRight } from "./emit.ts"
import { splat, storeFirst, storeVector, times } from "./emit.ts"

const { add, sub, mul, div, min, max, less, sqrt, nearest, powerOfTwo, choose } = floats

/** Outputs from inputs and constants, all vectors; `keep` holds a value that is used more than once. */
type Formula = (inputs: ReadonlyArray<Code>, constants: ReadonlyArray<Code>, keep: (value: Code) => Code) => ReadonlyArray<Code>

/** name(inputs, outputs, n, constants): addresses of n numbers each, and of as many constants as the formula has. */
const elementwise = (name: string, inputs: number, outputs: number, constants: number, formula: Formula): Func =>
  func(name, inputs + outputs + 2, (args, fresh) => {
    const [from, to] = [args.slice(0, inputs), args.slice(inputs, inputs + outputs)]
    const [n, list] = args.slice(inputs + outputs) as [Local, Local]
    const fixed = Array.from({ length: constants }, () => fresh.v128())
    const left = fresh.i32()
    const body = (load: (address: Code) => Code, store: (address: Code, value: Code) => Code, step: number): Code => {
      const steps: Array<Code> = []
      const keep = (value: Code): Code => {
        const held = fresh.v128()
        steps.push(held.set(value))
        return held.get
      }
      const results = formula(
        from.map(({ get }) => keep(load(get))),
        fixed.map(({ get }) => get),
        keep,
      )
      return [...steps.flat(), ...to.flatMap(({ get }, i) => store(get, results[i]!)), ...[...from, ...to].flatMap((at) => advance(at, step))]
    }
    return [
      ...fixed.flatMap((held, i) => held.set(splat(list.get, 4 * i))),
      ...left.set(shiftRight(n.get, i32(2))),
      ...times(left, body(loadVector, storeVector, 16)),
      ...left.set(and(n.get, i32(3))),
      ...times(left, body(splat, storeFirst, 4)),
    ]
  })

export const SCALE = 1.0507009873554805
export const SCALE_ALPHA = 1.7580993408473768

/** log 2 as 9 bits, whose products with k are exact, and the rest. */
const LOG2 = [0.693359375, Math.LN2 - 0.693359375] as const

/** e^x - 1 for x <= 0; below -30 it is -1 to the last bit. */
const decayed = (x: Code, keep: (value: Code) => Code): Code => {
  const bounded = keep(max(x, constant(-30)))
  const k = keep(nearest(mul(bounded, constant(Math.LOG2E))))
  const r = keep(sub(sub(bounded, mul(k, constant(LOG2[0]))), mul(k, constant(LOG2[1]))))
  const tail = [5040, 720, 120, 24, 6, 2].reduce(
    (sum: Code | undefined, n) => (sum === undefined ? constant(1 / n) : add(mul(sum, r), constant(1 / n))),
    undefined,
  )!
  const p = add(r, mul(mul(r, r), tail))
  const power = keep(powerOfTwo(k))
  return add(mul(power, p), sub(power, constant(1)))
}

export const adam = elementwise("adam", 4, 3, 7, ([w, m, v, g], [b1, c1, b2, c2, a, e, r], keep) => {
  const m1 = keep(add(mul(m!, b1!), mul(g!, c1!)))
  const v1 = keep(add(mul(v!, b2!), mul(mul(g!, g!), c2!)))
  return [sub(mul(w!, r!), mul(div(m1, add(sqrt(v1), e!)), a!)), m1, v1]
})

export const selu = elementwise("selu", 1, 1, 0, ([x], _, keep) => [
  choose(less(x!, constant(0)), mul(constant(SCALE_ALPHA), decayed(min(x!, constant(0)), keep)), mul(constant(SCALE), x!)),
])

export const seluGrad = elementwise("seluGrad", 2, 1, 0, ([dy, y]) => [
  mul(dy!, choose(less(y!, constant(0)), add(y!, constant(SCALE_ALPHA)), constant(SCALE))),
])

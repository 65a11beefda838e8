/**
 * The operations that the models, objectives and samplers use, each with its float64 reference.
 */
import { normalise } from "../../../src/tensor/normalise.ts"
import type { Tensor, Tensor3D, Tensor4D } from "../../../src/tensor/tf.ts"
import { convolutionLaws } from "./laws-convolution.ts"
import { formulaLaws } from "./laws-formulas.ts"
import { type Law, law } from "./law.ts"
import { build, map, over, type Reference, rows, sum, zip } from "./reference.ts"

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

/** erf by its series, all terms until they vanish: |x| <= 2 loses no more than three digits. */
const erf = (x: number): number => {
  let [term, total] = [x, x]
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= (-x * x) / n
    total += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * total
}

/** Klambauer et al. 2017, "Self-normalizing neural networks", equation 14. */
const SELU_ALPHA = 1.6732632423543772
const SELU_SCALE = 1.0507009873554805

const unary: ReadonlyArray<Law> = (
  [
    ["neg", "real", (x) => -x],
    ["abs", "away", Math.abs],
    ["square", "real", (x) => x * x],
    ["sqrt", "positive", Math.sqrt],
    ["rsqrt", "positive", (x) => 1 / Math.sqrt(x)],
    ["reciprocal", "positive", (x) => 1 / x],
    ["exp", "real", Math.exp],
    ["expm1", "real", Math.expm1],
    ["log", "positive", Math.log],
    ["log1p", "unit", Math.log1p],
    ["sin", "real", Math.sin],
    ["cos", "real", Math.cos],
    ["tanh", "real", Math.tanh],
    ["sigmoid", "real", sigmoid],
    ["softplus", "real", softplus],
    ["logSigmoid", "real", (x) => -softplus(-x)],
    ["erf", "real", erf],
    ["relu", "away", (x) => Math.max(x, 0)],
    ["step", "away", (x) => (x > 0 ? 1 : 0)],
    ["selu", "away", (x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x))],
    ["elu", "away", (x) => (x >= 0 ? x : Math.expm1(x))],
  ] as ReadonlyArray<readonly [Unary, "real" | "positive" | "unit" | "away", (x: number) => number]>
).map(([name, domain, f]) =>
  law(
    name,
    [[7]],
    domain,
    (tf, x) => tf[name](x),
    (x) => map(x!, f),
  ),
)

type Unary =
  | "neg"
  | "abs"
  | "square"
  | "sqrt"
  | "rsqrt"
  | "reciprocal"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sin"
  | "cos"
  | "tanh"
  | "sigmoid"
  | "softplus"
  | "logSigmoid"
  | "erf"
  | "relu"
  | "step"
  | "selu"
  | "elu"

const composed: ReadonlyArray<Law> = [
  law(
    "silu",
    [[7]],
    "real",
    (tf, x) => tf.mul(x, tf.sigmoid(x)),
    (x) => map(x!, (v) => v * sigmoid(v)),
  ),
  law(
    "x tanh x",
    [[7]],
    "real",
    (tf, x) => tf.mul(x, tf.tanh(x)),
    (x) => map(x!, (v) => v * Math.tanh(v)),
  ),
  law(
    "leakyRelu",
    [[7]],
    "away",
    (tf, x) => tf.leakyRelu(x, 0.2),
    (x) => map(x!, (v) => (v > 0 ? v : Math.fround(0.2) * v)),
  ),
  law(
    "clipByValue",
    [[7]],
    "real",
    (tf, x) => tf.clipByValue(x, -1, 1),
    (x) => map(x!, (v) => Math.min(1, Math.max(-1, v))),
  ),
  law(
    "where x > 0",
    [[7]],
    "away",
    (tf, x) => tf.where(tf.greater(x, 0), tf.square(x), tf.exp(x)),
    (x) => map(x!, (v) => (v > 0 ? v * v : Math.exp(v))),
  ),
  law(
    "sign",
    [[7]],
    "away",
    (tf, x) => tf.sign(x),
    (x) => map(x!, Math.sign),
  ),
  law(
    "floor",
    [[7]],
    "real",
    (tf, x) => tf.floor(x),
    (x) => map(x!, Math.floor),
    { order: 0 },
  ),
]

const binary: ReadonlyArray<Law> = (
  [
    ["add", "real", (a, b) => a + b],
    ["sub", "real", (a, b) => a - b],
    ["mul", "real", (a, b) => a * b],
    ["div", "positive", (a, b) => a / b],
    ["pow", "positive", Math.pow],
    ["maximum", "distinct", Math.max],
    ["minimum", "distinct", Math.min],
    ["squaredDifference", "real", (a, b) => (a - b) ** 2],
  ] as ReadonlyArray<readonly [Binary, "real" | "positive" | "distinct", (a: number, b: number) => number]>
).flatMap(([name, domain, f]) => [
  law(
    name,
    [
      [2, 3],
      [2, 3],
    ],
    domain === "distinct" ? ["distinct", "away"] : domain,
    (tf, a, b) => tf[name](a, b),
    (a, b) => zip(a!, b!, f),
  ),
  law(
    `${name}, second repeated`,
    [[4, 3], [3]],
    domain === "distinct" ? ["distinct", "away"] : domain,
    (tf, a, b) => tf[name](a, b),
    (a, b) => zip(a!, b!, f),
  ),
])

type Binary = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "squaredDifference"

const reductions: ReadonlyArray<Law> = [
  law(
    "sum of all",
    [[3, 5]],
    "real",
    (tf, x) => tf.sum(tf.square(x)),
    (x) => over(Float64Array.of(sum(15, (i) => x!.values[i]! ** 2)), []),
  ),
  law(
    "sum over the first axis",
    [[3, 5]],
    "real",
    (tf, x) => tf.sum(tf.square(x), 0),
    (x) => build([5], (j) => sum(3, (i) => x!(i, j!) ** 2)),
  ),
  law(
    "sum over the last axis, kept",
    [[3, 5]],
    "real",
    (tf, x) => tf.sum(tf.square(x), -1, true),
    (x) => build([3, 1], (i) => sum(5, (j) => x!(i!, j) ** 2)),
  ),
  law(
    "sum over the middle axis",
    [[2, 3, 4]],
    "real",
    (tf, x) => tf.sum(tf.square(x), 1),
    (x) => build([2, 4], (i, k) => sum(3, (j) => x!(i!, j, k!) ** 2)),
  ),
  law(
    "sum over axes 0 and 2",
    [[2, 3, 4]],
    "real",
    (tf, x) => tf.sum(tf.square(x), [0, 2]),
    (x) => build([3], (j) => sum(2, (i) => sum(4, (k) => x!(i, j!, k) ** 2))),
  ),
  law(
    "mean over images",
    [[2, 2, 2, 3]],
    "real",
    (tf, x) => tf.mean(tf.square(x), [1, 2], true),
    (x) => build([2, 1, 1, 3], (b, _, __, c) => sum(4, (k) => x!(b!, k >> 1, k & 1, c!) ** 2) / 4),
  ),
  law(
    "mean of all",
    [[3, 5]],
    "real",
    (tf, x) => tf.mean(tf.exp(x)),
    (x) => over(Float64Array.of(sum(15, (i) => Math.exp(x!.values[i]!)) / 15), []),
  ),
  law(
    "max",
    [[3, 5]],
    "distinct",
    (tf, x) => tf.square(tf.max(x, 1)),
    (x) => build([3], (i) => Math.max(...[0, 1, 2, 3, 4].map((j) => x!(i!, j))) ** 2),
  ),
  law(
    "min",
    [[3, 5]],
    "distinct",
    (tf, x) => tf.square(tf.min(x, 1)),
    (x) => build([3], (i) => Math.min(...[0, 1, 2, 3, 4].map((j) => x!(i!, j))) ** 2),
  ),
  law(
    "logSumExp",
    [[3, 5]],
    "real",
    (tf, x) => tf.logSumExp(x, 1),
    (x) => build([3], (i) => Math.log(sum(5, (j) => Math.exp(x!(i!, j))))),
  ),
  law(
    "softmax",
    [[3, 5]],
    "real",
    (tf, x) => tf.softmax(x),
    (x) => rows(x!, softmax),
  ),
  law(
    "logSoftmax",
    [[3, 5]],
    "real",
    (tf, x) => tf.logSoftmax(x),
    (x) => rows(x!, (r) => softmax(r).map(Math.log)),
  ),
  law(
    "cumsum",
    [[2, 5]],
    "real",
    (tf, x) => tf.cumsum(tf.square(x), 1),
    (x) => build([2, 5], (i, j) => sum(j! + 1, (k) => x!(i!, k) ** 2)),
  ),
  law(
    "norm",
    [[3, 4]],
    "real",
    (tf, x) => tf.norm(x, 2, 1),
    (x) => build([3], (i) => Math.sqrt(sum(4, (j) => x!(i!, j) ** 2))),
  ),
]

const softmax = (row: Float64Array): Float64Array => {
  const total = row.reduce((s, v) => s + Math.exp(v), 0)
  return row.map((v) => Math.exp(v) / total)
}

const products: ReadonlyArray<Law> = [
  law(
    "matMul",
    [
      [3, 4],
      [4, 5],
    ],
    "real",
    (tf, a, b) => tf.matMul(a, b),
    (a, b) => build([3, 5], (i, j) => sum(4, (k) => a!(i!, k) * b!(k, j!))),
  ),
  law(
    "matMul, first transposed",
    [
      [4, 3],
      [4, 5],
    ],
    "real",
    (tf, a, b) => tf.matMul(a, b, true),
    (a, b) => build([3, 5], (i, j) => sum(4, (k) => a!(k, i!) * b!(k, j!))),
  ),
  law(
    "matMul, second transposed",
    [
      [3, 4],
      [5, 4],
    ],
    "real",
    (tf, a, b) => tf.matMul(a, b, false, true),
    (a, b) => build([3, 5], (i, j) => sum(4, (k) => a!(i!, k) * b!(j!, k))),
  ),
  law(
    "matMul, both transposed",
    [
      [4, 3],
      [5, 4],
    ],
    "real",
    (tf, a, b) => tf.matMul(a, b, true, true),
    (a, b) => build([3, 5], (i, j) => sum(4, (k) => a!(k, i!) * b!(j!, k))),
  ),
  law(
    "matMul of batches",
    [
      [2, 3, 4],
      [2, 4, 2],
    ],
    "real",
    (tf, a, b) => tf.matMul(a, b),
    (a, b) => build([2, 3, 2], (n, i, j) => sum(4, (k) => a!(n!, i!, k) * b!(n!, k, j!))),
  ),
  law(
    "matMul of a batch with one matrix",
    [
      [2, 3, 4],
      [4, 2],
    ],
    "real",
    (tf, a, b) => tf.matMul(a, b),
    (a, b) => build([2, 3, 2], (n, i, j) => sum(4, (k) => a!(n!, i!, k) * b!(k, j!))),
  ),
  ...(
    [
      [false, false],
      [true, false],
      [false, true],
    ] as const
  ).map(([ta, tb]) =>
    law(
      `matMul of large batches, transposed ${ta} ${tb}`,
      [ta ? [3, 20, 17] : [3, 17, 20], tb ? [3, 15, 20] : [3, 20, 15]],
      "real",
      (tf, a, b) => tf.matMul(a, b, ta, tb),
      (a, b) => build([3, 17, 15], (n, i, j) => sum(20, (k) => (ta ? a!(n!, k, i!) : a!(n!, i!, k)) * (tb ? b!(n!, j!, k) : b!(n!, k, j!)))),
      { order: 0 },
    ),
  ),
  ...(
    [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const
  ).map(([ta, tb]) =>
    law(
      `large matMul, transposed ${ta} ${tb}`,
      [ta ? [40, 33] : [33, 40], tb ? [29, 40] : [40, 29]],
      "real",
      (tf, a, b) => tf.matMul(a, b, ta, tb),
      (a, b) => build([33, 29], (i, j) => sum(40, (k) => (ta ? a!(k, i!) : a!(i!, k)) * (tb ? b!(j!, k) : b!(k, j!)))),
      { order: 0 },
    ),
  ),
  law(
    "dot of rows",
    [
      [3, 4],
      [3, 4],
    ],
    "real",
    (tf, a, b) => tf.sum(tf.mul(a, b), 1),
    (a, b) => build([3], (i) => sum(4, (k) => a!(i!, k) * b!(i!, k))),
  ),
]

/** Shape operations are linear: exp in front makes their second derivative tell something. */
const shapes: ReadonlyArray<Law> = [
  law(
    "reshape and transpose",
    [[2, 3]],
    "real",
    (tf, x) => tf.transpose(tf.reshape(tf.exp(x), [3, 2])),
    (x) => build([2, 3], (i, j) => Math.exp(x!.values[2 * j! + i!]!)),
  ),
  law(
    "transpose of images",
    [[2, 2, 1, 3]],
    "real",
    (tf, x) => tf.transpose(tf.exp(x), [3, 1, 2, 0]),
    (x) => build([3, 2, 1, 2], (c, i, j, b) => Math.exp(x!(b!, i!, j!, c!))),
  ),
  law(
    "concat",
    [
      [2, 3],
      [2, 2],
    ],
    "real",
    (tf, a, b) => tf.exp(tf.concat([a, b], 1)),
    (a, b) => build([2, 5], (i, j) => Math.exp(j! < 3 ? a!(i!, j!) : b!(i!, j! - 3))),
  ),
  law(
    "split",
    [[2, 4]],
    "real",
    (tf, x) => {
      const [a, b] = tf.split(tf.exp(x), 2, 1)
      return tf.mul(a!, b!)
    },
    (x) => build([2, 2], (i, j) => Math.exp(x!(i!, j!) + x!(i!, j! + 2))),
  ),
  ...(
    [
      [0, [1, 2]],
      [1, [3, 1]],
      [-1, [1, 1, 1]],
    ] as const
  ).map(([axis, sizes]) =>
    law(
      `split of axis ${axis} into ${sizes}`,
      [[3, 4, 3]],
      "real",
      (tf, x) => tf.concat(tf.split(tf.exp(x), [...sizes], axis).toReversed(), axis),
      (x) => {
        const at = axis < 0 ? 2 : axis
        const order = sizes
          .map((size, k) => Array.from({ length: size }, (_, i) => sizes.slice(0, k).reduce((s, n) => s + n, 0) + i))
          .reverse()
          .flat()
        return build([3, 4, 3], (...index) => Math.exp(x!(...index.map((i, k) => (k === at ? order[i]! : i)))))
      },
    ),
  ),
  law(
    "split of a long vector",
    [[3000]],
    "unit",
    (tf, x) => tf.concat(tf.split(x, [1000, 40, 1960]).toReversed()),
    (x) => build([3000], (i) => x!(i! < 1960 ? i! + 1040 : i! < 2000 ? i! - 960 : i! - 2000)),
    { order: 0 },
  ),
  law(
    "slice",
    [[3, 4]],
    "real",
    (tf, x) => tf.slice(tf.exp(x), [1, 1], [2, 2]),
    (x) => build([2, 2], (i, j) => Math.exp(x!(i! + 1, j! + 1))),
  ),
  law(
    "pad",
    [[2, 3]],
    "real",
    (tf, x) =>
      tf.pad(tf.exp(x), [
        [1, 0],
        [0, 2],
      ]),
    (x) => build([3, 5], (i, j) => (i! > 0 && j! < 3 ? Math.exp(x!(i! - 1, j!)) : 0)),
  ),
  law(
    "tile",
    [[2, 3]],
    "real",
    (tf, x) => tf.tile(tf.exp(x), [2, 1]),
    (x) => build([4, 3], (i, j) => Math.exp(x!(i! % 2, j!))),
  ),
  law(
    "stack",
    [[3], [3]],
    "real",
    (tf, a, b) => tf.exp(tf.stack([a, b])),
    (a, b) => build([2, 3], (i, j) => Math.exp(i === 0 ? a!(j!) : b!(j!))),
  ),
  law(
    "unstack",
    [[2, 3]],
    "real",
    (tf, x) => {
      const [a, b] = tf.unstack(tf.exp(x))
      return tf.mul(a!, b!)
    },
    (x) => build([3], (j) => Math.exp(x!(0, j!) + x!(1, j!))),
  ),
  law(
    "reverse",
    [[2, 3]],
    "real",
    (tf, x) => tf.reverse(tf.exp(x), 1),
    (x) => build([2, 3], (i, j) => Math.exp(x!(i!, 2 - j!))),
  ),
  law(
    "expandDims and squeeze",
    [[3]],
    "real",
    (tf, x) => tf.squeeze(tf.expandDims(tf.exp(x), 1)),
    (x) => map(x!, Math.exp),
  ),
  law(
    "broadcastTo",
    [[1, 3]],
    "real",
    (tf, x) => tf.exp(tf.broadcastTo(x, [2, 3])),
    (x) => build([2, 3], (_, j) => Math.exp(x!(0, j!))),
  ),
  law(
    "gather of rows, repeated",
    [[4, 3]],
    "real",
    (tf, x) => tf.exp(tf.gather(x, tf.tensor1d([2, 0, 2], "int32"))),
    (x) => build([3, 3], (i, j) => Math.exp(x!([2, 0, 2][i!]!, j!))),
  ),
  law(
    "oneHot",
    [[3, 4]],
    "real",
    (tf, x) => tf.mul(tf.exp(x), tf.oneHot(tf.tensor1d([1, 3, 0], "int32"), 4)),
    (x) => build([3, 4], (i, j) => (j === [1, 3, 0][i!] ? Math.exp(x!(i!, j!)) : 0)),
  ),
]

const groupNorm = (x: Reference): Reference => {
  const [n, h, w, c] = x.shape as [number, number, number, number]
  const group = (b: number, g: number, f: (v: number) => number): number =>
    sum(h * w * (c / 2), (k) => f(x(b, Math.floor(k / (w * (c / 2))), Math.floor(k / (c / 2)) % w, g * (c / 2) + (k % (c / 2)))))
  const count = h * w * (c / 2)
  return build([n, h, w, c], (b, i, j, k) => {
    const g = Math.floor(k! / (c / 2))
    const m = group(b!, g, (v) => v) / count
    return (x(b!, i!, j!, k!) - m) / Math.sqrt(group(b!, g, (v) => (v - m) ** 2) / count + 1e-5)
  })
}

const networks: ReadonlyArray<Law> = [
  law(
    "dense layer with silu",
    [[3, 2], [2, 4], [4]],
    "real",
    (tf, x, w, b) => {
      const z = tf.add(tf.matMul(x, w), b)
      return tf.mul(z, tf.sigmoid(z))
    },
    (x, w, b) =>
      build([3, 4], (i, j) => {
        const z = sum(2, (k) => x!(i!, k) * w!(k, j!)) + b!(j!)
        return z * sigmoid(z)
      }),
  ),
  law(
    "group normalisation",
    [[1, 2, 2, 4]],
    "distinct",
    (tf, x: Tensor4D) => {
      const y = tf.reshape(x, [1, 2, 2, 2, 2])
      const { mean, variance } = tf.moments(y, [1, 2, 4], true)
      return tf.reshape(tf.mul(tf.sub(y, mean), tf.rsqrt(tf.add(variance, 1e-5))), [1, 2, 2, 4])
    },
    (x) => groupNorm(x!),
  ),
  law(
    "batch normalisation",
    [[4, 2], [2], [2]],
    ["distinct", "real", "positive"],
    (tf, x, b, g) => {
      const { mean, variance } = tf.moments(x, 0)
      return tf.batchNorm(x, mean as never, variance as never, b, g, 1e-3)
    },
    (x, b, g) =>
      build([4, 2], (i, j) => {
        const m = sum(4, (k) => x!(k, j!)) / 4
        const s = sum(4, (k) => (x!(k, j!) - m) ** 2) / 4
        return ((x!(i!, j!) - m) / Math.sqrt(s + 1e-3)) * g!(j!) + b!(j!)
      }),
  ),
  law(
    "attention",
    [
      [1, 3, 2],
      [1, 3, 2],
      [1, 3, 2],
    ],
    "real",
    (tf, q: Tensor3D, k: Tensor3D, v: Tensor3D) => tf.matMul(tf.softmax(tf.mul(tf.matMul(q, k, false, true), Math.SQRT1_2)), v),
    (q, k, v) =>
      build([1, 3, 2], (_, i, d) => {
        const row = softmax(Float64Array.from([0, 1, 2], (j) => sum(2, (e) => q!(0, i!, e) * k!(0, j, e)) * Math.fround(Math.SQRT1_2)))
        return sum(3, (j) => row[j]! * v!(0, j, d!))
      }),
  ),
  law(
    "gradient penalty of a tanh critic",
    [
      [2, 2],
      [2, 3],
      [3, 1],
    ],
    "real",
    (tf, x: Tensor, w, u) => {
      const critic = (at: Tensor): Tensor => tf.sum(tf.matMul(tf.tanh(tf.matMul(at as never, w)), u))
      return tf.sum(tf.square(tf.sub(tf.norm(tf.grad(critic)(x), 2, 1), 1)))
    },
    (x, w, u) =>
      over(
        Float64Array.of(
          sum(2, (i) => {
            const hidden = [0, 1, 2].map((j) => 1 - Math.tanh(sum(2, (k) => x!(i, k) * w!(k, j))) ** 2)
            const g = [0, 1].map((k) => sum(3, (j) => hidden[j]! * w!(k, j) * u!(j, 0)))
            return (Math.hypot(...g) - 1) ** 2
          }),
        ),
        [],
      ),
    { order: 1 },
  ),
]

/** [items, places, channels] in groups, against the definition. */
const normalisation = (name: string, [items, places, channels]: readonly [number, number, number], groups: number): Law =>
  law(
    name,
    [[items, places, channels], [channels], [channels]],
    ["distinct", "positive", "real"],
    (tf, x: Tensor3D, scale, shift) => normalise(tf, x, scale, shift, groups),
    (x, scale, shift) =>
      build([items, places, channels], (i, p, c) => {
        const d = channels / groups
        const of = (f: (v: number) => number): number =>
          sum(places * d, (k) => f(x!(i!, Math.floor(k / d), Math.floor(c! / d) * d + (k % d)))) / (places * d)
        const m = of((v) => v)
        return (scale!(c!) * (x!(i!, p!, c!) - m)) / Math.sqrt(of((v) => (v - m) ** 2) + 1e-5) + shift!(c!)
      }),
  )

const normalisations: ReadonlyArray<Law> = [
  normalisation("normalise groups of two channels", [2, 3, 4], 2),
  normalisation("normalise the channels of a batch", [1, 5, 2], 2),
  normalisation("normalise the last axis", [3, 1, 4], 1),
]

export const laws: ReadonlyArray<Law> = [
  ...unary,
  ...composed,
  ...binary,
  ...reductions,
  ...products,
  ...shapes,
  ...networks,
  ...normalisations,
  ...convolutionLaws,
  ...formulaLaws,
]

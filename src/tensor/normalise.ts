/**
 * Normalisation by moments as one operation with its gradient in closed form. Of x [items, places, channels], in g groups of d = channels / g neighbouring channels,
 *
 *   m = mean x,  r = 1 / sqrt(mean (x - m)^2 + 1e-5)     over the n = places d numbers of each group of each item,
 *   y = a x + b,                   a = r scale,   b = shift - m a,
 *   dshift = sum dy,   dscale = sum dy (x - m) r          over items and places,
 *   dx = a dy + k x + l,           k = -r^2 q,    l = -r p - k m,      p = mean dy scale,   q = mean dy scale (x - m) r     over each group.
 *
 * Group normalisation (Wu, He 2018) as it stands; layer normalisation (Ba, Kiros, Hinton 2016) with one place and one group, batch normalisation (Ioffe, Szegedy 2015)
 * with one item and as many groups as channels. Composed of the library's operations it takes ten passes over x and some twenty for the gradient; so five and seven,
 * and on WebAssembly three and two.
 */
import { normaliseGradientLoops, normaliseLoops, VARIANCE_FLOOR } from "./normalise-loops.ts"
import { gradient, kernel, run } from "./mends/register.ts"
import type { KernelFunc, Tensor, Tensor1D, Tensor3D, Tf } from "./tf.ts"

const NAME = "Normalise"
const GRADIENT = "NormaliseGrad"

/**
 * y of the above.
 *
 * `x` [items, places, channels]; `scale`, `shift` [channels]; `groups` divides the channels. May be differentiated twice. Throws a RangeError where groups do not divide.
 */
export const normalise = (tf: Tf, x: Tensor3D, scale: Tensor1D, shift: Tensor1D, groups: number): Tensor3D => {
  if (!Number.isInteger(x.shape[2] / groups)) throw new RangeError(`${x.shape[2]} channels are not divided by ${groups} groups`)
  const [y] = run(tf, NAME, { x, scale, shift }, { groups }) as unknown as [Tensor3D]
  return y
}

/** The kernels for the back end that is set; each does this when it is opened. */
export const provideNormalise = (tf: Tf): void => {
  const backend = tf.getBackend()
  if (tf.getKernel(NAME, backend) !== undefined) return
  const loops = backend === "wasm"
  kernel(tf, backend, NAME, () => (loops ? normaliseLoops : composed(tf)))
  if (loops) kernel(tf, backend, GRADIENT, () => normaliseGradientLoops)
  if (tf.getGradient(NAME) !== undefined) return
  gradient(tf, {
    kernelName: NAME,
    inputsToSave: ["x", "scale"],
    outputsToSave: [false, true, true],
    gradFunc: (dys, saved, attrs) => {
      const dy = (dys as unknown as ReadonlyArray<Tensor>)[0]!
      const [dx, dscale, dshift] = slopes(tf, dy, saved, groupsOf(attrs))
      return { x: () => dx!, scale: () => dscale!, shift: () => dshift! }
    },
  })
}

const slopes = (tf: Tf, dy: Tensor, [x, scale, m, r]: ReadonlyArray<Tensor>, groups: number): ReadonlyArray<Tensor> => {
  // Where this is to be differentiated again, m and r are functions of x.
  if (tf.engine().state.gradientDepth > 0) return backward(tf, dy, x!, scale!, ...moments(tf, x!, groups), groups)
  if (tf.getKernel(GRADIENT, tf.getBackend()) === undefined) return backward(tf, dy, x!, scale!, m!, r!, groups)
  return run(tf, GRADIENT, { dy, x: x!, scale: scale!, m: m!, r: r! }, { groups }) as unknown as ReadonlyArray<Tensor>
}

const groupsOf = (attrs: unknown): number => (attrs as { readonly groups: number }).groups

/** [items, channels] from [items, groups]. */
const spread = (tf: Tf, t: Tensor, d: number): Tensor => {
  const [items, groups] = t.shape as [number, number]
  return d === 1 ? t : tf.reshape(tf.mul(tf.reshape(t, [items, groups, 1]), tf.ones([1, 1, d])), [items, groups * d])
}

/** Means over the groups from sums over the places: [items, groups] from [items, channels]. */
const means = (tf: Tf, t: Tensor, groups: number, places: number): Tensor => {
  const [items, channels] = t.shape as [number, number]
  const d = channels / groups
  return tf.mul(d === 1 ? t : tf.sum(tf.reshape(t, [items, groups, d]), 2), 1 / (places * d))
}

const overPlaces = (tf: Tf, x: Tensor): Tensor => (x.shape[1] === 1 ? tf.reshape(x, [x.shape[0]!, x.shape[2]!]) : tf.sum(x, 1))
const asPlaces = (tf: Tf, t: Tensor): Tensor => tf.reshape(t, [t.shape[0]!, 1, t.shape[1]!])

/** m and r, [items, groups]. */
const moments = (tf: Tf, x: Tensor, groups: number): readonly [Tensor, Tensor] => {
  const [, places, channels] = x.shape as [number, number, number]
  const m = means(tf, overPlaces(tf, x), groups, places)
  const squares = tf.squaredDifference(x, asPlaces(tf, spread(tf, m, channels / groups)))
  return [m, tf.rsqrt(tf.add(means(tf, overPlaces(tf, squares), groups, places), VARIANCE_FLOOR))]
}

const backward = (tf: Tf, dy: Tensor, x: Tensor, scale: Tensor, m: Tensor, r: Tensor, groups: number): ReadonlyArray<Tensor> => {
  const [, places, channels] = x.shape as [number, number, number]
  const d = channels / groups
  const [mean, deviation] = [spread(tf, m, d), spread(tf, r, d)]
  const sums = overPlaces(tf, dy)
  const products: Tensor = tf.mul(deviation, tf.sub(overPlaces(tf, tf.mul(dy, x)), tf.mul(mean, sums)))
  const p = spread(tf, means(tf, tf.mul(sums, scale), groups, places), d)
  const q = spread(tf, means(tf, tf.mul(products, scale), groups, places), d)
  const k = tf.neg(tf.mul(tf.square(deviation), q))
  const l = tf.neg(tf.add(tf.mul(deviation, p), tf.mul(k, mean)))
  const dx = tf.add(tf.mul(dy, asPlaces(tf, tf.mul(deviation, scale))), tf.add(tf.mul(x, asPlaces(tf, k)), asPlaces(tf, l)))
  return [dx, tf.sum(products, 0), tf.sum(sums, 0)]
}

const composed =
  (tf: Tf): KernelFunc =>
  ({ inputs, attrs }) => {
    const [x, scale, shift] = [inputs["x"], inputs["scale"], inputs["shift"]] as unknown as [Tensor, Tensor, Tensor]
    return tf.tidy(() => {
      const [m, r] = moments(tf, x, groupsOf(attrs))
      const d = x.shape[2]! / groupsOf(attrs)
      const a = tf.mul(spread(tf, r, d), scale)
      const b = tf.sub(shift, tf.mul(spread(tf, m, d), a))
      return [tf.add(tf.mul(x, asPlaces(tf, a)), asPlaces(tf, b)), m, r]
    })
  }

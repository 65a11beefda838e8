/**
 * What is known of binarised images without a model, in nats per image. For grey levels g in [0, 1] and pixels x ~ Bernoulli(g):
 *
 *   H(x | G) = mean over images of sum_i h(g_i),   h(g) = -g log g - (1 - g) log(1 - g):   no model of x has a smaller expected -log p(x);
 *   sum_i of the cross-entropy of g_i with the training mean m_i:   what independent pixels reach.
 */
const log = (p: number, weight: number): number => (weight === 0 ? 0 : weight * Math.log(p))

/** H(x | G) of n*d grey levels. */
export const binaryEntropy = (grey: Float64Array, d: number): number =>
  (-grey.reduce((sum, g) => sum + log(g, g) + log(1 - g, 1 - g), 0) * d) / grey.length

/** Expected -log p of the second set under independent pixels with the means of the first, a half image of either kind added to it. */
export const independentPixels = (train: Float64Array, test: Float64Array, d: number): number => {
  const n = train.length / d
  const mean = new Float64Array(d).fill(0.5 / (n + 1))
  train.forEach((g, i) => {
    mean[i % d]! += g / (n + 1)
  })
  return (-test.reduce((sum, g, i) => sum + log(mean[i % d]!, g) + log(1 - mean[i % d]!, 1 - g), 0) * d) / test.length
}

/**
 * What is known of binarised images without a model, in nats per image. For grey levels g in [0, 1] and pixels x ~ Bernoulli(g):
 *
 *   H(x | G) = mean over images of sum_i h(g_i),   h(g) = -g log g - (1 - g) log(1 - g):   no model of x has a smaller expected -log p(x);
 *   sum_i of the cross-entropy of g_i with the training mean m_i:   what independent pixels reach.
 */
import type { ImageSet } from "../../data/image-set.ts"

const log = (p: number, weight: number): number => (weight === 0 ? 0 : weight * Math.log(p))

/** H(x | G) of grey images: a sum over the levels 0 .. top, each as often as it occurs. */
export const binaryEntropy = ({ pixels, top, count }: ImageSet): number => {
  const times = new Float64Array(top + 1)
  for (const k of pixels) times[k]!++
  return -times.reduce((sum, n, k) => sum + n * (log(k / top, k / top) + log(1 - k / top, 1 - k / top)), 0) / count
}

/** Expected -log p of the test images under independent pixels with the means of the training images, a half image of either kind added to them. */
export const independentPixels = (train: ImageSet, test: ImageSet): number => {
  const [known, mean] = [pixelMeans(train), pixelMeans(test)]
  const shrunk = known.map((g) => (g * train.count + 0.5) / (train.count + 1))
  return -mean.reduce((sum, g, i) => sum + log(shrunk[i]!, g) + log(1 - shrunk[i]!, 1 - g), 0)
}

/** The mean grey level of each pixel; sums of whole numbers, so exact but for one division. */
const pixelMeans = ({ pixels, top, count, height, width }: ImageSet): Float64Array => {
  const sums = new Float64Array(height * width)
  for (let i = 0, at = 0; i < count; i++) for (let j = 0; j < sums.length; j++) sums[j]! += pixels[at++]!
  return sums.map((sum) => sum / (top * count))
}

/**
 * Tables R of class probabilities with weights w of the samples: marginal = p(y), entries = joint probabilities of sample and class, products = those
 * of the independent pair, twice = mean divergence where samples are repeated.
 */
import { family } from "../../src/core/statement.ts"

const score = {
  "row(i)": "Categorical(R[i])",
  mean: "Categorical(marginal)",
  logScore: "total(i, 1, n, w[i]*KL(row(i), mean))",
  score: "exp(logScore)",
  noise: "total(i, 1, n, w[i]*Entropy(row(i)))",
  reversed: "total(i, 1, n, w[i]*KL(mean, row(i)))",
  averaged: "total(i, 1, n, w[i]*exp(KL(row(i), mean)))",
}
export const table = family("table", {
  title: "three samples, three classes",
  parameters: { w: "simplex(3)", r1: "simplex(3)", r2: "simplex(3)", r3: "simplex(3)" },
  let: {
    n: "3",
    C: "3",
    R: "[r1, r2, r3]",
    marginal: "w[1]*r1 + w[2]*r2 + w[3]*r3",
    entries: "[w[1]*r1[1], w[1]*r1[2], w[1]*r1[3], w[2]*r2[1], w[2]*r2[2], w[2]*r2[3], w[3]*r3[1], w[3]*r3[2], w[3]*r3[3]]",
    products:
      "[w[1]*marginal[1], w[1]*marginal[2], w[1]*marginal[3], w[2]*marginal[1], w[2]*marginal[2], w[2]*marginal[3], w[3]*marginal[1], w[3]*marginal[2], w[3]*marginal[3]]",
    twice: "total(i, 1, 3, w[i]/2*KL(row(i), copied) + w[i]/2*KL(row(i), copied))",
    copied: "Mixture([w[1]/2, w[1]/2, w[2]/2, w[2]/2, w[3]/2, w[3]/2], [row(1), row(1), row(2), row(2), row(3), row(3)])",
    ...score,
  },
  points: [{ w: ["1/3", "1/3", "1/3"], r1: [1, 0, 0], r2: [0, 1, 0], r3: [0, 0, 1] }],
})
export const binary = family("binary", {
  title: "two samples, two classes",
  parameters: { w: "simplex(2)", p: "vector(2, 0, 1)" },
  let: {
    n: "2",
    C: "2",
    R: "[[p[1], 1 - p[1]], [p[2], 1 - p[2]]]",
    marginal: "w[1]*R[1] + w[2]*R[2]",
    entries: "[w[1]*R[1, 1], w[1]*R[1, 2], w[2]*R[2, 1], w[2]*R[2, 2]]",
    products: "[w[1]*marginal[1], w[1]*marginal[2], w[2]*marginal[1], w[2]*marginal[2]]",
    copied: "Mixture([w[1]/2, w[1]/2, w[2]/2, w[2]/2], [row(1), row(1), row(2), row(2)])",
    twice: "total(i, 1, 2, w[i]/2*KL(row(i), copied) + w[i]/2*KL(row(i), copied))",
    ...score,
  },
})
export const noisy = family("noisy", {
  title: "four classes, each predicted with probability 1 - d from its own sample",
  parameters: { d: "real(0, 3/4)" },
  let: {
    n: "4",
    C: "4",
    w: "[1/4, 1/4, 1/4, 1/4]",
    t: "d/3",
    R: "[[1 - d, t, t, t], [t, 1 - d, t, t], [t, t, 1 - d, t], [t, t, t, 1 - d]]",
    marginal: "w",
    entries: "[1 - d, t, t, t, t, 1 - d, t, t, t, t, 1 - d, t, t, t, t, 1 - d]/4",
    products: "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]/16",
    copied: "Mixture([1/8, 1/8, 1/4, 1/4, 1/8, 1/8], [row(1), row(1), row(2), row(3), row(4), row(4)])",
    twice: "total(i, 1, 4, KL(row(i), copied)/8 + KL(row(i), copied)/8)",
    ...score,
  },
})

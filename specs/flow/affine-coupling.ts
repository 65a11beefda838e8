/**
 * Affine coupling. The first part of v passes unchanged and scales and shifts the rest, for any functions s and t whatever:
 *
 *   F(v) = (v_1, v_2 exp(s(v_1)) + t(v_1)),   F^-1(y) = (y_1, (y_2 - t(y_1)) exp(-s(y_1))),   log |det J_F(v)| = sum of s(v_1).
 *
 * The Jacobian is triangular; of couplings one after the other the log-determinants add.
 */
import { mutant, step, theorem } from "../../src/core/statement.ts"
import { PLANE, families } from "./affine-coupling-families.ts"

export const affineCoupling = theorem({
  id: "flow/affine-coupling",
  title: "Affine coupling",
  statement: String.raw`y = \bigl(x_1,\ x_2\odot e^{s(x_1)} + t(x_1)\bigr):\qquad \log\lvert\det J\rvert = \textstyle\sum_i s(x_1)_i`,
  symbols: {
    v: "a point, its coupled part and the rest",
    s: "log-scale, any function",
    t: "shift, any function",
    F: "the coupling",
    G: "its inverse",
  },
  families,
  steps: [
    step("round-trip", "G(F(v)) == v", "y_1 = v_1, so s and t are the same numbers both ways"),
    step("round-trip-back", "F(G(v)) == v", "the other way"),
    step("triangular", "norm2(zeros) == 0", "v_1 does not depend on v_2, and every coordinate of v_2 on itself alone"),
    step("log-determinant", "log(abs(det(J))) == total", "the product of the diagonal"),
    step("inverse-determinant", "det(J)*exp(-total) == 1", "the inverse map has the reciprocal"),
    step(
      "density",
      "logpdf(Normal(t(v[1]), exp(s(v[1]))), F(v)[2]) == logpdf(Normal(0, 1), v[2]) - total",
      "given y_1, y_2 of a normal v_2 is normal",
      {
        families: PLANE,
      },
    ),
    step("layers", "log(abs(det(L))) == total + r(F(v)[2])", "log-determinants of layers add", { families: PLANE }),
  ],
  mutants: [
    mutant("logdet-product", "log-determinant", "log(abs(det(J))) == s(v[1])[1]*s(v[1])[2]", {
      families: ["masked-3d"],
      visible: { family: "masked-3d", parameters: { v: ["1/2", 1, 1], a: [1, -1, 0, 0] } },
    }),
    mutant("exp-forgotten", "log-determinant", "log(abs(det(J))) == log(abs(s(v[1])))", { families: PLANE }),
    mutant("inverse-uses-y2", "round-trip", "[F(v)[1], (F(v)[2] - t(F(v)[2]))*exp(-s(F(v)[2]))] == v", { families: PLANE }),
    mutant("inverse-sign", "round-trip", "[F(v)[1], (F(v)[2] - t(v[1]))*exp(s(v[1]))] == v", { families: PLANE }),
    mutant("unscaled-shift", "round-trip", "[F(v)[1], F(v)[2]*exp(-s(v[1])) - t(v[1])] == v", { families: PLANE }),
    mutant("density-sign", "density", "logpdf(Normal(t(v[1]), exp(s(v[1]))), F(v)[2]) == logpdf(Normal(0, 1), v[2]) + total"),
    mutant("layer-at-input", "layers", "log(abs(det(L))) == total + r(v[2])"),
    { name: "mask-none", step: "log-determinant", let: { "F(v)": "[v[1], v[2]*exp(s(v[2])) + t(v[1])]" }, families: PLANE },
  ],
  edges: [
    {
      name: "zero-scale",
      family: "tanh",
      step: "round-trip",
      parameters: { v: [1, 1], a: [0, 0, 0, 0] },
      expected: "holds",
      note: "s = 0 is not invertible, the coupling is: a translation",
    },
    {
      name: "large-scale",
      family: "polynomial",
      step: "round-trip",
      parameters: { v: [2, 1], a: [10, 0, 1, 1] },
      expected: "holds",
      note: "exact in mathematics; a round trip in floating point loses exp(|s|) roundings",
    },
    {
      name: "kink",
      family: "relu",
      step: "log-determinant",
      parameters: { v: [1, 1], a: [1, -1, 1, 0] },
      expected: "outside-hypotheses",
      note: "no derivative where the rectifier bends; the map is invertible there",
    },
  ],
  sources: [
    { authors: "Dinh, Krueger, Bengio", year: 2015, where: "NICE, section 3.2" },
    { authors: "Dinh, Sohl-Dickstein, Bengio", year: 2017, where: "Density estimation using Real NVP, equations 4 to 8" },
  ],
})

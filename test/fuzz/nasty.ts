/**
 * Single files that are hard on a parser or on an evaluator, each with the exit codes that are right for it. What a campaign finds is added here.
 */
import { bytesOf } from "./judge.ts"

export interface Nasty {
  readonly name: string
  readonly bytes: Uint8Array
  readonly codes: ReadonlyArray<0 | 1 | 2 | 3>
}

const head = "lemmata: 1\n"
const one = (claim: string): string => `${head}claims:\n  a: ${JSON.stringify(claim)}\n`
const list = (n: number, f: (i: number) => string): string => Array.from({ length: n }, (_, i) => f(i)).join("\n")
const nasty = (name: string, text: string, ...codes: Nasty["codes"]): Nasty => ({ name, bytes: bytesOf(text), codes })
const X = "parameters: {x: 'real(1, 2)'}\n"
/** Definitions a0, a1, ..., each of which mentions the one before it twice. */
const doubling = (n: number, first: string, next: (before: string) => string, claim: string, parameters = ""): string =>
  `${head}${parameters}let:\n  a0: ${first}\n${list(n, (i) => `  a${i + 1}: ${next(`a${i}`)}`)}\nclaims:\n  c: ${claim.replaceAll("LAST", `a${n}`)}\n`
/** The same with functions: f1(y) is f0(f0(y)). */
const functions = (n: number): string =>
  `${head}${X}let:\n  f0(y): y + y\n${list(n, (i) => `  f${i + 1}(y): f${i}(f${i}(y))`)}\nclaims:\n  c: f${n}(x) > 0\n`

/** Files whose text is the trouble. */
export const TEXTS: ReadonlyArray<Nasty> = [
  nasty("one formula of 1 MiB", one(`${"1 + ".repeat(2 ** 18 - 30)}1 == 1`), 2),
  nasty("1e5 parameters", `${head}parameters:\n${list(1e5, (i) => `  p${i}:`)}\n`, 2),
  nasty("1e5 claims", `${head}claims:\n${list(1e5, (i) => `  ${i}: 1`)}\n`, 2),
  nasty("a name of 1e6 characters", one(`${"x".repeat(1e6)} == 1`), 2),
  nasty("a parameter of 1e6 characters", `${head}parameters:\n  ${"x".repeat(1e6)}: real(0, 1)\nclaims:\n  a: y == 1\n`, 2),
  nasty(
    "long names to compare",
    `${head}let:\n${list(900, (i) => `  ${"y".repeat(90)}${i}: 1`)}\nclaims:\n${list(900, (i) => `  c${i}: ${"z".repeat(90)}${i} == 1`)}\n`,
    2,
  ),
  nasty("an unknown name 6000 times", one(`${"q+".repeat(6000)}1 == 1`), 2),
  nasty("5000 open brackets", one("(".repeat(5000)), 2),
  nasty("20000 minus signs", one(`${"-".repeat(19_000)}1 == 1`), 2),
  nasty("9000 powers", one(`${"2^".repeat(9000)}2 == 1`), 2),
  nasty("a sum of 9000 terms", one(`${"1+".repeat(9000)}1 == 1`), 2),
  nasty("brackets of YAML", "[".repeat(2 ** 19), 2),
  nasty("braces of YAML", "{a: ".repeat(2 ** 17), 2),
  nasty("marks of YAML", "- ".repeat(2 ** 18), 2),
  nasty("keys of YAML", "? ".repeat(2 ** 18), 2),
  nasty(
    "an indented staircase of YAML",
    list(1400, (i) => `${" ".repeat(i)}a:`),
    2,
  ),
  nasty(
    "aliases that double",
    `a: &a [x, x]\n${"bcdefghijklmnopqrstuvwxyz".replace(/./g, (n) => `${n}: &${n} [*${String.fromCharCode(n.charCodeAt(0) - 1)}, *${String.fromCharCode(n.charCodeAt(0) - 1)}]\n`)}`,
    2,
  ),
  nasty("an alias that holds itself", "a: &a [*a]\n", 2),
  nasty("merge keys", `${head}let: {<<: {a: 1}}\nclaims: {c: a == 1}\n`, 2),
  nasty("a control character", `${head}title: \u001b[31mred\nclaims: {c: 1 == 1}\n`, 2),
  nasty("an escape sequence in quotes", `${head}title: "\\e]0;title\\a"\nclaims: {c: 1 == 1}\n`, 2),
  nasty("a claim that is written backwards", `${head}claims: {"a\u202eb": 1 == 1}\n`, 2),
  nasty("a Cyrillic letter", `${head}${X}claims: {c: \u0445 == x}\n`, 2),
  nasty("several documents", `${head}claims: {c: 1 == 1}\n---\n${head}claims: {c: 1 == 1}\n`, 2),
  nasty("lines of a derivation at the limit", `${head}derivations:\n  d:\n    - ${"x".repeat(99)}\n    - = ${"1 +".repeat(66)} 1\n`, 2),
  nasty(
    "two long lines of a derivation",
    `${head}${X}derivations:\n  d:\n    - "${`(x)${" ".repeat(90)}+ `.repeat(190)}x"\n    - "= ${`(x)${" ".repeat(90)}+ `.repeat(190)}x"\n`,
    0,
  ),
  nasty(
    "prototype names",
    `${head}parameters: {constructor: 'real(0, 1)', valueOf: 'real(0, 1)'}\nlet: {toString: constructor + 1, hasOwnProperty(then): then + valueOf}\nclaims: {isPrototypeOf: hasOwnProperty(toString) >= 1, valueOf: "E(constructor, Normal(0, 1), constructor) == 0"}\n`,
    0,
  ),
  nasty("__proto__", `${head}parameters: {__proto__: 'real(0, 1)'}\nlet: {__proto__: 1}\nclaims: {__proto__: __proto__ == 1}\n`, 2),
  nasty("__proto__ as a bound variable", one("E(__proto__, Normal(0, 1), __proto__) == 0"), 0),
]

/** Files whose definitions grow when they are written out. */
export const DEFINITIONS: ReadonlyArray<Nasty> = [
  nasty(
    "sums",
    doubling(60, "sin(1)", (a) => `${a} + ${a}`, "LAST > 0"),
    0,
  ),
  nasty(
    "sums of a parameter",
    doubling(60, "x", (a) => `${a} + ${a}`, "LAST > 0", X),
    0,
  ),
  nasty(
    "products",
    doubling(60, "x", (a) => `${a} * ${a}`, "LAST > 0", X),
    0,
    3,
  ),
  nasty(
    "exponentials",
    doubling(60, "x", (a) => `exp(-${a} * ${a})`, "LAST > 0", X),
    0,
    3,
  ),
  nasty(
    "maxima",
    doubling(60, "x", (a) => `max(${a}, 1 - ${a})`, "LAST > 0", X),
    0,
    3,
  ),
  nasty(
    "conditions",
    doubling(60, "x", (a) => `if(${a} > 1, ${a}, 1 - ${a})`, "LAST > 0", X),
    0,
    1,
    3,
  ),
  nasty(
    "a derivative",
    doubling(60, "x", (a) => `${a} + ${a}`, "D(LAST, x) > 0", X),
    0,
  ),
  nasty(
    "a third derivative",
    doubling(30, "x", (a) => `sin(${a} * ${a})`, "D(LAST, x, 3) > 0", X),
    0,
    1,
    3,
  ),
  nasty(
    "an expectation",
    doubling(60, "x", (a) => `${a} + ${a}`, "E(z, Normal(0, 1), LAST + z) > 0", X),
    0,
    3,
  ),
  nasty(
    "mixtures",
    doubling(60, "Normal(0, 1)", (a) => `Mixture([1/2, 1/2], [${a}, ${a}])`, "Mean(LAST) == 0"),
    2,
  ),
  nasty(
    "products of laws",
    doubling(60, "Normal(0, 1)", (a) => `Product(${a}, ${a})`, "Mean(LAST) == 0"),
    2,
  ),
  nasty(
    "arrays",
    doubling(60, "[1, 1]", (a) => `[${a}, ${a}]`, "LAST == LAST"),
    2,
  ),
  nasty(
    "diffused laws",
    doubling(60, "Normal(0, 1)", (a) => `Diffused(${a}, 1, 1)`, "Mean(LAST) == 0"),
    0,
    3,
  ),
  nasty("functions of functions", functions(40), 2, 3),
  nasty(
    "a chain of 900",
    doubling(900, "1", (a) => `${a} + 1`, "LAST == 901"),
    2,
  ),
  nasty("900 definitions beside each other", `${head}let:\n${list(900, (i) => `  a${i}: ${i}`)}\nclaims:\n  c: a1 + a899 == 900\n`, 0),
]

/** Claims whose numbers are the trouble. */
export const NUMBERS: ReadonlyArray<Nasty> = (
  [
    ["1e400 == 1e400", 0],
    ["1e-400 > 0", 0],
    ["1e4001 == 1", 2],
    ["10^10^10 == 1", 1],
    ["exp(exp(exp(9))) > 0", 0, 3],
    ["1e4000^1e4000 == 1", 1],
    ["(1/3)^(2^30) == 0", 1, 3],
    ["2^2^2^2^2^2 > 1", 0, 3],
    ["exp(-1e4000) > 0", 0, 3],
    ["erfc(1e4000) == 0", 1, 3],
    ["normcdf(-1e4000) == 0", 1, 3],
    ["sin(1e4000) < 2", 0, 3],
    ["gamma(1e6) > 0", 0],
    ["gamma(1e300) > 0", 0, 3],
    ["gamma(-1e300) > 0", 3],
    ["total(k, 1, 1e12, k) == 1", 2],
    ["total(k, 1, 20000, 1/k) > 10", 0, 3],
    ["product(k, 1, 20000, k) > 1", 0, 3],
    ["total(k, 1, 1000, total(j, 1, 1000, k*j)) == 1", 2],
    ["total(k, 1, 300, total(j, 1, 300, sin(k*j))) == 1", 1, 3],
    ["Mean(Binomial(1e9, 1/2)) == 5e8", 2],
    ["inv(identity(100)) == identity(100)", 2],
    ["det(identity(30)) == 1", 0],
    ["identity(1e9) == identity(1e9)", 2],
    ["1e4000 * 1e4000 > 1", 0, 3],
    ["D(exp(sin(e)), e, 50) == 1", 2, 3],
    ["E(x, Normal(0, 1e300), x^2) > 0", 0, 3],
    ["integral(x, 0, 1e300, sin(x)) < 3", 0, 3],
    ["total(k, 1, inf, 1/k^2) < 2", 0, 3],
    ["P(x, Normal(0, 1e-300), x > 1) < 1", 0, 3],
    ["Mean(Normal(1/0, 1)) == 1", 3],
    ["cdf(Poisson(1e9), 1e9) > 0", 2, 3],
    ["integral(x, -1, 5e-324, 2^1024*x) < 1", 0, 3],
    ["P(z, Affine(Binomial(100, 1/2), 100*pi, Renyi(1/2, Exponential(1e-3), Laplace(-2, 1e9))), erfc(e) == D(z, z, 12)) > logsumexp(100, 3)^10", 1],
    ["W2(Diffused(Gamma(1e-3, 7/8), log1p(1e-9), 3), Binomial(100, 1/3)) < -2", 1, 3],
    ["10 >= TV(Gamma(1e9, 1/10), Laplace(1, 100))", 0, 3],
    ["integral(k, -1, 2, quantile(Poisson(10^18), 1e-9)) >= 1", 3],
    ["E(x, Uniform(0, 3), inf(y, -1, inf, P(z, Logistic(-1, 2), y >= x))) <= 1", 0, 3],
    ["integral(y, -1, inf, PosteriorCov(Binomial(100, 9/10), y, 0.1, y)) < pi", 3],
    ["E(t, Exponential(2), P(y, Normal(norm([1e400, 0.1]), 100), integral(t, -inf, t, y) >= (t / t))) == sigmoid(e)", 3],
    ["Fisher(Affine(Diffused(LogNormal(0, 100), 1, 100), 3, 10), Cauchy(1, sin(1e-9))) > 0", 3],
    [
      "total(y, 1, 20, E(k, LogNormal(PosteriorMean(Categorical([1/2, 1/4, 1/4]), 1, y, y), 10), PosteriorCov(Cauchy(y, 3), y, y, k - 1/2))) >= 1",
      0,
      3,
    ],
  ] as const
).map(([claim, ...codes]) => nasty(claim, one(claim), ...codes))

/** Domains at their limits. */
export const DOMAINS: ReadonlyArray<Nasty> = [
  nasty("a billion billion integers", `${head}parameters: {n: 'integer(0, 1e18)'}\nclaims: {c: n >= 0}\n`, 0),
  nasty("an interval of 8000 decades", `${head}parameters: {x: 'positive(1e-4000, 1e4000)'}\nclaims: {c: x > 0}\n`, 0),
  nasty("a division by 0 in a domain", `${head}parameters: {x: 'real(0, 1/0)'}\nclaims: {c: x >= 0}\n`, 2),
  nasty("an infinite domain", `${head}parameters: {x: 'real(-inf, inf)'}\nclaims: {c: x >= 0}\n`, 2),
  nasty(
    "a matrix of 30 by 30",
    `${head}parameters: {m: 'matrix(30, 30, -1, 1)'}\nclaims: {c: det(m)^2 >= 0, d: "trace(m*transpose(m)) >= 0"}\n`,
    0,
    3,
  ),
  nasty(
    "1000 atoms",
    `${head}parameters: {w: simplex(1000)}\nlet: {d: "Categorical(w)"}\nclaims: {c: Mean(d) >= 0, e: "E(x, d, x^2) >= Mean(d)^2", f: "cdf(d, 500) <= 1"}\n`,
    0,
    3,
  ),
  nasty(
    "many parameters",
    `${head}parameters:\n${list(200, (i) => `  p${i}: real(0, 1)`)}\nclaims:\n${list(200, (i) => `  c${i}: p${i} >= 0`)}\n`,
    0,
  ),
]

export const NASTY: ReadonlyArray<Nasty> = [...TEXTS, ...DEFINITIONS, ...NUMBERS, ...DOMAINS]

/**
 * One step down a node: the same operation rebuilt on other operands, through the folding constructors.
 */
import * as N from "./node.ts"
import type { Node } from "./node.ts"

/** The same operation on other operands. */
export const mapChildren = (n: Node, go: (n: Node) => Node): Node => {
  switch (n.op) {
    case "const":
    case "pi":
    case "var":
    case "undefined":
    case "infinite":
      return n
    case "add":
      return N.add(go(n.a), go(n.b))
    case "sub":
      return N.sub(go(n.a), go(n.b))
    case "mul":
      return N.mul(go(n.a), go(n.b))
    case "div":
      return N.div(go(n.a), go(n.b))
    case "min":
      return N.min(go(n.a), go(n.b))
    case "max":
      return N.max(go(n.a), go(n.b))
    case "pow":
      return N.pow(go(n.a), go(n.b))
    case "powi":
      return N.powi(go(n.a), n.n)
    case "neg":
      return N.neg(go(n.a))
    case "abs":
      return N.abs(go(n.a))
    case "sign":
      return N.sign(go(n.a))
    case "floor":
      return N.floor(go(n.a))
    case "call":
      return N.call(n.f, go(n.a))
    case "logsumexp":
      return N.logsumexp(n.args.map(go))
    case "if": {
      const [a, b] = [go(n.a), go(n.b)]
      // Only the branch that is taken has to exist once the condition is decided.
      if (a.op === "const" && b.op === "const") return go(N.holds(n.rel, a.value, b.value) ? n.then : n.else)
      return N.conditional(n.rel, a, b, go(n.then), go(n.else), n.smooth)
    }
    case "integral":
      return N.integral(n.x, n.lo && go(n.lo), n.hi && go(n.hi), go(n.body))
    case "series":
      return N.series(n.k, n.from, go(n.body))
    case "root":
      return N.root(n.x, n.lo && go(n.lo), n.hi && go(n.hi), go(n.body))
    case "sup":
      return N.supremum(n.x, n.lo && go(n.lo), n.hi && go(n.hi), go(n.body))
    case "expect":
      return N.expect(n.law, go(n.body))
    case "external":
      return N.external(n.label, n.args.map(go), n.compute)
  }
}

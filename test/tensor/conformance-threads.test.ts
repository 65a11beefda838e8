import { conformance } from "./kit/conformance.ts"
import { laws } from "./kit/laws.ts"

await conformance(
  "wasm",
  laws.filter(({ name }) => /^(conv2d|large|matMul)/.test(name)),
  { threads: 2 },
)

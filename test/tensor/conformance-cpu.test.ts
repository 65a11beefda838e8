import { conformance } from "./kit/conformance.ts"
import { laws } from "./kit/laws.ts"

await conformance("cpu", laws)

/**
 * What the program itself is, as one word: what was computed by another program is computed again.
 */
import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** In a source tree everything that a proof can reach; in a built tree that and the chunks that its modules share. */
const FOLDERS = ["chunks", "proofs", "specs", "src"]

/** The SHA-256 of the names and bytes of all modules of a tree. */
export const codeOf = (root: URL, extension: ".ts" | ".js"): string => {
  const hash = createHash("sha256")
  for (const folder of FOLDERS) {
    const at = new URL(`${folder}/`, root)
    if (!existsSync(at)) continue
    const names = readdirSync(fileURLToPath(at), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(extension))
    for (const name of names.sort()) {
      const bytes = readFileSync(new URL(name.replaceAll("\\", "/"), at))
      hash.update(`${folder}/${name}\n${bytes.length}\n`).update(bytes)
    }
  }
  return hash.digest("hex")
}

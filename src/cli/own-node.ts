/**
 * The Node that a clone brings along. `npm ci` installs one that is new enough (the development dependency `node`); where an older one was started by
 * name, as by `node dist/src/main.js` or by a link that npm made, it hands over to the clone's own.
 */
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { constants } from "node:os"
import { fileURLToPath } from "node:url"

/**
 * Runs the same command line in the clone's own Node and ends this process as that one ended; returns `false` where there is none, as in an installed package.
 *
 * @param root the package's folder, as a URL that ends in a slash
 * @param args the script and its arguments
 */
export const handOver = (root: URL, args: ReadonlyArray<string>): Promise<false> | false => {
  const own = fileURLToPath(new URL("node_modules/node/bin/node", root))
  if (!existsSync(own)) return false
  const child = spawn(own, args, { stdio: "inherit" })
  // Whoever stops this process by its number reaches it alone; a terminal interrupts both, and a second interrupt changes nothing.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal))
  return new Promise(() => child.on("exit", (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal])))
}

/**
 * Obtains the optional native back end: `npm run setup:native [-- --gpu]`. Changes node_modules and nothing else; on failure not even that.
 *
 *   1. @tensorflow/tfjs-node (with --gpu: tfjs-node-gpu) is installed without its scripts and without being saved.
 *   2. The package's own installer is tried: it fetches TensorFlow 2.9.1, whose GPU build knows CUDA 11.2 alone.
 *   3. Where that fails, or sees no GPU when one is asked for, the package's unmodified binding is compiled with $CXX (g++) against the TensorFlow library
 *      inside a Python wheel: that of $LEMMATA_PYTHON, which then goes first; else that of python3; else one that pip installs into a cache folder.
 *      Its sessions run graphs as they are written, in the calling thread (scripts/native-session.cc), without which training goes operation by operation.
 *   4. In the end a matrix product is checked in a process of its own; one line says what has been obtained.
 *
 * Where the package is there already, only step 4 is done, unless what is there is stale: another version of the package than this script's, or a compiled binding
 * whose note (lemmata.json beside it) names other sources or flags, another TensorFlow than the one that it now loads, or another library than that of
 * $LEMMATA_PYTHON. Then it is made again, the old one kept until the new one multiplies.
 */
import { createHash } from "node:crypto"
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const VERSION = "4.22.0"
const TENSORFLOW = "2.21.0"
const HEADERS = "node-api-headers@1.9.0"
const FLAGS = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8", "-DTF_NewSessionOptions=lemmata_session_options"]
const NOTE = "lemmata.json"
const STAGE = ".lemmata-native-"
const PEERS = ["@tensorflow/tfjs-backend-webgpu", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu", "webgpu"]
const KEPT = ["package.json", "package-lock.json"]

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const modules = join(root, "node_modules")

class Refused extends Error {}

/** Runs a program; returns its output, or throws the last telling line of what it said. */
const run = (command, args, options = {}) => {
  const ran = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28, timeout: 1_800_000, ...options })
  if (ran.status === 0) return ran.stdout
  const said = `${ran.error?.message ?? ""}\n${ran.stderr ?? ""}\n${ran.stdout ?? ""}`.split("\n").filter((line) => line.trim() !== "")
  const telling = said.find((line) => /\berror: /i.test(line)) ?? said.find((line) => /error|not found|ENOENT/i.test(line)) ?? `status ${ran.status}`
  throw new Refused(`${command.split("/").at(-1)}: ${telling.trim()}`)
}

const say = (text) => process.stderr.write(`${text}\n`)

/** Every folder of node_modules that a package may lie in. */
const packages = () =>
  new Set(
    readdirSync(modules).flatMap((name) => (name.startsWith("@") ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name])),
  )

const installed = (name) => existsSync(join(modules, name, "package.json"))
const versionOf = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version
const bindingOf = (name) => join(modules, name, "lib", "napi-v8")

/** SHA-256 of all that a compiled binding is made of, but for the library. */
const ingredients = (name) => {
  const folder = join(modules, name, "binding")
  const sources = [
    ...readdirSync(folder)
      .sort()
      .map((file) => join(folder, file)),
    join(root, "scripts", "native-session.cc"),
  ]
  const hash = createHash("sha256").update(JSON.stringify([HEADERS, FLAGS]))
  for (const file of sources) hash.update(readFileSync(file))
  return hash.digest("hex")
}

/** What is noted of a compiled binding, or undefined where the package's own installer brought it. */
const noteOf = (name) => {
  try {
    return JSON.parse(readFileSync(join(bindingOf(name), NOTE), "utf8"))
  } catch {
    return undefined
  }
}

/** Why what is installed is not what this script would make now, or undefined. */
const stale = (name, tensorflow) => {
  if (versionOf(name) !== VERSION) return `${name} is ${versionOf(name)}, not ${VERSION}`
  const note = noteOf(name)
  // The package's own installer leaves its library in deps.
  if (note === undefined && !existsSync(join(modules, name, "deps"))) return "it is not noted what the binding was compiled from"
  const named = process.env.LEMMATA_PYTHON ? tensorflowOf(process.env.LEMMATA_PYTHON) : undefined
  if (named !== undefined && named !== note?.library) return `the library is ${note?.library ?? "the package's own"}, not ${named}`
  if (note === undefined) return undefined
  if (note.tensorflow !== tensorflow) return `the binding was compiled for TensorFlow ${note.tensorflow} and loads ${tensorflow}`
  return note.ingredients === ingredients(name) ? undefined : "the binding was compiled from other sources"
}

/** In a process of its own: loads the package and multiplies. Returns { tensorflow, gpu }. */
const verify = (name) => {
  const script = `
    const util = require("node:util")
    util.isNullOrUndefined ??= (v) => v == null
    util.isArray ??= Array.isArray
    const tf = require(${JSON.stringify(name)})
    const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2])).dataSync()
    if (tf.getBackend() !== "tensorflow" || product.join() !== "19,22,43,50") throw new Error("error: a matrix product is wrong: " + product.join())
    console.log(JSON.stringify({ tensorflow: tf.version.tensorflow ?? tf.backend().binding.TF_Version, gpu: tf.backend().isUsingGpuDevice }))
  `
  const out = run(process.execPath, ["-e", script], { env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" } })
  return JSON.parse(out.trim().split("\n").at(-1))
}

const ownInstaller = (name, gpu) => {
  const at = join(modules, name)
  const path = `${join(modules, ".bin")}:${process.env.PATH}`
  try {
    run(process.execPath, ["scripts/install.js", gpu ? "gpu" : "cpu", "download"], { cwd: at, env: { ...process.env, PATH: path } })
  } catch (error) {
    for (const rest of ["deps", "lib"]) rmSync(join(at, rest), { recursive: true, force: true })
    throw error
  }
}

/** The folder of TensorFlow in that Python, or undefined. */
const tensorflowOf = (python) => {
  try {
    const find = "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s else '')"
    const folder = run(python, ["-c", find]).trim()
    return folder !== "" && existsSync(join(folder, "libtensorflow_cc.so.2")) ? folder : undefined
  } catch {
    return undefined
  }
}

/** TensorFlow installed by pip into the cache folder, once; built beside its place and moved there when complete. */
const tensorflowFromPip = (gpu) => {
  const wheel = gpu ? `tensorflow[and-cuda]==${TENSORFLOW}` : `tensorflow-cpu==${TENSORFLOW}`
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "lemmata")
  const place = join(cache, gpu ? `tensorflow-cuda-${TENSORFLOW}` : `tensorflow-cpu-${TENSORFLOW}`)
  if (!existsSync(place)) {
    mkdirSync(cache, { recursive: true })
    const fresh = mkdtempSync(join(cache, "fresh-"))
    try {
      say(`pip installs ${wheel} into ${place} (some hundred megabytes)`)
      run("python3", ["-m", "venv", fresh])
      run(join(fresh, "bin", "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel])
      renameSync(fresh, place)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  const folder = tensorflowOf(join(place, "bin", "python"))
  if (folder === undefined) throw new Refused(`${place} holds no TensorFlow library; remove it and try again`)
  return folder
}

/** Compiles the binding of the package against the library in `tensorflow`, and puts it where the package looks. */
const compile = (name, tensorflow) => {
  const at = join(modules, name)
  const to = bindingOf(name)
  const stage = mkdtempSync(join(modules, STAGE))
  try {
    run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", stage, HEADERS])
    const headers = createRequire(join(stage, "here.js"))("node-api-headers").include_dir
    const out = join(stage, "tfjs_binding.node")
    run(process.env.CXX || "g++", [
      ...[...FLAGS, `-I${headers}`, `-I${join(tensorflow, "include")}`],
      ...[join(at, "binding", "tfjs_backend.cc"), join(at, "binding", "tfjs_binding.cc"), join(root, "scripts", "native-session.cc"), "-o", out],
      ...[`-L${tensorflow}`, "-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2", `-Wl,-rpath,${tensorflow}`],
    ])
    mkdirSync(to, { recursive: true })
    renameSync(out, join(to, "tfjs_binding.node"))
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

/** The ways in the order in which they are tried. */
const ways = (name, gpu) => {
  const named = process.env.LEMMATA_PYTHON
  const wheel = (python) => () => {
    const folder = tensorflowOf(python)
    if (folder === undefined) throw new Refused(`${python} has no TensorFlow with libtensorflow_cc.so.2 (pip install tensorflow-cpu)`)
    compile(name, folder)
    return folder
  }
  const own = ["the package's own installer", () => void ownInstaller(name, gpu)]
  if (named) return [[`the wheel of ${named}`, wheel(named)], own]
  return [own, ["the wheel of python3", wheel("python3")], ["a wheel from pip", () => fromPip(name, gpu)]]
}

const fromPip = (name, gpu) => {
  const folder = tensorflowFromPip(gpu)
  compile(name, folder)
  return folder
}

/** What f returns, or what it was refused for. */
const attempt = (f) => {
  try {
    return f()
  } catch (error) {
    if (error instanceof Refused) return error.message
    throw error
  }
}

const main = () => {
  const gpu = process.argv.includes("--gpu")
  const stray = process.argv.slice(2).find((word) => word !== "--gpu")
  if (stray !== undefined) throw new Refused(`"${stray}" is not an option; npm run setup:native [-- --gpu]`)
  const name = gpu ? "@tensorflow/tfjs-node-gpu" : "@tensorflow/tfjs-node"
  const checked = () => {
    const found = verify(name)
    if (gpu && !found.gpu) throw new Refused(`TensorFlow ${found.tensorflow} sees no CUDA device`)
    return found
  }
  const ready = ({ tensorflow, gpu: sees }, from) =>
    console.log(`native back end ready: ${name}, TensorFlow ${tensorflow} on ${sees ? "CUDA" : "CPU"}${from}; a matrix product is right`)
  if (installed(name)) {
    const why = attempt(() => {
      const found = checked()
      const old = stale(name, found.tensorflow)
      if (old === undefined) ready(found, ", already installed")
      return old
    })
    if (why === undefined) return
    say(`what is installed is made again: ${why}`)
  }
  for (const left of readdirSync(modules)) if (left.startsWith(STAGE)) rmSync(join(modules, left), { recursive: true, force: true })
  const old = installed(name) ? mkdtempSync(join(modules, STAGE)) : undefined
  const before = packages()
  if (old !== undefined) cpSync(join(modules, name), join(old, "package"), { recursive: true })
  const kept = KEPT.map((file) => [file, readFileSync(join(root, file))])
  const failures = []
  try {
    // Named as a dependency, because npm leaves an optional peer out; npm prunes what it did not save, so the peers that are there are named again.
    const wanted = [...new Set([name, ...PEERS.filter(installed)])].map((peer) => `${peer}@${peer === name ? VERSION : versionOf(peer)}`)
    run("npm", ["install", "--save-prod", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", ...wanted])
    for (const [way, obtain] of ways(name, gpu)) {
      try {
        const library = obtain()
        const found = checked()
        if (library !== undefined)
          writeFileSync(join(bindingOf(name), NOTE), `${JSON.stringify({ library, tensorflow: found.tensorflow, ingredients: ingredients(name) })}\n`)
        return ready(found, library === undefined ? "" : `, library in ${library}`)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        failures.push(`${way}: ${error.message}`)
      }
    }
    throw new Refused(failures.join("; "))
  } catch (error) {
    for (const found of packages()) if (!before.has(found)) rmSync(join(modules, found), { recursive: true, force: true })
    if (old !== undefined) {
      rmSync(join(modules, name), { recursive: true, force: true })
      renameSync(join(old, "package"), join(modules, name))
    }
    throw error
  } finally {
    if (old !== undefined) rmSync(old, { recursive: true, force: true })
    for (const [file, text] of kept) if (!readFileSync(join(root, file)).equals(text)) writeFileSync(join(root, file), text)
  }
}

try {
  main()
} catch (error) {
  if (!(error instanceof Refused)) throw error
  say(`native back end not installed: ${error.message}`)
  process.exitCode = 1
}

/** Files that come with this package, and optional npm packages that hold data. */
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { DataError } from "./data-error.ts"

const here = dirname(fileURLToPath(import.meta.url))

/** The path of a file of the package's `data` folder, from source or from a bundle at any depth of it. Throws a DataError. */
export const shipped = (name: string): string => {
  for (let folder = here; dirname(folder) !== folder; folder = dirname(folder)) {
    const path = join(folder, "data", name)
    if (existsSync(path)) return path
  }
  throw new DataError({ code: "absent", message: `data/${name} is missing from this installation: install the package again` })
}

/** The folder of an optional package, seen from the working folder or from this package. Throws a DataError that says how to get it. */
export const optionalPackage = (name: string, version: string, workingFolder: string): string => {
  for (const from of [join(workingFolder, "package.json"), import.meta.url])
    try {
      return dirname(createRequire(from).resolve(`${name}/package.json`))
    } catch {}
  throw new DataError({ code: "absent", message: `the data package "${name}" is not installed: npm install ${name}@${version}` })
}

/**
 * A page whose commands are run: a fenced block `yaml NAME` is saved as NAME, and in a block `console` each line `$ lemmata ...` is run in the same folder and
 * what stands below it is what it prints. Only seconds vary.
 */
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { lemmata } from "../cli/lemmata.ts"

export const timeless = (text: string): string => text.replace(/ +\d+(\.\d)? s$/gm, " T s").trimEnd()

/** The page as it would be if every command printed what it prints now. Throws an Error for a command that is not `lemmata`. */
export const rerun = async (page: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), "page-"))
  let text = ""
  for (const part of page.split(/(?<=^```)\n(?=\n|$)/m)) {
    const fence = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/m.exec(part)
    const [block, kind, name, body] = fence ?? []
    if (kind === "yaml" && name !== undefined) writeFileSync(join(folder, name), body!)
    text += block !== undefined && kind === "console" ? part.replace(block, () => "\u0000") : part
    if (kind === "console") text = text.replace("\u0000", await session(body!, folder))
    text += "\n"
  }
  return text.replace(/\n$/, "")
}

const session = async (body: string, folder: string): Promise<string> => {
  let lines = "```console\n"
  for (const command of body.split("\n").filter((line) => line.startsWith("$ "))) {
    const [program, ...args] = command.slice(2).replaceAll("'", "").split(" ")
    if (program !== "lemmata") throw new Error(`no command of ours: ${command}`)
    const { stdout, stderr } = await lemmata(args, { cwd: folder })
    lines += `${command}\n${stdout}${stderr}`
  }
  return `${lines.trimEnd()}\n\`\`\``
}

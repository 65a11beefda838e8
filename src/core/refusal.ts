/**
 * What the system says when it refuses a file or a folder, in words.
 */

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file, or no folder to hold it",
  ENOTDIR: "a part of its path is a file where a folder is expected",
  EISDIR: "it is a folder where a file is expected",
  EEXIST: "it is there already",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only; choose another place",
  ENOSPC: "no space is left on the disk; make room or choose another place",
  EDQUOT: "the disk quota is used up; make room or choose another place",
  EFBIG: "it would be larger than files may be (ulimit -f)",
  ENAMETOOLONG: "a name in its path is too long",
  ELOOP: "its links lead in a circle",
  EMFILE: "too many files are open (ulimit -n)",
  ENFILE: "too many files are open",
  EIO: "the device fails",
}

/** Of a folder that is to be made. */
const MAKING: Readonly<Record<string, string>> = {
  ENOENT: "no folder can be made there; choose another place",
  EEXIST: "a file stands where a folder is expected",
}

/** An error of a call to the system: Node gives it the call and the system's code. */
export const isRefusal = (error: unknown): error is Error & { readonly code: string; readonly syscall: string; readonly path?: string } =>
  error instanceof Error && "syscall" in error && "code" in error

/** Why the system refused, with its code; any other error by its name and first line. */
export const reasonOf = (error: unknown): string => {
  if (!isRefusal(error)) return String(error).split("\n")[0]!.slice(0, 500)
  const code = error.code.replace(/^ERR_FS_/, "")
  return `${(error.syscall === "mkdir" ? MAKING[code] : undefined) ?? WORDS[code] ?? error.message} (${code})`
}

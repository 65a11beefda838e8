/**
 * Where the characters of a YAML scalar stand in its source: the source is quoted, escaped, folded or indented, the value is not, but the characters that
 * can be seen follow each other in the same order.
 */

/** The 0-based offset in `source`, a YAML scalar as typed, of the character `index` of its value `text`; the end of the source for an index past the end. */
export const placeIn = (source: string, text: string, index: number): number => {
  const style = source[0] === '"' || source[0] === "'" ? source[0] : source[0] === "|" || source[0] === ">" ? "block" : "plain"
  // The header of a block scalar, such as `|-`, may end in a comment.
  let at = style === "block" ? source.indexOf("\n") + 1 : style === "plain" ? 0 : 1
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (/\s/.test(c)) {
      // Line breaks and indentation stand for one blank or for none: an escape stands for itself.
      if (i === index) return at
      if (style === '"' && source[at] === "\\") at += escaped(source, at).length
      continue
    }
    for (;;) {
      if (/\s/.test(source[at] ?? "x")) at++
      else if (style === '"' && source[at] === "\\" && /[\r\n]/.test(source[at + 1] ?? "")) at += 2
      else break
    }
    if (i === index) return Math.min(at, source.length)
    const [long, short] =
      style === '"' && source[at] === "\\" ? [escaped(source, at).length, wide(source, at)] : [style === "'" && c === "'" ? 2 : 1, 1]
    at += long
    i += short - 1
  }
  return Math.min(at, source.length)
}

const ESCAPE = /\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/sy

const escaped = (source: string, at: number): string => {
  ESCAPE.lastIndex = at
  return ESCAPE.exec(source)?.[0] ?? "\\"
}

/** UTF-16 units of the value that an escape stands for. */
const wide = (source: string, at: number): number => {
  const text = escaped(source, at)
  return text[1] === "U" && Number.parseInt(text.slice(2), 16) > 0xffff ? 2 : 1
}

/**
 * Text from outside made harmless for a terminal: control characters, which could move the cursor, and marks that turn the direction of writing, which
 * could make a line read as another one.
 */

/** Controls (line feed and tab apart), directional marks, and characters without width. */
export const HIDDEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\p{Cs}]/u

/** The text with every such character as its code point, `<U+001B>`. */
export const visible = (text: string): string => text.replace(new RegExp(HIDDEN, "gu"), (c) => (c === "\n" || c === "\t" ? c : `<${point(c)}>`))

/** A character for a message: itself, if it can be seen, and its code point. */
export const named = (c: string): string => (HIDDEN.test(c) ? point(c) : c <= "~" ? `"${c}"` : `"${c}" (${point(c)})`)

const point = (c: string): string => `U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`

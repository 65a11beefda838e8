/** A function of nothing, computed when first asked for. */
export const lazy = <T>(compute: () => T): (() => T) => {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: compute() }).value
}

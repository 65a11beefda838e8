/** A binary heap, largest key first. */
export interface Heap<P> {
  readonly size: number
  /** Sum of all keys. */
  readonly sum: () => number
  readonly push: (item: P) => void
  readonly pop: () => P | undefined
}

export const heap = <P>(key: (item: P) => number): Heap<P> => {
  const items: Array<P> = []
  const swap = (i: number, j: number): void => {
    const t = items[i]!
    items[i] = items[j]!
    items[j] = t
  }
  return {
    get size() {
      return items.length
    },
    sum: () => items.reduce((s, item) => s + key(item), 0),
    push: (item) => {
      items.push(item)
      for (let i = items.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (key(items[parent]!) >= key(items[i]!)) break
        swap(i, parent)
        i = parent
      }
    },
    pop: () => {
      const top = items[0]
      const last = items.pop()
      if (items.length > 0) {
        items[0] = last!
        for (let i = 0; ; ) {
          const left = 2 * i + 1
          if (left >= items.length) break
          const child = left + 1 < items.length && key(items[left + 1]!) > key(items[left]!) ? left + 1 : left
          if (key(items[i]!) >= key(items[child]!)) break
          swap(i, child)
          i = child
        }
      }
      return top
    },
  }
}

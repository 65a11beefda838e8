/** Memory that grows as it is asked for and gives nothing back, with numbers placed in it. */
import type { Allocator } from "../../../src/tensor/product/crew.ts"

export interface Arena extends Allocator {
  /** The address of a copy of the numbers. */
  readonly place: (values: Float32Array) => number
  readonly read: (address: number, count: number) => Float32Array
}

export const arena = (memory: WebAssembly.Memory): Arena => {
  let top = 64
  const _malloc = (bytes: number): number => {
    const at = top
    top = Math.ceil((at + bytes) / 64) * 64
    memory.grow(Math.max(0, Math.ceil((top - memory.buffer.byteLength) / 65536)))
    return at
  }
  return {
    _malloc,
    _free: () => {},
    place: (values) => {
      const at = _malloc(4 * values.length)
      new Float32Array(memory.buffer).set(values, at / 4)
      return at
    },
    read: (address, count) => new Float32Array(memory.buffer).slice(address / 4, address / 4 + count),
  }
}

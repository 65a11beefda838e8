/**
 * Fixed bytes, once read back by TensorFlow 2.21 with values and image equal:
 * LEMMATA_EVENTS=/tmp/events npx vitest run test/run/training/tfevents.test.ts && python3 test/oracle/event-file.py /tmp/events/events.out.tfevents.1 /tmp/events/image.png
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { expect, test } from "vitest"
import { encodePng } from "../../../src/run/training/png.ts"
import { crc32c, imageRecord, scalarRecord, versionRecord } from "../../../src/run/training/tfevents.ts"

test("CRC-32C of RFC 3720, appendix B.4", () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e)
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => 31 - i))).toBe(0x113fdb5c)
})

const HEX =
  "1800000000000000a37f4b2209000000000000f83f1a0d627261696e2e4576656e743a322a28646c39000000000000008b0737f109000000000000044010002a2c0a0b0a046c6f737315cdcccc3d0a1d0a166d6f6e69746f722f454c424f20e289a4206c6f6720701582a8fbb7689460831f00000000000000514b4418090000000065cdcd41108380808080202a0d0a0b0a046c6f7373150000c07fc1e45fbc"
const IMAGE = "2600000000000000734fe30009000000000000084010ac022a180a160a0773616d706c6573220b0802100318032203010203f4620e07"

test("an event file as TensorFlow reads it", () => {
  const scalars = Buffer.concat([
    versionRecord(1.5),
    scalarRecord(2.5, 0, { loss: 0.1, "monitor/ELBO ≤ log p": -3e-5 }),
    scalarRecord(1e9, 2 ** 40 + 3, { loss: Number.NaN }),
  ])
  expect(scalars.toString("hex")).toBe(HEX)
  const image = (png: Uint8Array): Uint8Array => imageRecord(3, 300, "samples", { height: 2, width: 3, channels: 3, png })
  expect(Buffer.from(image(Uint8Array.of(1, 2, 3))).toString("hex")).toBe(IMAGE)
  const folder = process.env["LEMMATA_EVENTS"]
  if (folder === undefined) return
  const png = encodePng({ width: 3, height: 2, channels: 3, pixels: Uint8Array.from({ length: 18 }, (_, i) => 14 * i) })
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/events.out.tfevents.1`, Buffer.concat([scalars, image(png)]))
  writeFileSync(`${folder}/image.png`, png)
})

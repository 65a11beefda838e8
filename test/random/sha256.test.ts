import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { sha256Hex } from "../../src/random/sha256.ts"

test("FIPS 180-4 examples", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  expect(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  )
})

test("every length around the padding boundaries agrees with OpenSSL", () => {
  for (let n = 0; n < 200; n++) {
    const text = "é".repeat(n % 7) + "x".repeat(n)
    expect(sha256Hex(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"))
  }
})

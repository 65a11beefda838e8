import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/statistical", { a: "verified", b: "verified", c: "verified" }, { statistical: ["a", "c"] })

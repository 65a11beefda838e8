import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/edge-differs", { "broken-edge": "verified" })

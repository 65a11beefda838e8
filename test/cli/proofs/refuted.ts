import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/refuted", { first: "verified", second: "refuted" }, { mutants: ["refuted", "refuted"] })

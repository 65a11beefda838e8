import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/verified", { first: "verified", second: "verified" }, { mutants: ["refuted", "verified"] })

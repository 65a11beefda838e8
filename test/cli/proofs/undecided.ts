import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/undecided", { first: "verified", second: "undecided" }, { mutants: ["refuted", "undecided"] })

import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/vacuous", { first: "verified", second: "vacuous" }, { mutants: ["refuted", "vacuous"] })

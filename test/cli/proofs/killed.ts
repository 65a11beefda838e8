import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof("fake/killed", { first: "verified" }, { mutants: ["refuted", "refuted"] })

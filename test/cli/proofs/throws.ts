import { fakeProof } from "../../fake-proof.ts"

export const proof = fakeProof(
  "fake/throws",
  { first: "verified", second: "verified" },
  {
    before: (name) => {
      if (name === "second") throw new RangeError("row 3 is not there")
    },
  },
)

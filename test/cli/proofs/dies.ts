import { fakeProof } from "../../fake-proof.ts"

// A worker that ends in the middle of a task, as one does that runs out of memory.
export const proof = fakeProof(
  "fake/dies",
  { first: "verified", second: "verified", third: "verified" },
  {
    before: (name) => {
      if (name === "second") process.exit(7)
    },
  },
)

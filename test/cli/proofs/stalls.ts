import { fakeProof } from "../../fake-proof.ts"

// A kernel that computes for a minute without a pause.
export const proof = fakeProof(
  "fake/stalls",
  { first: "verified" },
  {
    before: () => {
      const until = performance.now() + 60_000
      while (performance.now() < until);
    },
  },
)

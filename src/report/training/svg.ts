/**
 * Vega-Lite specifications drawn as SVG. Vega is loaded when the first plot is drawn, never before.
 */
import type { Json } from "./plots.ts"

/** The SVG of a specification whose data are inside it. Rejects with what Vega says of a specification that it cannot draw. */
export const drawSvg = async (spec: Json): Promise<string> => {
  const [{ None, View, parse }, { compile }] = await Promise.all([import("vega"), import("vega-lite")])
  const compiled = compile(spec as unknown as Parameters<typeof compile>[0], { logger: silent }).spec
  const view = new View(parse(compiled), { renderer: "none", logLevel: None })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

const silent = { level: () => silent, error: () => silent, warn: () => silent, info: () => silent, debug: () => silent } as never

/**
 * The group `train` of a configuration: what every recipe has, with defaults of its own.
 */
import { Schema } from "effect"
import { MOST_NUMBERS } from "../models/network.ts"
import { ADAM } from "./adam.ts"
import { RATES } from "./learning-rate.ts"
import type { RateSettings } from "./learning-rate.ts"
import { group, key } from "./recipe.ts"

export const Positive = Schema.Finite.check(Schema.isGreaterThan(0))
export const NotNegative = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))
/** Of things that each take memory. */
export const Count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: MOST_NUMBERS }))
/** Of layers. */
export const Depth = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 }))
/** Of points that are measured at once, several numbers to each. */
export const Points = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2 ** 20 }))
/** Of points that are compared pair by pair, eight bytes a pair. */
export const Paired = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2 ** 14 }))
/** In [0, 1). */
export const Decay = NotNegative.check(Schema.isLessThan(1))

export interface TrainDefaults {
  readonly steps: number
  readonly batch: number
  readonly rate: number
  readonly schedule?: RateSettings["schedule"]
  readonly beta1?: number
  readonly beta2?: number
  readonly average?: number
}

export const trainKeys = ({ steps, batch, rate, schedule = "constant", beta1 = ADAM.beta1, beta2 = ADAM.beta2, average = 0 }: TrainDefaults) =>
  group(
    {
      steps: key(Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)), steps, "training steps"),
      batch: key(Count, batch, "items in a batch"),
      rate: key(Positive, rate, "learning rate"),
      schedule: key(Schema.Literals(RATES), schedule, "course of the learning rate over the steps"),
      warmup: key(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)), 0, "steps over which the learning rate rises linearly"),
      beta1: key(Decay, beta1, "decay of Adam's first moment"),
      beta2: key(Decay, beta2, "decay of Adam's second moment"),
      epsilon: key(Positive, ADAM.epsilon, "Adam's epsilon"),
      decay: key(NotNegative, ADAM.decay, "decoupled weight decay, per unit of learning rate"),
      clip: key(NotNegative, 0, "gradients longer than this are scaled down to it; 0 leaves them alone"),
      average: key(Decay, average, "decay of the moving average of the weights that samples and measurements use; 0 uses the weights themselves"),
    },
    "training",
  )

export type TrainSettings = ReturnType<typeof trainKeys>["Type"]

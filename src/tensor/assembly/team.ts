/**
 * Work written down in memory and done by one thread or several.
 *
 * A call is 16 words: the number of a function, a mask and its arguments; where bit i of the mask is set, argument i is counted from the workspace of the
 * thread that runs it. A job is the addresses of its first call and of the end of its last. Jobs of one round depend on nothing that another of them writes.
 *
 *   perform(job, workspace)         one job
 *   work(control, slot)             jobs of this round until all are taken
 *   finish(control)                 sleeps, after a while, until all are done
 *   serve(control, slot)            the life of a helping thread: work, look for the next round for a while, sleep until it is called
 *
 * `control` is words that are 64 bytes apart: the ticket 2^10 round + jobs not yet taken, the jobs not yet done, whether `finish` sleeps, how many helpers sleep, the
 * address of the jobs, and whether a helper has failed; then the slots. Whoever lowers the ticket has the job whose number it then shows; the round in it keeps one who comes late from taking a job of
 * another. `slot` is where the address of the thread's workspace stands.
 */
import { add, advance, and, atomic, call, type Code, equal, type Func, func, i32, load, mul, repeat, shiftRight, sub, when } from "./emit.ts"

export const WORDS = 16
export const JOBS = 1 << 10
export const CONTROL = { ticket: 0, left: 64, waiting: 128, asleep: 192, jobs: 256, failed: 320, slots: 384 } as const

/** Looks at a word before one goes to sleep: some tens of microseconds. */
const PATIENCE = 1 << 15

const open = (ticket: Code): Code => and(ticket, i32(JOBS - 1))

/** All four after `functions`, whose numbers are their places; they may be called with up to 14 arguments. */
export const team = (functions: ReadonlyArray<Func>): ReadonlyArray<Func> => {
  const n = functions.length
  const perform = func("perform", 2, ([job, workspace], fresh) => {
    const [at, end, mask] = [fresh.i32(), fresh.i32(), fresh.i32()]
    const argument = (i: number): Code => add(load(at.get, 4 * (i + 2)), mul(workspace!.get, and(shiftRight(mask.get, i32(i)), i32(1))))
    const dispatch = functions.map(({ params }, index) =>
      when(
        equal(load(at.get), i32(index)),
        call(
          index,
          Array.from({ length: params }, (_, i) => argument(i)),
        ),
      ),
    )
    return [
      ...at.set(load(job!.get)),
      ...end.set(load(job!.get, 4)),
      ...repeat([...mask.set(load(at.get, 4)), ...dispatch.flat(), ...advance(at, 4 * WORDS)], sub(at.get, end.get)),
    ]
  })
  const work = func("work", 2, ([control, slot], fresh) => {
    const [ticket, more] = [fresh.i32(), fresh.i32()]
    const job = add(load(control!.get, CONTROL.jobs), mul(sub(open(ticket.get), i32(1)), i32(8)))
    const done = [
      ...call(n, [job, load(slot!.get)]),
      ...when(equal(atomic.add(control!.get, i32(-1), CONTROL.left), i32(1)), [
        ...when(atomic.load(control!.get, CONTROL.waiting), atomic.wake(control!.get, i32(1), CONTROL.left)),
      ]),
    ]
    return repeat(
      [
        ...ticket.set(atomic.load(control!.get)),
        ...more.set(open(ticket.get)),
        ...when(more.get, when(equal(atomic.take(control!.get, ticket.get, sub(ticket.get, i32(1))), ticket.get), done)),
      ],
      more.get,
    )
  })
  const finish = func("finish", 1, ([control], fresh) => {
    const [left, patience] = [fresh.i32(), fresh.i32()]
    const sleep: Code = [
      ...atomic.store(control!.get, i32(1), CONTROL.waiting),
      ...atomic.wait(control!.get, left.get, CONTROL.left),
      ...atomic.store(control!.get, i32(0), CONTROL.waiting),
      ...patience.set(i32(1)),
    ]
    return [
      ...patience.set(i32(PATIENCE)),
      ...repeat(
        [
          ...left.set(atomic.load(control!.get, CONTROL.left)),
          ...when(left.get, [...patience.set(sub(patience.get, i32(1))), ...when(patience.get, [], sleep)]),
        ],
        left.get,
      ),
    ]
  })
  const serve = func("serve", 2, ([control, slot], fresh) => {
    const [ticket, patience] = [fresh.i32(), fresh.i32()]
    // What was in the word before is dropped.
    const sleepers = (by: number): Code => [...atomic.add(control!.get, i32(by), CONTROL.asleep), 0x1a]
    const sleep: Code = [...sleepers(1), ...atomic.wait(control!.get, ticket.get), ...sleepers(-1)]
    const look: Code = [
      ...patience.set(i32(PATIENCE)),
      ...repeat(
        [
          ...ticket.set(atomic.load(control!.get)),
          ...patience.set(sub(patience.get, i32(1))),
          ...when(open(ticket.get), patience.set(i32(0)), when(equal(patience.get, i32(0)), sleep)),
        ],
        patience.get,
      ),
    ]
    return repeat([...call(n + 1, [control!.get, slot!.get]), ...look], i32(1))
  })
  return [...functions, perform, work, finish, serve]
}

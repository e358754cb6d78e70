import nodeCrypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { UnrepeatableName, UnrepeatableUse } from '#link/unrepeatable.ts';

/** Functions that are named alike in the whole language, by the object that has them. */
const methods: readonly (readonly [owner: object, key: string, name: UnrepeatableName])[] = [
  [Math, 'random', 'Math.random'],
  [Date, 'now', 'Date.now'],
  [Object.getPrototypeOf(performance), 'now', 'performance.now'],
  [process.hrtime, 'bigint', 'process.hrtime'],
  [process, 'hrtime', 'process.hrtime'],
  [Temporal.Now, 'instant', 'Temporal.Now'],
  [Temporal.Now, 'plainDateISO', 'Temporal.Now'],
  [Temporal.Now, 'plainTimeISO', 'Temporal.Now'],
  [Temporal.Now, 'plainDateTimeISO', 'Temporal.Now'],
  [Temporal.Now, 'zonedDateTimeISO', 'Temporal.Now'],
  [Object.getPrototypeOf(globalThis.crypto), 'getRandomValues', 'crypto.getRandomValues'],
  [Object.getPrototypeOf(globalThis.crypto), 'randomUUID', 'crypto.randomUUID'],
  [nodeCrypto, 'randomUUID', 'crypto.randomUUID'],
  [nodeCrypto, 'randomBytes', 'crypto.randomBytes'],
  [nodeCrypto, 'randomFill', 'crypto.randomFill'],
  [nodeCrypto, 'randomFillSync', 'crypto.randomFill'],
  [nodeCrypto, 'randomInt', 'crypto.randomInt'],
];

/**
 * From now on chance and the clock give what they always gave, and it is known who asked them: a run that does is not
 * the same twice, and would differ without a word. Called once, after our own modules and before the strategy's file;
 * nothing of ours in a sandbox asks either.
 *
 * It is no guard. A strategy shares this process and could hide a use or make one up, as it could lie about its result.
 *
 * @returns what was asked so far, each name once, in the order of the first questions
 */
export function watchUnrepeatable(): () => readonly UnrepeatableUse[] {
  const uses = new Map<UnrepeatableName, UnrepeatableUse>();
  const note = (name: UnrepeatableName): void => {
    if (uses.has(name)) return;
    // Before the stack is read: its reader may be the strategy's own, which may ask again.
    uses.set(name, { name, line: null });
    uses.set(name, { name, line: lineOf(new Error().stack) });
  };
  for (const [owner, key, name] of methods) watchMethod(owner, key, () => note(name));
  syncBuiltinESMExports();
  watchDate(() => note('new Date()'));
  return () => [...uses.values()];
}

/** Its name, length and own properties stay, and a strategy may still put another in its place. */
function watchMethod(owner: object, key: string, note: () => void): void {
  const original: unknown = Reflect.get(owner, key);
  if (typeof original !== 'function') return;
  const watched = function (this: unknown, ...args: readonly unknown[]): unknown {
    note();
    return Reflect.apply(original, this, args);
  };
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(original));
  Object.defineProperty(owner, key, { ...Object.getOwnPropertyDescriptor(owner, key), value: watched });
}

/**
 * A proxy and no class of ours: `instanceof`, subclasses, statics and what text a date has stay as they are. A date made
 * of something is made as ever; `constructor` of dates leads here too.
 */
function watchDate(note: () => void): void {
  const original = Date;
  const watched: DateConstructor = new Proxy(original, {
    construct(target, args, newTarget) {
      if (args.length === 0) note();
      return Reflect.construct(target, args, newTarget === watched ? target : newTarget);
    },
    // `Date()` is the present as text, whatever it is given.
    apply(target, self, args) {
      note();
      return Reflect.apply(target, self, args);
    },
  });
  const replace = (owner: object, key: string): void => {
    Object.defineProperty(owner, key, { ...Object.getOwnPropertyDescriptor(owner, key), value: watched });
  };
  replace(original.prototype, 'constructor');
  replace(globalThis, 'Date');
}

function lineOf(stack: unknown): number | null {
  if (typeof stack !== 'string') return null;
  const [, line] = /\/strategy\.ts(?:\?instance=\d+)?:(\d+)/.exec(stack) ?? [];
  return line === undefined ? null : Number(line);
}

import { z } from 'zod';
import type { Language } from './language.ts';

/** What gives another value each time that it is asked, by its usual name, and whether it is chance or the clock. */
export const unrepeatableSources = {
  'Math.random': 'chance',
  'crypto.getRandomValues': 'chance',
  'crypto.randomUUID': 'chance',
  'crypto.randomBytes': 'chance',
  'crypto.randomFill': 'chance',
  'crypto.randomInt': 'chance',
  'Date.now': 'clock',
  'new Date()': 'clock',
  'performance.now': 'clock',
  'process.hrtime': 'clock',
  'Temporal.Now': 'clock',
} as const;

export type UnrepeatableName = keyof typeof unrepeatableSources;

const names = Object.keys(unrepeatableSources) as readonly UnrepeatableName[];

const unrepeatableUse = z.strictObject({
  name: z.enum(names),
  /** Line of `strategy.ts` that asked first, from 1; null when the file does not stand in the stack. */
  line: z.int().positive().max(1_048_576).nullable(),
});

/** That a strategy asked chance or the clock. */
export type UnrepeatableUse = z.infer<typeof unrepeatableUse>;

/** Each of the names once at most. A strategy shares the process that says so: it may hide a use, or make one up. */
export const unrepeatableUses = z
  .array(unrepeatableUse)
  .max(names.length)
  .refine((uses) => new Set(uses.map(({ name }) => name)).size === uses.length, 'each name once');

/** One sentence for the author of a strategy, and what to use instead. @param uses one or more */
export function unrepeatableSentence(uses: readonly UnrepeatableUse[], language: Language): string {
  const asked = (kind: 'chance' | 'clock'): boolean => uses.some(({ name }) => unrepeatableSources[name] === kind);
  const place = (line: number): string => (language === 'ko' ? `${line}행` : `line ${line}`);
  const list = uses.map(({ name, line }) => (line === null ? name : `${name} (${place(line)})`)).join(', ');
  const instead = language === 'ko' ? insteadInKorean : insteadInEnglish;
  const advice = [...(asked('chance') ? [instead.chance] : []), ...(asked('clock') ? [instead.clock] : [])];
  return language === 'ko'
    ? `전략이 쓴 ${list} 때문에 다시 돌리면 결과가 달라질 수 있어요. ${advice.join(', ')} 쓰세요.`
    : `The strategy uses ${list}, so another run may give another result: use ${advice.join(', and ')}.`;
}

const insteadInKorean = {
  chance: '난수는 #domain/random.ts의 new Random(bar.date)를',
  clock: '시각은 bar.startsAtMs나 context.nowMs를',
} as const;

const insteadInEnglish = {
  chance: 'new Random(bar.date) of #domain/random.ts for chance',
  clock: 'bar.startsAtMs or context.nowMs for time',
} as const;

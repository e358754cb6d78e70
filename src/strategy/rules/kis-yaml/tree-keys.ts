import { withParticle } from '../../korean-particle.ts';
import { plainNumber, shown, type ReadingNotes } from './reading-notes.ts';

/** What conditions under `x_snowball` may hold besides those of the format. */
export const treeKeys: readonly string[] = [
  'offset',
  'compare_offset',
  'scalar',
  'operation',
  'number',
  'logic',
  'conditions',
];
const barsAgoMax = 500;

/** In a plain condition: what only our own trees know would be read as if it were not there, and the rule would mean something else. */
export function tellTreeKeys(map: ReadonlyMap<string, unknown>, path: string, notes: ReadingNotes): void {
  for (const key of treeKeys.filter((one) => map.has(one))) {
    const bars = key.endsWith('offset') ? (plainNumber(map.get(key)) ?? 0) : 0;
    if (bars < 0) tellFuture(key, map.get(key), path, notes);
    else {
      notes.error('extension', `${path}.${key}`, {
        ko: `${withParticle(key, 'topic')} x_snowball 안의 조건에서만 읽어요. 이쪽 조건을 x_snowball의 entry나 exit로 옮겨 주세요.`,
        en: `${key} is read in conditions under x_snowball only; move these conditions to x_snowball's entry or exit.`,
      });
    }
  }
}

/** Bars ago, 0 where nothing is said; a negative one would look at a bar that does not exist yet and is an error. */
export function readBarsAgo(
  map: ReadonlyMap<string, unknown>,
  key: string,
  path: string,
  { notes, isTree }: { readonly notes: ReadingNotes; readonly isTree: boolean },
): number {
  const given = map.get(key);
  if (given === undefined || given === null || !isTree) return 0;
  const bars = plainNumber(given) ?? NaN;
  if (Number.isInteger(bars) && bars >= 0 && bars <= barsAgoMax) return bars;
  if (bars < 0) tellFuture(key, given, path, notes);
  else {
    notes.error('shape', `${path}.${key}`, {
      ko: `${key}에는 0에서 ${barsAgoMax} 사이의 정수를 적어 주세요. ${withParticle(shown(given), 'topic')} 쓸 수 없어요.`,
      en: `${key} is ${shown(given)}, wanted a whole number from 0 to ${barsAgoMax}.`,
    });
  }
  return 0;
}

function tellFuture(key: string, given: unknown, path: string, notes: ReadingNotes): void {
  notes.error('future', `${path}.${key}`, {
    ko: `${key} ${withParticle(shown(given), 'topic')} 아직 없는 봉을 봐요. 결정할 때 알 수 있는 것은 오늘 봉(0)과 지난 봉(1, 2 …)뿐이에요.`,
    en: `${key} ${shown(given)} looks at a bar that does not exist yet; known are the bar of the decision (0) and earlier ones (1, 2 …).`,
  });
}

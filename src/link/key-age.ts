/** How far a key is from its rotation: threat-model §12. `refused`: orders are not let through again with it. */
export type KeyAgeLevel = 'fresh' | 'due' | 'overdue' | 'refused';

export interface KeyAge {
  /** Whole days since the key was issued or kept; 0 on that day, and for a day that is still to come. */
  readonly days: number;
  readonly level: KeyAgeLevel;
  /** One sentence for a person. */
  readonly ko: string;
  readonly en: string;
}

/** Days after which a key should be changed: told once, told every day, and not traded with any more. */
const dueDays = 60;
const overdueDays = 75;
const refusedDays = 90;

/** The age of a key that began on `since`, both days of Seoul. */
export function keyAge(since: Temporal.PlainDate, today: Temporal.PlainDate): KeyAge {
  const days = Math.max(0, since.until(today, { largestUnit: 'days' }).days);
  const level = levelOf(days);
  return { days, level, ...sentences[level](days) };
}

function levelOf(days: number): KeyAgeLevel {
  if (days >= refusedDays) return 'refused';
  if (days >= overdueDays) return 'overdue';
  return days >= dueDays ? 'due' : 'fresh';
}

const sentences: Readonly<Record<KeyAgeLevel, (days: number) => { readonly ko: string; readonly en: string }>> = {
  fresh: (days) => ({ ko: `앱키를 쓴 지 ${days}일 됐어요.`, en: `The app key is ${days} days old.` }),
  due: (days) => ({
    ko: `앱키를 쓴 지 ${days}일 됐어요. "snowball vault rotate"로 바꿔 주세요.`,
    en: `The app key is ${days} days old: change it with "snowball vault rotate".`,
  }),
  overdue: (days) => ({
    ko: `앱키를 쓴 지 ${days}일 됐어요. ${refusedDays}일이 되면 멈춘 매매를 다시 켤 수 없어요.`,
    en: `The app key is ${days} days old: from day ${refusedDays} on orders are not let through again with it.`,
  }),
  refused: (days) => ({
    ko: `앱키를 쓴 지 ${days}일 됐어요. 새 키로 바꾸기 전에는 매매를 다시 켤 수 없어요.`,
    en: `The app key is ${days} days old: orders are not let through again before it is changed.`,
  }),
};

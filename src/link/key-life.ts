import { z } from 'zod';

const day = z.iso.date();

/**
 * What the gateway notes about one app key, in `<home>/gateway/keys/<hash>.json`, so that it can be reminded of while
 * nothing runs. Days of Seoul; nothing in it is secret.
 */
export const keyUse = z.strictObject({
  broker: z.string(),
  environment: z.enum(['paper', 'real']),
  /** As the person said; null when they did not, and then the first use stands in for it. */
  issuedOn: day.nullable(),
  firstUsedOn: day,
  lastUsedOn: day,
  termMonths: z.int().positive(),
  inactivityMonths: z.int().positive(),
});

export const keyLifeView = z.strictObject({
  /** `term`: the service of the key ends · `inactivity`: an unused key is blocked. */
  kind: z.enum(['term', 'inactivity']),
  /** The first day on which the key no longer works. */
  endsOn: day,
  /** Days from today; 0 or less when it is over. */
  daysLeft: z.int(),
  /** The last reminder that is due: 30, 7 or 1 days ahead, 0 when it is over; null while none is. */
  reminder: z.union([z.literal(30), z.literal(7), z.literal(1), z.literal(0)]).nullable(),
  /** One sentence for a person. */
  ko: z.string(),
  en: z.string(),
});

export type KeyUse = z.infer<typeof keyUse>;
export type KeyLifeView = z.infer<typeof keyLifeView>;

/** How long a key lives on, by its term and by its use; a month that lacks the day ends on its last one. */
export function keyLife(use: KeyUse, today: Temporal.PlainDate): readonly KeyLifeView[] {
  const begins = Temporal.PlainDate.from(use.issuedOn ?? use.firstUsedOn);
  const usedOn = Temporal.PlainDate.from(use.lastUsedOn);
  return [
    lifeOf('term', begins.add({ months: use.termMonths }), today, use),
    lifeOf('inactivity', usedOn.add({ months: use.inactivityMonths }), today, use),
  ];
}

function lifeOf(
  kind: KeyLifeView['kind'],
  endsOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
  use: KeyUse,
): KeyLifeView {
  const daysLeft = today.until(endsOn, { largestUnit: 'days' }).days;
  const texts = kind === 'term' ? termTexts(endsOn, daysLeft, use) : inactivityTexts(endsOn, daysLeft);
  return { kind, endsOn: endsOn.toString(), daysLeft, reminder: reminderOf(daysLeft), ...texts };
}

function reminderOf(daysLeft: number): KeyLifeView['reminder'] {
  if (daysLeft <= 0) return 0;
  return ([1, 7, 30] as const).find((days) => daysLeft <= days) ?? null;
}

function termTexts(endsOn: Temporal.PlainDate, daysLeft: number, { issuedOn }: KeyUse): { ko: string; en: string } {
  const guess =
    issuedOn === null
      ? {
          ko: ' 발급일을 몰라 처음 쓴 날부터 셌어요.',
          en: ' Its day of issue is not known: counted from its first use.',
        }
      : { ko: '', en: '' };
  if (daysLeft <= 0) {
    return {
      ko: `앱키 이용 기간이 ${endsOn.toString()}에 끝났어요. 증권사에서 새로 발급해 주세요.${guess.ko}`,
      en: `The term of the app key ended on ${endsOn.toString()}: issue a new one at the broker.${guess.en}`,
    };
  }
  const soon = soonTexts(daysLeft);
  return {
    ko: `${soon.ko}앱키를 ${endsOn.toString()} 전까지 쓸 수 있어요(${daysLeft}일 남음).${guess.ko}`,
    en: `${soon.en}The app key works until ${endsOn.toString()} (${daysLeft} days left).${guess.en}`,
  };
}

function inactivityTexts(endsOn: Temporal.PlainDate, daysLeft: number): { ko: string; en: string } {
  if (daysLeft <= 0) {
    return {
      ko: `앱키를 오래 쓰지 않아 ${endsOn.toString()}부터 막혔을 수 있어요. 증권사에서 확인해 주세요.`,
      en: `The app key was not used for long and may be blocked since ${endsOn.toString()}: look at the broker's page.`,
    };
  }
  const soon = soonTexts(daysLeft);
  return {
    ko: `${soon.ko}앱키를 쓰지 않으면 ${endsOn.toString()}에 막혀요(${daysLeft}일 남음).`,
    en: `${soon.en}Unless it is used, the app key is blocked on ${endsOn.toString()} (${daysLeft} days left).`,
  };
}

/** What makes a sentence a reminder; nothing while none is due. */
function soonTexts(daysLeft: number): { ko: string; en: string } {
  return reminderOf(daysLeft) === null ? { ko: '', en: '' } : { ko: '얼마 안 남았어요. ', en: 'Soon over. ' };
}

import { FixConfiguration } from '#domain/errors.ts';
import { dateNumber } from '#domain/trading-date.ts';
import { say } from '#link/language.ts';
import { withParticle } from '#strategy/korean-particle.ts';

/** The value of `--from` or `--to`: a record's number or a day. @throws {FixConfiguration} `cli.value` for anything else */
export function rangeEnd(option: string, text: string | undefined): number | Temporal.PlainDate | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  return dayOf(option, text);
}

/** The value of `--day` as yyyymmdd; null when it was not given. @throws {FixConfiguration} `cli.value` */
export function numberOfDay(text: string | undefined): number | null {
  return text === undefined ? null : dateNumber(dayOf('--day', text));
}

function dayOf(option: string, text: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(text);
  } catch (cause) {
    const korean = `${option} ${withParticle(`"${text}"`, 'object')} 읽을 수 없어요. 2026-03-02처럼 적어 주세요.`;
    throw new FixConfiguration('cli.value', say(korean, `Cannot read ${option} "${text}": write it like 2026-03-02.`), {
      cause,
    });
  }
}

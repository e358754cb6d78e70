import type { Environment } from '#domain/environment.ts';
import { seoul } from '#domain/trading-date.ts';
import { alertCode, type AlertClass } from '#link/alert-codes.ts';
import type { Language } from '#link/language.ts';
import type { Alert } from './alert.ts';

const classWords: Readonly<Record<AlertClass, Readonly<Record<Language, string>>>> = {
  critical: { ko: '긴급', en: 'CRITICAL' },
  warning: { ko: '주의', en: 'Warning' },
  notice: { ko: '알림', en: 'Notice' },
};

const environmentWords: Readonly<Record<Environment, Readonly<Record<Language, string>>>> = {
  trial: { ko: '체험', en: 'trial' },
  paper: { ko: '모의', en: 'paper' },
  real: { ko: '실전', en: 'real' },
};

/**
 * The whole text that leaves this machine: class, what happened in the sentence of the table, the time in Seoul and the id
 * to acknowledge. Nothing of the account can stand in it, because nothing but the table and the id goes in.
 *
 * @param environment null while the gateway has not said it
 */
export function alertMessage(alert: Alert, language: Language, environment: Environment | null): string {
  const row = alertCode(alert.code);
  const where = environment === null ? '' : ` ${environmentWords[environment][language]}`;
  const name = language === 'ko' ? `스노우볼${where}` : `Snowball${where}`;
  return [
    `[${classWords[row.class][language]}] ${name}: ${row[language]}`,
    ...(alert.line === null ? [] : [alert.line]),
    `${timeOf(alert.at)} KST · ${row.class === 'critical' ? `snowball alerts acknowledge ${alert.id}` : alert.id}`,
  ].join('\n');
}

function timeOf(at: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(seoul).toPlainDateTime();
  return local.toString({ smallestUnit: 'second' }).replace('T', ' ');
}

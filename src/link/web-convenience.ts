import { readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { Environment } from '#domain/environment.ts';
import { FixConfiguration } from '#domain/errors.ts';
import { say } from './language.ts';

/** Nobody writes more by hand; it bounds the work that a hostile file can ask for. */
const textLengthMax = 65_536;
const key = 'webConvenience';

/**
 * Whether `webConvenience: true` in `snowball.yaml` lets the web act without the person's word at the terminal: its
 * compromise then costs up to the day's limits (threat-model §9). Off when it is not said, and in a file that is not there or
 * no YAML; the runner says that in its own words.
 *
 * @throws FixConfiguration `gateway.config` for anything but true and false
 */
export function readWebConvenience(file: string): boolean {
  const text = textOf(file);
  if (text === null || text.length > textLengthMax) return false;
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) return false;
  const value: unknown = document.get(key);
  if (value === undefined || value === false) return false;
  if (value === true) return true;
  const line = text.split('\n').findIndex((each) => each.startsWith(key)) + 1;
  const korean = `"${file}" ${line}번째 줄의 ${key}를 읽을 수 없어요. true나 false를 적어 주세요.`;
  const english = `Cannot read ${key} in "${file}", line ${line}: wanted true or false`;
  throw new FixConfiguration('gateway.config', say(korean, english));
}

/**
 * Whether the web acts by itself in this environment: always in trial, whose money is not real; in paper as configured;
 * never with real money.
 *
 * @throws FixConfiguration `gateway.web-convenience` when it is asked for with real money
 */
export function webConvenience(environment: Environment, isConfigured: boolean): boolean {
  if (environment === 'trial') return true;
  if (environment === 'real' && isConfigured) {
    throw new FixConfiguration(
      'gateway.web-convenience',
      say(
        '실전에서는 화면만으로 주문할 수 없어요. 설정에서 webConvenience를 지워 주세요.',
        'Cannot start with webConvenience and real money: the web needs your word at the terminal; remove it',
      ),
    );
  }
  return isConfigured;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Whoever needs the file says what is wrong with it; without it nothing is convenient.
    return null;
  }
}

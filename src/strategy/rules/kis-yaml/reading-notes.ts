import { withParticle } from '../../korean-particle.ts';
import { nearestName } from '../../nearest-name.ts';
import { finding, type FindingTexts, type RuleFinding } from '../finding.ts';
import type { PreservedKey, RuleDialect } from '../program.ts';

/** What is found out while a file is read, and what of it we do not know. */
export class ReadingNotes {
  readonly dialect: RuleDialect;
  readonly findings: RuleFinding[] = [];
  readonly preserved: PreservedKey[] = [];
  #keysTold = 0;

  constructor(dialect: RuleDialect) {
    this.dialect = dialect;
  }

  error(code: string, path: string, texts: FindingTexts): void {
    this.findings.push(finding('error', code, path, texts));
  }

  warn(code: string, path: string, texts: FindingTexts): void {
    this.findings.push(finding('warning', code, path, texts));
  }

  inform(code: string, path: string, texts: FindingTexts): void {
    this.findings.push(finding('info', code, path, texts));
  }

  /**
   * Keeps every key of `map` that is not in `known`, under `path`, and tells of those that may have been meant for us.
   *
   * @param at where the map stands in the file, when that is not `path`
   */
  keep(
    map: ReadonlyMap<string, unknown>,
    known: readonly string[],
    path: readonly string[],
    at: string = path.join('.'),
  ): void {
    for (const [key, value] of map) {
      if (!known.includes(key)) this.preserved.push({ path: [...path, key], value });
    }
    this.tellUnknownKeys(map, known, at);
  }

  /**
   * A key that nobody reads changes nothing, so `stoploss` is no stop and `operator: OR` leaves a group at its usual logic.
   * In rules, indicators and risk every such key is told, above them those that are nearly a known one, and in what only
   * describes none: other programs may have their own. Sixteen are told at most, for a file may hold thousands.
   */
  tellUnknownKeys(map: ReadonlyMap<string, unknown>, known: readonly string[], at: string): void {
    const isRule = /^risk\b|\b(?:entry|exit|sizing|indicators|candlesticks)\b/.test(at);
    if (!isRule && at !== '' && at !== 'strategy') return;
    for (const key of map.keys()) {
      if (known.includes(key)) continue;
      const near = nearestName(key, known);
      if (near === null && !isRule) continue;
      this.#keysTold += 1;
      if (this.#keysTold > keysToldMax) return;
      const [ko, en] =
        near === null
          ? [`여기서 읽는 항목은 ${known.join(', ')}예요.`, `Read here: ${known.join(', ')}.`]
          : [`${withParticle(`"${near}"`, 'object')} 쓰려던 건가요?`, `Did you mean "${near}"?`];
      this.warn('key', at === '' ? key : `${at}.${key}`, {
        ko: `${withParticle(shown(key), 'topic')} 모르는 항목이라 없는 것으로 보고 읽었어요. ${ko}`,
        en: `${shown(key)} is no key that is read here, so it counts for nothing. ${en}`,
      });
    }
  }

  /** A map; an empty one for nothing, and for something else, which is then an error. */
  map(value: unknown, path: string): ReadonlyMap<string, unknown> {
    if (value === undefined || value === null) return new Map();
    if (typeof value === 'object' && !Array.isArray(value)) return new Map(Object.entries(value));
    this.#shape(path, '"이름: 값"을 모은 것', 'a map of "name: value"');
    return new Map();
  }

  list(value: unknown, path: string): readonly unknown[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.#shape(path, '"- "로 시작하는 목록', 'a list of "- " lines');
    return [];
  }

  /** One line of text; the default for nothing. Numbers are taken as they are written. */
  text(value: unknown, path: string, otherwise: string): string {
    if (value === undefined || value === null) return otherwise;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return this.#clean(value, path);
    this.#shape(path, '한 줄짜리 글', 'one line of text');
    return otherwise;
  }

  /** Names come from anybody: nothing in them may hide, break a line or turn the writing round. */
  #clean(value: string, path: string): string {
    const isLong = value.length > textLengthMax;
    if (!isLong && !hidden.test(value.trimEnd())) return value.trimEnd();
    this.error('L11', path, {
      ko: isLong
        ? `글이 너무 길어요. ${textLengthMax}자까지 쓸 수 있어요.`
        : '보이지 않는 글자(제어 문자나 글 방향을 바꾸는 문자)가 들어 있어요. 지우고 다시 적어 주세요.',
      en: isLong
        ? `The text is too long, at most ${textLengthMax} characters.`
        : 'The text holds characters that cannot be seen (control or direction marks); write it again without them.',
    });
    return '';
  }

  #shape(path: string, ko: string, en: string): void {
    this.error('shape', path, { ko: `"${path}"에는 ${ko}이 와야 해요.`, en: `"${path}" wants ${en}.` });
  }
}

const textLengthMax = 200;
const keysToldMax = 16;
/** Control characters, zero-width characters, line separators and bidirectional marks and overrides. */
const hidden = /[\p{Cc}\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|\p{Cs}/u;

/** Text of a finding: what stands there, short and on one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return (text.length > 48 ? `${text.slice(0, 47)}…` : text).replace(new RegExp(hidden, 'gu'), '�');
}

/** A number, also one that was written in quotes; null for anything else, infinite ones included. */
export function plainNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^[+-]?\d+(?:\.\d+)?$/.test(value.trim())) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** The name in `$name`; null for other text. */
export function paramName(value: unknown): string | null {
  return typeof value === 'string' ? (/^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)?.[1] ?? null) : null;
}

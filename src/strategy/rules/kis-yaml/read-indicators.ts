import { candlestickById, candlesticks } from '#indicators/candlesticks.ts';
import { indicatorById, indicators } from '#indicators/catalogue.ts';
import { readIndicatorParams, type IndicatorDefinition } from '#indicators/definition.ts';
import { wantedInKorean } from '#indicators/wanted-in-korean.ts';
import { withParticle } from '../../korean-particle.ts';
import { nearestName } from '../../nearest-name.ts';
import type { RuleCandlestick, RuleIndicator, RuleNumber, RuleParam } from '../program.ts';
import { AliasTable, nameEntries, type Entry, type NamedEntry } from './alias-table.ts';
import { paramName, plainNumber, shown, type ReadingNotes } from './reading-notes.ts';

const entriesMax = 64;
const indicatorKeys = ['id', 'alias', 'name', 'params', 'output'];
const candlestickKeys = ['id', 'alias', 'name'];
/** Ids that the backtester's own templates use and that nobody registered. */
const renamedIds: Readonly<Record<string, string>> = { max: 'maximum', min: 'minimum' };

export interface ReadIndicators {
  readonly indicators: readonly RuleIndicator[];
  readonly aliases: AliasTable;
}

interface RawEntry extends Entry {
  readonly map: ReadonlyMap<string, unknown>;
}

/** `strategy.indicators` and `strategy.candlesticks`. */
export function readIndicators(
  strategy: ReadonlyMap<string, unknown>,
  params: Readonly<Record<string, RuleParam>>,
  notes: ReadingNotes,
): ReadIndicators {
  const raw = [...entriesOf(strategy, 'indicators', notes), ...entriesOf(strategy, 'candlesticks', notes)];
  const names = nameEntries(raw, notes);
  const found: (readonly [string, RuleIndicator])[] = [];
  const patterns: (readonly [string, RuleCandlestick])[] = [];
  for (const [place, entry] of raw.entries()) {
    const name = names[place] ?? { alias: entry.id, original: entry.id };
    const label = notes.text(entry.map.get('name'), `${entry.path}.name`, name.original);
    if (entry.kind === 'indicator') {
      notes.keep(entry.map, indicatorKeys, ['strategy', 'indicators', name.alias], entry.path);
      const one = readIndicator(entry, name, label, params, notes);
      if (one !== null) found.push([name.original, one]);
      continue;
    }
    notes.keep(entry.map, candlestickKeys, ['strategy', 'candlesticks', name.alias], entry.path);
    if (candlestickById(entry.id) === null) tellUnknownPattern(entry, notes);
    else patterns.push([name.original, { alias: name.alias, label, id: entry.id }]);
  }
  return { indicators: found.map(([, one]) => one), aliases: new AliasTable(found, patterns) };
}

function entriesOf(
  strategy: ReadonlyMap<string, unknown>,
  key: 'indicators' | 'candlesticks',
  notes: ReadingNotes,
): readonly RawEntry[] {
  const list = notes.list(strategy.get(key), `strategy.${key}`);
  if (list.length > entriesMax) {
    notes.error('size', `strategy.${key}`, {
      ko: `${key}가 너무 많아요. ${list.length}개인데 ${entriesMax}개까지 쓸 수 있어요.`,
      en: `There are too many ${key}: ${list.length}, at most ${entriesMax}.`,
    });
  }
  const kind = key === 'indicators' ? 'indicator' : 'candlestick';
  return list.slice(0, entriesMax).map((value, place) => {
    const path = `strategy.${key}.${place}`;
    const map = notes.map(value, path);
    const id = notes.text(map.get('id'), `${path}.id`, '');
    const alias = notes.text(map.get('alias'), `${path}.alias`, '');
    return { kind, path, map, id: knownId(id, kind, path, notes), alias: alias === '' ? null : alias };
  });
}

function knownId(id: string, kind: Entry['kind'], path: string, notes: ReadingNotes): string {
  const renamed = kind === 'indicator' && Object.hasOwn(renamedIds, id) ? renamedIds[id] : undefined;
  if (renamed === undefined) return id;
  notes.warn('id', `${path}.id`, {
    ko: `${withParticle(`"${id}"`, 'topic')} 등록되지 않은 id라 B에서 실행되지 않아요. "${renamed}"으로 읽었어요.`,
    en: `"${id}" is no registered id and does not run in B; read as "${renamed}".`,
  });
  return renamed;
}

function readIndicator(
  { id, path, map }: RawEntry,
  { alias }: NamedEntry,
  label: string,
  params: Readonly<Record<string, RuleParam>>,
  notes: ReadingNotes,
): RuleIndicator | null {
  const definition = indicatorById(id);
  if (definition === null) {
    tellUnknown(id, path, notes);
    return null;
  }
  const values = readValues(definition, map.get('params'), `${path}.params`, params, notes);
  const output = outputOf(definition, map.get('output'), `${path}.output`, notes);
  return { alias, label, id, params: values, output: output ?? definition.defaultOutput };
}

function readValues(
  definition: IndicatorDefinition,
  value: unknown,
  path: string,
  params: Readonly<Record<string, RuleParam>>,
  notes: ReadingNotes,
): Readonly<Record<string, RuleNumber | string>> {
  const given = notes.map(value, path);
  const values: (readonly [string, RuleNumber | string])[] = [];
  const plain: (readonly [string, unknown])[] = [];
  for (const [name, entry] of given) {
    const param = paramName(entry);
    if (param !== null && !Object.hasOwn(params, param)) {
      tellUnknownParam(param, `${path}.${name}`, notes);
      return {};
    }
    const number = plainNumber(entry);
    const read = param === null ? (number ?? entry) : (params[param]?.default ?? NaN);
    plain.push([name, read]);
    const kept = param === null ? (number ?? (typeof entry === 'string' ? entry : null)) : { param };
    if (kept !== null) values.push([name, kept]);
  }
  const missing = Object.keys(definition.params).filter((name) => !given.has(name));
  if (missing.length > 0) tellMissing(definition, missing, path, notes);
  const read = readIndicatorParams(definition, Object.fromEntries(plain));
  if (read.kind === 'params') {
    return Object.fromEntries([...values, ...missing.map((name) => [name, read.values[name] ?? NaN] as const)]);
  }
  notes.error('range', given.has(read.name) ? `${path}.${read.name}` : path, {
    ko: `${definition.id}의 "${read.name.slice(0, 64)}" 값 ${withParticle(shown(read.found), 'object')} 쓸 수 없어요. ${wantedInKorean(read.wanted)}로 적어 주세요.`,
    en: `${definition.id} cannot take ${shown(read.found)} for "${read.name.slice(0, 64)}", wanted ${read.wanted}.`,
  });
  return {};
}

/** Null for none; `value` where an indicator has several others is what both programs mean by none. */
export function outputOf(
  definition: IndicatorDefinition,
  value: unknown,
  path: string,
  notes: ReadingNotes,
): string | null {
  const output = notes.text(value, path, '');
  if (output === '' || (output === 'value' && !definition.outputs.includes('value'))) return null;
  if (definition.outputs.includes(output)) return output;
  notes.error('output', path, {
    ko: `${definition.id}에는 "${output}" 값이 없어요. ${definition.outputs.join(', ')} 가운데 하나를 적어 주세요.`,
    en: `${definition.id} has no output "${output}"; write one of ${definition.outputs.join(', ')}.`,
  });
  return null;
}

export function tellUnknownParam(name: string, path: string, notes: ReadingNotes): void {
  notes.error('param', path, {
    ko: `${withParticle(`"$${name}"`, 'subject')} 가리키는 변수가 strategy.params에 없어요.`,
    en: `"$${name}" refers to a parameter that strategy.params does not declare.`,
  });
}

function tellMissing(
  { id, params }: IndicatorDefinition,
  missing: readonly string[],
  path: string,
  notes: ReadingNotes,
) {
  const values = missing.map((name) => `${name}=${String(params[name]?.default)}`).join(', ');
  notes.warn('range', path, {
    ko: `${id}의 값을 적지 않아 기본값 ${withParticle(values, 'object')} 써요. B는 값이 빠진 파일을 거절해요.`,
    en: `${id} lacks values, so the usual ${values} are used; B refuses a file that leaves them out.`,
  });
}

function tellUnknown(id: string, path: string, notes: ReadingNotes): void {
  const nearest = nearestName(
    id,
    indicators.map((one) => one.id),
  );
  notes.error('L6', `${path}.id`, {
    ko: `지표 ${withParticle(shown(id), 'topic')} 없어요.${nearest === null ? '' : ` ${withParticle(`"${nearest}"`, 'object')} 쓰려던 건가요?`}`,
    en: `There is no indicator ${shown(id)}.${nearest === null ? '' : ` Did you mean "${nearest}"?`}`,
  });
}

function tellUnknownPattern({ id, path }: Entry, notes: ReadingNotes): void {
  const nearest = nearestName(
    id,
    candlesticks.map((one) => one.id),
  );
  notes.error('L6', `${path}.id`, {
    ko: `캔들 패턴 ${withParticle(shown(id), 'topic')} 쓸 수 없어요.${nearest === null ? '' : ` 가까운 것은 "${nearest}"이에요.`}`,
    en: `The candlestick pattern ${shown(id)} cannot be used.${nearest === null ? '' : ` The nearest one is "${nearest}".`}`,
  });
}

import { candlestickById } from '#indicators/candlesticks.ts';
import { withParticle } from '../../korean-particle.ts';
import type { RuleCandlestick, RuleIndicator } from '../program.ts';
import { shown, type ReadingNotes } from './reading-notes.ts';

/** An entry of `indicators` or `candlesticks` before it has a name of its own. */
export interface Entry {
  readonly kind: 'indicator' | 'candlestick';
  readonly id: string;
  /** As the file has it; null when it has none. */
  readonly alias: string | null;
  readonly path: string;
}

export interface NamedEntry {
  /** `^[A-Za-z_][A-Za-z0-9_]{0,63}$`, and no word that prices have. */
  readonly alias: string;
  /** What rules of the file call it. */
  readonly original: string;
}

const priceWords: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close', 'volume', 'price']);

/**
 * Gives every entry a name, in order: its own where it has one, else what its dialect would make. The two count
 * differently, which is told where it matters.
 */
export function nameEntries(entries: readonly Entry[], notes: ReadingNotes): readonly NamedEntry[] {
  const originals = originalNames(entries, notes);
  const taken = new Set<string>();
  return entries.map(({ id }, place) => {
    const original = originals[place] ?? id;
    const plain = canonical(original, id);
    let alias = plain;
    for (let count = 2; taken.has(alias); count += 1) alias = `${plain}_${count}`;
    taken.add(alias);
    return { alias, original };
  });
}

function originalNames(entries: readonly Entry[], notes: ReadingNotes): readonly string[] {
  const [byB, byS] = [missingByB(entries), missingByS(entries)];
  const seen = new Set<string>();
  return entries.map((entry, place) => {
    const name = entry.alias ?? (notes.dialect === 's' ? byS[place] : byB[place]) ?? entry.id;
    if (entry.alias === null) tellMissing(entry, byB[place] ?? '', byS[place] ?? '', notes);
    else if (priceWords.has(name)) tellPriceWord(entry, notes);
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    return renamed(name, entry, seen, notes);
  });
}

/** Counts what has no name, by id, indicators and patterns together. */
function missingByB(entries: readonly Entry[]): readonly string[] {
  const counts = new Map<string, number>();
  return entries.map(({ id, alias }) => {
    if (alias === null) counts.set(id, (counts.get(id) ?? 0) + 1);
    return `${id}_${counts.get(id) ?? 0}`;
  });
}

/** Counts every indicator of an id; patterns by their place in the list. */
function missingByS(entries: readonly Entry[]): readonly string[] {
  const counts = new Map<string, number>();
  let patterns = 0;
  return entries.map(({ kind, id }) => {
    if (kind === 'candlestick') {
      patterns += 1;
      return `${id}_${patterns}`;
    }
    counts.set(id, (counts.get(id) ?? 0) + 1);
    return `${id}_${counts.get(id) ?? 0}`;
  });
}

function tellMissing({ path, id }: Entry, byB: string, byS: string, notes: ReadingNotes): void {
  const used = notes.dialect === 's' ? byS : byB;
  if (byB === byS) {
    notes.inform('alias', path, {
      ko: `${id}에 이름(alias)이 없어서 "${used}"로 불러요.`,
      en: `This ${id} has no alias and is called "${used}".`,
    });
    return;
  }
  notes.warn('alias', path, {
    ko: `${id}에 이름(alias)이 없어요. B는 "${byB}", S는 "${byS}"로 읽어서 규칙이 달라질 수 있어요. 여기서는 "${used}"로 읽었어요. alias를 적어 주세요.`,
    en: `This ${id} has no alias: B calls it "${byB}" and S "${byS}", so rules may mean different things. Read as "${used}"; write the alias.`,
  });
}

function tellPriceWord({ alias, path }: Entry, notes: ReadingNotes): void {
  notes.error('alias', `${path}.alias`, {
    ko: `${withParticle(`"${alias}"`, 'topic')} 가격을 뜻하는 말이라 이름으로 쓸 수 없어요. 다른 이름을 적어 주세요.`,
    en: `"${alias}" means a price and cannot be an alias; choose another.`,
  });
}

/** One dialect refuses a second use of a name, the other renames it; the file then goes on meaning the first. */
function renamed(name: string, { path }: Entry, seen: Set<string>, notes: ReadingNotes): string {
  let free = `${name}_2`;
  for (let count = 3; seen.has(free); count += 1) free = `${name}_${count}`;
  seen.add(free);
  const texts = {
    ko: `이름 ${withParticle(shown(name), 'subject')} 두 번 나와요. B는 거절하고 S는 "${free}"로 바꿔요. 서로 다르게 지어 주세요.`,
    en: `The alias ${shown(name)} stands here twice: B refuses that, S renames it "${free}". Make them differ.`,
  };
  if (notes.dialect === 's') notes.warn('alias', `${path}.alias`, texts);
  else notes.error('alias', `${path}.alias`, texts);
  return free;
}

function canonical(original: string, id: string): string {
  const plain = original.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 56);
  const named = /[A-Za-z0-9]/.test(plain) ? plain : `${id.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 40)}_1`;
  const isSafe = /^[A-Za-z_]/.test(named) && !(named in {}) && !priceWords.has(named);
  return isSafe ? named : `ind_${named}`;
}

/** What rules may name: aliases as the file writes them, with what stands behind each. */
export class AliasTable {
  readonly #indicators: ReadonlyMap<string, RuleIndicator>;
  readonly #candlesticks: Map<string, RuleCandlestick>;
  /** Of which the last entries are patterns that a rule named without declaring them. */
  readonly candlesticks: RuleCandlestick[];

  constructor(
    indicators: readonly (readonly [string, RuleIndicator])[],
    candlesticks: readonly (readonly [string, RuleCandlestick])[],
  ) {
    this.#indicators = new Map(indicators);
    this.#candlesticks = new Map(candlesticks);
    this.candlesticks = candlesticks.map(([, one]) => one);
  }

  indicator(name: string): RuleIndicator | null {
    return this.#indicators.get(name) ?? null;
  }

  /** One that is declared, else the pattern that `hammer` or `hammer_1` names by itself. */
  candlestick(name: string): RuleCandlestick | null {
    const known = this.#candlesticks.get(name);
    if (known !== undefined) return known;
    const id = name.replace(/_\d+$/, '');
    if (candlestickById(id) === null || this.#indicators.has(name) || this.candlesticks.length >= 64) return null;
    const made = { alias: name, label: name, id };
    this.#candlesticks.set(name, made);
    this.candlesticks.push(made);
    return made;
  }

  get names(): readonly string[] {
    return [...this.#indicators.keys(), ...this.#candlesticks.keys()];
  }
}

/** A whole number of a range, both ends included; most are periods in bars. */
export interface WholeSpec {
  readonly kind: 'whole';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Only multiples of it are taken; 1 when left out. */
  readonly multipleOf?: number;
}

/** Any number of a range, both ends included. */
export interface NumberSpec {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** By how much a slider moves it. */
  readonly step: number;
}

export interface ChoiceSpec {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
}

export type ParamSpec = WholeSpec | NumberSpec | ChoiceSpec;

/** By name, in the order in which a strategy writes them. */
export type ParamSpecs = Readonly<Record<string, ParamSpec>>;

export type ParamValues = Readonly<Record<string, number | string>>;

export type ValuesOf<Specs extends ParamSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends ChoiceSpec ? Specs[Name]['choices'][number] : number;
};

export type ReadParams =
  | { readonly kind: 'params'; readonly values: ParamValues }
  | { readonly kind: 'bad-param'; readonly name: string; readonly found: unknown; readonly wanted: string };

export function whole(value: number, min: number, max: number): WholeSpec {
  return { kind: 'whole', default: value, min, max };
}

export function evenWhole(value: number, min: number, max: number): WholeSpec {
  return { kind: 'whole', default: value, min, max, multipleOf: 2 };
}

export function decimal(value: number, min: number, max: number, step: number): NumberSpec {
  return { kind: 'number', default: value, min, max, step };
}

export function choice<const Choices extends readonly [string, ...string[]]>(
  ...choices: Choices
): ChoiceSpec & { readonly choices: Choices } {
  return { kind: 'choice', default: choices[0], choices };
}

export function defaultParams(specs: ParamSpecs): ParamValues {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
}

/**
 * Values from outside, whatever they are: each is held against its specification, what is missing takes its default, and
 * names that no specification knows are refused.
 */
export function readParams(specs: ParamSpecs, given: Readonly<Record<string, unknown>>): ReadParams {
  const values: Record<string, number | string> = {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(specs, name)) continue;
    const known = Object.keys(specs).join(', ');
    return { kind: 'bad-param', name, found: given[name], wanted: known === '' ? 'no parameter' : `one of ${known}` };
  }
  for (const [name, spec] of Object.entries(specs)) {
    const found = Object.hasOwn(given, name) ? given[name] : spec.default;
    if (!isAllowed(spec, found)) return { kind: 'bad-param', name, found, wanted: wantedOf(spec) };
    values[name] = found;
  }
  return { kind: 'params', values };
}

/** Why periods do not go together; null when they do. */
export function fastBelowSlow({ fast, slow }: { readonly fast: number; readonly slow: number }): string | null {
  return fast < slow ? null : `a fast period below the slow one of ${slow}, not ${fast}`;
}

function isAllowed(spec: ParamSpec, found: unknown): found is number | string {
  if (spec.kind === 'choice') return typeof found === 'string' && spec.choices.includes(found);
  if (typeof found !== 'number' || !(found >= spec.min && found <= spec.max)) return false;
  return spec.kind === 'number' || (Number.isSafeInteger(found) && found % (spec.multipleOf ?? 1) === 0);
}

function wantedOf(spec: ParamSpec): string {
  if (spec.kind === 'choice') return `one of ${spec.choices.join(', ')}`;
  const kind = spec.kind === 'number' ? 'a number' : spec.multipleOf === 2 ? 'an even number' : 'a whole number';
  return `${kind} from ${spec.min} to ${spec.max}`;
}

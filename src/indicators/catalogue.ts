import { sma } from './catalogue/averages/sma.ts';
import { consecutive } from './catalogue/misc/consecutive.ts';
import type { IndicatorDefinition } from './definition.ts';

/** Every indicator that strategies can name, by group and in the order of the specification. */
export const indicators: readonly IndicatorDefinition[] = [sma, consecutive];

const byId: ReadonlyMap<string, IndicatorDefinition> = new Map(indicators.map((one) => [one.id, one]));

/** Null when no indicator has this id; ids are lower case. */
export function indicatorById(id: string): IndicatorDefinition | null {
  return byId.get(id) ?? null;
}

import { averaging } from './averaging.ts';
import { conditionList } from './condition-list.ts';
import { dualMomentum } from './dual-momentum.ts';
import { ladder } from './ladder.ts';
import type { Recipe } from './recipe.ts';
import { volatilityBreakout } from './volatility-breakout.ts';

/** Every recipe, in the order in which lists show them. */
export const recipes: readonly Recipe[] = [averaging, ladder, volatilityBreakout, dualMomentum, conditionList];

/** Null when there is none of this id. */
export function recipeById(id: string): Recipe | null {
  return recipes.find((recipe) => recipe.id === id) ?? null;
}

import type { ParamValues } from '#indicators/params.ts';

/**
 * A recipe with its settings as one text, the same for the same; its hash stands where a strategy of one's own has that of
 * its file.
 *
 * @param settings as `readRecipeSettings` gives them
 */
export function recipeIdentity(
  id: string,
  settings: { readonly values: ParamValues; readonly texts: Readonly<Record<string, string>> },
): string {
  const sorted = (entries: object): readonly unknown[] =>
    Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([id, sorted(settings.values), sorted(settings.texts)]);
}

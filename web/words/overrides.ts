export type Overrides =
  | { readonly kind: 'read'; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'wrong'; readonly line: string };

/** `ma_short: 3`, one a line; empty lines are skipped. The first line that is not a name and a number is returned. */
export function parseOverrides(text: string): Overrides {
  const values: Record<string, number> = {};
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, name, number] = /^([a-z][a-z0-9_]*)\s*[:=]\s*(-?\d+(?:\.\d+)?)$/i.exec(line) ?? [];
    if (name === undefined || number === undefined) return { kind: 'wrong', line };
    values[name] = Number(number);
  }
  return { kind: 'read', values };
}

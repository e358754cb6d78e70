/** Names written one after the other, as the documentation lists them. `name{1..5}` stands for `name1` to `name5`. */
export function fieldNames(names: string): readonly string[] {
  return names.trim().split(/\s+/).flatMap(expanded);
}

function expanded(name: string): readonly string[] {
  const match = /^(\w+)\{1\.\.(\d+)\}$/.exec(name);
  if (match === null) return [name];
  const [, stem = '', last = '0'] = match;
  return Array.from({ length: Number(last) }, (_, index) => `${stem}${index + 1}`);
}

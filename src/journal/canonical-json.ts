/**
 * JSON with sorted keys and no white space, so that one value has one text and one hash.
 *
 * @throws {TypeError} on what JSON cannot say exactly: undefined, functions, bigints, NaN, infinities, class instances
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`Cannot record the number ${value}: wanted a finite one`);
    return String(value);
  }
  if (Array.isArray(value)) return listText(value);
  if (!isPlainObject(value)) throw new TypeError(`Cannot record a ${typeof value}: wanted plain JSON`);
  return membersText(value);
}

function listText(list: readonly unknown[]): string {
  let text = '';
  // By number and not by iteration: a hole in a list is undefined, and refused.
  for (let index = 0; index < list.length; index += 1) {
    text += index === 0 ? canonicalJson(list[index]) : `,${canonicalJson(list[index])}`;
  }
  return `[${text}]`;
}

function membersText(members: Readonly<Record<string, unknown>>): string {
  let text = '';
  // Sorted by UTF-16 units, as `<` compares.
  for (const name of Object.keys(members).sort()) {
    const member = `${JSON.stringify(name)}:${canonicalJson(members[name])}`;
    text += text === '' ? member : `,${member}`;
  }
  return `{${text}}`;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

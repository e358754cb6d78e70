/**
 * Two hundred ways in which a secret may stand in a text: plain, encoded, escaped, in pieces. `prefix` bytes before it move
 * base64 by one and two thirds of a character, as anything in front of it would.
 */
export function canaryForms(secret: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  const add = (name: string, text: string): void => void forms.set(name, text);
  for (const [name, text] of cased(secret)) {
    add(name, text);
    encodings(text).forEach((encoded, index) => add(`${name} encoded ${index}`, encoded));
  }
  for (let at = 4; at < secret.length - 3; at += 1) {
    for (const [name, between] of splits) {
      if (forms.size < 200) add(`${name} at ${at}`, `${secret.slice(0, at)}${between}${secret.slice(at)}`);
    }
  }
  return forms;
}

const splits: readonly (readonly [name: string, between: string])[] = [
  ['line feed', '\n'],
  ['carriage return', '\r\n'],
  ['escaped line feed', '\\n'],
  ['joined lines', '" +\n"'],
  ['soft line', '=\n'],
  ['backslash line', '\\\n'],
];

function cased(secret: string): readonly (readonly [name: string, text: string])[] {
  return [
    ['plain', secret],
    ['upper', secret.toUpperCase()],
    ['lower', secret.toLowerCase()],
    ['reversed', Array.from(secret).toReversed().join('')],
  ];
}

function encodings(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString('hex');
  const characters = Array.from(text);
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  const pairs = hex.match(/../g) ?? [];
  return [
    ...[0, 1, 2].flatMap((shift) => shifted(bytes, shift)),
    hex,
    hex.toUpperCase(),
    pairs.join(' '),
    pairs.join(':'),
    pairs.map((pair) => `\\x${pair}`).join(''),
    pairs.map((pair) => `%${pair}`).join(''),
    pairs.map((pair) => `%${pair.toUpperCase()}`).join(''),
    pairs.map((pair) => `0x${pair}`).join(', '),
    encodeURIComponent(encodeURIComponent(`${text}%`)).slice(0, -3),
    codes.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join(''),
    codes.map((code) => `&#${code};`).join(''),
    codes.map((code) => `&#x${code.toString(16)};`).join(''),
    codes.join(','),
    codes.join(', '),
    codes.join(' '),
    codes.map((code) => `\\${code.toString(8)}`).join(''),
    characters.join(' '),
    characters.join('\n'),
    characters.join('\u0000'),
    characters.join("','"),
    characters.join('","'),
  ];
}

/** Base64 and base64url of the part that does not depend on what stands around it. */
function shifted(bytes: Buffer, shift: number): readonly string[] {
  const moved = Buffer.concat([Buffer.alloc(shift), bytes]);
  const from = shift === 0 ? 0 : 4;
  const whole = moved.length - (moved.length % 3);
  const text = moved.subarray(0, whole).toString('base64').slice(from);
  return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
}

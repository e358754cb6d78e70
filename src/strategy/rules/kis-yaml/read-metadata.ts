import { withParticle } from '../../korean-particle.ts';
import type { RuleMetadata, RuleParam } from '../program.ts';
import { plainNumber, shown, type ReadingNotes } from './reading-notes.ts';

const idLengthMax = 64;
const metadataKeys = ['name', 'description', 'author', 'tags'];
const paramKeys = ['default', 'min', 'max', 'step', 'type', 'description'];
const paramsMax = 64;

/** `metadata` and the names in `strategy`. */
export function readMetadata(
  metadata: ReadonlyMap<string, unknown>,
  strategy: ReadonlyMap<string, unknown>,
  notes: ReadingNotes,
): RuleMetadata {
  notes.keep(metadata, metadataKeys, ['metadata']);
  const name = notes.text(metadata.get('name'), 'metadata.name', '');
  if (name === '' && !notes.findings.some(({ path }) => path === 'metadata.name')) {
    notes.error('shape', 'metadata.name', {
      ko: '전략 이름이 없어요. "metadata: { name: … }"를 적어 주세요.',
      en: 'The strategy has no name; write "metadata: { name: … }".',
    });
  }
  const tags = notes.list(metadata.get('tags'), 'metadata.tags').slice(0, 64);
  return {
    id: readId(strategy, name, notes),
    name,
    description: notes.text(metadata.get('description'), 'metadata.description', ''),
    author: notes.text(metadata.get('author'), 'metadata.author', 'user'),
    category: notes.text(strategy.get('category'), 'strategy.category', 'custom'),
    tags: tags.map((tag, place) => notes.text(tag, `metadata.tags.${place}`, '')),
  };
}

/** One dialect makes an id of the name where there is none; the other refuses the file. */
function readId(strategy: ReadonlyMap<string, unknown>, name: string, notes: ReadingNotes): string {
  const path = 'strategy.id';
  const given = notes.text(strategy.get('id'), path, '');
  const plain = (given === '' ? name : given).toLowerCase().replace(/[^a-z0-9_-]+/g, '_');
  const id = plain.replace(/^_+|_+$/g, '').slice(0, idLengthMax) || 'strategy';
  if (given === '') {
    notes.warn('id', path, {
      ko: `전략 id가 없어서 "${id}"로 지었어요. B는 id가 없는 파일을 거절해요.`,
      en: `There is no strategy id, so it is called "${id}"; B refuses a file without one.`,
    });
  } else if (id !== given) {
    notes.warn('id', path, {
      ko: `id ${withParticle(shown(given), 'object')} "${id}"로 바꿨어요. 소문자, 숫자, -, _만 쓸 수 있어요.`,
      en: `The id ${shown(given)} became "${id}": only lower-case letters, digits, - and _ are used.`,
    });
  }
  return id;
}

/** `strategy.params`: what numbers elsewhere refer to by `$name`. */
export function readParamTable(value: unknown, notes: ReadingNotes): Readonly<Record<string, RuleParam>> {
  const found: (readonly [string, RuleParam])[] = [];
  for (const [name, entry] of notes.map(value, 'strategy.params')) {
    const path = `strategy.params.${name.slice(0, 64)}`;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) || name in {} || found.length >= paramsMax) {
      notes.error('param', path, {
        ko: `${withParticle(shown(name), 'topic')} 변수 이름으로 쓸 수 없어요. 영문자로 시작하는 이름을 ${paramsMax}개까지 쓸 수 있어요.`,
        en: `${shown(name)} cannot name a parameter; at most ${paramsMax} names that begin with a letter are taken.`,
      });
      continue;
    }
    const param = readParam(name, entry, path, notes);
    if (param !== null) found.push([name, param]);
  }
  return Object.fromEntries(found);
}

function readParam(name: string, entry: unknown, path: string, notes: ReadingNotes): RuleParam | null {
  const scalar = plainNumber(entry);
  if (scalar !== null) {
    notes.warn('param', path, {
      ko: `${withParticle(`"${name}: ${scalar}"`, 'topic')} "${name}: { default: ${scalar} }"로 적는 게 맞아요. B의 검사는 이 꼴을 거절해요.`,
      en: `"${name}: ${scalar}" should be written "${name}: { default: ${scalar} }"; B's own check refuses it as it is.`,
    });
  }
  const map = scalar === null ? notes.map(entry, path) : new Map([['default', scalar]]);
  notes.keep(map, paramKeys, ['strategy', 'params', name]);
  const standard = plainNumber(map.get('default'));
  if (standard === null) {
    notes.error('param', `${path}.default`, {
      ko: `변수 "${name}"에 쓸 기본값이 없어요. "default: 14"처럼 숫자를 적어 주세요.`,
      en: `The parameter "${name}" has no number as its default; write one, such as "default: 14".`,
    });
    return null;
  }
  const [min, max, step] = [
    bound(map, 'min', path, notes),
    bound(map, 'max', path, notes),
    bound(map, 'step', path, notes),
  ];
  if ((min !== null && standard < min) || (max !== null && standard > max)) {
    notes.warn('param', `${path}.default`, {
      ko: `변수 "${name}"의 기본값 ${withParticle(String(standard), 'subject')} 범위 ${min ?? ''}–${max ?? ''} 밖이에요. B는 그대로 쓰고, 여기서도 그대로 써요.`,
      en: `The default ${standard} of "${name}" lies outside ${min ?? ''}–${max ?? ''}; B uses it all the same, and so does this.`,
    });
  }
  const description = notes.text(map.get('description'), `${path}.description`, '');
  return { default: standard, min, max, step, type: typeOf(map.get('type'), [standard, min, max, step]), description };
}

function bound(map: ReadonlyMap<string, unknown>, key: string, path: string, notes: ReadingNotes): number | null {
  const value = map.get(key);
  if (value === undefined || value === null) return null;
  const number = plainNumber(value);
  if (number !== null && (key !== 'step' || number > 0)) return number;
  notes.error('param', `${path}.${key}`, {
    ko: `"${key}" 값 ${withParticle(shown(value), 'object')} 숫자로 읽을 수 없어요.`,
    en: `"${key}" is ${shown(value)}, wanted a number.`,
  });
  return null;
}

function typeOf(value: unknown, numbers: readonly (number | null)[]): 'int' | 'float' {
  if (value === 'int' || value === 'float') return value;
  return numbers.every((number) => number === null || Number.isInteger(number)) ? 'int' : 'float';
}

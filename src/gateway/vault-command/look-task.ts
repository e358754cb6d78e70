import { seoulDate } from '#domain/trading-date.ts';
import { keyAge, type KeyAge } from '#link/key-age.ts';
import { careReminders } from '#link/vault-care.ts';
import type { SecretMeta } from '#vault/vault.ts';
import { readVaultFile, type ReadVaultFile } from '#vault/read-vault-file.ts';
import { readBytes } from '#vault/open-vault.ts';
import { doorState } from './door-task.ts';
import { needVault, readCare, type Outcome, type Say, type Stage } from './stage.ts';

/** `snowball vault status`: what can be told without opening it; nothing of it is proven before it is opened. */
export async function status(stage: Stage): Promise<Outcome> {
  const { say, file, request } = stage;
  const { id, generation, slots, secrets } = (await look(stage)).file;
  const care = readCare(file);
  const due = careReminders(care, Temporal.Now.instant());
  const gateway = (await doorState(request.home)) ?? 'stopped';
  const kinds = slots.map(({ kind }) => slotName(kind, say)).join(', ');
  const lines = [
    say(`금고  ${id}, ${generation}세대`, `vault  ${id}, generation ${generation}`),
    say(`여는 방법  ${kinds}`, `ways in  ${kinds}`),
    say(`비밀  ${secrets.length}개`, `secrets  ${secrets.length}`),
    say(`게이트웨이  ${gatewayWord(gateway, say)}`, `gateway  ${gateway}`),
    say(
      `백업  ${care.backedUpAt ?? '없어요'} · 확인  ${care.drilledAt ?? '없어요'}`,
      `backup  ${care.backedUpAt ?? 'never'} · drill  ${care.drilledAt ?? 'never'}`,
    ),
    ...(slots.length < 2
      ? [
          say(
            '여는 방법이 하나뿐이에요. "snowball vault recovery"로 복구 종이를 만들어 주세요.',
            'There is one way in only: make a recovery sheet with "snowball vault recovery".',
          ),
        ]
      : []),
    ...due.map(({ ko, en }) => say(ko, en)),
  ];
  return {
    text: lines.join('\n'),
    json: {
      id,
      generation,
      slots: slots.map(({ kind }) => kind),
      secrets: secrets.length,
      gateway,
      backedUpAt: care.backedUpAt,
      drilledAt: care.drilledAt,
      due: due.map(({ kind }) => kind),
    },
  };
}

/** `snowball vault list`: names, labels and ages; never a value. */
export async function list(stage: Stage): Promise<Outcome> {
  const { secrets } = (await look(stage)).file;
  const metas = secrets.map(({ meta }) => meta);
  const ages = keyAges(metas);
  const rows = metas.length === 0 ? [stage.say('금고가 비어 있어요.', 'The vault is empty.')] : metas.map(row);
  const due = ages.filter(({ level }) => level !== 'fresh').map(({ name, ko, en }) => `${name}  ${stage.say(ko, en)}`);
  return { text: [...rows, ...due].join('\n'), json: { secrets: metas, keyAges: ages } };
}

/** Of the keys in use, since they were put: the day of their issue is sealed. Trial keys end with their testbed. */
function keyAges(metas: readonly SecretMeta[]): readonly (KeyAge & { readonly name: string })[] {
  const today = seoulDate(Temporal.Now.instant());
  return metas
    .filter(({ type, label }) => type === 'app-key' && label === 'CURRENT')
    .map(({ name, savedAt }) => ({ name, ...keyAge(seoulDate(Temporal.Instant.from(savedAt)), today) }));
}

function row({ name, label, version, savedAt }: SecretMeta): string {
  return `${name}  ${label}  ${version}  ${savedAt}`;
}

async function look(stage: Stage): Promise<ReadVaultFile> {
  needVault(stage);
  return readVaultFile(await readBytes(stage.file));
}

function slotName(kind: string, say: Say): string {
  if (kind === 'passphrase') return say('암호문', 'passphrase');
  return kind === 'recovery' ? say('복구 종이', 'recovery sheet') : say('열쇠 파일', 'key file');
}

function gatewayWord(state: string, say: Say): string {
  if (state === 'open') return say('금고를 열고 있어요', 'open');
  if (state === 'stopped') return say('꺼져 있어요', 'stopped');
  return say('금고가 열리길 기다려요', 'locked');
}

import { readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { FixConfiguration } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import { makeCredentialFile } from '#vault/credential-file.ts';
import { createVault } from '#vault/create-vault.ts';
import type { LocalVault } from '#vault/local-vault.ts';
import { generatePassphrase, normalisePassphrase } from '#vault/passphrase.ts';
import { saveFile } from '#vault/save-file.ts';
import { newRecoverySheet, sheetRows } from '#vault/backup/recovery-sheet.ts';
import { noteCare, withVault, type Outcome, type Say, type Stage } from './stage.ts';

/** `snowball vault create`: passphrase, vault, recovery sheet; what must be written down is shown once. */
export async function create(
  stage: Stage<{ readonly kind: 'create'; readonly sheet: string | null }>,
): Promise<Outcome> {
  const { file, say, task } = stage;
  if (existsSync(file)) throw await alreadyThere(file);
  const chosen = await newPassphrase(stage);
  const vault = await createVault({ file, passphrase: chosen.passphrase });
  const sheet = await replaceSheet(vault, task.sheet, say);
  await noteCare(file, { createdAt: Temporal.Now.instant().toString(), backedUpAt: null, drilledAt: null });
  const { id, generation } = vault;
  vault.seal();
  const words = chosen.isGenerated
    ? say(
        `금고 암호문이에요. 지금 종이에 적어 주세요. 다시 보여 드리지 않아요.\n\n  ${chosen.passphrase.reveal()}\n\n`,
        `The passphrase of your vault. Write it down now; it is not shown again.\n\n  ${chosen.passphrase.reveal()}\n\n`,
      )
    : '';
  const done = say(`금고를 만들었어요: "${file}".`, `The vault is made: "${file}".`);
  const shown = chosen.isGenerated ? { passphrase: chosen.passphrase.reveal() } : {};
  return { text: `${words}${sheet.text}\n${done}`, json: { id, generation, file, ...shown, ...sheet.json } };
}

async function alreadyThere(file: string): Promise<FixConfiguration> {
  return new FixConfiguration(
    'vault.exists',
    `Cannot create the vault "${file}": a file of that name is there. Open it, or move it away first`,
  );
}

/** Typed twice by a person; six drawn words when nothing is typed. @throws {FixConfiguration} vault.repeat */
async function newPassphrase({
  ask,
  say,
}: Pick<Stage, 'ask' | 'say'>): Promise<{ readonly passphrase: Secret; readonly isGenerated: boolean }> {
  const passphrase = await ask.secret(
    say('새 암호문(그냥 Enter를 누르면 여섯 낱말을 뽑아 드려요):', 'New passphrase (Enter alone draws six words):'),
  );
  if (passphrase.reveal().trim() === '') return { passphrase: new Secret(generatePassphrase()), isGenerated: true };
  if (ask.isPerson) {
    const again = await ask.secret(say('한 번 더:', 'Once more:'));
    if (normalisePassphrase(again.reveal()) !== normalisePassphrase(passphrase.reveal())) {
      throw new FixConfiguration(
        'vault.repeat',
        'Cannot use the new passphrase: it was typed differently the second time',
      );
    }
  }
  return { passphrase, isGenerated: false };
}

/** `snowball vault passphrase`: wraps 32 bytes anew; the old passphrase opens nothing here any more. */
export async function passphrase(stage: Stage): Promise<Outcome> {
  return await withVault(stage, async (vault) => {
    const chosen = await newPassphrase(stage);
    await vault.changeSlots({ kind: 'replace', key: { kind: 'passphrase', passphrase: chosen.passphrase } });
    const words = chosen.isGenerated ? `\n\n  ${chosen.passphrase.reveal()}\n` : '';
    return {
      text: stage.say(
        `금고 암호문을 바꿨어요. 전에 만든 백업은 여전히 옛 암호문이나 복구 종이로 열려요.${words}`,
        `The passphrase is changed. Backups made before still open the old way.${words}`,
      ),
      json: {
        generation: vault.generation,
        ...(chosen.isGenerated ? { passphrase: chosen.passphrase.reveal() } : {}),
      },
    };
  });
}

/** `snowball vault recovery`: a new sheet; the one before opens this vault no longer. */
export async function recovery(
  stage: Stage<{ readonly kind: 'recovery'; readonly sheet: string | null }>,
): Promise<Outcome> {
  return await withVault(stage, async (vault) => {
    const sheet = await replaceSheet(vault, stage.task.sheet, stage.say);
    return { text: sheet.text, json: { generation: vault.generation, ...sheet.json } };
  });
}

async function replaceSheet(vault: LocalVault, target: string | null, say: Say): Promise<Outcome> {
  const sheet = await newRecoverySheet();
  const page = pageOf(sheetRows(sheet), sheet.recipient, vault.id, say);
  // The page first: a slot whose key nobody holds would be no way in.
  if (target !== null) await saveNew(target, page);
  await vault.changeSlots({ kind: 'replace', key: { kind: 'recovery', sheet: sheet.key }, recipient: sheet.recipient });
  if (target === null) return { text: page, json: { recipient: sheet.recipient, recoveryKey: sheet.key.reveal() } };
  const text = say(
    `복구 종이를 "${target}"에 썼어요. 인쇄한 다음 파일은 지워 주세요.`,
    `The recovery sheet is in "${target}": print it, then delete the file.`,
  );
  return { text, json: { recipient: sheet.recipient, sheet: target } };
}

async function saveNew(target: string, page: string): Promise<void> {
  if (existsSync(target)) {
    throw new FixConfiguration(
      'vault.save',
      `Cannot write the recovery sheet "${target}": a file is there, wanted a new name`,
    );
  }
  await saveFile(target, Buffer.from(page));
}

function pageOf(rows: readonly string[], recipient: string, id: string, say: Say): string {
  const key = rows.map((row, index) => `  ${index}  ${row}`).join('\n');
  return say(
    `스노우볼 복구 종이\n금고 ${id}\n\n이 종이 한 장으로 금고와 백업이 열려요. 인쇄하거나 적어서 집 밖의 안전한 곳에 두세요.\n\n${key}\n\n받는 주소  ${recipient}\n줄 번호와 빈칸은 빼고 적어요. 공개 도구 age로도 백업이 열려요.\n`,
    `Snowball recovery sheet\nVault ${id}\n\nThis sheet alone opens the vault and its backups. Print it or write it down, and keep it away from the machine.\n\n${key}\n\nRecipient  ${recipient}\nType it without row numbers and spaces. The public tool age opens backups with it.\n`,
  );
}

/** `snowball vault credential FILE`: a key file for a machine that starts alone, or none any more. */
export async function credential(
  stage: Stage<{ readonly kind: 'credential'; readonly file: string | null }>,
): Promise<Outcome> {
  const { task, say } = stage;
  return await withVault(stage, async (vault) => {
    if (task.file === null) {
      await vault.changeSlots({ kind: 'remove', slot: 'credential' });
      return {
        text: say('열쇠 파일로는 더 열리지 않아요.', 'No key file opens the vault any more.'),
        json: { generation: vault.generation },
      };
    }
    const key = await makeCredentialFile(task.file);
    await vault.changeSlots({ kind: 'replace', key: { kind: 'credential', key } }).catch(async (error: unknown) => {
      // A key that opens nothing only confuses.
      if (task.file !== null && (await readFile(task.file, 'utf8')).trim() === key.reveal()) await rm(task.file);
      throw error;
    });
    return {
      text: say(
        `열쇠 파일을 "${task.file}"에 만들었어요. systemd의 LoadCredential에 snowball-vault-key라는 이름으로 넣어 주세요.`,
        `The key file is "${task.file}": hand it to systemd's LoadCredential under the name snowball-vault-key.`,
      ),
      json: { generation: vault.generation, file: task.file },
    };
  });
}

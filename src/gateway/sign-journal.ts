import { FixConfiguration } from '#domain/errors.ts';
import type { BrokerEnvironment } from '#domain/environment.ts';
import { seoulDate } from '#domain/trading-date.ts';
import { openAnchor, type Anchor, type HeadChannel } from '#journal/anchor-file.ts';
import type { FileJournal } from '#journal/journal.ts';
import { journalSigner } from '#journal/signer.ts';
import type { Vault } from '#vault/vault.ts';

const lookAtDayEveryMs = 60_000;

export interface SignJournalOptions {
  readonly journal: FileJournal;
  readonly vault: Pick<Vault, 'names' | 'get' | 'put'>;
  readonly environment: BrokerEnvironment;
  /** Belongs on another disk or to another owner. */
  readonly anchorFile: string;
  /** The way of the alerts: takes each signed head to the person. */
  readonly channel: HeadChannel;
  /** A head that did not get outside; the next one covers it. */
  readonly onFault: (error: unknown) => void;
}

/**
 * From now on the journal signs its head with a key that the vault keeps, and each signed head goes to the anchor and
 * to the alert channel. An anchor that cannot be written stops nothing: it is reported, and the next head covers the gap.
 *
 * @returns ends the watch for the end of the day and closes the anchor; the journal is closed before
 */
export async function signJournal(options: SignJournalOptions): Promise<{ close(): Promise<void> }> {
  const { journal, vault, environment, channel, onFault } = options;
  const name = `snowball.${environment}.journal-key`;
  const signer = await journalSigner(
    () => (vault.names().some((meta) => meta.name === name) ? vault.get(name) : null),
    (key) => vault.put(name, key, { broker: 'snowball', environment, type: 'journal-key' }),
  );
  const anchor = await anchorAt(options.anchorFile, onFault);
  await journal.startSigning({
    signer,
    async onSigned(head) {
      try {
        if (anchor !== null) await channel(await anchor.append(head, signer));
      } catch (error) {
        onFault(error);
      }
    },
  });
  const watch = watchDay(journal, onFault);
  return {
    async close() {
      clearInterval(watch);
      await anchor?.close();
    },
  };
}

/** The journal signs at the first commit of a new day by itself; this is for a night in which nothing is written. */
function watchDay(journal: FileJournal, onFault: (error: unknown) => void): NodeJS.Timeout {
  const today = (): string => seoulDate(Temporal.Now.instant()).toString();
  let day = today();
  const watch = setInterval(() => {
    if (today() === day) return;
    day = today();
    journal.checkpoint('day').catch(onFault);
  }, lookAtDayEveryMs);
  return watch.unref();
}

async function anchorAt(file: string, onFault: (error: unknown) => void): Promise<Anchor | null> {
  try {
    return await openAnchor(file);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    onFault(
      new FixConfiguration(
        'journal.anchor',
        `Cannot write the anchor "${file}": ${found}, wanted a file to append to`,
        {
          cause,
        },
      ),
    );
    return null;
  }
}

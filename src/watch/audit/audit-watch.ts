import { Worker } from 'node:worker_threads';
import type { AlertCodeName } from '#link/alert-codes.ts';
import type { AuditFiles, AuditFinding } from './check-audit.ts';

export interface AuditWatchOptions {
  /** One whole check; rejects when it could not be made. */
  readonly check: () => Promise<AuditFinding>;
  /** Only while the gateway lives: what it left behind when it died is judged at its next start. */
  readonly isGatewayAlive: () => boolean;
  readonly halt: (reason: string) => void;
  readonly tell: (code: AlertCodeName) => void;
  readonly note: (event: string, facts: Readonly<Record<string, unknown>>) => void;
  /** Real milliseconds before a bad finding is looked at again; 2,000 if not said. */
  readonly againMs?: number;
}

/** A gateway that is killed and starts again cuts its unfinished end off while somebody reads: a finding must last. */
const looks = 3;

/** Rule N11: a journal that does not verify, or whose head has not gone outside for 26 hours, halts and is critical. */
export class AuditWatch {
  readonly #options: AuditWatchOptions;
  #isLooking = false;
  #told = '';

  constructor(options: AuditWatchOptions) {
    this.#options = options;
  }

  /** To be called some time after the start and then every hour. Never rejects. */
  async look(): Promise<void> {
    if (this.#isLooking || !this.#options.isGatewayAlive()) return;
    this.#isLooking = true;
    try {
      await this.#look();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#options.note('failed', { what: 'verify the record', why });
    } finally {
      this.#isLooking = false;
    }
  }

  async #look(): Promise<void> {
    const { check, againMs = 2_000, isGatewayAlive, halt, tell, note } = this.#options;
    let finding = await check();
    for (let look = 1; look < looks && isBad(finding); look += 1) {
      await new Promise((resolve) => setTimeout(resolve, againMs));
      finding = await check();
    }
    if (!isBad(finding) || !isGatewayAlive()) {
      if (!isBad(finding)) this.#told = '';
      return;
    }
    const { kind, detail } = finding;
    note('audit', { kind, detail });
    // A person who resumes all the same is told again when something else is found, or at the next start.
    if (this.#told === kind) return;
    this.#told = kind;
    tell(kind === 'broken' ? 'audit-broken' : 'anchor-late');
    halt(`rule N11: ${kind === 'broken' ? 'the record does not verify' : 'its head is late outside'}, ${detail}`);
  }
}

/** One check in a thread of its own. */
export function checkInWorker(files: AuditFiles): Promise<AuditFinding> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./audit-worker.ts', import.meta.url), { workerData: files });
    worker.once('message', (finding: AuditFinding) => resolve(finding));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the check ended without a finding')));
  });
}

function isBad(finding: AuditFinding): finding is Exclude<AuditFinding, { readonly kind: 'fine' | 'absent' }> {
  return finding.kind === 'broken' || finding.kind === 'anchor-late';
}

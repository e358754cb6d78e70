import type { Credentials } from '#brokers/broker.ts';
import { RetryLater } from '#domain/errors.ts';
import type { SessionWindow } from './session-window.ts';

export interface SessionDoorOptions {
  readonly window: () => SessionWindow;
  /** N01: an order or a token call outside the session was refused. Told for each. */
  readonly onOutside: (what: string, sentence: string) => void;
}

const seoul = 'Asia/Seoul';
/** Real milliseconds between two looks at the calendar; each use of a credential looks for itself. */
const lookMs = 1_000;

/**
 * Lets credentials be used inside the session window and nowhere else. The calendar is asked at every use, so nothing
 * depends on a timer having fired; the timer only tells when the window opens and closes, to fetch and drop the token.
 */
export class SessionDoor {
  readonly #options: SessionDoorOptions;
  #timer: NodeJS.Timeout | null = null;
  /** Revoking a token needs the key after the window has closed: until the time is out, and for nothing else. */
  #isSigningOut = false;
  #wasOpen: boolean | null = null;

  constructor(options: SessionDoorOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#options.window().kind === 'open';
  }

  /** Says why not and when again; null inside the window. */
  refusal(): string | null {
    const window = this.#options.window();
    if (window.kind === 'open') return null;
    if (window.opensAt === null) return 'outside the session: the calendar knows no trading day that is coming';
    const opens = window.opensAt.toZonedDateTimeISO(seoul).toPlainDateTime().toString({ smallestUnit: 'minute' });
    return `outside the session: the window opens at ${opens.replace('T', ' ')} in Seoul`;
  }

  /** @throws RetryLater `gateway.session-closed` outside the window; nothing leaves the machine */
  pass(what: string): void {
    const refusal = this.refusal();
    if (refusal !== null) throw new RetryLater('gateway.session-closed', `Cannot ${what}: ${refusal}`);
  }

  /** As `pass`, for an order or a token: its refusal is an incident. */
  passStrictly(what: string): void {
    const refusal = this.refusal();
    if (refusal === null) return;
    this.#options.onOutside(what, refusal);
    throw new RetryLater('gateway.session-closed', `Cannot ${what}: ${refusal}`);
  }

  /**
   * The same credentials, which open inside the window only.
   *
   * @param isExempt true while a person tries a new key, or an old one is revoked: these may not wait for a session
   */
  behind<Kept extends Credentials>(credentials: Kept, isExempt: () => boolean = () => false): Kept {
    const isFree = (): boolean => this.#isSigningOut || isExempt();
    const strictly = (): void => {
      if (!isFree()) this.passStrictly('use the key of the broker');
    };
    return {
      ...credentials,
      appSecret: () => {
        strictly();
        return credentials.appSecret();
      },
      loadToken: () => (this.isOpen || isFree() ? credentials.loadToken() : null),
    };
  }

  /** Calls back at once and at each change; at a close with the right to sign out, for as long as that takes. */
  start(onChange: { readonly opened: () => void; readonly closed: () => Promise<void> }): void {
    const look = (): void => {
      const { isOpen } = this;
      if (isOpen === this.#wasOpen) return;
      this.#wasOpen = isOpen;
      if (isOpen) onChange.opened();
      // A start outside the window drops what an earlier run may have left behind.
      else void this.#signOut(onChange.closed);
    };
    look();
    this.#timer = setInterval(look, lookMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #signOut(closed: () => Promise<void>): Promise<void> {
    this.#isSigningOut = true;
    try {
      await closed();
    } finally {
      this.#isSigningOut = false;
    }
  }
}

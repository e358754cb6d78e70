import type { Ready } from './child.ts';

export type Say = (korean: string, english: string) => string;

const names: Readonly<Record<string, readonly [korean: string, english: string]>> = {
  testbed: ['모의 증권사', 'simulated broker'],
  standby: ['비상 취소기', 'emergency canceller'],
  gateway: ['게이트웨이', 'gateway'],
  runner: ['전략 실행기', 'strategy runner'],
  server: ['화면 서버', 'web server'],
  watchdog: ['안전 감시', 'watchdog'],
};

/** What the person reads in the terminal while the house starts, runs and stops. */
export class Screen {
  readonly #say: Say;
  readonly #startedAt = performance.now();

  constructor(say: Say) {
    this.#say = say;
  }

  opening(environment: 'trial' | 'paper' = 'trial'): void {
    if (environment === 'paper') {
      return this.#line(
        this.#say(
          '스노우볼 모의투자를 시작해요. 금고가 열리면 이어져요.',
          'Starting Snowball for paper trading; it goes on when the vault is open.',
        ),
      );
    }
    this.#line(
      this.#say(
        '스노우볼 체험을 시작해요. 가상 돈, 가상 시세예요.',
        'Starting Snowball in trial mode: simulated money, simulated prices.',
      ),
    );
  }

  ready(name: string, ready: Ready, isRestart: boolean): void {
    const label = this.#label(name);
    if (isRestart) this.#line(this.#say(`✓ ${label}: 다시 움직여요.`, `✓ ${label} is running again.`));
    else this.#line(`✓ ${label}${this.#detail(name, ready)}`);
  }

  crashed(name: string, how: string, retryInMs: number): void {
    const label = this.#label(name);
    if (Number.isFinite(retryInMs)) {
      const seconds = (retryInMs / 1000).toFixed(1);
      this.#line(
        this.#say(
          `✗ ${label}: 멈췄어요(${how}). ${seconds}초 뒤에 다시 켜요.`,
          `✗ ${label} stopped (${how}); starting again in ${seconds} s.`,
        ),
      );
    } else
      this.#line(this.#say(`✗ ${label}: 다시 켤 수 없어요(${how}).`, `✗ ${label} cannot be started again (${how}).`));
  }

  /** It runs and does not answer: it is about to be ended. */
  silent(name: string, silentMs: number): void {
    const [label, seconds] = [this.#label(name), (silentMs / 1000).toFixed(1)];
    const korean = `✗ ${label}: ${seconds}초 동안 답하지 않아서 다시 켜요.`;
    this.#line(this.#say(korean, `✗ ${label} has not answered for ${seconds} s; starting it again.`));
  }

  wrote(name: string, line: string): void {
    this.#line(`  ${this.#label(name)}: ${line}`);
  }

  open(url: string): void {
    const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(1);
    this.#line('');
    this.#line(
      this.#say(
        `${seconds}초 만에 준비됐어요. 브라우저에서 열어 주세요.`,
        `Ready in ${seconds} s. Open this in a browser:`,
      ),
    );
    this.#line(`\n  ${url}\n`);
    this.#line(
      this.#say(
        '한 번만 쓸 수 있는 주소예요. Ctrl-C를 누르면 모두 멈춰요.',
        'The address works once. Ctrl-C stops everything.',
      ),
    );
  }

  stopping(): void {
    this.#line(
      this.#say('\n멈추고 있어요. 계좌와 기록은 그대로 남아요.', '\nStopping. The account and the record stay.'),
    );
  }

  stopped(): void {
    this.#line(this.#say('모두 멈췄어요.', 'Everything has stopped.'));
  }

  /** It could not start: a sentence that says why, or how it ended when it said nothing. */
  childFailed(name: string, why: string): void {
    const label = this.#label(name);
    this.#line(this.#say(`✗ ${label}: 켜지 못했어요. ${why}`, `✗ ${label} could not start: ${why}`));
  }

  failed(message: string): void {
    this.#line(`✗ ${message}`);
  }

  #label(name: string): string {
    const [korean, english] = names[name] ?? [name, name];
    return this.#say(korean, english);
  }

  #detail(name: string, ready: Ready): string {
    return name === 'testbed' && ready['rest'] ? `  ${ready['rest']}` : '';
  }

  #line(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

import type { Environment } from '#domain/environment.ts';
import type { LimitsInForce } from '#guard/limit-policy.ts';
import type { Right } from '#link/authorisation.ts';
import type { Role } from '#link/api.ts';
import type { BlastRadiusRow } from '#link/limit-api.ts';

export interface BlastFacts {
  readonly environment: Environment;
  readonly force: LimitsInForce;
  /** Loss of the day that ends new risk; null when it is not known. */
  readonly lossLimit: number | null;
  /** The web acts without the person's word at the terminal. */
  readonly isWebConvenient: boolean;
  /** Who may submit orders, as the gateway enforces it. */
  readonly submit: Readonly<Partial<Record<Role, Right>>>;
}

/** Fees, tax and the spread of a round trip, beside what the price collar gives away (threat-model §9: 3.3 % in all). */
const costBps = 30;
const second = 1_000;

/**
 * Threat-model §9 from what is in force: for each compromise the new risk it can take on in a day, what that loses at once,
 * and where it ends. Loosening is no way round: it waits ten minutes at the least, longer than noticing takes.
 */
export function blastRadius(facts: BlastFacts): readonly BlastRadiusRow[] {
  const { limits } = facts.force;
  const account = limits.dayValueAccountMax;
  const strategy = Math.min(account, limits.dayValueStrategyMax);
  const web = reach(facts.submit.server, facts.isWebConvenient) ? account : 0;
  const webWhy = web === 0 ? wordNeeded : convenient;
  const admin = reach(facts.submit.admin, false) ? account : 0;
  return [
    row(facts, 'web-session', { notional: web, noticedWithinMs: 60 * second, because: webWhy }),
    row(facts, 'web-process', { notional: web, noticedWithinMs: 5 * second, because: webWhy }),
    row(facts, 'strategy', { notional: strategy, noticedWithinMs: 5 * second, because: ofStrategy }),
    row(facts, 'runner', { notional: account, noticedWithinMs: 5 * second, because: ofAccount }),
    row(facts, 'cli-token', { notional: account, noticedWithinMs: 60 * second, because: ofAccount }),
    row(facts, 'admin-token', { notional: admin, noticedWithinMs: 60 * second, because: loosensLate }),
    row(facts, 'watchdog', { notional: 0, noticedWithinMs: 60 * second, because: onlyLess }),
    row(facts, 'vault-file', { notional: 0, noticedWithinMs: null, because: sealed }),
    row(facts, 'gateway', { notional: null, noticedWithinMs: 60 * second, because: everything }),
    row(facts, 'open-banking', { notional: 0, noticedWithinMs: null, because: notBuilt }),
    row(facts, 'alert-webhook', { notional: 0, noticedWithinMs: null, because: oneWay }),
  ];
}

/** True when the role can make an order by itself. */
function reach(right: Right | undefined, isConvenient: boolean): boolean {
  return right === 'yes' || (right === 'step-up' && isConvenient);
}

type Part = Pick<BlastRadiusRow, 'notional' | 'noticedWithinMs' | 'because'>;

function row({ force, lossLimit }: BlastFacts, id: keyof typeof compromises, part: Part): BlastRadiusRow {
  const { notional } = part;
  // Rounded up: a ceiling must not be told lower than it is.
  const atOnce = notional === null ? null : Math.ceil((notional * (force.limits.priceCollarBps + costBps)) / 10_000);
  return { id, compromise: compromises[id], ...part, atOnce, haltedAt: notional === 0 ? 0 : notional && lossLimit };
}

const compromises = {
  'web-session': { ko: '웹 세션이나 쿠키를 뺏겼을 때', en: 'stolen web session or cookie' },
  'web-process': { ko: '웹 프로세스를 뺏겼을 때', en: 'web process taken over' },
  strategy: { ko: '전략 하나가 나쁜 짓을 할 때', en: 'one strategy or its dependencies' },
  runner: { ko: '전략 실행기를 뺏겼을 때', en: 'runner process taken over' },
  'cli-token': { ko: '명령줄 토큰을 뺏겼을 때', en: 'CLI operator token' },
  'admin-token': { ko: '관리자 토큰을 뺏겼을 때', en: 'CLI admin token' },
  watchdog: { ko: '감시 프로세스를 뺏겼을 때', en: 'watchdog or supervisor taken over' },
  'vault-file': { ko: '암호 없이 금고 파일만 뺏겼을 때', en: 'vault or backup file without passphrase' },
  gateway: { ko: '게이트웨이를 뺏겼을 때', en: 'gateway taken over, or vault file plus passphrase' },
  'open-banking': { ko: '오픈뱅킹 토큰을 뺏겼을 때', en: 'open-banking token' },
  'alert-webhook': { ko: '알림 주소를 뺏겼을 때', en: 'alert webhook' },
} as const;

const wordNeeded = {
  ko: '웹은 터미널의 승인 없이 주문하지 못해요.',
  en: 'The web makes no order without your word at the terminal.',
};
const convenient = {
  ko: '편의 모드라서 하루 주문 한도까지 주문할 수 있어요.',
  en: "The convenience mode is on: up to the account's value a day.",
};
const ofStrategy = { ko: '전략의 하루 주문 한도까지예요.', en: "Up to a strategy's value a day." };
const ofAccount = { ko: '계좌의 하루 주문 한도까지예요.', en: "Up to the account's value a day." };
const loosensLate = {
  ko: '주문하지 못해요. 한도를 늘려도 10분에서 하루 뒤예요.',
  en: 'It orders nothing; what it loosens waits ten minutes to a day.',
};
const onlyLess = { ko: '멈추고 취소하는 일만 할 수 있어요.', en: 'It can only halt, cancel and look.' };
const sealed = { ko: '암호가 없으면 열리지 않아요.', en: 'It does not open without the passphrase.' };
const everything = {
  ko: '열쇠가 있어서 계좌 전체가 걸려 있어요. 모르는 주문이 보이면 멈춰요.',
  en: 'It holds the keys: the account. A foreign order halts.',
};
const notBuilt = { ko: '읽기만 하고, 지금은 연결돼 있지 않아요.', en: 'Read only, and not connected now.' };
const oneWay = { ko: '보내기만 해서 주문할 수 없어요.', en: 'It only receives, and orders nothing.' };

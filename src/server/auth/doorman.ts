import type { Context, MiddlewareHandler } from 'hono';
import type { SessionAnswer } from '../answers.ts';
import { refusal } from '../refusal.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { OneTimeLogin } from './one-time-login.ts';
import type { PassphraseFile } from './passphrase-file.ts';
import { sessionIdOf } from './session-cookie.ts';
import { idleMs, type Session, type Sessions } from './sessions.ts';

/** Everything that decides who may come in. */
export interface Doorman {
  readonly sessions: Sessions;
  readonly passphrase: PassphraseFile;
  readonly oneTime: OneTimeLogin;
  readonly throttle: LoginThrottle;
}

/** The session of this request; null when there is none or it has ended. */
export function sessionOf(doorman: Doorman, context: Context): Session | null {
  const id = sessionIdOf(context);
  return id === null ? null : doorman.sessions.find(id);
}

/** How far this request's person has come, and what is asked next. */
export async function standing(doorman: Doorman, session: Session | null): Promise<SessionAnswer> {
  if (session?.level === 'open') return { state: 'open', idleMs };
  if (await doorman.passphrase.exists()) {
    if (session === null && !doorman.sessions.terminalProven) return { state: 'terminal-needed' };
    return { state: 'passphrase-needed', waitMs: doorman.throttle.waitMs() };
  }
  return session?.level === 'terminal' ? { state: 'passphrase-unset' } : { state: 'terminal-needed' };
}

/** Refuses whoever has not given the passphrase. A write counts as a sign of the person; reading does not. */
export function openOnly(doorman: Doorman): MiddlewareHandler {
  return async (context, next) => {
    const id = sessionIdOf(context);
    if (id === null || doorman.sessions.find(id)?.level !== 'open') {
      return refusal(context, 401, 'login.needed', 'This asks for a login: the session is missing or has ended');
    }
    if (context.req.method === 'POST') doorman.sessions.touch(id);
    return next();
  };
}

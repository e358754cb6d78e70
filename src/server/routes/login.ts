import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { checkPassphrase, passphraseRefusal, throttled } from '../auth/check-passphrase.ts';
import { sessionOf, standing, type Doorman } from '../auth/doorman.ts';
import { passphraseBits, passphraseBitsMin } from '../auth/passphrase-strength.ts';
import { giveSessionId, sessionIdOf, takeSessionId } from '../auth/session-cookie.ts';
import type { LinkClients } from '../link-clients.ts';
import { refusal } from '../refusal.ts';
import { bodyOf } from './body.ts';

const oneTimeBody = z.strictObject({ code: z.string().min(1).max(100) });
const passphraseBody = z.strictObject({ passphrase: z.string().min(1).max(500) });

/** The way in and out: one-time URL, passphrase, session. These are the only routes that need no session. */
export function loginRoutes(doorman: Doorman, clients: LinkClients): Hono {
  const routes = new Hono();
  const record = recorder(clients);

  routes.get('/session', async (context) => context.json(await standing(doorman, sessionOf(doorman, context))));

  routes.post('/login/one-time', async (context) => {
    const { code } = await bodyOf(context, oneTimeBody);
    const waitMs = doorman.throttle.waitMs();
    if (waitMs > 0) {
      record('locked', 'one-time-url');
      return throttled(context, waitMs);
    }
    if (!doorman.oneTime.redeem(code)) {
      doorman.throttle.failed();
      record('refused', 'one-time-url');
      return refusal(context, 401, 'login.one-time', 'This login link was used already or is older than 15 minutes');
    }
    record('accepted', 'one-time-url');
    return begin(context, doorman, 'terminal');
  });

  routes.post('/passphrase', async (context) => {
    const { passphrase } = await bodyOf(context, passphraseBody);
    if (sessionOf(doorman, context)?.level !== 'terminal' || (await doorman.passphrase.exists())) {
      return refusal(context, 403, 'login.terminal-needed', 'Only the one-time link of the terminal may set this once');
    }
    const bits = passphraseBits(passphrase);
    if (bits < passphraseBitsMin) {
      const message = `This passphrase is too easy to guess: ${bits} bits, wanted ${passphraseBitsMin}`;
      return refusal(context, 422, 'login.passphrase-weak', message);
    }
    await doorman.passphrase.set(passphrase);
    record('accepted', 'passphrase');
    return begin(context, doorman, 'open');
  });

  routes.post('/login/passphrase', async (context) => {
    const { passphrase } = await bodyOf(context, passphraseBody);
    if (sessionOf(doorman, context) === null && !doorman.sessions.terminalProven) {
      return refusal(context, 403, 'login.terminal-needed', 'Use the one-time link of the terminal first');
    }
    const check = await checkPassphrase(doorman, passphrase);
    if (check.kind !== 'right') {
      record(check.kind === 'locked' ? 'locked' : 'refused', 'passphrase');
      return passphraseRefusal(context, check);
    }
    record('accepted', 'passphrase');
    return begin(context, doorman, 'open');
  });

  routes.post('/session/touch', async (context) => {
    const id = sessionIdOf(context);
    if (id !== null) doorman.sessions.touch(id);
    return context.json(await standing(doorman, sessionOf(doorman, context)));
  });

  routes.post('/logout', async (context) => {
    const id = sessionIdOf(context);
    if (id !== null) doorman.sessions.end(id);
    takeSessionId(context);
    return context.json(await standing(doorman, null));
  });

  return routes;
}

/** A new id at every step up, so that an id planted before the login is worth nothing. */
async function begin(context: Context, doorman: Doorman, level: 'terminal' | 'open'): Promise<Response> {
  const id = doorman.sessions.begin(level, sessionIdOf(context));
  await doorman.sessions.saved();
  giveSessionId(context, id);
  return context.json(await standing(doorman, doorman.sessions.find(id)));
}

type Outcome = 'accepted' | 'refused' | 'locked';

/** Tells the gateway's journal, without holding up the person: a login must work while the gateway restarts. */
export function recorder(clients: LinkClients): (outcome: Outcome, method: 'one-time-url' | 'passphrase') => void {
  return (outcome, method) => {
    clients.gateway.call('recordLogin', { outcome, method }).catch((error: unknown) => {
      process.stderr.write(`A login was ${outcome} and the journal did not hear of it: ${String(error)}\n`);
    });
  };
}

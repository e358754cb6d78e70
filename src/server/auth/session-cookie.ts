import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/**
 * Not `__Host-` and not `Secure`: this server speaks plain HTTP on loopback, and browsers disagree on whether such a
 * page may keep a Secure cookie. A session cookie in the browser's own sense: closing the browser forgets it.
 */
const name = 'snowball_session';
const path = '/';

/** Null when the request carries none. */
export function sessionIdOf(context: Context): string | null {
  return getCookie(context, name) ?? null;
}

export function giveSessionId(context: Context, id: string): void {
  setCookie(context, name, id, { path, httpOnly: true, sameSite: 'Strict' });
}

export function takeSessionId(context: Context): void {
  deleteCookie(context, name, { path });
}

import { z } from 'zod';
import type { Api } from './api.ts';

/** What the web server answers on its own socket: nothing but a new way in, for who sits at the terminal. */
export const serverApi = {
  methods: {
    /** A fresh one-time login URL, valid for 15 minutes; earlier ones stop working. */
    loginUrl: { params: z.strictObject({}), result: z.strictObject({ url: z.string() }), roles: ['cli', 'supervisor'] },
  },
  events: {},
} as const satisfies Api;

export type ServerApi = typeof serverApi;

import { FixConfiguration, Halt, Reconcile, RetryLater, SnowballError } from '#domain/errors.ts';
import type { Failure } from './message.ts';

/**
 * An error as it crosses to another process. Only our own errors keep their words, since they hold no secret by
 * construction; anything else becomes `link.internal` and is told to `onFault` of the listener instead.
 */
export function toFailure(error: unknown): Failure {
  if (error instanceof SnowballError) {
    return { nextStep: error.nextStep, code: error.code, message: error.message };
  }
  return {
    nextStep: 'retry-later',
    code: 'link.internal',
    message: 'The call failed: an error inside the other process, see its log',
  };
}

const classes = {
  'retry-later': RetryLater,
  reconcile: Reconcile,
  halt: Halt,
  'fix-configuration': FixConfiguration,
} as const;

/** The error of the right class, on the caller's side. */
export function fromFailure({ nextStep, code, message }: Failure): SnowballError {
  return new classes[nextStep](code, message);
}

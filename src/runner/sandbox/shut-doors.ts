import { Console } from 'node:console';

/**
 * What every host of a strategy does before it loads it. Standard output carries the protocol, so what a strategy prints
 * goes to standard error. Node's permission flags let signals through to every process of the same user (threat-model §3),
 * and `process` holds the only ways to send one: gone for good; where bubblewrap works nobody is there to be hit.
 */
export function shutDoors(): void {
  globalThis.console = new Console(process.stderr);
  // bubblewrap names the working folder there; a strategy's environment is empty.
  delete process.env['PWD'];
  const value = (): never => {
    throw new Error('Not allowed in a strategy');
  };
  for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', 'dlopen', 'binding', '_linkedBinding']) {
    Object.defineProperty(process, name, { value, writable: false, configurable: false });
  }
}

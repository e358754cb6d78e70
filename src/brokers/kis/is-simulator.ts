/** Whether both hosts are this machine's: a simulator, to which no published limit applies. */
export function isSimulator({ rest, webSocket }: { readonly rest: string; readonly webSocket: string }): boolean {
  return URL.canParse(rest) && isLoopback(new URL(rest)) && URL.canParse(webSocket) && isLoopback(new URL(webSocket));
}

/** Whether the address leads to this machine and nowhere else. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

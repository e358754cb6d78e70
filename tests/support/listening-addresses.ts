import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Addresses of the TCP sockets on which a process of this machine listens now, from what the kernel says. Linux only. */
export function listeningAddresses(pid: number): readonly string[] {
  const sockets = new Set(readdirSync(`/proc/${pid}/fd`).flatMap((name) => inodeOf(`/proc/${pid}/fd/${name}`)));
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode = '']) => state === '0A' && sockets.has(inode))
      .map(([, local = '']) => addressOf(local.split(':')[0] ?? '')),
  );
}

function inodeOf(link: string): readonly string[] {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.slice(1) ?? [];
  } catch {
    // Closed since the folder was read.
    return [];
  }
}

/** The kernel writes an address as words of the machine's byte order, here little-endian. */
function addressOf(hex: string): string {
  if (hex.length === 8) return [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
  return hex === '00000000000000000000000001000000' ? '::1' : hex;
}

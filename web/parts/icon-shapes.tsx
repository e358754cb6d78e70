import type { ReactNode } from 'react';

/** Our own drawings on a grid of 24, stroked by the colour of the text around them. */
export const iconShapes = {
  alert: (
    <>
      <path d="M12 8.500v4.500M12 16.300h.01" />
      <path d="M10.3 4.6 3.4 16.900A2 2 0 0 0 5.1 20h13.800a2 2 0 0 0 1.7-3.100L13.7 4.600a2 2 0 0 0-3.4 0z" />
    </>
  ),
  question: (
    <>
      <path d="M9.2 9.200a2.9 2.9 0 1 1 4.3 2.600c-.9.5-1.5 1.1-1.5 2.2" />
      <path d="M12 17.300h.01" />
    </>
  ),
  assets: (
    <>
      <path d="M4 8.5A2.5 2.5 0 0 1 6.5 6H18v3" />
      <rect x="4" y="9" width="16" height="10" rx="2.5" />
      <path d="M16 14h.01" />
    </>
  ),
  bell: (
    <>
      <path d="M6.5 10a5.5 5.5 0 0 1 11 0c0 5 2 6.2 2 6.200h-15s2-1.2 2-6.200M10.2 19.300a2 2 0 0 0 3.6 0" />
    </>
  ),
  bolt: (
    <>
      <path d="M13 3.5 5.5 13.500H12l-1 7 7.5-10H12z" />
    </>
  ),
  check: (
    <>
      <path d="m5.5 12.5 4.2 4.2 8.8-9.2" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.25" />
      <path d="M12 7.500V12l3 2" />
    </>
  ),
  download: (
    <>
      <path d="M12 4.500V15M7.5 11l4.5 4.5 4.5-4.500M5 19.500h14" />
    </>
  ),
  down: (
    <>
      <path d="m6.5 9.5 5.5 5.5 5.5-5.5" />
    </>
  ),
  eye: (
    <>
      <path d="M2.8 12S6 5.8 12 5.8 21.2 12 21.2 12 18 18.2 12 18.2 2.8 12 2.8 12z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  flask: (
    <>
      <path d="M10 4h4M10.5 4v5.200L5.6 17a2 2 0 0 0 1.7 3h9.400a2 2 0 0 0 1.7-3l-4.9-7.800V4" />
    </>
  ),
  incidents: (
    <>
      <path d="M6 4h10a2 2 0 0 1 2 2v14H8a2 2 0 0 1-2-2z" />
      <path d="M6 17.5A2 2 0 0 1 8 16h10M10 8h4M10 11.5h4" />
    </>
  ),
  lab: (
    <>
      <path d="M9.5 4h5M10.5 4v5.2L5.6 17a2 2 0 0 0 1.7 3h9.4a2 2 0 0 0 1.7-3l-4.9-7.8V4" />
      <path d="M8 14.5h8" />
    </>
  ),
  lock: (
    <>
      <rect x="5.5" y="11" width="13" height="9" rx="2.2" />
      <path d="M8.5 11V8a3.5 3.5 0 0 1 7 0v3" />
    </>
  ),
  minus: (
    <>
      <path d="M6 12h12" />
    </>
  ),
  more: (
    <>
      <path d="M4 7h16M4 12h16M4 17h16" />
    </>
  ),
  orders: (
    <>
      <path d="M10 7h10M10 12h10M10 17h10" />
      <path d="m3.5 7 1.2 1.2L7 6M3.5 12l1.2 1.2L7 11M4 17h2" />
    </>
  ),
  plus: (
    <>
      <path d="M12 6v12M6 12h12" />
    </>
  ),
  refresh: (
    <>
      <path d="M19 8.500A7.5 7.5 0 0 0 5.2 9.300M5 15.500a7.5 7.5 0 0 0 13.8-.8" />
      <path d="M19.2 4.500v4h-4M4.8 19.500v-4h4" />
    </>
  ),
  runs: (
    <>
      <circle cx="12" cy="12" r="8.25" />
      <path d="M10.2 8.8v6.4l5-3.2z" />
    </>
  ),
  safety: (
    <>
      <path d="M12 3.5 5 6v5.5c0 4.2 2.8 7.4 7 9 4.2-1.6 7-4.8 7-9V6z" />
      <path d="m9.2 12 2 2 3.6-3.8" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6" />
      <path d="m15.5 15.5 4.5 4.5" />
    </>
  ),
  star: (
    <>
      <path d="m12 4.5 2.3 4.7 5.2.7-3.8 3.6.9 5.2-4.6-2.5-4.6 2.5.9-5.200L4.5 9.900l5.2-.7z" />
    </>
  ),
  stock: (
    <>
      <path d="M8 4v3M8 15v4M16 5v4M16 17v3" />
      <rect x="5.5" y="7" width="5" height="8" rx="1" />
      <rect x="13.5" y="9" width="5" height="8" rx="1" />
    </>
  ),
  stop: (
    <>
      <path d="M8.4 3.500h7.200l4.9 4.900v7.200l-4.9 4.900H8.400l-4.9-4.900V8.400z" fill="currentColor" stroke="none" />
    </>
  ),
  stopline: (
    <>
      <path d="M8.4 3.500h7.200l4.9 4.900v7.200l-4.9 4.900H8.400l-4.9-4.900V8.400z" />
    </>
  ),
  strategy: (
    <>
      <circle cx="6" cy="6" r="2.25" />
      <circle cx="6" cy="18" r="2.25" />
      <circle cx="18" cy="9" r="2.25" />
      <path d="M6 8.3v7.4M18 11.3c0 3-3 3.2-6 3.4-3.4.2-6 .8-6 1" />
    </>
  ),
  system: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  today: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />
    </>
  ),
  up: (
    <>
      <path d="m6.5 14.5 5.5-5.5 5.5 5.5" />
    </>
  ),
  vault: (
    <>
      <circle cx="8" cy="14.5" r="4" />
      <path d="m11 11.7 7.5-7.2M15.5 7.5l2.5 2.5M13 10l1.6 1.6" />
    </>
  ),
  eyeClosed: (
    <>
      <path d="M3.5 9.5c2 3.2 5 4.9 8.500 4.900s6.500-1.700 8.500-4.900M12 14.400v3M6.600 13l-1.700 2.300M17.400 13l1.700 2.300" />
    </>
  ),
  leave: (
    <>
      <path d="M10 5H6.500A1.500 1.500 0 0 0 5 6.500v11A1.500 1.500 0 0 0 6.500 19H10M14.500 8l4 4-4 4M18.500 12H10" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof iconShapes;

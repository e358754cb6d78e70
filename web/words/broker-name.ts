/** The broker's name for people; its code where we have no word for it. */
export function brokerName(names: Readonly<Record<string, string>>, code: string): string {
  return names[code.toLowerCase()] ?? code;
}

/** Any text, with the passwords of MongoDB's and Redis's URLs in it blotted out: what is printed or kept must not hold them. */
export function withoutPassword(text: string): string {
  return text.replace(/((?:mongodb(?:\+srv)?|rediss?):\/\/)[^\s"'`/]*@/g, '$1***@');
}

/** Whether a history is kept by a server elsewhere. */
export function isElsewhere(history: string): boolean {
  return history.startsWith('mongodb');
}

/** What stands before a transport's own paths, where its server is somewhere below the root; empty where it is not. */
export function basePath({ pathname }: URL): string {
  return pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
}

/** Where in the executable a part of the code is kept, by the name under which other parts ask for it. */
export function partAsset(name: string): string {
  return `code/${name}`;
}

/** Where what V8 made of that part is kept. */
export function cacheAsset(name: string): string {
  return `cache/${name}`;
}

/** What a part's code is given. */
export const PARAMETERS = ['module', 'exports', 'require'];

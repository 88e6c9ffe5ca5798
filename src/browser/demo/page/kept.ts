/** One choice of several that outlives the page; forgotten where the browser keeps nothing. */
export function kept<Choice extends string>(name: string, choices: readonly Choice[]) {
  const key = `rtbench-demo-${name}`;
  let now = choices.find((choice) => choice === read(key));
  return {
    chosen: () => now,
    choose(choice: Choice) {
      now = choice;
      write(key, choice);
    },
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser may allow nothing to be kept.
  }
}

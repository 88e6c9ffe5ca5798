import sea from 'node:sea';
import { compileFunction } from 'node:vm';
import { roles } from '../../bin/roles.js';
import { cacheAsset, PARAMETERS, partAsset } from './layout.ts';

interface Module {
  exports: unknown;
}

const kept = new Set(sea.getAssetKeys());
const loaded = new Map<string, Module>();

/** A part of the code, run when it is asked for first: what a command does not need costs it nothing. */
function load(name: string): unknown {
  const before = loaded.get(name);
  if (before !== undefined) return before.exports;
  const module: Module = { exports: {} };
  loaded.set(name, module);
  const text = bytesOf(partAsset(name)).toString();
  const cache = cacheAsset(name);
  const run = compileFunction(text, PARAMETERS, {
    filename: name,
    cachedData: kept.has(cache) ? bytesOf(cache) : undefined,
  });
  run(module, module.exports, need);
  return module.exports;
}

function bytesOf(asset: string): Buffer {
  return Buffer.from(sea.getRawAsset(asset));
}

/** What the parts call `require`: other parts, and what Node has; packages left out are told as Node tells it. */
function need(name: string): unknown {
  if (kept.has(partAsset(name))) return load(name);
  const builtin: unknown = process.getBuiltinModule(name);
  if (builtin !== undefined) return builtin;
  throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
}

/** As bin/rtbench.js does it: the role's name leads to the code for it. */
function launch(role = ''): void {
  const entrance = role in roles ? role : 'cli';
  const { serve, main } = load(`./${entrance}.js`) as { serve?(): void; main?(): void };
  (serve ?? main)?.();
}

launch(process.env.RTBENCH_ROLE);

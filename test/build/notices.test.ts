import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { noticesOf } from '../../scripts/build/notices.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-notices-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a bundle is made of where it holds one file of a package. */
function bundleOf(name: string, manifest: object, files: Readonly<Record<string, string>> = {}) {
  const root = join(folder, 'node_modules', name);
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...manifest }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text);
  const input = { bytes: 1, imports: [] };
  return { inputs: { 'src/index.ts': input, [join(root, 'lib/index.js')]: input }, outputs: {} };
}

test('each bundled package is named once, with its licence and its notice', () => {
  const files = { 'LICENCE.md': 'Do as you like.\r\n', NOTICE: 'By Somebody.' };
  const bundle = bundleOf('@some/free', { license: 'ISC' }, files);
  const text = noticesOf([bundle, bundle, bundleOf('brief', { license: 'MIT', author: { name: 'Ann' } })]);
  expect(text.match(/^## .*$/gm)).toEqual(['## @some/free 1.2.3 (ISC)', '## brief 1.2.3 (MIT)']);
  expect(text).toContain('Do as you like.\n\nBy Somebody.\n');
  expect(text).toMatch(/Copyright \(c\) Ann\n\nPermission is hereby granted/);
});

test('a package without a licence, or without the words of one, is not bundled', () => {
  expect(() => noticesOf([bundleOf('secret', {}, { LICENSE: 'text' })])).toThrow(
    /secret 1\.2\.3 .* no licence/,
  );
  expect(() => noticesOf([bundleOf('mute', { license: 'GPL-3.0' })])).toThrow(
    /mute 1\.2\.3 .* without the text/,
  );
});

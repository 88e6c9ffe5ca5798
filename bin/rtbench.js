#!/usr/bin/env node
// Old syntax on purpose: an old Node must be able to read this file in order to refuse it.
import { existsSync } from 'node:fs';
import { roles } from './roles.js';

function launch() {
  const version = process.versions.node.split('.').map(Number);
  if (version[0] < 22 || (version[0] === 22 && version[1] < 12)) {
    console.error(`rtbench: needs Node 22.12 or newer, and this is Node ${process.versions.node}.`);
    process.exit(1);
  }
  const role = process.env.RTBENCH_ROLE;
  if (role && role in roles) load(role).then((module) => module.serve());
  else load('cli').then((module) => module.main());
}

function load(name) {
  const built = existsSync(new URL('../dist', import.meta.url));
  return import(new URL(built ? `../dist/${name}.js` : `../src/${roles[name]}.ts`, import.meta.url));
}

launch();

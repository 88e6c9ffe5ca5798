#!/usr/bin/env node
// Old syntax on purpose: an old Node must be able to read this file in order to refuse it.
import { existsSync } from 'node:fs';

const ROLES = {
  server: 'server/main',
  clients: 'clients/main',
  yardstick: 'instrument/yardstick',
  relay: 'instrument/link/main',
  program: 'instrument/program/main',
  cannon: 'capacity/endpoint/main',
};

function launch() {
  const version = process.versions.node.split('.').map(Number);
  if (version[0] < 22 || (version[0] === 22 && version[1] < 12)) {
    console.error(`rtbench: needs Node 22.12 or newer, and this is Node ${process.versions.node}.`);
    process.exit(1);
  }
  const role = ROLES[process.env.RTBENCH_ROLE];
  if (role) load(role).then((module) => module.serve());
  else load('cli/main').then((module) => module.main());
}

function load(name) {
  // What `npm run build` made loads three times faster than the sources, and every round starts three processes.
  const built = existsSync(new URL('../dist', import.meta.url));
  return import(new URL(built ? `../dist/${name}.js` : `../src/${name}.ts`, import.meta.url));
}

launch();

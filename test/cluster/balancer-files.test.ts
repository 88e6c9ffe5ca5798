import { expect, test } from 'vitest';
import { haproxy } from '../../src/cluster/balancer/haproxy.ts';
import type { Layout } from '../../src/cluster/balancer/layout.ts';
import { nginx } from '../../src/cluster/balancer/nginx.ts';

const LAYOUT: Layout = {
  ...{ port: 8000, nodes: [8001, 8002], openFiles: 1000 },
  ...{ sticky: true, balancerMistake: 'none' },
};

test('nginx passes upgrades and streams on, and knows a client by its address', () => {
  const text = nginx.configure(LAYOUT);
  expect(text).toContain('listen 127.0.0.1:8000');
  expect(text).toMatch(/hash \$remote_addr consistent;\s+server 127.0.0.1:8001;\s+server 127.0.0.1:8002;/);
  expect(text).toContain('proxy_set_header Upgrade $http_upgrade;');
  expect(text).toContain('proxy_set_header Connection $to_upgrade;');
  expect(text).toContain('proxy_buffering off;');
  expect(text).toContain('worker_connections 1000;');
});

test('nginx without stickiness takes the nodes by turns, and each mistake is one', () => {
  expect(nginx.configure({ ...LAYOUT, sticky: false })).not.toContain('hash');
  const noUpgrade = nginx.configure({ ...LAYOUT, balancerMistake: 'no-upgrade' });
  expect(noUpgrade).not.toContain('proxy_set_header Upgrade');
  expect(noUpgrade).toContain('proxy_buffering off;');
  const buffering = nginx.configure({ ...LAYOUT, balancerMistake: 'buffering' });
  const [plain = '', upgraded = ''] = buffering.split('location @upgrade');
  expect(plain).not.toMatch(/proxy_buffering off|proxy_http_version/);
  expect(upgraded).toContain('proxy_set_header Upgrade $http_upgrade;');
});

test('haproxy holds two files for each connection, and knows a client by its address', () => {
  const text = haproxy.configure(LAYOUT);
  expect(text).toContain('bind 127.0.0.1:8000');
  expect(text).toMatch(
    /balance source[\s\S]*server node1 127.0.0.1:8001\n {2}server node2 127.0.0.1:8002\n$/,
  );
  expect(text).toContain('maxconn 400\n');
  expect(text).not.toContain('del-header');
});

test('haproxy without stickiness takes the nodes by turns, and without upgrades drops their header', () => {
  expect(haproxy.configure({ ...LAYOUT, sticky: false })).toMatch(
    /balance roundrobin(?![\s\S]*balance source)/,
  );
  const noUpgrade = haproxy.configure({ ...LAYOUT, balancerMistake: 'no-upgrade' });
  expect(noUpgrade).toContain('http-request del-header Upgrade');
});

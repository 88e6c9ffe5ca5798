import type { Kind } from './layout.ts';

/** Files that it opens for itself. */
const OWN_FILES = 200;

/** haproxy in one thread, so that what it uses is read in one place; it passes upgrades and streams on by itself. */
export const haproxy: Kind = {
  options: ['-f', 'haproxy.cfg', '-db', '-q'],
  file: 'haproxy.cfg',
  configure({ port, nodes, sticky, openFiles, balancerMistake }) {
    const servers = nodes.map((node, index) => `  server node${index + 1} 127.0.0.1:${node}\n`).join('');
    return `global
  maxconn ${Math.max(1, Math.floor((openFiles - OWN_FILES) / 2))}
  nbthread 1
defaults
  mode http
  option http-no-delay
  option redispatch 1
  timeout connect 5s
  timeout client 1h
  timeout server 1h
  timeout tunnel 1h
  timeout http-keep-alive 1h
frontend clients
  bind 127.0.0.1:${port} backlog 4096
${balancerMistake === 'no-upgrade' ? '  http-request del-header Upgrade\n' : ''}  default_backend nodes
backend nodes
${sticky ? '  balance source\n  hash-type consistent\n' : '  balance roundrobin\n'}${servers}`;
  },
};

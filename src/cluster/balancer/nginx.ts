import type { Kind, Layout } from './layout.ts';

/** nginx in one process: it has no privileges to give up, and what it uses is read in one place. */
export const nginx: Kind = {
  options: ['-p', '.', '-c', 'nginx.conf', '-e', 'stderr'],
  file: 'nginx.conf',
  configure(layout) {
    const { port, nodes, sticky, openFiles, balancerMistake } = layout;
    // In a private network the only user is root, and nginx gives its folders to whomever it is told.
    return `daemon off;
master_process off;
user root;
pid nginx.pid;
events {
  worker_connections ${openFiles};
  multi_accept on;
}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  keepalive_timeout 1h;
  keepalive_requests 1000000;
  map $http_upgrade $to_upgrade {
    default upgrade;
    '' '';
  }
  upstream nodes {
${sticky ? '    hash $remote_addr consistent;\n' : ''}${nodes.map((node) => `    server 127.0.0.1:${node};\n`).join('')}    keepalive 1024;
    keepalive_requests 1000000;
  }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    client_max_body_size 0;
    proxy_set_header Host $http_host;
    proxy_read_timeout 1h;
    proxy_send_timeout 1h;
${locations[balancerMistake]}  }
}
`;
  },
};

const RIGHT = `proxy_pass http://nodes;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $to_upgrade;
      proxy_buffering off;`;

const locations: Readonly<Record<Layout['balancerMistake'], string>> = {
  none: `    location / {
      ${RIGHT}
    }
`,
  // Neither header passes a proxy by itself: both are about one hop.
  'no-upgrade': `    location / {
      proxy_pass http://nodes;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection '';
      proxy_buffering off;
    }
`,
  // What nginx does unless told otherwise: it asks by HTTP/1.0, and an answer without a length fills a buffer first.
  // Over HTTP/1.1 \`proxy_buffering on\` alone holds no chunk back.
  buffering: `    location / {
      error_page 418 = @upgrade;
      if ($http_upgrade) {
        return 418;
      }
      proxy_pass http://nodes;
    }
    location @upgrade {
      ${RIGHT}
    }
`,
};

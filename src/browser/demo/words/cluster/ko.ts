import type { ClusterWords } from './en.ts';

/** The cluster's tab, in Korean. */
export const cluster: ClusterWords = {
  tab: '클러스터',
  title: '노드 두 개, 그리고 그 사이',
  lead: '서버 프로세스 두 개와 각각에 연결된 브라우저 클라이언트입니다. 이벤트는 노드 A에서만 발행되므로, 노드 B의 클라이언트가 듣는지는 둘 사이에 무엇이 있는지에 달렸습니다.',
  controls: '클러스터 조작',
  cluster: '노드 두 개',
  adapter: '어댑터',
  redis: 'Redis',
  kill: 'Redis 강제 종료',
  restart: 'Redis 다시 시작',
  node: (letter) => `노드 ${letter}`,
  publishes: (n) => (n === 0 ? '이벤트를 발행합니다' : `이벤트를 발행합니다: #${n}`),
  publishesNothing: '직접 발행하지 않습니다',
  redisIs: { running: '모두 전달하는 중', killed: '없음', unused: '쓰지 않음' },
  story: {
    off: '클러스터가 꺼져 있습니다. 켜면 노드 두 개와 전용 Redis가 시작됩니다.',
    starting: '노드 두 개를 시작하는 중 …',
    alone: '어댑터가 없으면 노드 B의 클라이언트는 아무것도 듣지 못합니다. 노드 A는 자기 클라이언트만 압니다.',
    joined: '어댑터가 Redis를 거쳐 모든 이벤트를 전달합니다. 두 노드의 클라이언트가 모두 듣습니다.',
    killed:
      'Redis가 사라졌습니다. 노드마다 자기 클라이언트와는 계속하지만, 노드 B는 노드 A의 이벤트를 듣지 못합니다.',
    healed: 'Redis가 돌아와 두 노드가 저절로 다시 이어졌습니다. 그사이의 이벤트는 노드 B에서 사라졌습니다.',
  },
  missing: (why) => `여기서는 클러스터를 쓸 수 없습니다: ${why}`,
  notYet: '아직 없음',
  heard: '받음',
  newest: '최근',
  missed: '빠짐',
  state: { connecting: '연결 중', open: '연결됨', lost: '다시 연결 중', closed: '닫힘' },
  dots: (heard, shown) => `최근 이벤트 ${shown}개 중 ${heard}개를 받았습니다`,
  watchOnly: '토큰이 있는 링크로 들어온 사람만 조작할 수 있습니다.',
};

import { chat } from './chat/ko.ts';
import { cluster } from './cluster/ko.ts';
import type { Words } from './en.ts';
import { formats } from './format.ts';

const format = formats('ko');
const { count, number, bytes, time } = format;
const lane = {
  polling: '폴링',
  longpoll: '롱 폴링',
  streaming: '스트리밍',
  sse: '스트리밍',
  websocket: 'WebSocket',
  socketio: 'socket.io',
};

/** All that the page says, in Korean. */
export const ko: Words = {
  format,
  chat,
  cluster,
  page: {
    title: 'rtbench 데모',
    lead: '같은 이벤트를 다섯 가지 방식으로 동시에 받습니다.',
    tabs: '화면 선택',
    skip: '본문으로 건너뛰기',
    language: '언어',
    theme: '색상',
    themes: { system: '시스템', light: '밝게', dark: '어둡게' },
    connecting: '데모 서버를 찾고 있습니다 …',
    lost: '데모 서버와 연결이 끊겼습니다. 다시 찾고 있습니다 …',
    version: (version) => `rtbench ${version}`,
    visitors: (visitors) => `${count(visitors)}명 접속 중`,
  },
  lanes: {
    tab: '방식 비교',
    heading: '다섯 가지 방식',
    name: lane,
    idea: {
      polling: '새 소식이 있는지 일정한 간격으로 계속 물어봅니다.',
      longpoll: '한 번 물어 두면, 소식이 생겼을 때 서버가 응답합니다.',
      streaming: '끝나지 않는 응답 하나에 이벤트가 한 줄씩 실려 옵니다.',
      sse: '끝나지 않는 응답 하나에서 브라우저가 이벤트를 꺼내 줍니다.',
      websocket: '연결 하나로 양쪽이 원할 때 언제든 보냅니다.',
      socketio: '폴링으로 시작해 WebSocket으로 바꾸고, 끊겨도 스스로 다시 연결합니다.',
    },
    picture: (name) =>
      `${name}의 최근 10초: 위는 서버, 아래는 브라우저이고, 막대는 요청, 비스듬한 선은 전달 중인 메시지입니다.`,
    server: '서버',
    browser: '브라우저',
    state: {
      connecting: (carrying) => `연결 중 · ${carrying}`,
      open: (carrying) => carrying,
      lost: () => '다시 연결하는 중 …',
      closed: () => '닫힘',
    },
    carrying: {
      polling: 'polling',
      longpoll: 'long polling',
      streaming: 'streaming',
      sse: 'streaming, SSE',
      websocket: 'websocket',
    },
    way: '스트리밍 방법',
    ways: { streaming: 'fetch', sse: 'EventSource' },
    latency: '현재 지연',
    none: '–',
    minute: (ms) => `최근 1분: ${time(ms)}`,
    noMinute: '아직 받은 메시지 없음',
    requests: '요청',
    empty: (value) => `빈 응답 ${count(value)}`,
    up: '보냄',
    down: '받음',
    perMessage: '메시지당',
    cpu: '서버 CPU',
    received: '수신',
    lost: '유실',
    together: (visitors) => `요청·바이트·CPU: 방문자 ${count(visitors)}명 합계`,
    saying: (name) => `${name}(으)로 말하기`,
    say: '보내기',
    placeholder: '메시지를 입력하세요 …',
  },
  controls: {
    heading: '조작',
    eventsPerSecond: '이벤트 빈도',
    payloadBytes: '이벤트 크기',
    pollIntervalMs: '폴링 간격',
    rttMs: '추가 왕복 시간',
    value: {
      eventsPerSecond: (value) => (value === 0 ? '없음' : `초당 ${number(value)}개`),
      payloadBytes: bytes,
      pollIntervalMs: time,
      rttMs: (value) => (value === 0 ? '없음' : `+${time(value)}`),
    },
    toggle: {
      cut: { on: '네트워크 끊기', off: '네트워크 복구' },
      block: { on: 'WebSocket 차단', off: 'WebSocket 허용' },
    },
    restart: '서버 재시작',
    restarting: '재시작하는 중 …',
    mayNot:
      '터미널에 출력된, 토큰이 든 주소로 들어온 사람만 조작할 수 있습니다. 보거나 말하는 것은 누구나 할 수 있습니다.',
    refused: (why) => `거절됨: ${why}`,
  },
  scoreboard: {
    heading: '방금 일어난 일',
    earlier: '그 전에는',
    begin: '다섯 가지 방식이 모두 연결하고 있습니다.',
    pollingAsked: (asked, messages) =>
      `폴링은 메시지 ${count(messages)}개를 받으려고 ${count(asked)}번 물어봤습니다.`,
    longpollHangs: (sinceMs) =>
      sinceMs < 1_500
        ? '롱 폴링은 기다립니다. 전할 소식이 생길 때까지 요청이 서버에 머뭅니다.'
        : `롱 폴링은 기다립니다. 요청 1개가 ${time(sinceMs)}째 서버에 머물러 있습니다.`,
    longpollAsks: (asked, messages) =>
      `롱 폴링은 메시지 ${count(messages)}개를 받으려고 ${count(asked)}번 물어봤습니다. 응답을 받을 때마다 다시 묻습니다.`,
    streamFlows: (messages) =>
      `스트리밍으로 메시지 ${count(messages)}개가 왔습니다. 다시 물어볼 필요가 없습니다.`,
    weighs: (polling, websocket) =>
      `메시지 하나에 폴링은 ${bytes(polling)}, WebSocket은 ${bytes(websocket)}가 듭니다.`,
    later: (polling, websocket) =>
      `이벤트가 생기고 폴링은 ${time(polling)}, WebSocket은 ${time(websocket)} 뒤에 압니다.`,
    quiet: (empty) => `아무 일도 없는데 폴링은 ${count(empty)}번 헛되이 물어봤습니다.`,
    upgraded: 'socket.io가 폴링으로 시작해 WebSocket으로 바꿨습니다.',
    fellBack: 'WebSocket이 차단되어 socket.io가 폴링으로 돌아갔습니다.',
    blocked: 'WebSocket이 차단되었습니다. 순수 WebSocket은 대신할 방법이 없어 연결하지 못합니다.',
    unblocked: (isSocketioPolling) =>
      isSocketioPolling
        ? 'WebSocket 차단이 풀렸습니다. socket.io는 다시 연결하기 전까지 폴링을 계속 씁니다.'
        : 'WebSocket 차단이 풀렸습니다.',
    blockCost: (lost) => `차단 때문에 순수 WebSocket은 메시지 ${count(lost)}개를 잃었습니다.`,
    cut: '네트워크가 끊겼습니다.',
    mended: '네트워크가 다시 이어졌습니다. 끊긴 쪽은 다시 연결합니다.',
    restored: (cutMs, published, lost) => {
      const began = `네트워크가 ${time(cutMs)} 동안 끊겼습니다.`;
      const losers = lost.filter(([, messages]) => messages > 0);
      const others = lost.filter(([, messages]) => messages === 0).map(([name]) => lane[name]);
      if (losers.length === 0) return `${began} 잃어버린 메시지는 없습니다.`;
      const told = losers.map(([name, messages]) => {
        const why = messages > published ? '(일부는 복구 뒤 다시 연결하는 사이)' : '';
        return `${lane[name]} ${count(messages)}개${why}`;
      });
      return `${began} 유실: ${told.join(', ')}${others.length > 0 ? `. 유실 없음: ${others.join(', ')}` : ''}.`;
    },
    restarting: '서버를 재시작합니다. 모든 연결이 끊어졌습니다.',
    restarted: '서버가 돌아왔습니다. 다시 연결하는 쪽은 모두 이어집니다.',
  },
  tour: {
    label: '둘러보기',
    greeting: '모두 안녕하세요',
    chapter: {
      'polling-wastes': {
        title: '폴링은 낭비한다',
        words: '매초 물어보지만 응답은 거의 비어 있습니다(흐린 막대). 그 사이에 생긴 일은 늦게 도착합니다.',
      },
      'longpoll-waits': {
        title: '롱 폴링은 기다린다',
        words:
          '전할 소식이 생길 때까지 요청이 머뭅니다. 빈 응답은 없지만, 응답을 받을 때마다 다시 물어야 합니다.',
      },
      'streaming-flows': {
        title: '스트리밍은 흐른다',
        words: '요청 하나에 끝나지 않는 응답 하나. 이벤트가 한 방향으로 잇따라 옵니다.',
      },
      'websocket-both-ways': {
        title: 'WebSocket은 양방향이다',
        words: '한 번의 핸드셰이크 뒤에는 양쪽이 언제든 보낼 수 있고, 메시지에 붙는 것은 몇 바이트뿐입니다.',
      },
      'socketio-recovers': {
        title: 'socket.io는 회복한다',
        words: 'WebSocket이 차단되고 네트워크가 끊겨도, 폴링으로 돌아가고 스스로 다시 연결합니다.',
      },
      end: {
        title: '직접 해 보세요',
        words: '조작 단추를 움직이고, 네트워크를 끊고, 말을 걸어 보세요.',
      },
    },
  },
};

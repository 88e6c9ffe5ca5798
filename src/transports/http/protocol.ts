/** What a client's message is, by its request's content type. */
export const TEXT_TYPE = 'text/plain;charset=utf-8';
export const BINARY_TYPE = 'application/octet-stream';

/** Where a session is opened (POST), and under which its own requests stand. */
export const SESSION_PATH = '/session';
/** Where a client asks (POST): the answer's body is what the application answered. */
export const ASK_PATH = '/ask';
/** Where a stream is opened (GET), and under which it is resumed. */
export const STREAM_PATH = '/stream';

/** A session's id, as it stands in a path. */
export const SESSION_ID = /^[\w-]+$/;
/** How many bytes a message's own may become on the way: a control character takes six in JSON. */
export const MOST_GROWTH = 6;

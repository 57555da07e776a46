// node autocannon.mjs COUNT IN-FLIGHT PORT PATH...
//
// All PATHs in turn, each time all of them on a new connection. Its own count leaves out requests that were
// under way when it reconnected; the harness takes the server's.

import autocannon from 'autocannon';

const [count, limit, port] = process.argv.slice(2, 5).map(Number);
const paths = process.argv.slice(5);

if (count > 0) {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: limit,
    amount: count,
    reconnectRate: paths.length,
    requests: paths.map((path) => ({ method: 'GET', path: `/${path}` })),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refusals, ${result.errors} errors`);
}

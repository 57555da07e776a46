// node undici.mjs COUNT IN-FLIGHT PORT PATH...
//
// Bare `dispatch` of undici: COUNT times all PATHs in turn, each time with a Client and one connection of its
// own. What arrives is counted and dropped.

import { Client } from 'undici';
import { inFlight } from './in-flight.mjs';

const [count, limit, port] = process.argv.slice(2, 5).map(Number);
const paths = process.argv.slice(5);

let received = 0;
await inFlight({ count, limit }, async () => {
  const client = new Client(`http://127.0.0.1:${port}`);
  for (const path of paths) await get(client, `/${path}`);
  await client.close();
});
console.log(`ops=${received}`);

function get(client, path) {
  return new Promise((resolve, reject) => {
    client.dispatch(
      { method: 'GET', path },
      {
        onRequestStart() {},
        onResponseStart(_control, status) {
          if (status !== 200) reject(new Error(`${path}: HTTP ${status}`));
        },
        onResponseData() {},
        onResponseEnd() {
          received++;
          resolve();
        },
        onResponseError(_control, error) {
          reject(error);
        },
      },
    );
  });
}

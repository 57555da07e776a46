/** Runs `work(0)`, `work(1)`, ... `count` times in all, `limit` of them at any time. */
export async function inFlight({ count, limit }, work) {
  let next = 0;
  await Promise.all(
    Array.from({ length: limit }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

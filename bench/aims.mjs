import { median } from './median.mjs';

/**
 * What a fleet is aimed at, as ratios to a peer of the same contest.
 *
 * @typedef {object} Aim
 * @property {string} contest
 * @property {string} peer
 * @property {string} says
 * @property {(own: Measured, peer: Measured) => number} ratio
 *
 * @typedef {{ microseconds: number, aSecond: number }} Measured
 */
const cpu = (own, peer) => own.microseconds / peer.microseconds;
const rate = (own, peer) => own.aSecond / peer.aSecond;
const ownShare = (own, peer) => own.microseconds / peer.microseconds - 1;

const aims = [
  {
    contest: 'tftp-small',
    peer: 'dgram',
    says: 'TFTP, 1 KiB: at most 1.5 times the minimal client',
    ratio: cpu,
  },
  {
    contest: 'tftp-small',
    peer: 'atftp',
    says: 'TFTP, 1 KiB: at least 10 times the rate of `atftp` processes',
    ratio: rate,
  },
  {
    contest: 'tftp-large',
    peer: 'dgram',
    says: 'TFTP, 3 MiB: at most 1.3 times the minimal client',
    ratio: cpu,
  },
  { contest: 'http-boot', peer: 'autocannon', says: 'HTTP: at most 1.5 times autocannon', ratio: cpu },
  {
    contest: 'http-boot',
    peer: 'undici',
    says: 'HTTP: what is beyond bare undici, at most 0.6 of it',
    ratio: ownShare,
  },
  { contest: 'ftp-boot', peer: 'ftp-context', says: 'FTP: at most 1.3 times `FTPContext`', ratio: cpu },
];

/** The rows of the aims that a contest is about: a fleet, and the transports it is made of. */
export function rowsOfAims({ name, entries }, results) {
  const resultsOf = (client) => results[entries.findIndex((entry) => entry.name === client)];
  return aims
    .filter(({ contest }) => contest === name)
    .map(({ says, peer, ratio }) => {
      const [fleet, transports] = ['fleet', 'transports alone'].map((client) =>
        median(resultsOf(client).map((own, round) => ratio(own, resultsOf(peer)[round]))).toFixed(2),
      );
      return `| ${says} | ${fleet} | ${transports} |`;
    });
}

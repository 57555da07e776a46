import type { Protocol } from '../../src/provisioning/words.ts';

/** Shipped scenarios that no real socket sees, and why. */
export interface LeftOut {
  readonly why: string;
  /** Over these protocols all the same; absent: over none. */
  readonly only?: readonly Protocol[];
  /** Paths from scenarios/. */
  readonly scenarios: readonly string[];
}

export const leftOut: readonly LeftOut[] = [
  {
    why: 'it is on real sockets wherever it is run',
    scenarios: [
      'field/byte-in-the-user-agent.yaml',
      'wire/address-of-another-machine.yaml',
      'wire/http-answers-that-end-a-file.yaml',
      'wire/same-trouble-same-name.yaml',
      'wire/server-of-the-command-wins.yaml',
      'wire/tftp-without-a-file-or-a-server.yaml',
    ],
  },
  {
    why: 'it says how the network or the clock is, which goes with virtual time only: run refuses it',
    scenarios: [
      'field/tftp-over-a-quicker-link.yaml',
      'field/tftp-over-a-slow-link.yaml',
      'faults/check-of-two-hours.yaml',
      'faults/two-minutes-a-file.yaml',
      'schedule/autumn-day.yaml',
      'schedule/clock-gone-with-power.yaml',
      'schedule/poll-during-a-check-is-lost.yaml',
      'schedule/poll-that-comes-after-midnight.yaml',
      'schedule/release-at-night.yaml',
      'schedule/silent-time-server.yaml',
      'schedule/spring-day.yaml',
      'schedule/summer-time-since-2007.yaml',
      'schedule/time-server-that-is-ahead.yaml',
    ],
  },
  {
    why: 'it names a date, and under jump time the date is that of the host',
    scenarios: [
      'calls/poll-waits-for-the-call.yaml',
      'calls/yes-during-a-call-starts.yaml',
      'field/all-phones-after-a-power-cut.yaml',
      'field/poll-time-as-hours-and-minutes.yaml',
      'prompts/poll-asks-and-starts-by-itself.yaml',
      'schedule/a-week-of-polls.yaml',
      'schedule/last-second-of-the-day.yaml',
      'schedule/new-time-counts-from-this-check.yaml',
      'schedule/poll-missed-while-off-is-lost.yaml',
      'schedule/range-of-three-hours.yaml',
      'schedule/same-minute-after-a-reboot.yaml',
      'schedule/stagger-in-seconds-if-so-assumed.yaml',
      'schedule/stagger-of-a-known-phone.yaml',
      'schedule/user-in-another-zone.yaml',
    ],
  },
  {
    why: 'it measures to the second or finer, and the host adds some of its own',
    scenarios: [
      'faults/silent-tftp-server.yaml',
      'field/check-sync-dialogue-from-4-4.yaml',
      'field/new-configuration-restarts.yaml',
      'field/no-three-times-then-two-hours.yaml',
      'prompts/nobody-answers.yaml',
    ],
  },
  {
    why: 'its server is slow, and what is slow on sockets takes minutes of the host',
    scenarios: ['faults/firmware-at-a-slow-server.yaml', 'faults/power-cut-during-firmware.yaml'],
  },
  {
    why: 'its certificates are valid in the year of the story, and under jump time it is that of the host',
    scenarios: ['security/device-certificate.yaml', 'security/signer-dates-if-so-assumed.yaml'],
  },
  {
    why: 'it names addresses and ports of the loopback that needs no network',
    scenarios: [
      'network/credentials-stay-with-their-host.yaml',
      'network/option-66.yaml',
      'network/option-66-with-a-prefix.yaml',
      'network/password-behind-a-semicolon.yaml',
      'panel/device-settings-by-keys.yaml',
    ],
  },
  {
    why: 'it is about HTTPS, which goes with a certificate of its user where there is a network',
    scenarios: ['network/https-without-device-certificate.yaml'],
  },
  {
    why: 'it is about HTTP beside TFTP',
    only: ['http'],
    scenarios: ['boot/unistim-becomes-sip.yaml'],
  },
  {
    why: 'it is about a server that has no TFTP, and FTP for its users alone',
    only: ['ftp'],
    scenarios: ['field/ftp-only-server.yaml', 'field/ftp-only-server-if-so-assumed.yaml'],
  },
  {
    why: 'it is about TFTP, or its boot loader, which has nothing else',
    only: ['tftp'],
    scenarios: [
      'boot/boot-loader-asks-for-the-sip-file-if-so-assumed.yaml',
      'boot/power-cut-while-writing.yaml',
      'field/nobody-listens-on-the-tftp-port.yaml',
    ],
  },
];

import type { ListedCommand } from './command.ts';

/** Every command, in the order help lists them. */
export const commands: readonly ListedCommand[] = [
  {
    name: 'boot',
    summary: 'power up one phone and follow it to the end of its boot',
    argument: '[URL]',
    load: async () => (await import('./boot.ts')).bootCommand,
  },
  {
    name: 'check',
    summary: 'Services > Check for Updates on a phone that is up and has its user logged in',
    argument: '[URL]',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  {
    name: 'run',
    summary: 'run scenarios: a verdict each',
    argument: '<PATH...>',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'fleet',
    summary: 'many phones against a provisioning server, with figures',
    argument: '[URL|FILE]',
    load: async () => (await import('./fleet.ts')).fleetCommand,
  },
  {
    name: 'scenarios generate',
    summary: "write scenarios from the paths of the phone's statecharts, for what others do not take",
    argument: '[PATH...]',
    load: async () => (await import('./scenarios.ts')).scenariosGenerateCommand,
  },
  {
    name: 'merge',
    summary: 'join the results of the shards of a fleet, losslessly',
    argument: '<FILE...>',
    load: async () => (await import('./merge.ts')).mergeCommand,
  },
  {
    name: 'report',
    summary: 'make reports of a run from its result file',
    argument: '<FILE>',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'serve',
    summary: 'serve a folder over TFTP, FTP, HTTP and HTTPS',
    argument: '<DIR>',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'proxy',
    summary: "put faults in front of somebody's provisioning server",
    argument: '<URL...>',
    load: async () => (await import('./proxy.ts')).proxyCommand,
  },
  {
    name: 'lint',
    summary: 'read a provisioning tree as phones would: what they stumble over, who fetches what',
    argument: '<DIR|URL>',
    load: async () => (await import('./lint.ts')).lintCommand,
  },
  {
    name: 'diff',
    summary: 'compare two servers, two trees or two results: same phones, same seed, what differs',
    argument: '<SIDE...>',
    load: async () => (await import('./diff.ts')).diffCommand,
  },
  {
    name: 'record',
    summary: 'read logs and captures of a provisioning server: which phone asked for what, and when',
    argument: '<LOG...>',
    load: async () => (await import('./record.ts')).recordCommand,
  },
  {
    name: 'dial',
    summary: 'show which rule of a dialing plan fires for a number',
    argument: '<NUMBER>',
    load: async () => (await import('./dial.ts')).dialCommand,
  },
  {
    name: 'sign',
    summary: 'sign a file for the emulated phone',
    argument: '<FILE>',
    load: async () => (await import('./sign.ts')).signCommand,
  },
  {
    name: 'statechart',
    summary: "print the phone's machines as Mermaid",
    load: async () => (await import('./statechart.ts')).statechartCommand,
  },
  {
    name: 'doctor',
    summary: 'say what this machine can do: file limits, ports, addresses, tools',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'schema',
    summary: 'print a JSON Schema or a table of codes, as JSON',
    argument: '<NAME>',
    load: async () => (await import('./schema.ts')).schemaCommand,
  },
];

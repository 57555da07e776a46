import { Option } from 'commander';
import { chartOf } from '../statechart/chart.ts';
import { type MachineName, machines } from '../statechart/machines.ts';
import { mermaidOf } from '../statechart/mermaid.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exit-codes.ts';

interface StatechartValues {
  readonly machine: MachineName;
}

export const statechartCommand: Command<StatechartValues> = {
  options: [
    new Option('--machine <NAME>', 'phone: power to idle; check: one check for updates')
      .choices(Object.keys(machines))
      .default('phone'),
  ],
  examples: [
    ['deskphone statechart > phone.mmd', 'power, boot loader, check, login, idle'],
    ['deskphone statechart --machine check', 'one check for updates, section by section'],
  ],
  run: async ({ values }, io) => {
    const text = mermaidOf(chartOf(machines[values.machine]));
    const { machine } = values;
    io.out(
      values.json ? `${JSON.stringify({ type: 'statechart', machine, format: 'mermaid', text })}\n` : text,
    );
    return exitCodes.asExpected;
  },
};

import { checkMachine } from '../phone/check.machine.ts';
import { leaseMachine } from '../phone/lease.machine.ts';
import { phoneMachine } from '../phone/phone.machine.ts';

/** The machines a phone is made of, by the name `deskphone statechart` knows them by. */
export const machines = { phone: phoneMachine, check: checkMachine, dhcp: leaseMachine } as const;

export type MachineName = keyof typeof machines;

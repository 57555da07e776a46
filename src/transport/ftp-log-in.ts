import type { FtpControl } from './ftp-control.ts';
import type { FtpDeadline } from './ftp-deadline.ts';
import { failureOfReply } from './ftp-failure.ts';
import type { FileRequest } from './transport.ts';

/** From nothing to a session that sends files byte for byte: banner, USER, PASS (if asked for), TYPE I. */
export async function logIn(control: FtpControl, request: FileRequest, deadline: FtpDeadline): Promise<void> {
  deadline.connecting('connection');
  await control.connect(request);
  await greeting(control, deadline);
  // Documented: user `anonymous` without a password unless the section names another (M43 p45).
  const user = await ask(control, deadline, `USER ${request.user ?? 'anonymous'}`);
  if (user.code === 331) await expect2xx(control, deadline, `PASS ${request.password ?? ''}`);
  else if (!succeeded(user.code)) throw failureOfReply('USER', user);
  await expect2xx(control, deadline, 'TYPE I');
  control.loggedIn = true;
}

async function greeting(control: FtpControl, deadline: FtpDeadline): Promise<void> {
  deadline.silent('banner');
  let banner = await control.reply();
  while (banner.code < 200) banner = await control.reply(); // 120: ready in some minutes
  if (!succeeded(banner.code)) throw failureOfReply('banner', banner);
}

function ask(control: FtpControl, deadline: FtpDeadline, command: string) {
  deadline.silent(`answer to ${command.slice(0, 4)}`);
  return control.ask(command);
}

async function expect2xx(control: FtpControl, deadline: FtpDeadline, command: string): Promise<void> {
  const reply = await ask(control, deadline, command);
  if (!succeeded(reply.code)) throw failureOfReply(command.slice(0, 4), reply);
}

function succeeded(code: number): boolean {
  return code >= 200 && code < 300;
}

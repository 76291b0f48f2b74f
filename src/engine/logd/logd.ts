// SPDX-License-Identifier: GPL-2.0-or-later
/** The log of one node: a line per entry in a file of the node's directory, with one older file kept. */
import type { Disk, LogLevel, Platform } from '../../platform/index.ts';

/** The file is put aside when it has become this long. */
const LOG_LIMIT = 5 * 1024 * 1024;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export class NodeLog {
  private size: number;
  private readonly disk: Disk;
  private readonly platform: Platform;
  private readonly node: string;
  readonly file: string;

  constructor(platform: Platform, node: string, file: string) {
    this.platform = platform;
    this.disk = platform.disk;
    this.node = node;
    this.file = file;
    this.size = this.disk.read(file)?.length ?? 0;
  }

  write(level: LogLevel, source: string, text: string): void {
    if (level === 'debug') return;
    const line = `${timestamp(this.platform.clock.epochMs())} ${this.node} ${source} ${level}: ${text}\n`;
    if (this.size > LOG_LIMIT) {
      this.disk.rename(this.file, `${this.file}.1`);
      this.size = 0;
    }
    this.size += line.length;
    this.disk.append(this.file, line);
  }
}

/** `Jun 01 10:20:30.123`, in UTC. */
function timestamp(epochMs: number): string {
  const time = new Date(epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`;
  return `${MONTHS[time.getUTCMonth()]} ${two(time.getUTCDate())} ${clock}.${String(time.getUTCMilliseconds()).padStart(3, '0')}`;
}

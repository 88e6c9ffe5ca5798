import type { Head, ResolvedScenario } from '../../../measurements.ts';
import { count, figure, percentage, plain } from '../../numbers.ts';
import { clean, shellWord } from '../../words/text.ts';
import { type Html, html } from '../markup.ts';

type Fact = readonly [name: string, text: string];

/** Where it was measured and with what, and how far the instrument can be trusted. */
export function machineFacts(head: Head): Html {
  const { machine, rtbench } = head;
  const { pinning } = machine;
  const wire =
    machine.isolation === 'netns'
      ? 'read from the kernel, in a private network namespace'
      : `not known: ${machine.isolationMissing ?? 'no private network namespace'}`;
  const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
  return factList([
    ['Processor', `${machine.cpu}, ${count(machine.cores)} ${machine.cores === 1 ? 'core' : 'cores'}`],
    ['Memory', `${plain(machine.memoryBytes / 1e9)} GB`],
    ['System', machine.os],
    ['Versions', [`rtbench ${rtbench}`, `Node ${machine.node}`, ...packages].join(', ')],
    [
      'Cores',
      pinning === null
        ? 'nothing was held to a core'
        : `server on ${pinning.server.join(', ')}, clients on ${pinning.clients.join(', ')}`,
    ],
    ['Wire bytes', wire],
    ['Calibration', calibrationOf(head)],
  ]);
}

/** Names and what belongs to each, as a list of terms. */
export function factList(facts: readonly Fact[]): Html {
  return html`<dl class="facts">${facts.map(
    ([name, text]) => html`<div><dt>${name}</dt><dd>${clean(text)}</dd></div>
`,
  )}</dl>`;
}

/** The command that does it again, as a shell takes it, and every setting that it came down to. */
export function repetition({ command, scenario }: Pick<Head, 'command' | 'scenario'>): Html {
  const line = ['rtbench', ...command.map(shellWord)].join(' ');
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Command"><pre><code>${line}</code></pre></div>
<details><summary>Every setting</summary>
${factList(settingsOf(scenario))}
</details>`;
}

function settingsOf(scenario: ResolvedScenario): Fact[] {
  return Object.entries(scenario).map(([name, value]): Fact => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return [name, text === '' ? '–' : text];
  });
}

function calibrationOf({ calibration, calibrationMissing }: Head): string {
  if (calibration === null) return calibrationMissing ?? 'not known';
  const { at, passed, checks, latencySlope, latencyFloorMs, byteError, cpuError, falseAlarms } = calibration;
  const found = [
    `${passed} of ${checks} checks passed on ${at.slice(0, 10)}`,
    ...(latencySlope === null ? [] : [`a known delay reads ×${latencySlope.toFixed(2)}`]),
    ...(latencyFloorMs === null ? [] : [`${figure(latencyFloorMs, 2)} ms remain without any`]),
    ...(byteError === null
      ? []
      : [byteError === 0 ? 'bytes are exact' : `bytes are ${figure(byteError)} off`]),
    ...(cpuError === null ? [] : [`CPU within ${percentage(Math.abs(cpuError))}% of the kernel's account`]),
    ...(falseAlarms === null ? [] : [`${percentage(falseAlarms)}% false alarms between equals`]),
  ];
  return found.join('; ');
}

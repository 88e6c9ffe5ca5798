import type { Look, Saved } from '../report/index.ts';
import type { WholeFile } from '../whole-files.ts';

/** A result and the name that its files share. */
export interface Entry {
  readonly name: string;
  readonly saved: Saved;
  readonly hasPage: boolean;
}

/** What a result is published as; paths are names in its folder. */
export async function filesFor({ name, saved, hasPage }: Entry, look: Look): Promise<WholeFile[]> {
  const { json, markdown, csv, html, svg } = saved.formats;
  const charts = svg === undefined ? [] : saved.charts();
  return [
    { path: `${name}.json`, content: json(undefined, look) },
    { path: `${name}.md`, content: markdown(undefined, look) },
    { path: `${name}.csv`, content: csv(undefined, look) },
    ...(html === undefined || !hasPage
      ? []
      : [{ path: `${name}.html`, content: await html(undefined, look) }]),
    ...(await Promise.all(
      charts.map(async (chart) => ({
        path: `${name}.${chart.name}.svg`,
        content: (await svg?.(undefined, { ...look, chart: chart.name })) ?? '',
      })),
    )),
  ];
}

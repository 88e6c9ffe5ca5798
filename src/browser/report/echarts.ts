import { BarChart, BoxplotChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

// On a canvas: ECharts' own SVG sets style attributes, which a strict page refuses.
use([
  ...[BarChart, BoxplotChart, LineChart, ScatterChart],
  ...[GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent],
  ...[LabelLayout, CanvasRenderer],
]);

/** ECharts with what rtbench's charts are made of, and no more. */
export { init };
